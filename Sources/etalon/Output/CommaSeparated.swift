// SPDX-License-Identifier: Apache-2.0

import APIContract

/// Writes items as comma-separated values, UTF-8, the names on the wire as the first line.
///
/// - Source: RFC 4180. Values that a spreadsheet would run as a formula are given a leading apostrophe.
struct CommaSeparated: Sendable {
    /// The columns from left to right; only their keys matter here.
    let columns: [Column]

    /// A file of those columns. A text in two languages has two of them, whatever the language of the reader.
    init(_ columns: [Column]) { self.columns = columns.flatMap { [$0] + ($0.inEnglish.map { [$0] } ?? []) } }

    /// The whole file. Decimals keep their point, days their form on the wire, truth values are `true`, `false`.
    func render(_ items: [JSONValue]) -> String {
        var output = Self.line(columns.map(\.key))
        for item in items { output += Self.line(columns.map { text($0, item) }) }
        return output
    }

    private func text(_ column: Column, _ item: JSONValue) -> String {
        var value = item
        for name in column.key.split(separator: ".") {
            guard let member = value[String(name)] else { return "" }
            value = member
        }
        return switch value {
        case .null: ""
        case .string(let text): Self.defused(text)
        case .number(let digits): digits
        case .bool(let truth): truth ? "true" : "false"
        case .array, .object: value.text
        }
    }

    /// One line of already safe values, each quoted where it has to be, ending in CR LF.
    static func line(_ values: [String]) -> String { values.map(quoted).joined(separator: ",") + "\r\n" }

    private static func quoted(_ value: String) -> String {
        // By code points: CR LF is one Character, and neither CR nor LF to `contains`.
        let special: Set<Unicode.Scalar> = [",", "\"", "\r", "\n"]
        let needsQuotes =
            value.unicodeScalars.contains(where: special.contains) || value.first == " " || value.last == " "
        guard needsQuotes else { return value }
        return "\"" + value.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// The text with an apostrophe before it when a spreadsheet would run it; plain numbers are left alone.
    static func defused(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first) else {
            return text
        }
        return isNumber(text) ? text : "'" + text
    }

    /// A sign, digits, and digits after one point; nothing that could call anything.
    private static func isNumber(_ text: String) -> Bool {
        let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        return (1...2).contains(parts.count)
            && parts.allSatisfy { part in !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    }
}
