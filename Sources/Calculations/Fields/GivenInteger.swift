// SPDX-License-Identifier: Apache-2.0
internal import Metrology

/// Whole number of a case: a JSON number or a decimal text without a fraction.
package struct GivenInteger: Decodable, Sendable, Hashable {
    package let value: Int

    package init(from decoder: any Decoder) throws {
        let number = try GivenNumber(from: decoder).decimal?.withoutTrailingZeros
        guard let number, number.scale == 0, let value = Int(exactly: number.coefficient) else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "is no whole number; give one such as 5"))
        }
        self.value = value
    }
}
