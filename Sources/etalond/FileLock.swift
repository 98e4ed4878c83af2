// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Why a file could not be locked.
package enum FileLockError: Error, CustomStringConvertible {
    /// Another process holds the lock.
    case held(path: String)
    /// The file could not be opened or locked.
    case system(path: String, reason: String)

    package var description: String {
        switch self {
        case .held(let path): "another process holds \(path): a second daemon may not use the same place"
        case .system(let path, let reason): "cannot lock \(path): \(reason)"
        }
    }
}

/// An exclusive lock on a file, held as long as the value lives.
///
/// The kernel gives it back when the process ends, however it ends, so there is no stale lock after `kill
/// -9`. The file itself stays: removing it would let two processes lock two files of one name. Children do
/// not inherit it.
package final class FileLock: Sendable {
    /// Where the lock lies.
    package let path: String

    private let descriptor: Int32

    /// Takes the lock at once or fails.
    ///
    /// - Throws: ``FileLockError/held(path:)`` when another process has it.
    package init(path: String) throws(FileLockError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw .system(path: path, reason: String(cString: strerror(errno)))
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            throw code == EWOULDBLOCK
                ? .held(path: path) : .system(path: path, reason: String(cString: strerror(code)))
        }
        self.path = path
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }
}
