// SPDX-License-Identifier: Apache-2.0
package import Metrology

/// Input quantity of a case: its distribution by name with the parameters of that distribution.
///
/// Derived fields (`standard_uncertainty`, `estimate`, `degrees_of_freedom`) are not read.
package struct InputFields: Decodable, Sendable {
    /// Name in the model.
    package let name: String
    /// Unit for people; calculations do not look at it.
    package let unit: String?
    private let value: GivenNumber?
    private let distribution: String
    private let u: GivenNumber?
    private let expanded: GivenNumber?
    private let k: GivenNumber?
    private let dof: DegreesOfFreedomField?
    private let halfWidth: GivenNumber?
    private let beta: GivenNumber?
    private let d: GivenNumber?
    private let readings: [GivenNumber]?
    private let pooled: GivenNumber?
    private let n: GivenNumber?

    private enum CodingKeys: String, CodingKey {
        case name, unit, value, distribution, u, k, dof, beta, d, readings, n
        case expanded = "U"
        case halfWidth = "half_width"
        case pooled = "pooled_s"
    }

    /// Evaluates the input.
    ///
    /// - Throws: ``BudgetError/input(_:field:_:)`` naming the field that is missing or impossible.
    package func quantity() throws(BudgetError) -> InputQuantity {
        if distribution == "readings" { return try meanOfReadings() }
        let known: InputDistribution
        switch distribution {
        case "normal": known = try normal()
        case "t":
            known = .student(scale: try number(u, "u"))
            guard dof != nil else { throw .input(name, field: "dof", "is missing; Student's t needs degrees of freedom") }
        case "rectangular": known = .rectangular(halfWidth: try number(halfWidth, "half_width"))
        case "triangular": known = .triangular(halfWidth: try number(halfWidth, "half_width"))
        case "arcsine": known = .arcsine(halfWidth: try number(halfWidth, "half_width"))
        case "trapezoidal":
            known = .trapezoidal(halfWidth: try number(halfWidth, "half_width"), topToBase: try number(beta, "beta"))
        case "ctrap": known = .curvilinearTrapezoidal(halfWidth: try number(halfWidth, "half_width"), spread: try number(d, "d"))
        case "pooled":
            known = .pooled(standardDeviation: try number(pooled, "pooled_s"), count: try count())
            guard dof != nil else {
                throw .input(name, field: "dof", "is missing; give those of the pooled standard deviation, or inf")
            }
        case "constant": known = .constant
        default:
            throw .input(
                name, field: "distribution",
                "'\(distribution.prefix(40))' is not known; give normal, t, rectangular, triangular, arcsine, trapezoidal, ctrap, "
                    + "readings, pooled or constant")
        }
        return try InputQuantity(
            name: name, estimate: value?.value, distribution: known, degreesOfFreedom: dof?.value ?? .infinity)
    }

    /// u itself, or U and k of a certificate.
    private func normal() throws(BudgetError) -> InputDistribution {
        if let u {
            guard expanded == nil, k == nil else { throw .input(name, field: "u", "stands beside U and k; give u, or U and k") }
            return .normal(standardUncertainty: u.value)
        }
        guard expanded != nil || k != nil else { throw .input(name, field: "u", "is missing; give u, or U and k") }
        return .certificate(expandedUncertainty: try number(expanded, "U"), coverageFactor: try number(k, "k"))
    }

    private func meanOfReadings() throws(BudgetError) -> InputQuantity {
        guard let readings else { throw .input(name, field: "readings", "are missing") }
        guard value == nil else { throw .input(name, field: "value", "the mean of the readings is the estimate; leave it out") }
        let decimals = readings.compactMap(\.decimal)
        // Readings with more digits than decimals keep are evaluated in binary.
        guard decimals.count == readings.count, let mean = try? InputQuantity(name: name, readings: decimals) else {
            return try InputQuantity(name: name, estimate: nil, distribution: .readings(readings.map(\.value)))
        }
        return mean
    }

    private func count() throws(BudgetError) -> Int {
        let value = try number(n, "n")
        guard value == value.rounded(), value >= 1, value <= 1e9 else {
            throw .input(name, field: "n", "\(value) is no number of readings; give 1 or more")
        }
        return Int(value)
    }

    private func number(_ given: GivenNumber?, _ field: String) throws(BudgetError) -> Double {
        guard let given else { throw .input(name, field: field, "is missing; the distribution '\(distribution)' needs it") }
        return given.value
    }
}

/// Degrees of freedom: a number, or the word `inf`.
package struct DegreesOfFreedomField: Decodable, Sendable {
    /// The number, or infinity.
    package let value: Double

    package init(from decoder: any Decoder) throws {
        // What is no text is refused below with the field named.
        let text = try? decoder.singleValueContainer().decode(String.self)
        value = text == "inf" ? .infinity : try GivenNumber(from: decoder).value
    }
}

/// Correlation coefficient of a case: the names of two inputs.
package struct CorrelationFields: Decodable, Sendable {
    private let a: String
    private let b: String
    private let r: GivenNumber

    /// Matrix of all coefficients of a case.
    ///
    /// - Throws: ``BudgetError/correlation(_:_:_:)``, also for names that are no inputs.
    package static func matrix(_ fields: [CorrelationFields], names: [String]) throws(BudgetError) -> CorrelationMatrix {
        let positions = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
        var pairs: [CorrelationMatrix.Pair] = []
        for field in fields {
            guard let first = positions[field.a] else { throw .correlation(field.a, field.b, "'\(field.a)' is no input") }
            guard let second = positions[field.b] else { throw .correlation(field.a, field.b, "'\(field.b)' is no input") }
            pairs.append(CorrelationMatrix.Pair(first, second, field.r.value))
        }
        return try CorrelationMatrix(names: names, pairs: pairs)
    }
}

extension CalculationError {
    /// Error of a budget in the words of its case: faults of an expression keep their class, all others are `invalid`.
    package init(_ error: BudgetError) {
        switch error {
        case .model(let model): self.init(model)
        default: self.init(code: "invalid", message: error.description)
        }
    }

    /// Error of a model: `syntax`, `unknown_name`, `unknown_function`, `domain`, or `invalid`.
    package init(_ error: ModelError) {
        switch error {
        case .syntax, .unknownName, .unknownFunction, .domain: self.init(code: error.code, message: error.description)
        default: self.init(code: "invalid", message: error.description)
        }
    }
}
