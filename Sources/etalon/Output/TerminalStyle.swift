// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What the place we write to can show: how wide it is, and whether it takes colours.
struct TerminalStyle: Hashable, Sendable {
    /// Columns of the terminal; `nil` for a file or a pipe.
    let columns: Int?
    /// Whether colours may be used.
    let colour: Bool

    /// A style.
    init(columns: Int?, colour: Bool) {
        self.columns = columns
        self.colour = colour
    }

    /// No width, no colours: what a file or a pipe gets.
    static let plain = TerminalStyle(columns: nil, colour: false)

    /// The style of a file descriptor: colours only on a terminal, and not where the user declined them.
    ///
    /// Declined by `--no-color`, by a `NO_COLOR` that is not empty, or by `TERM=dumb`.
    static func of(descriptor: Int32, noColour: Bool, environment: [String: String]) -> TerminalStyle {
        guard isatty(descriptor) == 1 else { return .plain }
        let declined = noColour || environment["NO_COLOR"]?.isEmpty == false || environment["TERM"] == "dumb"
        var size = winsize()
        let known = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return TerminalStyle(columns: known ? Int(size.ws_col) : 80, colour: !declined)
    }

    /// A heading, bold where colours are allowed.
    func heading(_ text: String, when applies: Bool) -> String { applies ? wrapped(text, "1") : text }

    /// A value that stands out, where colours are allowed.
    func emphasised(_ text: String, _ emphasis: Column.Emphasis?) -> String {
        switch emphasis {
        case nil: text
        case .good: wrapped(text, "32")
        case .warning: wrapped(text, "33")
        case .bad: wrapped(text, "31")
        }
    }

    private func wrapped(_ text: String, _ code: String) -> String {
        colour && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
