// SPDX-License-Identifier: Apache-2.0

import Glibc

/// One HTTP exchange over the daemon's socket, where the test must choose what the command line chooses itself.
struct WireExchange: Sendable {
    let status: Int
    /// Whether the answer says that it was given before.
    let isReplayed: Bool
    let body: String

    /// Sends a JSON body and reads the whole answer, as whoever runs the test where no header says otherwise.
    ///
    /// - Parameter headers: name and value of each further header.
    static func post(
        _ path: String, _ body: String, key: String, headers: [(String, String)], socket socketPath: String
    ) async throws -> WireExchange {
        let request = """
            POST \(path) HTTP/1.1\r
            Host: localhost\r
            Connection: close\r
            \(headers.map { "\($0): \($1)\r\n" }.joined())\
            Idempotency-Key: \(key)\r
            Content-Type: application/json\r
            Content-Length: \(body.utf8.count)\r
            \r
            \(body)
            """
        return try await send(request, to: socketPath)
    }

    /// Asks for a page as whoever runs the test.
    static func get(_ path: String, socket socketPath: String) async throws -> WireExchange {
        try await send("GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", to: socketPath)
    }

    private static func send(_ request: String, to socketPath: String) async throws -> WireExchange {
        let answer = try await blocking { try exchange(request, at: socketPath) }
        guard let border = answer.firstRange(of: "\r\n\r\n") else {
            throw Installation.Missing(what: "an HTTP answer: \(answer)")
        }
        let status = answer.split(separator: " ", maxSplits: 2).dropFirst().first.flatMap { Int($0) }
        let isReplayed = answer[..<border.lowerBound].lowercased().contains("\r\nidempotency-replayed: true")
        return WireExchange(status: status ?? 0, isReplayed: isReplayed, body: String(answer[border.upperBound...]))
    }

    private static func exchange(_ request: String, at path: String) throws -> String {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        guard withSocketAddress(of: path, { connect(descriptor, $0, $1) }) == 0 else {
            throw Installation.Missing(what: "a daemon at \(path)")
        }
        let bytes = Array(request.utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count else {
            throw Installation.Missing(what: "a daemon that reads")
        }
        var answer: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while case let count = read(descriptor, &piece, piece.count), count > 0 { answer += piece[..<count] }
        return String(decoding: answer, as: UTF8.self)
    }
}
