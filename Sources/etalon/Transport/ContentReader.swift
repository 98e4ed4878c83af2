// SPDX-License-Identifier: Apache-2.0

import Glibc
import Vocabulary

/// Reads a file in pieces.
struct ContentReader: ~Copyable {
    private let descriptor: Int32
    private let path: String
    /// The bytes from here to the end of a file; `nil` for a pipe or a terminal.
    let length: Int?

    /// A reader of the file at a path; `-` is standard input.
    ///
    /// - Throws: ``TransportError/fileUnreadable(_:why:)``.
    init(_ path: String) throws(TransportError) {
        self.path = path
        descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .fileUnreadable(path, why: SystemReason.text(errno)) }
        // A file that can be positioned has a length; a pipe, a terminal or a device has not.
        let here = lseek(descriptor, 0, SEEK_CUR)
        let end = here < 0 ? -1 : lseek(descriptor, 0, SEEK_END)
        let isKnown = here >= 0 && end > here && lseek(descriptor, here, SEEK_SET) == here
        length = isKnown ? end - here : nil
    }

    deinit { close(descriptor) }

    /// The next piece, of at most 64 KiB; `nil` at the end.
    ///
    /// - Throws: ``TransportError/fileUnreadable(_:why:)``.
    func next() throws(TransportError) -> [UInt8]? {
        var piece = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = piece.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                piece.removeSubrange(count...)
                return piece
            }
            if count == 0 { return nil }
            guard errno == EINTR else { throw .fileUnreadable(path, why: SystemReason.text(errno)) }
        }
    }

    /// The token in a file: its text without white space around it.
    ///
    /// - Throws: ``TransportError/fileUnreadable(_:why:)``, also for a file that holds no token.
    static func token(at path: String) throws(TransportError) -> String {
        let reader = try ContentReader(path)
        var bytes: [UInt8] = []
        while bytes.count <= 4096, let piece = try reader.next() { bytes += piece }
        let isSpace = { (byte: UInt8) in byte <= 0x20 }
        let token = Array(bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
        guard !token.isEmpty, token.count <= 4096, token.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .fileUnreadable(path, why: SystemReason.text(EINVAL))
        }
        return String(decoding: token, as: UTF8.self)
    }
}
