// SPDX-License-Identifier: Apache-2.0

/// One kind of calculation: what a case gives, and what is answered.
///
/// Numbers of a case are decimal texts (`"12.25"`); keys that a case does not use, its expected answers among them, are ignored.
package protocol Calculation: Decodable, Sendable {
    associatedtype Answer: Encodable & Sendable

    /// Computes the answer from what the case gives, never from derived fields that it may also carry.
    func solve() throws(CalculationError) -> Answer
}

/// Why a case has no answer.
package struct CalculationError: Error, Sendable, Equatable, Encodable {
    /// Stable word: `invalid` for a case that cannot be read, else the kind's own, such as `syntax` or `domain`.
    package let code: String
    /// What is wrong with which field, and what would be right.
    package let message: String

    package init(code: String, message: String) {
        (self.code, self.message) = (code, message)
    }

    /// A field that is missing or has an unusable value.
    package static func invalid(_ field: String, _ message: String) -> CalculationError {
        CalculationError(code: "invalid", message: "\(field): \(message)")
    }
}
