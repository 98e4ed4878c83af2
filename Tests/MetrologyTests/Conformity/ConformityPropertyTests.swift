// SPDX-License-Identifier: Apache-2.0
import Metrology
import Testing

@Suite("Properties of decisions (seeded)")
struct ConformityPropertyTests {
    private func thousandths(_ range: ClosedRange<Int>, _ generator: inout SplitMix64) throws -> DecimalNumber {
        try DecimalNumber(coefficient: Int128(Int.random(in: range, using: &generator)), scale: 3)
    }

    private func limits(_ generator: inout SplitMix64) throws -> ToleranceLimits {
        let lower = try thousandths(-900...0, &generator)
        let upper = try thousandths(1...900, &generator)
        return switch Int.random(in: 0..<4, using: &generator) {
        case 0: try ToleranceLimits(lower: lower, upper: nil)
        case 1: try ToleranceLimits(lower: nil, upper: upper)
        default: try ToleranceLimits(lower: lower, upper: upper)
        }
    }

    @Test func `a wider guard band never accepts what a narrower one rejects`() throws {
        var generator = SplitMix64(seed: 41)
        for round in 0..<2_000 {
            let limits = try limits(&generator)
            let uncertainty = try StatedUncertainty(
                expanded: thousandths(1...400, &generator), coverageFactor: DecimalNumber(2))
            let value = try thousandths(-1200...1200, &generator)
            var wasAccepted = true
            for r in ["-1", "0", "0.5", "0.83", "1", "1.5", "3"] {
                let statement = try ConformityStatement(
                    value: value, limits: limits, uncertainty: uncertainty, rule: DecisionRule(words: "guard_band_rU \(r)"))
                let isAccepted = statement.decision.isAccepted
                #expect(wasAccepted || !isAccepted, "seed 41, round \(round), r = \(r)")
                wasAccepted = isAccepted
            }
        }
    }

    @Test func `no accepted value has a greater risk than one on the acceptance limit`() throws {
        var generator = SplitMix64(seed: 42)
        for round in 0..<2_000 {
            let limits = try limits(&generator)
            let uncertainty = try StatedUncertainty(
                expanded: thousandths(1...400, &generator), coverageFactor: DecimalNumber(2))
            let statement = try ConformityStatement(
                value: thousandths(-1200...1200, &generator), limits: limits, uncertainty: uncertainty, rule: .guardBandU)
            guard statement.decision == .pass, let risk = statement.specificRisk else { continue }
            let greatest = try #require(try statement.riskAtAcceptanceLimit())
            #expect(risk <= greatest * (1 + 1e-12), "seed 42, round \(round): \(risk) \(greatest)")
        }
    }

    @Test func `a permitted risk is reached on the acceptance limit and not exceeded`() throws {
        var generator = SplitMix64(seed: 43)
        for round in 0..<2_000 {
            let limits = try limits(&generator)
            let uncertainty = try StatedUncertainty(
                expanded: thousandths(1...900, &generator), coverageFactor: DecimalNumber(2))
            let permitted = try DecimalNumber(coefficient: Int128(Int.random(in: 1...500, using: &generator)), scale: 3)
            let rule = try DecisionRule(.permittedRisk(permitted))
            let statement = try ConformityStatement(
                value: .zero, limits: limits, uncertainty: uncertainty, rule: rule)
            guard let greatest = try statement.riskAtAcceptanceLimit() else {
                // Nothing can be accepted: then even the middle of the tolerance has too great a risk.
                let middle = try #require(try limits.width()).multiplied(by: DecimalNumber(coefficient: 5, scale: 1))
                let there = try ConformanceProbability(
                    value: #require(limits.lower).adding(middle), standardUncertainty: uncertainty.standard, limits: limits)
                #expect(there.nonconforming >= permitted.approximateValue * (1 - 1e-9), "seed 43, round \(round)")
                continue
            }
            #expect(greatest <= permitted.approximateValue * (1 + 1e-9), "seed 43, round \(round): \(greatest) > \(permitted)")
            #expect(greatest >= permitted.approximateValue * (1 - 1e-9), "seed 43, round \(round): \(greatest) < \(permitted)")
        }
    }

    @Test func `the probabilities of conforming and of not conforming make one`() throws {
        var generator = SplitMix64(seed: 44)
        for round in 0..<5_000 {
            let limits = try limits(&generator)
            let value = try thousandths(-1500...1500, &generator)
            let u = try thousandths(1...2000, &generator).approximateValue
            let found = try ConformanceProbability(value: value, standardUncertainty: u, limits: limits)
            #expect(abs(found.conforming + found.nonconforming - 1) < 1e-14, "seed 44, round \(round)")
            #expect(found.conforming >= 0 && found.nonconforming >= 0, "seed 44, round \(round)")
        }
    }
}
