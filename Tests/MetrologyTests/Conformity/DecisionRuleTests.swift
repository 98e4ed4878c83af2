// SPDX-License-Identifier: Apache-2.0
import Metrology
import Testing

@Suite("Decision rules and specific risk (ILAC-G8:09/2019; JCGM 106:2012, 7 and 8)")
struct DecisionRuleTests {
    private func statement(
        _ value: String, _ lower: String?, _ upper: String?, U: String, k: String = "2", rule: String
    ) throws -> ConformityStatement {
        try ConformityStatement(
            value: decimal(value), limits: ToleranceLimits(lower: lower.map(decimal), upper: upper.map(decimal)),
            uncertainty: StatedUncertainty(expanded: decimal(U), coverageFactor: decimal(k)),
            rule: DecisionRule(words: rule))
    }

    private func probability(
        _ value: String, u: Double, _ lower: String?, _ upper: String?
    ) throws -> ConformanceProbability {
        try ConformanceProbability(
            value: decimal(value), standardUncertainty: u,
            limits: ToleranceLimits(lower: lower.map(decimal), upper: upper.map(decimal)))
    }

    @Test func `the examples of JCGM 106 give the printed probabilities`() throws {
        // Zener diode, container under pressure, engine oil.
        #expect(abs(try probability("-5.47", u: 0.05, nil, "-5.40").conforming - 0.92) < 0.005)
        #expect(abs(try probability("509.7", u: 8.6, "490", nil).conforming - 0.99) < 0.005)
        #expect(abs(try probability("13.6", u: 1.8, "12.5", "16.3").conforming - 0.66) < 0.005)
    }

    @Test func `a probability far outside keeps its digits`() throws {
        let far = try probability("25", u: 1, "9", "11")
        #expect(agrees(far.conforming, 7.793536819192798e-45, relative: 1e-9), "\(far.conforming)")
        #expect(far.nonconforming == 1)
        let near = try probability("10", u: 0.05, "9", "11")
        #expect(near.conforming == 1 && agrees(near.nonconforming, 5.507248237212467e-89, relative: 1e-9))
    }

    @Test func `a narrow tolerance has a probability in proportion to its width`() throws {
        for (at, density) in [("0", 0.3989422804014327), ("6", 6.075882849823286e-09), ("-6", 6.075882849823286e-09)] {
            let upper = try decimal(at).adding(decimal("1e-12"))
            let narrow = try ConformanceProbability(
                value: .zero, standardUncertainty: 1, limits: ToleranceLimits(lower: decimal(at), upper: upper))
            #expect(agrees(narrow.conforming, density * 1e-12, relative: 1e-10), "\(at): \(narrow.conforming)")
        }
    }

    @Test(arguments: [("0", 0.5), ("0.83", 0.0484572262667), ("1", 0.0227501319482), ("1.5", 0.00134989803163)])
    func `the risk on the acceptance limit is that of the table of ILAC-G8`(r: String, risk: Double) throws {
        let found = try statement("0", nil, "10", U: "1", rule: "guard_band_rU \(r)").riskAtAcceptanceLimit()
        #expect(agrees(found ?? 0, risk, relative: 1e-9), "\(found ?? 0)")
    }

    @Test func `limits are decimals and belong to the accepted values`() throws {
        #expect(try statement("0.2", nil, "0.3", U: "0.1", rule: "guard_band_U").decision == .pass)
        #expect(try statement("0.20001", nil, "0.3", U: "0.1", rule: "guard_band_U").decision == .fail)
        #expect(try statement("1.2", nil, "1.1", U: "0.1", rule: "non_binary").decision == .conditionalFail)
        #expect(try statement("10.15", "9.9", "10.1", U: "0.05", rule: "guarded_rejection").decision == .pass)
    }

    @Test func `guard bands that overlap accept nothing`() throws {
        let empty = try statement("10.00", "9.90", "10.10", U: "0.11", rule: "guard_band_U")
        #expect(empty.acceptance.isEmpty && empty.decision == .fail)
        #expect(try empty.riskAtAcceptanceLimit() == nil)
        let conditional = try statement("10.00", "9.90", "10.10", U: "0.11", rule: "non_binary")
        #expect(conditional.decision == .conditionalPass)
    }

    @Test func `a shared risk asks for a small uncertainty`() throws {
        #expect(try statement("10", "9.7", "10.3", U: "0.1", rule: "shared_risk 3").decision == .pass)
        #expect(throws: ConformityError.uncertaintyTooLarge(rule: "shared_risk", leastRatio: "3")) {
            try statement("10", "9.7", "10.3", U: "0.10001", rule: "shared_risk 3")
        }
        #expect(throws: ConformityError.twoLimitsNeeded(rule: "shared_risk")) {
            try statement("10", nil, "10.3", U: "0.1", rule: "shared_risk 3")
        }
    }

    @Test func `a permitted risk of 5 % gives w = 1.645 u for one limit`() throws {
        let one = try statement("0", nil, "10", U: "2", rule: "permitted_risk 0.05")
        #expect(one.guardBand.description == "1.64485362696")
        let half = try statement("0", nil, "10", U: "2", rule: "permitted_risk 0.5")
        #expect(half.guardBand.isZero)
    }

    @Test func `a ratio of 4 gives the guard band of method 6, a ratio of 2 that of the root`() throws {
        let managed = try statement("0", "-4", "4", U: "1", rule: "z540.3-method-6")
        #expect(managed.guardBand.description == "0.0531212980298")
        #expect(try statement("0", "-5", "5", U: "1", rule: "z540.3-method-6").guardBand.isZero)
        let root = try statement("0", "-2", "2", U: "1", rule: "rss")
        #expect(agrees(root.acceptance.upper?.approximateValue ?? 0, 1.7320508075689, relative: 1e-11))
        #expect(throws: ConformityError.self) { try statement("0", "-0.5", "0.5", U: "1", rule: "rss") }
    }

    @Test(arguments: [
        "simple", "shared_risk 3", "guard_band_U", "guard_band_rU 0.83", "guarded_rejection", "non_binary", "permitted_risk 0.05",
        "z540.3-method-6", "rss",
    ])
    func `a rule is read back from its words`(words: String) throws {
        let rule = try DecisionRule(words: words)
        #expect(rule.description == words && !rule.edition.isEmpty)
        #expect(try DecisionRule(words: rule.description, edition: rule.edition) == rule)
        #expect(DecisionRule.names.contains(rule.name))
    }

    @Test(arguments: [
        "", "Simple", "guard_band_rU", "guard_band_rU x", "simple 3", "shared_risk 0", "permitted_risk 0", "permitted_risk 0.51",
        "guard_band_U 2",
    ])
    func `words that are no rule are refused`(words: String) {
        #expect(throws: ConformityError.self) { try DecisionRule(words: words) }
    }

    @Test func `a rule of one multiple is the same rule however it was written`() throws {
        #expect(try DecisionRule(words: "guard_band_rU 1.0") == .guardBandU)
        #expect(try DecisionRule(words: "guard_band_rU 1.0").name == "guard_band_U")
        #expect(try DecisionRule(words: "guard_band_U", edition: "house rule 3") != .guardBandU)
    }

    @Test func `without an uncertainty only simple acceptance decides, and nothing is said about risk`() throws {
        let limits = try ToleranceLimits(MaximumPermissibleError(symmetric: decimal("0.3")))
        let plain = try ConformityStatement(value: decimal("0.30"), limits: limits, uncertainty: nil, rule: .simple)
        #expect(plain.decision == .pass && plain.specificRisk == nil)
        #expect(throws: ConformityError.uncertaintyMissing(rule: "guard_band_U")) {
            try ConformityStatement(value: .zero, limits: limits, uncertainty: nil, rule: .guardBandU)
        }
    }

    @Test func `limits that are missing or the wrong way round are refused`() throws {
        #expect(throws: ConformityError.limitsMissing) { try ToleranceLimits(lower: nil, upper: nil) }
        #expect(throws: ConformityError.limitsReversed) { try ToleranceLimits(lower: .one, upper: .zero) }
        #expect(throws: ConformityError.self) { try StatedUncertainty(expanded: .zero, coverageFactor: .one) }
        #expect(throws: ConformityError.self) { try StatedUncertainty(expanded: .one, coverageFactor: .zero) }
        #expect(throws: ConformityError.self) {
            try StatedUncertainty(expanded: .one, coverageFactor: .one, coverageProbability: .one)
        }
    }
}
