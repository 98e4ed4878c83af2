// SPDX-License-Identifier: Apache-2.0

/// How many columns of a terminal a text takes.
///
/// Combining marks take none, so Vietnamese letters count the same composed and decomposed; wide and full-width
/// characters and emoji take two.
enum DisplayWidth {
    /// The columns a text takes; the text has no line breaks.
    static func of(_ text: String) -> Int {
        // Printable ASCII is nearly everything, and one column each.
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
        return text.reduce(0) { $0 + of($1) }
    }

    private static func of(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first(where: { !isMark($0) }) else { return 0 }
        let asEmoji = character.unicodeScalars.contains { $0.value == 0xFE0F }
        return asEmoji || isWide(first) ? 2 : 1
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: true
        default: false
        }
    }

    /// Whether a terminal gives the character two columns.
    ///
    /// - Source: Unicode Standard Annex #11, classes W and F, by block.
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
            0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            true
        default: scalar.properties.isEmojiPresentation
        }
    }
}

/// Text made safe to show on a terminal.
enum Visible {
    /// The text on one line: line breaks and tabs become spaces, other control characters become U+FFFD.
    ///
    /// What a customer wrote must not be able to move the cursor or change colours.
    static func line(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var output = String.UnicodeScalarView()
        var previousWasReturn = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n" where previousWasReturn: break
            case "\n", "\r", "\t", "\u{85}", "\u{2028}", "\u{2029}": output.append(" ")
            default: output.append(isControl(scalar) ? "\u{FFFD}" : scalar)
            }
            previousWasReturn = scalar == "\r"
        }
        return String(output)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // C0, DEL, C1, line and paragraph separators, and the marks that turn the direction of writing.
        case 0..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
