// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc

/// A running PostgreSQL server: our child, or one that outlived the daemon which started it.
struct Postmaster: Sendable {
    /// The process number.
    let id: pid_t
    /// Set when this daemon started it; an adopted server is nobody's to wait for.
    private let child: ChildProcess?
    private let dataDirectory: String

    init(child: ChildProcess, dataDirectory: String) {
        id = child.id
        self.child = child
        self.dataDirectory = dataDirectory
    }

    /// Finds the server that runs on a data directory, by its `postmaster.pid`.
    ///
    /// A number alone proves nothing after a reboot, so the process must be a `postgres` that works in that
    /// folder.
    init?(runningOn dataDirectory: String) {
        guard let id = PostmasterFile(dataDirectory: dataDirectory)?.id,
            Self.isServer(id, of: dataDirectory)
        else { return nil }
        self.id = id
        child = nil
        self.dataDirectory = dataDirectory
    }

    /// Whether it was running before this daemon.
    var isAdopted: Bool { child == nil }

    /// Whether it takes connections.
    var isReady: Bool {
        guard let file = PostmasterFile(dataDirectory: dataDirectory) else { return false }
        return file.id == id && file.status == "ready"
    }

    /// Whether its process exists; for a child this is certain, even before it has become `postgres`.
    var isAlive: Bool {
        if let child { return !child.hasEnded }
        return Self.isServer(id, of: dataDirectory)
    }

    /// Waits until it has ended; an adopted server is looked at every half second.
    func ended() async throws -> String {
        if let child { return await child.exit().description }
        while isAlive { try await Task.sleep(for: .milliseconds(500)) }
        return "an end that nobody saw (it was adopted)"
    }

    /// Asks it to stop: fast (open transactions are rolled back) or immediate (recovery at the next start).
    func stop(immediately: Bool = false) {
        let number = immediately ? SIGQUIT : SIGINT
        if let child {
            child.signal(number)
        } else if isAlive {
            _ = kill(id, number)
        }
    }

    private static func isServer(_ id: pid_t, of dataDirectory: String) -> Bool {
        let files = FileManager.default
        // Unreadable means: ended, or another user's; either way not the server we look for.
        guard let name = try? files.destinationOfSymbolicLink(atPath: "/proc/\(id)/exe"),
            let place = try? files.destinationOfSymbolicLink(atPath: "/proc/\(id)/cwd")
        else { return false }
        return name.contains("/postgres") && place == resolved(dataDirectory)
    }

    private static func resolved(_ path: String) -> String {
        guard let pointer = realpath(path, nil) else { return path }
        defer { free(pointer) }
        return String(cString: pointer)
    }
}

/// What a server writes about itself into `postmaster.pid`.
///
/// - Source: PostgreSQL 15, src/include/utils/pidfile.h: line 1 is the process number, line 8 the status.
struct PostmasterFile: Sendable {
    /// The process number.
    let id: pid_t
    /// `starting`, `ready`, `standby` or `stopping`; nil in the first moment.
    let status: String?

    init?(dataDirectory: String) {
        // No file means no server.
        guard let bytes = try? Data(contentsOf: URL(filePath: dataDirectory + "/postmaster.pid")) else {
            return nil
        }
        self.init(text: String(decoding: bytes, as: UTF8.self))
    }

    init?(text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.first, let id = pid_t(first), id > 1 else { return nil }
        self.id = id
        let words = lines.count > 7 ? lines[7].split(separator: " ") : []
        status = words.first.map(String.init)
    }
}
