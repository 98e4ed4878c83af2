// SPDX-License-Identifier: Apache-2.0
internal import Vocabulary

/// Finds what a reader of Vietnamese would stumble over: dates of the machine, codes, English words for them.
///
/// What stands in backticks is a name that has to be typed, and is passed over.
package enum VietnameseReader {
    /// Words of a sentence that do not belong there.
    ///
    /// - Parameter quotesAreTyped: whether “…” and '…' hold what somebody typed, and is passed over too.
    package static func strangers(in sentence: String, quotesAreTyped: Bool = false) -> [String] {
        var text = without(sentence, from: "`", to: "`")
        if quotesAreTyped {
            text = without(text, from: "“", to: "”")
            text = without(text, from: "'", to: "'")
        }
        let words = text.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }.map(String.init)
        return words.filter { isDate($0) || isCode($0) }
    }

    /// `2018-06-25`.
    private static func isDate(_ word: String) -> Bool {
        let parts = word.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.count) == [4, 2, 2] && parts.joined().allSatisfy { $0.isASCII && $0.isNumber }
    }

    /// A word of the records' codes that is written otherwise in Vietnamese, or anything in snake_case.
    private static func isCode(_ word: String) -> Bool {
        if word.contains("_"), word.allSatisfy({ $0.isASCII }), word.contains(where: \.isLetter) { return true }
        return Terms.codes.contains(word)
    }

    private static func without(_ text: String, from opening: Character, to closing: Character) -> String {
        var output = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: opening),
            let close = rest[rest.index(after: open)...].firstIndex(of: closing)
        {
            output += rest[..<open]
            rest = rest[rest.index(after: close)...]
        }
        return output + rest
    }
}
