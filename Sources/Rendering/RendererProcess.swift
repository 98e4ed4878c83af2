// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A renderer started as a child, with one end of a socket pair as its standard input and output.
final class RendererProcess {
    /// The child's process identifier, which is also its process group.
    let identifier: pid_t

    /// All that the child learns of our environment.
    private static let environment: [String] = ["PATH=/usr/bin:/bin", "LANG=C.UTF-8"]

    /// Kills whatever is left of the child's group and collects it.
    deinit {
        kill(-identifier, SIGKILL)
        var status: Int32 = 0
        while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    }

    private init(identifier: pid_t) { self.identifier = identifier }

    /// Starts the program; standard error is inherited, descriptors marked close-on-exec are not.
    ///
    /// - Returns: the process and our end of the stream.
    /// - Throws: the system's error number.
    static func start(_ arguments: [String]) throws(SpawnError) -> (
        process: RendererProcess, descriptor: Int32
    ) {
        var pair: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &pair) == 0 else {
            throw SpawnError(code: errno, program: "socketpair")
        }
        let (ours, theirs) = (pair[0], pair[1])
        defer { close(theirs) }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, theirs, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, theirs, STDOUT_FILENO)

        // A group of its own, so that Ctrl-C on a terminal reaches the daemon alone; signals as a new
        // program has them.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        posix_spawnattr_setflags(&attributes, Int16(flags))

        let program = arguments.first ?? ""
        let argv = arguments.map { text in strdup(text) } + [nil]
        let environment = Self.environment.map { text in strdup(text) } + [nil]
        defer { (argv + environment).forEach { free($0) } }
        var identifier: pid_t = 0
        let code = posix_spawn(&identifier, program, &actions, &attributes, argv, environment)
        guard code == 0 else {
            close(ours)
            throw SpawnError(code: code, program: program)
        }
        return (RendererProcess(identifier: identifier), ours)
    }
}

/// A program that could not be started.
struct SpawnError: Error, Equatable, CustomStringConvertible {
    /// The system's error number.
    let code: Int32
    /// The program, or the system call before it.
    let program: String

    var description: String { "\(program): \(String(cString: strerror(code)))" }
}
