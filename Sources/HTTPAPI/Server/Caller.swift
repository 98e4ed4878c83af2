// SPDX-License-Identifier: Apache-2.0

import APIContract
import CPeerCredentials
package import HTTPTypes
package import NIOCore

/// Who calls, as the laboratory knows the caller.
package protocol AnyCaller: Sendable {
    /// A short name for the log; no personal data beyond the account's name.
    var logName: String { get }
}

/// What a request brings to say who calls.
package enum Credentials: Hashable, Sendable {
    /// A bearer token; it wins over the account at the other end of the socket.
    case token(String)
    /// The Unix account at the other end of the socket, as the kernel noted it at connecting.
    case peer(uid: UInt32)
    /// Neither.
    case anonymous
}

extension Credentials {
    /// The credentials of a request on a channel.
    ///
    /// - Throws: ``ProblemError`` (401) for an Authorization field that is no bearer token.
    package static func of(_ headers: HTTPFields, on channel: any Channel) async throws -> Credentials {
        if let token = try bearerToken(headers) { return .token(token) }
        guard case .unixDomainSocket? = channel.localAddress, let socket = channel as? any SocketOptionProvider else {
            return .anonymous
        }
        let peer: etalon_peer_credentials = try await socket.unsafeGetSocketOption(
            level: SocketOptionLevel(etalon_sol_socket),
            name: SocketOptionName(etalon_so_peercred)
        ).get()
        return .peer(uid: peer.uid)
    }

    /// The token of an Authorization field, `nil` without one.
    ///
    /// - Source: RFC 6750, section 2.1.
    private static func bearerToken(_ headers: HTTPFields) throws -> String? {
        let fields = headers[values: .authorization]
        guard let field = fields.first else { return nil }
        let parts = field.split(separator: " ", maxSplits: 1)
        let isToken =
            fields.count == 1 && parts.count == 2 && parts[0].lowercased() == "bearer"
            && (1...4096).contains(parts[1].utf8.count) && parts[1].utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard isToken else {
            throw ProblemError(
                Problem(
                    .notAuthenticated,
                    vi: "tiêu đề Authorization phải có dạng \"Bearer TOKEN\"",
                    en: "the Authorization header must be of the form \"Bearer TOKEN\"",
                    field: "Authorization"
                )
            )
        }
        return String(parts[1])
    }
}
