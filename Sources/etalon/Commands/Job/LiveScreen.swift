// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Glibc

/// A terminal that is drawn anew again and again, and left as it was found.
///
/// It uses the terminal's second screen, so that what stood there before stands there again afterwards.
final class LiveScreen {
    /// Times to draw: at once, at every beat, when the window has another size; over when somebody wants it to end.
    let drawings: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation
    private let found: termios
    private var sources: [any DispatchSourceProtocol] = []
    /// q, Q, Ctrl-C and Ctrl-D.
    private static let endKeys: Set<UInt8> = [UInt8(ascii: "q"), UInt8(ascii: "Q"), 3, 4]
    private let queue = DispatchQueue(label: "etalon.watch")

    /// Takes the terminal.
    ///
    /// - Throws: ``Failure`` when standard input is no terminal that can be set.
    init(every seconds: Int) throws(Failure) {
        var state = termios()
        guard tcgetattr(STDIN_FILENO, &state) == 0 else { throw Failure(Phrase.noScreen) }
        found = state
        // Keys come one by one and are not shown, Ctrl-C among them: whether it would be a signal depends on the session.
        state.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
        guard tcsetattr(STDIN_FILENO, TCSANOW, &state) == 0 else { throw Failure(Phrase.noScreen) }
        (drawings, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(2))
        Presentation.write("\u{1B}[?1049h\u{1B}[?25l", to: STDOUT_FILENO)
        listen(every: seconds)
        continuation.yield()
    }

    private func listen(every seconds: Int) {
        let continuation = continuation
        let timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now() + .seconds(seconds), repeating: .seconds(seconds))
        timer.setEventHandler { continuation.yield() }
        let keys = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: queue)
        keys.setEventHandler {
            var typed = [UInt8](repeating: 0, count: 64)
            let count = read(STDIN_FILENO, &typed, typed.count)
            let isEnd = count <= 0 || typed.prefix(count).contains(where: Self.endKeys.contains)
            if isEnd { continuation.finish() }
        }
        var made: [any DispatchSourceProtocol] = [timer, keys]
        for number in [SIGINT, SIGTERM, SIGHUP, SIGWINCH] {
            // The source hears the signal only where it is not delivered otherwise.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                if number == SIGWINCH { continuation.yield() } else { continuation.finish() }
            }
            made.append(source)
        }
        for source in made { source.activate() }
        sources = made
    }

    /// Draws a text from the top left corner; what does not fit is cut off.
    func draw(_ text: String) {
        var size = winsize()
        let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_row > 0
        let rows = isKnown ? Int(size.ws_row) : 24
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).prefix(rows)
        // No wrapping while it is drawn: a long line must not push the others down.
        let picture = lines.map { $0 + "\u{1B}[K" }.joined(separator: "\r\n")
        Presentation.write("\u{1B}[?7l\u{1B}[H" + picture + "\u{1B}[J\u{1B}[?7h", to: STDOUT_FILENO)
    }

    /// Gives the terminal back as it was found.
    func restore() {
        for source in sources { source.cancel() }
        for number in [SIGINT, SIGTERM, SIGHUP, SIGWINCH] { signal(number, SIG_DFL) }
        Presentation.write("\u{1B}[?25h\u{1B}[?1049l", to: STDOUT_FILENO)
        var state = found
        tcsetattr(STDIN_FILENO, TCSANOW, &state)
    }
}
