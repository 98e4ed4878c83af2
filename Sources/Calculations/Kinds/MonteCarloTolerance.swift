// SPDX-License-Identifier: Apache-2.0
internal import Metrology

/// Kind `mc_tolerance`: numerical tolerance of a standard uncertainty `u` written with `significant_digits`.
///
/// The answer `delta` is a decimal text.
/// Source: JCGM 101:2008, 7.9.2.
package struct MonteCarloToleranceCase: Calculation {
    /// What is answered.
    package struct Answer: Encodable, Sendable {
        let delta: String
        /// The same under the name that the published cases give it.
        let expected_delta: String
    }

    private let u: GivenNumber
    private let significant_digits: Int

    package func solve() throws(CalculationError) -> Answer {
        guard let uncertainty = u.decimal else { throw .invalid("u", "\(DecimalError.tooManyDigits)") }
        guard uncertainty > .zero else {
            throw .invalid("u", "\(uncertainty) is no standard uncertainty; give a number above zero")
        }
        guard (1...WorkingDecimal.precision).contains(significant_digits) else {
            throw .invalid(
                "significant_digits",
                "\(significant_digits) digits cannot be kept; give 1 to \(WorkingDecimal.precision), usually 1 or 2")
        }
        do {
            let delta = try uncertainty.numericalTolerance(significantDigits: significant_digits).description
            return Answer(delta: delta, expected_delta: delta)
        } catch {
            throw .invalid("u", "\(error)")
        }
    }
}
