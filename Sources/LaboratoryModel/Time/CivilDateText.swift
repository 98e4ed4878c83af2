// SPDX-License-Identifier: Apache-2.0

extension CivilDate {
    /// Reads YYYY-MM-DD (stored, sent) or DD/MM/YYYY (written by hand in Vietnam).
    ///
    /// - Throws: ``CivilDateError/empty``, ``CivilDateError/notADate(_:)``,
    ///   ``CivilDateError/noSuchDay(year:month:day:)``.
    package init(parsing text: some StringProtocol) throws(CivilDateError) {
        let blanksGone = text.drop { $0.isWhitespace }
        guard let last = blanksGone.lastIndex(where: { !$0.isWhitespace }) else { throw .empty }
        let written = String(blanksGone[...last])
        if let parts = Self.numbers(in: written, separatedBy: "-", digitCounts: [4...4, 2...2, 2...2]) {
            try self.init(year: parts[0], month: parts[1], day: parts[2])
        } else if let parts = Self.numbers(
            in: written, separatedBy: "/", digitCounts: [1...2, 1...2, 4...4])
        {
            try self.init(year: parts[2], month: parts[1], day: parts[0])
        } else {
            throw .notADate(written)
        }
    }

    /// The day as DD/MM/YYYY, as Vietnamese documents print it.
    package var dayMonthYear: String {
        let parts = parts
        return [Self.padded(parts.day, 2), Self.padded(parts.month, 2), Self.padded(parts.year, 4)]
            .joined(separator: "/")
    }

    private static func numbers(
        in text: String,
        separatedBy separator: Character,
        digitCounts: [ClosedRange<Int>]
    ) -> [Int]? {
        let fields = text.split(separator: separator, omittingEmptySubsequences: false)
        guard fields.count == digitCounts.count else { return nil }
        var numbers: [Int] = []
        for (field, count) in zip(fields, digitCounts) {
            guard count.contains(field.count), field.allSatisfy({ $0.isASCII && $0.isWholeNumber }),
                let number = Int(field)
            else { return nil }
            numbers.append(number)
        }
        return numbers
    }

    private static func padded(_ number: Int, _ count: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }
}

extension CivilDate: CustomStringConvertible {
    /// The day as YYYY-MM-DD, as stored and sent.
    package var description: String {
        let parts = parts
        return [Self.padded(parts.year, 4), Self.padded(parts.month, 2), Self.padded(parts.day, 2)]
            .joined(separator: "-")
    }
}

extension CivilDate: Codable {
    /// Decodes the text form YYYY-MM-DD or DD/MM/YYYY.
    package init(from decoder: any Decoder) throws {
        try self.init(parsing: try decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
