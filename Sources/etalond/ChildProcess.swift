// SPDX-License-Identifier: Apache-2.0

import Dispatch
package import Glibc
import Synchronization

/// How a process ended.
package enum ChildExit: Sendable, Equatable, CustomStringConvertible {
    /// It returned a status (0 to 255).
    case status(Int32)
    /// A signal ended it.
    case signal(Int32)

    package var description: String {
        switch self {
        case .status(let code): "exit status \(code)"
        case .signal(let number): "signal \(number)"
        }
    }
}

/// A program could not be started.
package struct ChildProcessError: Error, CustomStringConvertible {
    /// The path of the program.
    package let program: String
    /// What the system said.
    package let reason: String

    package var description: String { "cannot start \(program): \(reason)" }
}

/// A program started by the daemon, in a session of its own.
///
/// It inherits no descriptor but 0, 1 and 2, no ignored signal and no terminal, so Ctrl-C reaches the daemon
/// only, which then stops its children in its own order. It outlives the daemon's death by `kill -9`.
package final class ChildProcess: Sendable {
    /// What a standard descriptor of the child is.
    package enum Stream: Sendable {
        /// Nothing: `/dev/null`.
        case null
        /// The daemon's own.
        case inherited
        /// A file, made if need be; `truncating` empties it, else it is written at its end.
        case file(path: String, truncating: Bool)
        /// An open descriptor of the daemon, which stays the daemon's to close.
        case descriptor(Int32)
    }

    /// The process number; it is not given to another process before the child's end was seen here.
    package let id: pid_t

    private struct State {
        var exit: ChildExit?
        var waiters: [CheckedContinuation<ChildExit, Never>] = []
    }
    private let state = Mutex(State())

    private init(id: pid_t) {
        self.id = id
    }

    /// Starts a program.
    ///
    /// - Parameter arguments: the absolute path of the program, then its arguments.
    /// - Parameter environment: all the variables that the child gets.
    /// - Parameter input: what its descriptor 0 reads.
    /// - Parameter output: where its descriptors 1 and 2 write.
    package static func start(
        _ arguments: [String],
        environment: [String: String],
        input: Stream = .null,
        output: Stream = .inherited
    ) throws(ChildProcessError) -> ChildProcess {
        let program = arguments.first ?? ""
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        add(input, as: STDIN_FILENO, isInput: true, to: &actions)
        add(output, as: STDOUT_FILENO, isInput: false, to: &actions)
        if case .inherited = output {
            // The two stay what they are.
        } else {
            posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        }
        for number in openDescriptors() { posix_spawn_file_actions_addclose(&actions, number) }
        var attributes = cleanAttributes()
        defer { posix_spawnattr_destroy(&attributes) }

        var argumentPointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var variablePointers: [UnsafeMutablePointer<CChar>?] =
            environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer {
            argumentPointers.forEach { free($0) }
            variablePointers.forEach { free($0) }
        }
        var id: pid_t = 0
        let code = posix_spawn(&id, program, &actions, &attributes, &argumentPointers, &variablePointers)
        guard code == 0 else {
            throw ChildProcessError(program: program, reason: String(cString: strerror(code)))
        }
        let child = ChildProcess(id: id)
        child.watch()
        return child
    }

    /// Waits for the end.
    package func exit() async -> ChildExit {
        await withCheckedContinuation { continuation in
            let known = state.withLock { state in
                if state.exit == nil { state.waiters.append(continuation) }
                return state.exit
            }
            if let known { continuation.resume(returning: known) }
        }
    }

    /// Whether its end was seen.
    package var hasEnded: Bool { state.withLock { $0.exit != nil } }

    /// Sends a signal, unless the child has ended.
    package func signal(_ number: Int32) {
        state.withLock { state in
            if state.exit == nil { _ = kill(id, number) }
        }
    }

    /// Waits on a thread of its own: libdispatch has no process source on Linux.
    private func watch() {
        DispatchQueue(label: "etalond.child.\(id)").async { [self] in
            var information = siginfo_t()
            // Without reaping, so that the number stays taken until the state says that the child has ended.
            while waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
            let (exit, waiters) = state.withLock { state in
                var status: Int32 = 0
                while waitpid(id, &status, 0) < 0, errno == EINTR {}
                let exit: ChildExit =
                    status & 0x7F == 0 ? .status(status >> 8 & 0xFF) : .signal(status & 0x7F)
                state.exit = exit
                defer { state.waiters = [] }
                return (exit, state.waiters)
            }
            for waiter in waiters { waiter.resume(returning: exit) }
        }
    }

    /// No inherited mask, every signal at its default, a session of its own.
    private static func cleanAttributes() -> posix_spawnattr_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&attributes, &all)
        let newSession: Int32 = 0x80  // POSIX_SPAWN_SETSID, which the module map leaves out.
        let flags = Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF) | newSession
        posix_spawnattr_setflags(&attributes, Int16(flags))
        return attributes
    }

    /// The descriptors above 2 that are open now; most close themselves on exec, a library's may not.
    private static func openDescriptors() -> [Int32] {
        guard let directory = opendir("/proc/self/fd") else { return [] }
        defer { closedir(directory) }
        var numbers: [Int32] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let number = Int32(name), number > STDERR_FILENO { numbers.append(number) }
        }
        return numbers
    }

    private static func add(
        _ stream: Stream,
        as descriptor: Int32,
        isInput: Bool,
        to actions: inout posix_spawn_file_actions_t
    ) {
        switch stream {
        case .inherited: break
        case .null:
            posix_spawn_file_actions_addopen(
                &actions, descriptor, "/dev/null", isInput ? O_RDONLY : O_WRONLY, 0)
        case .file(let path, let truncating):
            let flags = isInput ? O_RDONLY : O_WRONLY | O_CREAT | (truncating ? O_TRUNC : O_APPEND)
            posix_spawn_file_actions_addopen(&actions, descriptor, path, flags, 0o600)
        case .descriptor(let other):
            posix_spawn_file_actions_adddup2(&actions, other, descriptor)
        }
    }
}
