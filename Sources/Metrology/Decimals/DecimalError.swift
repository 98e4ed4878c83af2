// SPDX-License-Identifier: Apache-2.0

/// Reason why a decimal text or a decimal calculation was refused.
package enum DecimalError: Error, Sendable, Hashable {
    /// Nothing but blanks was given; an empty field is never zero.
    case empty
    /// The text is not a decimal number.
    case notANumber(String)
    /// The text has thousands separators, or both a comma and a point.
    case ambiguousSeparator(String)
    /// The number needs more digits than are kept (38 digits, 60 of them after the decimal sign).
    case tooManyDigits
    /// The exact result of a calculation does not fit.
    case overflow
    /// A quotient with divisor zero, or a rounding step that is not positive.
    case divisionByZero
    /// Fewer than one significant digit, or a number of decimal places outside -38...60.
    case digitsOutOfRange(Int)
}

extension DecimalError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty:
            "no number was given"
        case .notANumber(let text):
            "'\(Self.shown(text))' is not a decimal number; write digits with one decimal comma or point, such as 0,05"
        case .ambiguousSeparator(let text):
            "'\(Self.shown(text))' can be read in two ways; write it without thousands separators, with one decimal sign"
        case .tooManyDigits:
            "the number has more digits than can be kept exactly"
        case .overflow:
            "the result is too large or has more digits than can be kept"
        case .divisionByZero:
            "division by zero"
        case .digitsOutOfRange(let digits):
            "\(digits) is no usable number of digits"
        }
    }

    /// The beginning of a text, which may be of any length.
    private static func shown(_ text: String) -> String {
        let beginning = text.prefix(60)
        return beginning.endIndex == text.endIndex ? text : beginning + "…"
    }
}
