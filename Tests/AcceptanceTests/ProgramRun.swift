// SPDX-License-Identifier: Apache-2.0

import Dispatch
import FoundationEssentials
import Glibc
import Synchronization

/// What a program wrote, and how it ended.
struct ProgramRun: Sendable {
    let output: String
    let errors: String
    /// The exit status; the signal's number below zero.
    let exitCode: Int32

    var outputLines: [String] { output.split(separator: "\n").map(String.init) }
    var errorLines: [String] { errors.split(separator: "\n").map(String.init) }

    /// What stood on standard output, read as JSON.
    func document() throws -> JSONDocument { try JSONDocument(output) }

    /// Runs a program to its end, without a terminal and with nothing on standard input.
    ///
    /// - Parameter environment: every variable the program gets besides `PATH`.
    /// - Parameter seconds: after that long it is killed.
    static func of(
        _ program: String, _ arguments: [String] = [], environment: [String: String] = [:], seconds: Int = 60
    ) async throws -> ProgramRun {
        try await blocking { try waited(program, arguments, environment: environment, seconds: seconds) }
    }

    /// The same, for where a thread may be held.
    static func waited(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], seconds: Int = 60
    ) throws -> ProgramRun {
        let output = try ScratchFile()
        let errors = try ScratchFile()
        let child = try StartedProgram(
            program, arguments, environment: environment,
            streams: .files(output: output.descriptor, errors: errors.descriptor))
        let exitCode = child.end(within: seconds)
        return ProgramRun(output: output.text, errors: errors.text, exitCode: exitCode)
    }
}

/// Runs what blocks on a thread of its own, so that the tests' few threads go on.
func blocking<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
    }
}

/// A program that runs.
final class StartedProgram: Sendable {
    /// What the program reads and writes.
    enum Streams {
        case files(output: Int32, errors: Int32)
        /// All three, and its controlling terminal.
        case terminal(path: String)
    }

    let id: pid_t
    private let status = Mutex<Int32?>(nil)

    /// Starts a program in a session of its own.
    init(_ program: String, _ arguments: [String], environment: [String: String], streams: Streams) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        switch streams {
        case .files(let output, let errors):
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
            posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
            posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
        case .terminal(let path):
            // The first terminal that a session's leader opens becomes its controlling one.
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, path, O_RDWR, 0)
            posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDOUT_FILENO)
            posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDERR_FILENO)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        let flags = Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF) | 0x80  // SETSID
        posix_spawnattr_setflags(&attributes, Int16(flags))

        let variables = environment.merging(["PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"]) { $1 }
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        var pairs: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in words + pairs { free(pointer) } }
        var id: pid_t = 0
        let code = posix_spawn(&id, program, &actions, &attributes, &words, &pairs)
        guard code == 0 else {
            throw Installation.Missing(what: "\(program): \(String(cString: strerror(code)))")
        }
        self.id = id
    }

    /// How it ended; `nil` while it runs.
    var exitCode: Int32? { waited(WNOHANG) }

    func signal(_ number: Int32) {
        status.withLock { status in if status == nil { kill(id, number) } }
    }

    /// Waits for the end, which is forced when it does not come in time.
    func end(within seconds: Int) -> Int32 {
        let limit = DispatchWorkItem { [self] in signal(SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds), execute: limit)
        defer { limit.cancel() }
        // The end is left to be collected below, where nobody can be about to signal the number.
        var end = siginfo_t()
        while waitid(P_PID, id_t(id), &end, WEXITED | WNOWAIT) < 0, errno == EINTR {}
        return waited(0) ?? -SIGKILL
    }

    private func waited(_ options: Int32) -> Int32? {
        status.withLock { status in
            if let status { return status }
            var word: Int32 = 0
            guard waitpid(id, &word, options) == id else { return nil }
            let signal = word & 0x7F
            status = signal == 0 ? (word >> 8) & 0xFF : -signal
            return status
        }
    }
}

/// A file without a name, for what a program writes: unlike a pipe it never fills.
private final class ScratchFile: Sendable {
    let descriptor: Int32

    init() throws {
        // O_TMPFILE, which Swift's Glibc leaves out.
        descriptor = open("/tmp", O_RDWR | O_CLOEXEC | 0o20200000, 0o600)
        guard descriptor >= 0 else { throw Installation.Missing(what: "a scratch file under /tmp") }
    }

    deinit { close(descriptor) }

    var text: String {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while case let count = pread(descriptor, &piece, piece.count, bytes.count), count > 0 {
            bytes += piece[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
