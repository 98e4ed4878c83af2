// SPDX-License-Identifier: Apache-2.0
internal import Metrology

/// Kind `special_functions`: coverage factors and distribution functions.
///
/// Functions and their arguments: `t_two_sided_factor(p, nu)`, `t_quantile(p, nu)`, `t_cdf(t, nu)`, `normal_quantile(p)`, `normal_cdf(z)`,
/// `chi2_quantile(p, nu)`, `chi2_cdf(x, nu)`, `f_quantile(p, nu1, nu2)`, `f_cdf(x, nu1, nu2)`, `regularized_incomplete_beta(x, a, b)`,
/// `regularized_lower_gamma(a, x)`, `regularized_upper_gamma(a, x)`. Degrees of freedom of Student's distribution may be `inf`.
package struct SpecialFunctionCase: Calculation {
    private let function: String
    private let arguments: [String: Argument]

    /// A number, or the word `inf`.
    private struct Argument: Decodable, Sendable {
        let number: GivenNumber?

        init(from decoder: any Decoder) throws {
            // What is no text is refused below with the field named.
            let text = try? decoder.singleValueContainer().decode(String.self)
            number = text == "inf" ? nil : try GivenNumber(from: decoder)
        }
    }

    private enum CodingKeys: String, CodingKey {
        case function, arguments
    }

    package func solve() throws(CalculationError) -> Double {
        let result: Double
        do throws(UncertaintyError) {
            result = try value()
        } catch .distribution(let name, let message) {
            throw .invalid("arguments.\(name)", message)
        } catch {
            throw .invalid("arguments", error.description)
        }
        // The search for a quantile ends at the ends of the range of doubles.
        let isPositiveQuantile = function == "chi2_quantile" || function == "f_quantile"
        guard abs(result) < 1e307, !isPositiveQuantile || result > 1e-307 else {
            throw .invalid("arguments", "the result is too large or too small to be kept")
        }
        return result
    }

    private func value() throws(UncertaintyError) -> Double {
        switch function {
        case "t_two_sided_factor":
            let (inside, outside) = try probability("p")
            return try student().twoSidedFactor(inside: inside, outside: outside)
        case "t_quantile":
            let (lower, upper) = try probability("p")
            if lower == upper { return 0 }
            // The shares beyond ±t are twice the smaller one.
            let factor = try student().twoSidedFactor(inside: abs(upper - lower), outside: 2 * min(lower, upper))
            return lower < upper ? -factor : factor
        case "t_cdf": return try student().cumulativeProbability(at: number("t").value)
        case "normal_quantile":
            let (lower, upper) = try probability("p")
            return NormalDistribution.quantile(lower: lower, upper: upper)
        case "normal_cdf": return try NormalDistribution.cumulativeProbability(number("z").value)
        case "chi2_quantile":
            let (lower, upper) = try probability("p")
            return try ChiSquareDistribution(degreesOfFreedom: positive("nu")).quantile(lower: lower, upper: upper)
        case "chi2_cdf":
            return try ChiSquareDistribution(degreesOfFreedom: positive("nu")).tails(at: number("x").value).lower
        case "f_quantile":
            let (lower, upper) = try probability("p")
            return try FisherDistribution(numerator: positive("nu1"), denominator: positive("nu2"))
                .quantile(lower: lower, upper: upper)
        case "f_cdf":
            return try FisherDistribution(numerator: positive("nu1"), denominator: positive("nu2")).tails(at: number("x").value)
                .lower
        default: return try incomplete()
        }
    }

    private func incomplete() throws(UncertaintyError) -> Double {
        switch function {
        case "regularized_incomplete_beta":
            let x = try number("x")
            guard x.value >= 0, x.complement >= 0 else { throw .distribution("x", "lies outside 0 to 1") }
            return try IncompleteBeta.regularized(x: x.value, complement: x.complement, a: positive("a"), b: positive("b")).lower
        case "regularized_lower_gamma", "regularized_upper_gamma":
            let x = try number("x").value
            guard x >= 0 else { throw .distribution("x", "is negative; give 0 or more") }
            let (lower, upper) = try IncompleteGamma.regularized(a: positive("a"), x: x)
            return function == "regularized_lower_gamma" ? lower : upper
        default: throw .distribution("function", "'\(function)' is not known")
        }
    }

    private func number(_ name: String) throws(UncertaintyError) -> GivenNumber {
        guard let argument = arguments[name] else { throw .distribution(name, "is missing; \(function) needs it") }
        guard let number = argument.number else { throw .distribution(name, "cannot be infinite") }
        return number
    }

    /// A parameter up to which the iterations of the incomplete functions end in time and keep nine digits.
    private func positive(_ name: String, upTo limit: Double = 1e9) throws(UncertaintyError) -> Double {
        let value = try number(name).value
        guard value > 0, value <= limit else { throw .distribution(name, "must lie above 0 and not above \(limit)") }
        return value
    }

    private func student() throws(UncertaintyError) -> StudentDistribution {
        if let argument = arguments["nu"], argument.number == nil { return try StudentDistribution(degreesOfFreedom: .infinity) }
        return try StudentDistribution(degreesOfFreedom: positive("nu", upTo: 1e15))
    }

    private func probability(_ name: String) throws(UncertaintyError) -> (Double, Double) {
        let given = try number(name)
        guard given.value > 0, given.complement > 0 else {
            throw .distribution(name, "lies outside 0 to 1; give a probability between them")
        }
        return (given.value, given.complement)
    }
}
