// SPDX-License-Identifier: Apache-2.0

/// Rule by which a measured value and its uncertainty lead to a statement of conformity; stored with every statement.
///
/// Written as words, `guard_band_rU 0.83`: the name of the rule and its parameter, if it has one.
package struct DecisionRule: Sendable, Hashable {
    /// How the guard band follows.
    package enum Method: Sendable, Hashable {
        /// No guard band. Words: `simple`.
        ///
        /// Source: ILAC-G8:09/2019, 4.2.1.
        case simple
        /// No guard band, on the condition that ±T/2 is at least this many times U. Words: `shared_risk N`.
        ///
        /// Source: JCGM 106:2012, 8.2.
        case sharedRisk(leastRatio: DecimalNumber)
        /// Guard band w = rU for any r. Words: `guard_band_rU r`, `guard_band_U` for r = 1, `guarded_rejection` for r = −1.
        ///
        /// Source: ILAC-G8:09/2019, 4.2.2 and table 1; JCGM 106:2012, 8.3.2 and 8.3.3.
        case guardBand(multiplier: DecimalNumber)
        /// Guard band w = U with conditional statements round the limits. Words: `non_binary`.
        ///
        /// Source: ILAC-G8:09/2019, 4.2.3.
        case nonBinary
        /// Guard band from the greatest probability that an accepted item does not conform, above 0 and at most 0.5.
        /// Words: `permitted_risk P`.
        ///
        /// Source: JCGM 106:2012, 8.3.2 (specific consumer's risk).
        case permittedRisk(DecimalNumber)
        /// Guard band w = max(M, 0)·U, M = 1.04 − exp(0.38 ln TUR − 0.54). Words: `z540.3-method-6`.
        ///
        /// Source: Handbook for ANSI/NCSL Z540.3:2006, method 6 (Dobbert).
        case managedRisk
        /// Acceptance limits at the root of the difference of squares, √(1 − 1/TUR²) of the tolerance. Words: `rss`.
        ///
        /// Source: NCSL RP-10 (guard band of Deaver).
        case rootDifferenceOfSquares
    }

    /// How the guard band follows.
    package let method: Method
    /// Document, with its edition, that the rule is taken from; printed with a statement.
    package let edition: String

    /// Creates a rule.
    ///
    /// - Parameters:
    ///   - method: How the guard band follows.
    ///   - edition: Document and edition; the one of the method when nil.
    /// - Throws: ``ConformityError/notPositive(quantity:)`` for a ratio, ``ConformityError/probabilityOutOfRange(quantity:most:)``.
    package init(_ method: Method, edition: String? = nil) throws(ConformityError) {
        switch method {
        case .sharedRisk(let ratio) where ratio <= .zero: throw .notPositive(quantity: "the ratio of a shared risk")
        case .permittedRisk(let risk) where risk <= .zero || risk > Self.greatestPermittedRisk:
            throw .probabilityOutOfRange(quantity: "a permitted risk", most: "\(Self.greatestPermittedRisk)")
        default: break
        }
        self.init(method: method, edition: edition ?? Self.document(of: method))
    }

    /// Simple acceptance by ILAC-G8:09/2019.
    package static let simple = DecisionRule(method: .simple, edition: document(of: .simple))
    /// Guard band w = U by ILAC-G8:09/2019.
    package static let guardBandU = DecisionRule(
        method: .guardBand(multiplier: .one), edition: document(of: .guardBand(multiplier: .one)))
    /// Non-binary statement with w = U by ILAC-G8:09/2019.
    package static let nonBinary = DecisionRule(method: .nonBinary, edition: document(of: .nonBinary))

    /// A greater risk of false acceptance would move the acceptance limit outside the tolerance.
    package static let greatestPermittedRisk = DecimalNumber(unchecked: 5, scale: 1)

    private init(method: Method, edition: String) {
        (self.method, self.edition) = (method, edition)
    }

    private static func document(of method: Method) -> String {
        switch method {
        case .simple, .guardBand, .nonBinary: "ILAC-G8:09/2019"
        case .sharedRisk, .permittedRisk: "JCGM 106:2012"
        case .managedRisk: "ANSI/NCSL Z540.3:2006"
        case .rootDifferenceOfSquares: "NCSL RP-10"
        }
    }
}

// MARK: - Words

extension DecisionRule {
    /// Names of all rules, as written in procedures and cases.
    package static let names = [
        "simple", "shared_risk", "guard_band_U", "guard_band_rU", "guarded_rejection", "non_binary", "permitted_risk",
        "z540.3-method-6", "rss",
    ]

    /// Reads a rule from its name and parameter.
    ///
    /// - Parameters:
    ///   - name: One of ``names``.
    ///   - parameter: r of `guard_band_rU`, the ratio of `shared_risk`, the probability of `permitted_risk`; nil for others.
    ///   - edition: Document and edition; the one of the method when nil.
    /// - Throws: ``ConformityError/unknownWord(_:place:known:)``, ``ConformityError/wrongParameter(rule:expected:)`` and what
    ///   ``init(_:edition:)`` throws.
    package init(name: String, parameter: DecimalNumber?, edition: String? = nil) throws(ConformityError) {
        switch (name, parameter) {
        case ("simple", nil): try self.init(.simple, edition: edition)
        case ("guard_band_U", nil): try self.init(.guardBand(multiplier: .one), edition: edition)
        case ("guarded_rejection", nil): try self.init(.guardBand(multiplier: DecimalNumber(-1)), edition: edition)
        case ("non_binary", nil): try self.init(.nonBinary, edition: edition)
        case ("z540.3-method-6", nil): try self.init(.managedRisk, edition: edition)
        case ("rss", nil): try self.init(.rootDifferenceOfSquares, edition: edition)
        case ("guard_band_rU", let multiplier?): try self.init(.guardBand(multiplier: multiplier), edition: edition)
        case ("shared_risk", let ratio?): try self.init(.sharedRisk(leastRatio: ratio), edition: edition)
        case ("permitted_risk", let risk?): try self.init(.permittedRisk(risk), edition: edition)
        case ("guard_band_rU", nil): throw .wrongParameter(rule: name, expected: "its multiplier r, such as 0.83")
        case ("shared_risk", nil): throw .wrongParameter(rule: name, expected: "the least ratio of ±T/2 to U, such as 3")
        case ("permitted_risk", nil): throw .wrongParameter(rule: name, expected: "a probability, such as 0.05")
        case (_, _?) where Self.names.contains(name): throw .wrongParameter(rule: name, expected: "no parameter")
        default: throw .unknownWord(name, place: "decision rule", known: Self.names)
        }
    }

    /// Reads a rule from its words, `guard_band_rU 0.83`.
    ///
    /// - Throws: ``ConformityError/decimal(_:)`` for the parameter and what ``init(name:parameter:edition:)`` throws.
    package init(words: String, edition: String? = nil) throws(ConformityError) {
        let parts = words.split(separator: " ", maxSplits: 1)
        let parameter =
            try parts.count < 2
            ? nil
            : ConformityError.inDecimals { () throws(DecimalError) in
                try DecimalNumber(parsing: parts[1])
            }
        try self.init(name: parts.first.map(String.init) ?? "", parameter: parameter, edition: edition)
    }

    /// Name of the rule, one of ``names``.
    package var name: String {
        switch method {
        case .simple: "simple"
        case .sharedRisk: "shared_risk"
        case .guardBand(let multiplier) where multiplier == .one: "guard_band_U"
        case .guardBand(let multiplier) where multiplier == DecimalNumber(-1): "guarded_rejection"
        case .guardBand: "guard_band_rU"
        case .nonBinary: "non_binary"
        case .permittedRisk: "permitted_risk"
        case .managedRisk: "z540.3-method-6"
        case .rootDifferenceOfSquares: "rss"
        }
    }

    /// Parameter of the rule; nil where its name says all.
    package var parameter: DecimalNumber? {
        switch method {
        case .sharedRisk(let ratio): ratio
        case .permittedRisk(let risk): risk
        case .guardBand(let multiplier): name == "guard_band_rU" ? multiplier : nil
        default: nil
        }
    }

    /// Whether a statement can be made without knowing the uncertainty.
    package var needsUncertainty: Bool { method != .simple }
}

extension DecisionRule: CustomStringConvertible {
    /// Words that ``init(words:edition:)`` reads.
    package var description: String { parameter.map { "\(name) \($0)" } ?? name }
}
