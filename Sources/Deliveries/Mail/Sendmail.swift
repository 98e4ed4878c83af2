// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
internal import Glibc
internal import Synchronization

/// The mail system of the machine, by the program `sendmail` that each of them brings along.
///
/// Called as `sendmail -i -f SENDER -- RECIPIENT` with the mail on standard input, lines ended by `\n` as the interface has it. Input and
/// output are files without a name, so a program that reads nothing or writes much cannot hang. The program has no descriptor of the
/// daemon's, no terminal, a session of its own and a few variables.
package struct Sendmail: MailTransport {
    private let path: String
    /// Time after which the program is asked to end.
    package let limit: Duration
    /// Time after that until it is killed.
    package let grace: Duration

    /// - Parameters:
    ///   - path: of the program.
    ///   - limit: time after which it is asked to end.
    ///   - grace: time after that until it is killed.
    package init(path: String, limit: Duration = .seconds(60), grace: Duration = .seconds(5)) {
        (self.path, self.limit, self.grace) = (path, limit, grace)
    }

    package func send(_ content: [UInt8], from sender: String, to recipient: String) async -> MailOutcome {
        guard let input = UnnamedFile(), let output = UnnamedFile() else {
            return MailOutcome(.deferred, note: "no temporary file: \(String(cString: strerror(errno)))")
        }
        guard input.write(Self.withNewlines(content)) else { return MailOutcome(.deferred, note: "the temporary file is full") }
        let child = spawn([path, "-i", "-f", sender, "--", recipient], input: input, output: output)
        switch child {
        case .failure(let error):
            return MailOutcome(.deferred, note: "cannot start \(path): \(String(cString: strerror(error.code)))")
        case .success(let identifier):
            let end = await end(of: identifier)
            return Self.outcome(of: end, saying: output.text(longest: 2000))
        }
    }

    /// How the program ended.
    struct Ending: Equatable {
        /// As `wait` has it; nil when the system does not tell.
        let status: Int32?
        /// Whether the limit was passed.
        let isTimedOut: Bool
    }

    /// What an ending means.
    ///
    /// - Source: sysexits.h. A status that is not of that list says that something else failed, perhaps after the mail was taken over.
    static func outcome(of end: Ending, saying text: String) -> MailOutcome {
        let note = end.isTimedOut ? "ended after its time. \(text)" : text
        guard let status = end.status else { return MailOutcome(.unknown, note: note) }
        guard status & 0x7F == 0 else { return MailOutcome(.unknown, status: "signal \(status & 0x7F)", note: note) }
        let code = status >> 8 & 0xFF
        let verdict: MailOutcome.Verdict =
            switch code {
            case 0: .accepted
            // Wrong usage, data, input, user, host: another try would meet the same.
            case 64...68: .refused
            // The service or the system, 75 above all: later.
            case 69...78: .deferred
            case 126, 127: .deferred
            default: .unknown
            }
        return MailOutcome(verdict, status: "\(code)", note: text)
    }

    /// CRLF becomes `\n`; nothing else changes, and no mail has a bare return.
    static func withNewlines(_ content: [UInt8]) -> [UInt8] { content.filter { $0 != 13 } }

    private struct SpawnFailure: Error {
        let code: Int32
    }

    private func spawn(_ arguments: [String], input: UnnamedFile, output: UnnamedFile) -> Result<pid_t, SpawnFailure> {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input.descriptor, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output.descriptor, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output.descriptor, STDERR_FILENO)
        for number in Self.openDescriptors() { posix_spawn_file_actions_addclose(&actions, number) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        let newSession: Int32 = 0x80  // POSIX_SPAWN_SETSID, which the module map leaves out.
        posix_spawnattr_setflags(&attributes, Int16(Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF) | newSession))
        let argv = arguments.map { text in strdup(text) } + [nil]
        let environment = Self.environment.map { text in strdup(text) } + [nil]
        defer { (argv + environment).forEach { free($0) } }
        var identifier: pid_t = 0
        let code = posix_spawn(&identifier, path, &actions, &attributes, argv, environment)
        return code == 0 ? .success(identifier) : .failure(SpawnFailure(code: code))
    }

    /// All that the program learns of our environment.
    private static let environment: [String] = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", "HOME=/"]

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

    /// Waits on a thread of its own, since libdispatch has no process source on Linux, and ends what takes too long.
    private func end(of identifier: pid_t) async -> Ending {
        let watch = ChildWatch(identifier: identifier)
        let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "etalon.sendmail.limit"))
        timer.schedule(deadline: .now() + limit.dispatchInterval, repeating: grace.dispatchInterval)
        timer.setEventHandler { watch.end() }
        timer.activate()
        defer { timer.cancel() }
        return await withCheckedContinuation { continuation in
            watch.tell(continuation)
            DispatchQueue(label: "etalon.sendmail.\(identifier)").async { watch.wait() }
        }
    }
}

/// A child whose number is not used again while it can still be signalled.
private final class ChildWatch: Sendable {
    private struct State {
        var hasEnded = false
        var asked = 0
        var told: CheckedContinuation<Sendmail.Ending, Never>?
    }

    /// Signals after which nobody waits any longer: the kernel itself cannot end the child.
    private static let mostSignals = 10

    private let identifier: pid_t
    private let state = Mutex(State())

    init(identifier: pid_t) { self.identifier = identifier }

    /// Learns who is told of the ending.
    func tell(_ continuation: CheckedContinuation<Sendmail.Ending, Never>) {
        state.withLock { $0.told = continuation }
    }

    /// Asks the whole session to end, the second time without mercy.
    func end() {
        let told = state.withLock { state -> CheckedContinuation<Sendmail.Ending, Never>? in
            guard !state.hasEnded else { return nil }
            _ = kill(-identifier, state.asked == 0 ? SIGTERM : SIGKILL)
            state.asked += 1
            guard state.asked >= Self.mostSignals else { return nil }
            defer { state.told = nil }
            return state.told
        }
        told?.resume(returning: Sendmail.Ending(status: nil, isTimedOut: true))
    }

    /// Waits until the child has ended, on the calling thread.
    func wait() {
        var information = siginfo_t()
        // Without reaping, so that the number stays taken until the state says that the child has ended.
        while waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        let (told, ending) = state.withLock { state -> (CheckedContinuation<Sendmail.Ending, Never>?, Sendmail.Ending) in
            var status: Int32 = 0
            var reaped: pid_t = 0
            repeat { reaped = waitpid(identifier, &status, 0) } while reaped < 0 && errno == EINTR
            state.hasEnded = true
            defer { state.told = nil }
            // A status that somebody else took, or that the system does not keep, is no status.
            return (state.told, Sendmail.Ending(status: reaped == identifier ? status : nil, isTimedOut: state.asked > 0))
        }
        told?.resume(returning: ending)
    }
}

/// A file that has lost its name: it is gone when the last descriptor is.
private final class UnnamedFile: Sendable {
    let descriptor: Int32

    init?() {
        var template = Array("/tmp/etalon-mail-XXXXXX".utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else { return nil }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        unlink(template)
    }

    deinit { close(descriptor) }

    /// Writes everything and goes back to the beginning.
    func write(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return lseek(descriptor, 0, SEEK_SET) == 0
    }

    /// The beginning of what was written, in one line.
    func text(longest: Int) -> String {
        var bytes = [UInt8](repeating: 0, count: longest)
        let count = pread(descriptor, &bytes, longest, 0)
        let text = EncodedText.singleLine(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self))
        return String(text.drop { $0 == " " }.prefix(500))
    }
}

extension Duration {
    /// The same time for libdispatch, in whole milliseconds.
    var dispatchInterval: DispatchTimeInterval {
        .milliseconds(Int(components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000))
    }
}
