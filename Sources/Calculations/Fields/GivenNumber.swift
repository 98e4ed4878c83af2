// SPDX-License-Identifier: Apache-2.0
package import Metrology

/// Number of a case as it stands there: a decimal text, or a JSON number.
package struct GivenNumber: Decodable, Sendable {
    /// The number as a decimal; nil where it has more digits or a larger exponent than decimals keep.
    package let decimal: DecimalNumber?
    /// The nearest binary number, finite.
    package let value: Double

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text: String
        // A JSON number is taken as well; anything else is told by the next attempt.
        if let number = try? container.decode(Double.self) {
            text = number == number.rounded() && abs(number) < 1e15 ? "\(Int64(number))" : "\(number)"
        } else {
            text = try container.decode(String.self)
        }
        guard let given = GivenNumber(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "'\(text.prefix(60))' is no decimal number; write digits such as \"12.25\" or \"6.6e-34\"")
        }
        self = given
    }

    /// Number of a text; nil where it is none.
    package init?(_ text: String) {
        do throws(DecimalError) {
            let decimal = try DecimalNumber(parsing: text)
            (self.decimal, value) = (decimal, decimal.approximateValue)
        } catch {
            guard let value = Self.beyondDecimals(text), value.isFinite else { return nil }
            (decimal, self.value) = (nil, value)
        }
    }

    /// Value of a plain text with more digits or a larger exponent than decimals keep.
    private static func beyondDecimals(_ text: String) -> Double? {
        let allowed = "0123456789+-.eE"
        guard text.utf8.count <= 400, text.contains(where: { "0"..."9" ~= $0 }), text.allSatisfy({ allowed.contains($0) }) else {
            return nil
        }
        return Double(text)
    }

    /// 1 − the number, without loss of the digits of a number close to 1.
    package var complement: Double {
        if let decimal, let rest = try? DecimalNumber.one.subtracting(decimal) { return rest.approximateValue }
        return 1 - value
    }
}
