// SPDX-License-Identifier: Apache-2.0

import Glibc
import Vocabulary

/// Writes files so that a reader sees the old one or the complete new one.
enum WrittenFile {
    /// Writes to a temporary name in the same folder, flushes it to the disk, and renames it.
    ///
    /// - Parameter mode: access rights of the new file.
    /// - Throws: ``Failure`` with the system's reason; then nothing is left behind.
    static func replace(_ path: String, with bytes: [UInt8], mode: mode_t = 0o644) throws(Failure) {
        let temporary = "\(path).\(getpid()).tmp"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw unwritable(path) }
        let complete = Presentation.write(bytes, to: descriptor) && fsync(descriptor) == 0
        let failure = unwritable(path)
        close(descriptor)
        guard complete else {
            unlink(temporary)
            throw failure
        }
        guard rename(temporary, path) == 0 else {
            let failure = unwritable(path)
            unlink(temporary)
            throw failure
        }
        flushFolder(of: path)
    }

    /// The new name itself must survive a power cut.
    fileprivate static func flushFolder(of path: String) {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    fileprivate static func unwritable(_ path: String) -> Failure {
        Failure(Phrase.fileUnwritable.filled(["file": path], why: SystemReason.text(errno)))
    }

    /// Makes a folder to write into, within one that is there; one that exists stays as it is.
    ///
    /// - Throws: ``Failure`` with the system's reason.
    static func makeFolder(_ path: String) throws(Failure) {
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw unwritable(path) }
    }

    /// The whole of a file, `-` for standard input.
    ///
    /// - Throws: ``TransportError/fileUnreadable(_:why:)``.
    static func contents(_ path: String) throws(TransportError) -> [UInt8] {
        let reader = try ContentReader(path)
        var bytes: [UInt8] = []
        while let piece = try reader.next() { bytes += piece }
        return bytes
    }

    /// A name that a file can have: what a label or number says, without slashes.
    static func name(_ text: String) -> String {
        String(text.map { $0 == "/" || $0.isWhitespace ? "-" : $0 })
    }
}

/// A file that comes piece by piece, under a temporary name until it is complete; one that never is leaves nothing behind.
final class ArrivingFile: Sendable {
    private let path: String
    private let temporary: String
    private let descriptor: Int32

    /// Begins a file.
    ///
    /// - Throws: ``Failure`` with the system's reason.
    init(_ path: String) throws(Failure) {
        self.path = path
        temporary = "\(path).\(getpid()).tmp"
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw WrittenFile.unwritable(path) }
    }

    deinit {
        close(descriptor)
        unlink(temporary)
    }

    /// Writes the next piece.
    func append(_ bytes: some Sequence<UInt8>) throws(Failure) {
        guard Presentation.write(Array(bytes), to: descriptor) else { throw WrittenFile.unwritable(path) }
    }

    /// Flushes the file to the disk and gives it its name.
    func complete() throws(Failure) {
        guard fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw WrittenFile.unwritable(path) }
        WrittenFile.flushFolder(of: path)
    }
}
