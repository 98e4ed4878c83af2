// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc
import Testing

/// A program of the system that the tests use as a judge.
struct Tool {
    let status: Int32
    let output: [UInt8]

    var text: String { String(decoding: output, as: UTF8.self) }

    /// Runs a program found in PATH to its end; standard error goes where the tests' own goes.
    static func run(_ arguments: String...) throws -> Tool {
        let folder = try ScratchFolder()
        let path = folder.path("output")
        let descriptor = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)
        defer { close(descriptor) }
        let child = try start(arguments, output: descriptor)
        return Tool(status: wait(for: child), output: [UInt8](try Data(contentsOf: URL(filePath: path))))
    }

    /// Starts a program and leaves it running.
    static func start(_ arguments: [String], output: Int32 = STDERR_FILENO) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        // Dispatch's threads block signals; a program started from one would never hear SIGTERM.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let argv = arguments.map { text in strdup(text) } + [nil]
        defer { argv.forEach { free($0) } }
        var child: pid_t = 0
        let program = try #require(arguments.first)
        let code = posix_spawnp(&child, program, &actions, &attributes, argv, environ)
        try #require(code == 0, "\(program) cannot be started; is its Debian package installed?")
        return child
    }

    static func wait(for child: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return status
    }
}

/// A folder of its own for one test, removed with it.
final class ScratchFolder {
    let root: String

    init() throws {
        root = "/tmp/etalon-rendering-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: false)
        // The renderer may run as another user.
        chmod(root, 0o755)
    }

    // A folder left behind in /tmp is no reason to fail.
    deinit { try? FileManager.default.removeItem(atPath: root) }

    func path(_ name: String) -> String { root + "/" + name }

    func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Data(bytes).write(to: URL(filePath: path(name)))
        return path(name)
    }
}
