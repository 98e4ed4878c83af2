// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Where the daemon listens.
enum ServerAddress: Hashable, Sendable, CustomStringConvertible {
    /// A Unix socket, by its absolute path.
    case unix(path: String)
    /// A port of this machine.
    case loopback(host: String, port: Int)

    /// The socket that the packaged daemon listens on.
    static let installed = ServerAddress.unix(path: "/run/etalon/etalon.sock")

    /// The longest path a Unix socket can have on Linux, in bytes.
    static let longestPath = 107

    /// The server of a run: the option, then ETALON_SERVER, then the installed socket.
    ///
    /// - Throws: ``TransportError/badAddress(_:)`` for a text that is neither a socket nor a port of this machine.
    static func chosen(option: String?, variable: String?) throws(TransportError) -> ServerAddress {
        if let option { return try ServerAddress(option) }
        if let variable, !variable.isEmpty { return try ServerAddress(variable) }
        return installed
    }

    /// An address as people write it: an absolute path, `unix:PATH`, or `http://127.0.0.1:PORT`.
    ///
    /// Other machines are not reached: without TLS a token would travel in clear.
    /// - Throws: ``TransportError/badAddress(_:)``.
    init(_ text: String) throws(TransportError) {
        if let path = Self.socketPath(text) {
            guard path.hasPrefix("/"), path.utf8.count <= Self.longestPath, !path.utf8.contains(0) else {
                throw .badAddress(text)
            }
            self = .unix(path: path)
            return
        }
        guard text.hasPrefix("http://") else { throw .badAddress(text) }
        var rest = text.dropFirst("http://".count)
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        for host in ["127.0.0.1", "localhost", "[::1]"] where rest.hasPrefix(host + ":") {
            let digits = rest.dropFirst(host.count + 1)
            guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits), (1...65535) ~= port
            else { throw .badAddress(text) }
            self = .loopback(host: host == "[::1]" ? "::1" : host, port: port)
            return
        }
        throw .badAddress(text)
    }

    private static func socketPath(_ text: String) -> String? {
        if text.hasPrefix("/") { return text }
        if text.hasPrefix("unix://") { return String(text.dropFirst("unix://".count)) }
        if text.hasPrefix("unix:") { return String(text.dropFirst("unix:".count)) }
        return nil
    }

    /// The address as it is shown in messages.
    var description: String {
        switch self {
        case .unix(let path): path
        case .loopback(let host, let port): "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
        }
    }

    /// The value of the Host header field.
    var hostHeader: String {
        switch self {
        case .unix: "localhost"
        case .loopback(let host, let port): "\(host.contains(":") ? "[\(host)]" : host):\(port)"
        }
    }
}
