// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc
import Testing

/// A folder for sockets, removed after use.
enum SocketFolder {
    /// The account that runs the tests.
    static var uid: UInt32 { getuid() }

    @discardableResult
    static func with<R>(_ body: (String) async throws -> R) async throws -> R {
        var template = Array("/tmp/etalon-http-XXXXXX".utf8CString)
        _ = try #require(mkdtemp(&template))
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer {
            for name in ["s", "s~", "s.lock"] { unlink("\(path)/\(name)") }
            rmdir(path)
        }
        return try await body(path)
    }

    /// The permission bits of a file, `nil` when there is none.
    static func mode(of path: String) -> UInt? {
        // No attributes means no file, which is an answer here.
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return attributes?[.posixPermissions] as? UInt
    }

    /// Leaves a socket that nobody serves, as a crash does.
    static func leaveSocket(at path: String) throws { try #require(mknod(path, S_IFSOCK | 0o600, 0) == 0) }
}
