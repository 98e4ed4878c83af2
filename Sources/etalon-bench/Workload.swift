// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Glibc

/// What a measurement reads and writes.
enum Workload {
    /// Largest file that is read, in bytes.
    private static let largest = 4 << 20

    /// Bytes of a file.
    ///
    /// - Throws: A sentence for the user where the file cannot be read or is larger than 4 MiB.
    static func bytes(of path: String) throws -> [UInt8] {
        guard let file = fopen(path, "rb") else { throw refused(path, String(cString: strerror(errno))) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&part, 1, part.count, file), count > 0 {
            bytes += part[..<count]
            guard bytes.count <= largest else { throw refused(path, "the file is larger than 4 MiB") }
        }
        guard ferror(file) == 0 else { throw refused(path, String(cString: strerror(errno))) }
        return bytes
    }

    /// Writes a line to standard output.
    static func write(_ line: [UInt8]) { print(String(decoding: line, as: UTF8.self)) }

    /// Refusal of a file, with the reason.
    static func refused(_ path: String, _ reason: String) -> ValidationError { ValidationError("\(path): \(reason)") }
}
