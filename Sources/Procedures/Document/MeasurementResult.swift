// SPDX-License-Identifier: Apache-2.0
package import Metrology

/// A quantity computed from readings, with its uncertainty where one is asked for, and judged where it has limits.
package struct MeasurementResult: Sendable, Equatable, Codable {
    /// What one value is computed from.
    package enum Extent: String, Sendable, CaseIterable, Codable {
        /// Each repetition by itself; a reading's symbol is a number.
        case reading
        /// All repetitions of a point; a reading's symbol is a series, for `mean`, `max`, `sum` …
        case point
        /// All repetitions of all its points together, for each channel; a reading's symbol is a series.
        case all
    }

    /// A named intermediate quantity; later ones may use earlier ones.
    package struct Definition: Sendable, Equatable, Codable {
        package var symbol: String
        package var formula: String

        package init(symbol: String, formula: String) {
            (self.symbol, self.formula) = (symbol, formula)
        }
    }

    /// Code, unique within the procedure.
    package var code: String
    package var vi: String
    package var en: String
    /// Codes of the points it is computed at; empty: at all.
    package var points: [String]
    package var of: Extent
    /// Intermediate quantities.
    package var `where`: [Definition]
    /// Measurement model over readings, characteristics, parameters, conditions, `nominal` and the inputs of the budget.
    package var model: String
    package var unit: String
    /// Decimal places as reported; nil: the place of U's last digit, and without U as many as the readings have.
    package var decimals: Int?
    /// Inputs of the budget that are not readings themselves; empty: no uncertainty is stated.
    package var inputs: [BudgetInput]
    /// Coverage of U; nil where there are no inputs.
    package var coverage: Coverage?
    /// Limits, the first that fits the mode and point holds; none: shown, not judged.
    package var limits: [ResultLimit]
    /// How a value is compared with its limits.
    package var decision: Decision?
    /// Largest U that the measurement may have, as a part of the limit: a formula such as `1/3`; nil: any.
    package var largestUncertaintyToLimit: String?
    /// Whether a certificate prints it.
    package var printed: Bool

    package init(
        code: String, vi: String, en: String, points: [String], of: Extent, `where`: [Definition], model: String,
        unit: String, decimals: Int?, inputs: [BudgetInput], coverage: Coverage?, limits: [ResultLimit], decision: Decision?,
        largestUncertaintyToLimit: String?, printed: Bool
    ) {
        (self.code, self.vi, self.en, self.points, self.of) = (code, vi, en, points, of)
        (self.`where`, self.model, self.unit, self.decimals, self.inputs) = (`where`, model, unit, decimals, inputs)
        (self.coverage, self.limits, self.decision, self.printed) = (coverage, limits, decision, printed)
        self.largestUncertaintyToLimit = largestUncertaintyToLimit
    }
}

/// An input of an uncertainty budget: a symbol of the model with its estimate and what is known of its spread.
///
/// Distributions as in JCGM 100:2008, 4.2 and 4.3; numbers may be formulas over characteristics, parameters, conditions, `nominal` and, where a
/// result is of one reading, readings.
package struct BudgetInput: Sendable, Equatable, Codable {
    /// Where the input is known from.
    package enum Source: String, Sendable, CaseIterable, Codable {
        /// Limits or uncertainties stated in the procedure.
        case stated
        /// The calibration certificate of a standard.
        case certificate
        /// The spread of repeated readings: the formula `of` at every repetition.
        case readings
    }

    /// Distribution of a stated input.
    package enum Distribution: String, Sendable, CaseIterable, Codable {
        case normal, rectangular, triangular, trapezoidal, arcsine
    }

    package var symbol: String
    package var vi: String
    package var en: String
    package var from: Source
    package var unit: String
    /// Estimate; nil: 0. With `certificate`: key of the value in the certificate.
    package var estimate: String?
    /// With `certificate`: estimate where the certificate has no such value; nil: the result is not computed then.
    package var otherwise: String?
    package var distribution: Distribution?
    package var halfWidth: String?
    /// Ratio of the top of a trapezoid to its base.
    package var beta: String?
    /// Standard uncertainty.
    package var standardUncertainty: String?
    /// Expanded uncertainty, with `coverageFactor`. With `certificate`: key of the certificate's U; nil: `expanded_uncertainty`,
    /// and the estimate alone is taken as exact where ``standardUncertainty`` is `0`.
    package var expandedUncertainty: String?
    package var coverageFactor: String?
    package var degreesOfFreedom: String?
    /// Kind of the standard whose certificate is read.
    package var standard: String?
    /// With `readings`: what spreads, a formula over the readings of one repetition.
    package var of: String?
    /// With `readings`: whether the mean is used (s/√n) or a single repetition (s).
    package var ofMean: Bool

    package init(
        symbol: String, vi: String, en: String, from: Source, unit: String, estimate: String?, otherwise: String?,
        distribution: Distribution?, halfWidth: String?, beta: String?, standardUncertainty: String?,
        expandedUncertainty: String?, coverageFactor: String?, degreesOfFreedom: String?, standard: String?, of: String?,
        ofMean: Bool
    ) {
        (self.symbol, self.vi, self.en, self.from, self.unit) = (symbol, vi, en, from, unit)
        (self.estimate, self.otherwise, self.distribution, self.halfWidth, self.beta) = (
            estimate, otherwise, distribution, halfWidth, beta
        )
        (self.standardUncertainty, self.expandedUncertainty, self.coverageFactor, self.degreesOfFreedom, self.standard) = (
            standardUncertainty, expandedUncertainty, coverageFactor, degreesOfFreedom, standard
        )
        (self.of, self.ofMean) = (of, ofMean)
    }
}

/// How U is expanded.
package struct Coverage: Sendable, Equatable, Codable {
    /// Coverage factor, where the procedure fixes it.
    package var factor: String?
    /// Else the coverage probability, such as `0.9545`, with Student's factor.
    package var probability: String?
    /// Use of effective degrees of freedom that are no whole number.
    package var degreesOfFreedom: DegreesOfFreedomRule
    /// Fewest effective degrees of freedom with which U is stated; below, more readings are asked for.
    package var leastDegreesOfFreedom: Int
    /// Significant digits of U, 1 or 2.
    package var digits: Int

    package init(
        factor: String?, probability: String?, degreesOfFreedom: DegreesOfFreedomRule, leastDegreesOfFreedom: Int,
        digits: Int
    ) {
        (self.factor, self.probability, self.degreesOfFreedom, self.leastDegreesOfFreedom, self.digits) = (
            factor, probability, degreesOfFreedom, leastDegreesOfFreedom, digits
        )
    }
}

/// Limits of a result.
package struct ResultLimit: Sendable, Equatable, Codable {
    /// Codes of the points; empty: all.
    package var points: [String]
    /// Modes of verification; empty: all.
    package var modes: [VerificationMode]
    /// Magnitude of limits that lie symmetrically about zero: a formula.
    package var symmetric: String?
    /// Smallest permitted value: a formula.
    package var lower: String?
    /// Largest permitted value: a formula.
    package var upper: String?
    /// Unit of the limits.
    package var unit: String
    /// Table of limits of the program instead of a formula, such as `oiml-r76`.
    package var table: String?
    /// Arguments of the table: characteristics by their key in quotes, or formulas.
    package var arguments: [String: String]?

    package init(
        points: [String], modes: [VerificationMode], symmetric: String?, lower: String?, upper: String?, unit: String,
        table: String?, arguments: [String: String]?
    ) {
        (self.points, self.modes, self.symmetric, self.lower, self.upper) = (points, modes, symmetric, lower, upper)
        (self.unit, self.table, self.arguments) = (unit, table, arguments)
    }
}

/// A decision rule with its version, so that it can be stated and replayed.
package struct Decision: Sendable, Equatable, Codable {
    /// The rule in the words of ``Metrology/DecisionRule``, such as `simple` or `guard_band_rU 0.83`.
    package var rule: String
    /// Version of the laboratory's rule, as stated on documents.
    package var version: String?

    package init(rule: String, version: String?) {
        (self.rule, self.version) = (rule, version)
    }
}
