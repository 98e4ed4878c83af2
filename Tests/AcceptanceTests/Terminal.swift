// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

/// A pseudo-terminal with a program at it: what a person sees, and what a person types.
final class Terminal: Sendable {
    /// What was waited for did not appear.
    struct NotSeen: Error {
        let text: String
        let screen: String
    }

    /// TIOCSPTLCK and TIOCGPTN, macros with a type in them, which Swift does not import.
    private static let setLock: UInt = 0x4004_5431
    private static let getNumber: UInt = 0x8004_5430

    private let descriptor: Int32
    private let program: StartedProgram
    /// All that stood on the screen, and what of it was not waited for yet.
    private let screens = Mutex((all: "", unseen: ""))

    /// Starts a program at a new terminal.
    init(_ program: String, _ arguments: [String], environment: [String: String]) throws {
        descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var isLocked: Int32 = 0
        var number: UInt32 = 0
        guard descriptor >= 0, ioctl(descriptor, Self.setLock, &isLocked) == 0,
            ioctl(descriptor, Self.getNumber, &number) == 0
        else { throw Installation.Missing(what: "a pseudo-terminal") }
        self.program = try StartedProgram(
            program, arguments, environment: environment, streams: .terminal(path: "/dev/pts/\(number)"))
    }

    deinit {
        program.signal(SIGKILL)
        close(descriptor)
    }

    /// Waits until a text stands on the screen.
    ///
    /// - Returns: what stood there since the text that was waited for last, with this one at its end.
    /// - Throws: ``NotSeen`` when the program ends or 20 s pass before, however much else it writes.
    @discardableResult
    func shows(_ text: String) async throws -> String {
        try await blocking { [self] in
            let deadline = ContinuousClock.now + .seconds(20)
            while true {
                if let screen = taken(through: text) { return screen }
                guard read(until: deadline) else { throw NotSeen(text: text, screen: screen) }
            }
        }
    }

    /// Types a line and Enter.
    func types(_ line: String) { send(line + "\n") }

    /// Presses Ctrl-D on an empty line.
    func pressesControlD() { send("\u{4}") }

    /// Waits for the program's end, at most 20 s; one that still runs then is stopped.
    ///
    /// - Returns: what it wrote since the last wait, and its exit status.
    func end() async throws -> (screen: String, exitCode: Int32) {
        try await blocking { [self] in
            let deadline = ContinuousClock.now + .seconds(20)
            while read(until: deadline) {}
            return (screens.withLock { $0.unseen }, program.end(within: 20))
        }
    }

    /// Everything that has stood on the screen.
    var screen: String { screens.withLock { $0.all } }

    private func send(_ text: String) {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count,
            case let count = write(descriptor, Array(bytes[sent...]), bytes.count - sent), count > 0
        {
            sent += count
        }
    }

    private func taken(through text: String) -> String? {
        screens.withLock { screens in
            guard let range = screens.unseen.firstRange(of: text) else { return nil }
            let taken = String(screens.unseen[..<range.upperBound])
            screens.unseen = String(screens.unseen[range.upperBound...])
            return taken
        }
    }

    /// Reads what the program writes next.
    ///
    /// - Returns: whether anything came: not at the program's end, nor when the time is up.
    private func read(until deadline: ContinuousClock.Instant) -> Bool {
        let left = deadline - .now
        guard left > .zero else { return false }
        let milliseconds = Int32(clamping: left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000)
        var bytes: [UInt8] = []
        // A letter of several bytes may come in pieces.
        repeat {
            var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard Glibc.poll(&poll, 1, milliseconds) == 1 else { return false }
            var piece = [UInt8](repeating: 0, count: 4096)
            let count = Glibc.read(descriptor, &piece, piece.count)
            guard count > 0 else { return false }
            bytes += piece[..<count]
        } while String(validating: bytes, as: UTF8.self) == nil
        let text = String(decoding: bytes, as: UTF8.self)
        screens.withLock { screens in
            screens.all += text
            screens.unseen += text
        }
        return true
    }
}
