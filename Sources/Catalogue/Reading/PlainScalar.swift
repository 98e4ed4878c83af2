// SPDX-License-Identifier: Apache-2.0

import Foundation
import Yams

/// What a scalar of a file means.
///
/// Only the plain forms of YAML 1.2 have a type of their own; `yes`, `no` and the like are text.
enum PlainScalar: Equatable {
    case text(String), integer(Int), real(String), boolean(Bool), null

    init(_ scalar: Node.Scalar) {
        let text = scalar.string
        guard scalar.style == .plain else {
            self = .text(text)
            return
        }
        switch text {
        case "", "~", "null": self = .null
        case "true": self = .boolean(true)
        case "false": self = .boolean(false)
        default:
            if let number = Int(text) {
                self = .integer(number)
            } else if Double(text) != nil {
                self = .real(text)
            } else {
                self = .text(text)
            }
        }
    }

    /// The kind of value, for people.
    var kind: String {
        switch self {
        case .text: "a text"
        case .integer: "a whole number"
        case .real: "a number"
        case .boolean: "true or false"
        case .null: "nothing"
        }
    }
}

extension Node {
    /// The kind of node, for people.
    var kind: String {
        switch self {
        case .scalar(let scalar): PlainScalar(scalar).kind
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }
}

/// Forms of text that the files use.
enum TextForm {
    /// Whether a text is a decimal with a point: an optional minus sign, digits, and digits after a point.
    static func isDecimal(_ text: String) -> Bool {
        text.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?/) != nil
    }

    /// Whether the first of two decimals is the greater one; false unless both are decimals.
    static func isDecimal(_ first: String, above second: String) -> Bool {
        guard let first = Decimal(string: first), let second = Decimal(string: second) else { return false }
        return first > second
    }

    /// Whether a text is a day of the calendar written `YYYY-MM-DD`.
    static func isDay(_ text: String) -> Bool {
        guard let match = text.wholeMatch(of: /([0-9]{4})-([0-9]{2})-([0-9]{2})/),
            let year = Int(match.1), let month = Int(match.2), let day = Int(match.3)
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return year > 0 && (1...12).contains(month) && (1...days[month - 1]).contains(day)
    }

    /// Whether a text is in normalisation form C, by its scalars: equal strings may differ in form.
    static func isNormalised(_ text: String) -> Bool {
        text.unicodeScalars.elementsEqual(text.precomposedStringWithCanonicalMapping.unicodeScalars)
    }

    /// Number of single edits between two keys.
    static func distance(_ first: String, _ second: String) -> Int {
        let target = Array(second)
        var row = Array(0...target.count)
        for (index, character) in first.enumerated() {
            var previous = row[0]
            row[0] = index + 1
            for column in target.indices {
                let replaced = previous + (character == target[column] ? 0 : 1)
                previous = row[column + 1]
                row[column + 1] = min(replaced, row[column + 1] + 1, row[column] + 1)
            }
        }
        return row[target.count]
    }
}
