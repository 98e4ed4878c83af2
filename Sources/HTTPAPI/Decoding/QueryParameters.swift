// SPDX-License-Identifier: Apache-2.0

package import APIContract

/// The parameters of a query, each given at most once and each known.
package struct QueryParameters: Hashable, Sendable {
    private let values: [String: String]

    /// Reads a query as it stands in the address.
    ///
    /// - Throws: ``ProblemError`` (400) for an unknown, repeated, empty or badly encoded parameter.
    package init(_ query: String?, known: [String]) throws {
        var values: [String: String] = [:]
        for pair in (query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decoded(parts[0], plusIsSpace: true),
                let value = PercentEncoding.decoded(parts.count > 1 ? parts[1] : "", plusIsSpace: true)
            else { throw Self.invalid(nil, vi: "mã hoá phần trăm không hợp lệ", en: "not valid percent-encoding") }
            guard known.contains(name) else { throw Self.unknown(name, known: known) }
            guard !value.isEmpty, value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
                throw Self.invalid(name, vi: "`\(name)` thiếu giá trị", en: "`\(name)` has no value")
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw Self.invalid(name, vi: "`\(name)` lặp lại", en: "`\(name)` is given twice")
            }
        }
        self.values = values
    }

    /// The text of a parameter, never empty; `nil` when it is not given.
    package func text(_ name: String) -> String? { values[name] }

    /// The text of a parameter that must be given.
    ///
    /// - Throws: ``ProblemError`` (400).
    package func requiredText(_ name: String) throws -> String {
        guard let text = values[name] else {
            throw Self.invalid(name, vi: "thiếu tham số `\(name)`", en: "the parameter `\(name)` is missing")
        }
        return text
    }

    /// The whole number of a parameter; `nil` when it is not given.
    ///
    /// - Throws: ``ProblemError`` (400) for what is no whole number, or one outside the range.
    package func integer(_ name: String, in range: ClosedRange<Int64> = 0...Int64.max) throws -> Int64? {
        guard let text = values[name] else { return nil }
        let isPlain = text.utf8.enumerated().allSatisfy { index, byte in
            (0x30...0x39).contains(byte) || (index == 0 && byte == UInt8(ascii: "-"))
        }
        guard isPlain, let number = Int64(text), range.contains(number) else {
            let bounds = range.upperBound == .max ? "≥ \(range.lowerBound)" : "\(range.lowerBound)–\(range.upperBound)"
            throw Self.invalid(
                name,
                vi: "`\(name)` phải là số nguyên (\(bounds))",
                en: "`\(name)` must be a whole number (\(bounds))"
            )
        }
        return number
    }

    /// Whether a parameter is `true`; absent is `false`.
    ///
    /// - Throws: ``ProblemError`` (400) for anything but `true` and `false`.
    package func flag(_ name: String) throws -> Bool {
        switch values[name] {
        case nil, "false"?: return false
        case "true"?: return true
        case _?:
            throw Self.invalid(
                name,
                vi: "`\(name)` phải là true hoặc false",
                en: "`\(name)` must be true or false"
            )
        }
    }

    /// How many items a page has at most: `limit`, from 1 to 1000, else 100.
    package var limit: Int {
        get throws { try integer("limit", in: 1...1000).map(Int.init) ?? 100 }
    }

    /// Where the page begins: the cursor of the page before; `nil` for the first.
    package var cursor: String? { values["cursor"] }

    /// A problem with a parameter, for routes that check more than its form.
    package static func invalid(_ name: String?, vi: String, en: String) -> ProblemError {
        ProblemError(Problem(.invalidParameter, vi: vi, en: en, field: name))
    }

    private static func unknown(_ name: String, known: [String]) -> ProblemError {
        let shown = String(name.prefix(60))
        let listed = known.isEmpty ? nil : known.map { "`\($0)`" }.joined(separator: ", ")
        return ProblemError(
            Problem(
                .unknownParameter,
                vi: "tham số không biết `\(shown)`; các tham số đã biết: \(listed ?? "không có")",
                en: "unknown parameter `\(shown)`; known: \(listed ?? "none")",
                field: shown
            )
        )
    }
}

/// Percent-encoding of addresses.
///
/// - Source: RFC 3986, section 2.1.
enum PercentEncoding {
    /// The text meant; `nil` when an escape is broken or the bytes are not UTF-8.
    ///
    /// - Parameter plusIsSpace: true in queries, which clients write as HTML forms do.
    static func decoded(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
        var output: [UInt8] = []
        var bytes = text.utf8.makeIterator()
        while let byte = bytes.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = bytes.next().flatMap(digit), let low = bytes.next().flatMap(digit) else { return nil }
                output.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: output.append(0x20)
            default: output.append(byte)
            }
        }
        return String(validating: output, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) }
    }
}
