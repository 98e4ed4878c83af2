// SPDX-License-Identifier: Apache-2.0
internal import Vocabulary

/// How dates, numbers and codes stand in a sentence that a person reads.
package enum SentenceParts {
    /// A day in a Vietnamese sentence: `2018-06-25` becomes `25/06/2018`; a text that is no date stays as it is.
    package static func vietnameseDay(_ text: String) -> String {
        do { return try CivilDate(parsing: text).dayMonthYear } catch { return text }
    }

    /// A number in a Vietnamese sentence: every point between two digits becomes a comma.
    package static func vietnameseNumber(_ text: String) -> String {
        let letters = Array(text.unicodeScalars)
        var output = String.UnicodeScalarView()
        for (index, letter) in letters.enumerated() {
            let isInside = index > 0 && index + 1 < letters.count && isDigit(letters[index - 1]) && isDigit(letters[index + 1])
            output.append(letter == "." && isInside ? "," : letter)
        }
        return String(output)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    /// The word for a code of the records; a code without one stands in backticks, as a name that is typed.
    package static func word(_ code: String) -> BilingualSentence {
        guard let word = Terms.word(for: code) else { return BilingualSentence(vi: "`\(code)`", en: "`\(code)`") }
        return BilingualSentence(vi: word.vi, en: word.en)
    }

    /// Codes to choose from, each with its word: they are what has to be typed.
    package static func choices(_ codes: [String]) -> BilingualSentence {
        let areRoles = codes.allSatisfy { Role(rawValue: $0) != nil }
        let word = areRoles ? Terms.role : Terms.word(for:)
        return BilingualSentence(
            vi: codes.map { code in word(code).map { "`\(code)` (\($0.vi))" } ?? "`\(code)`" }.joined(separator: ", "),
            en: codes.map { "`\($0)`" }.joined(separator: ", "))
    }
}

/// A code of the master data with its name: what is typed, and what people call it.
package struct CodedName: Sendable, Equatable {
    package let code: String
    /// The name in both languages; nil where the master data give none.
    package let name: BilingualSentence?

    package init(_ code: String, name: BilingualSentence? = nil) {
        (self.code, self.name) = (code, name)
    }

    /// The name with the code behind it in backticks.
    package var text: BilingualSentence {
        guard let name else { return BilingualSentence(vi: "`\(code)`", en: "`\(code)`") }
        return BilingualSentence(vi: "“\(name.vi)” (`\(code)`)", en: "“\(name.en)” (`\(code)`)")
    }
}

extension Role {
    /// What the role is called.
    package var name: BilingualSentence {
        let word = Terms.role(rawValue)
        return BilingualSentence(vi: word?.vi ?? rawValue, en: word?.en ?? rawValue)
    }
}
