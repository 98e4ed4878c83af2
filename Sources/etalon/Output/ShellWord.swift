// SPDX-License-Identifier: Apache-2.0

/// A text as one word of a command line, to be typed into a shell as it is shown.
enum ShellWord {
    /// The text where nothing in it means something to a shell, else within single quotes.
    static func of(_ text: String) -> String {
        let isPlain = !text.isEmpty && text.utf8.allSatisfy(plain.contains)
        return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
    }

    /// An option with its value; one that begins with a minus would be taken for an option itself.
    static func option(_ name: String, _ value: String) -> String { name + (value.hasPrefix("-") ? "=" : " ") + of(value) }

    private static let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:/@%+,=-".utf8)
}
