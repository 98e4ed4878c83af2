// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Why the daemon could not take its place.
package enum ListeningError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Another daemon serves the socket: it holds the lock beside it.
    case alreadyServed(path: String)
    /// The path is not absolute, or longer than 106 bytes.
    case unusablePath(String)
    /// There is no group of that name.
    case unknownGroup(String)
    /// The system refused a step, with its words.
    case system(step: String, path: String, why: String)

    package var description: String {
        switch self {
        case .alreadyServed(let path): "another daemon serves \(path)"
        case .unusablePath(let path): "not an absolute path of at most 106 bytes: \(path)"
        case .unknownGroup(let name): "there is no group \(name)"
        case .system(let step, let path, let why): "\(step) \(path): \(why)"
        }
    }
}

/// The file of a Unix socket and the lock beside it.
///
/// The lock is taken before binding, since binding removes a socket that is there and would deafen a daemon that
/// serves it. The socket is bound under a working name and appears at its path with its final mode and group.
struct SocketFile: Sendable {
    let path: String
    /// The group that may connect; `nil` leaves the daemon's own.
    let group: String?

    /// - Throws: ``ListeningError/unusablePath(_:)``.
    init(path: String, group: String?) throws(ListeningError) {
        // Linux allows 107 bytes, and the working name is one longer.
        guard path.hasPrefix("/"), path.utf8.count <= 106 else { throw .unusablePath(path) }
        self.path = path
        self.group = group
    }

    /// The name under which the socket is bound.
    var workingPath: String { path + "~" }

    /// Takes the lock and returns its descriptor, whose closing gives it back.
    ///
    /// - Throws: ``ListeningError/alreadyServed(path:)`` when another process holds it.
    func lock() throws(ListeningError) -> Int32 {
        let lockPath = path + ".lock"
        let descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure("open", lockPath) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            close(descriptor)
            guard reason == EWOULDBLOCK else { throw failure("lock", lockPath, reason) }
            throw .alreadyServed(path: path)
        }
        return descriptor
    }

    /// Gives the bound socket its group and mode (0660) and lets it appear at its path.
    func publish() throws(ListeningError) {
        if let group {
            guard let entry = getgrnam(group) else { throw .unknownGroup(group) }
            guard chown(workingPath, uid_t.max, entry.pointee.gr_gid) == 0 else {
                throw failure("change the group of", workingPath)
            }
        }
        guard chmod(workingPath, 0o660) == 0 else { throw failure("change the mode of", workingPath) }
        guard rename(workingPath, path) == 0 else { throw failure("rename", workingPath) }
    }

    /// Removes the socket, under both names; the lock file stays, so that nobody locks a file that is gone.
    func remove() {
        unlink(workingPath)
        unlink(path)
    }

    private func failure(_ step: String, _ path: String, _ number: Int32 = errno) -> ListeningError {
        .system(step: step, path: path, why: strerror(number).map { String(cString: $0) } ?? "errno \(number)")
    }
}
