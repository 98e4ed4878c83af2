// SPDX-License-Identifier: Apache-2.0
package import Metrology

/// Number of a case that is needed exactly: a decimal text such as `"12.25"`, or a JSON number by its shortest digits.
package struct GivenDecimal: Decodable, Sendable, Hashable {
    /// The number with its digits as written.
    package let number: DecimalNumber

    package init(from decoder: any Decoder) throws {
        guard let decimal = try GivenNumber(from: decoder).decimal else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath, debugDescription: "has more digits than are kept; give at most 38 of them"))
        }
        number = decimal
    }

    /// The number, which has to be above zero.
    ///
    /// - Throws: ``CalculationError`` of code `invalid` that names the field.
    func positive(_ field: String) throws(CalculationError) -> DecimalNumber {
        guard number > .zero else { throw .invalid(field, "\(number) is not positive; give a number above 0") }
        return number
    }

    /// The number, which must not be below zero.
    ///
    /// - Throws: ``CalculationError`` of code `invalid` that names the field.
    func notNegative(_ field: String) throws(CalculationError) -> DecimalNumber {
        guard !number.isNegative else { throw .invalid(field, "\(number) is negative; give 0 or a number above") }
        return number
    }
}
