// SPDX-License-Identifier: Apache-2.0
internal import Metrology
import Testing

@Suite("Coverage factors and input distributions") struct CoverageTests {
    private func factor(_ method: CoverageMethod, _ effective: Double? = .infinity) -> Double? {
        method.factor(effective: effective)?.factor
    }

    /// EA-4/02 M:2022: S9 prints k = 1.65 for a rectangle; S11 prints 1.81 with a rounded β, unrounded 1.80.
    @Test func `dominant rectangles have the factors of EA-4-02`() throws {
        let p = try CoverageProbability(0.95)
        #expect(abs((factor(.rectangular(p)) ?? 0) - 1.65) < 0.005)
        #expect(abs((factor(.trapezoidal(p, topToBase: 0.43)) ?? 0) - 1.80) < 0.005)
        // A triangle (β = 0) reaches 0.95 at 1 - √0.05 of its base; a rectangle (β = 1) at 0.95.
        #expect(agrees(factor(.trapezoidal(p, topToBase: 0)) ?? 0, (1 - 0.05.squareRoot()) * 6.0.squareRoot(), relative: 1e-14))
        #expect(agrees(factor(.trapezoidal(p, topToBase: 1)) ?? 0, 0.95 * 3.0.squareRoot(), relative: 1e-14))
        // The two branches meet where the quantile reaches the top.
        let edge = 0.95 / 1.05
        let below = factor(.trapezoidal(p, topToBase: edge - 1e-9)) ?? 0
        let above = factor(.trapezoidal(p, topToBase: edge + 1e-9)) ?? 0
        #expect(abs(below - above) < 1e-8)
    }

    @Test(arguments: [
        (DegreesOfFreedomRule.truncated, 7.994_8, 7.0), (.truncated, 8 - 1e-10, 8), (.truncated, 0.4, 1),
        (.nearest, 18.998_7, 19),
        (.nearest, 0.2, 1), (.exact, 26.99, 26.99), (.interpolated, 26.99, 26.99), (.truncated, .infinity, .infinity),
    ]) func `a rule takes its degrees of freedom`(_ rule: DegreesOfFreedomRule, _ effective: Double, _ used: Double) {
        #expect(rule.used(effective) == used)
    }

    @Test func `interpolation lies between the factors of whole degrees of freedom`() throws {
        let p = try CoverageProbability(0.95)
        let (low, high) = (factor(.student(p, .exact), 7) ?? 0, factor(.student(p, .exact), 8) ?? 0)
        #expect(agrees(factor(.student(p, .interpolated), 7.25) ?? 0, low + (high - low) / 4, relative: 1e-14))
        #expect(factor(.student(p, .interpolated), 7) == low)
        #expect(factor(.student(p, .truncated), nil) == nil)
        #expect(factor(.fixed(2), nil) == 2)
    }

    static let distributions: [(InputDistribution, Double)] = [
        (.normal(standardUncertainty: 0.3), 0.3), (.certificate(expandedUncertainty: 0.6, coverageFactor: 2), 0.3),
        (.student(scale: 0.3), 0.3), (.rectangular(halfWidth: 0.3), 0.173_205_080_756_887_7),
        (.triangular(halfWidth: 0.3), 0.122_474_487_139_158_9), (.arcsine(halfWidth: 0.3), 0.212_132_034_355_964_3),
        (.trapezoidal(halfWidth: 0.3, topToBase: 1), 0.173_205_080_756_887_7),
        (.trapezoidal(halfWidth: 0.3, topToBase: 0), 0.122_474_487_139_158_9),
        (.curvilinearTrapezoidal(halfWidth: 0.3, spread: 0.1), 0.176_383_420_737_639_4),
        (.pooled(standardDeviation: 0.25, count: 4), 0.125), (.constant, 0),
    ]

    @Test(arguments: distributions)
    func `a distribution has its standard uncertainty`(_ distribution: InputDistribution, _ u: Double) throws {
        let input = try InputQuantity(name: "x", estimate: 1, distribution: distribution)
        #expect(agrees(input.standardUncertainty, u, relative: 1e-15))
    }

    @Test func `readings far from zero keep the digits of their scatter`() throws {
        let input = try InputQuantity(
            name: "x", readings: ["100000000.0003", "100000000.0001", "100000000.0005"].map { try decimal($0) })
        #expect(agrees(input.standardUncertainty, 2e-4 / 3.0.squareRoot(), relative: 1e-12))
        #expect(input.degreesOfFreedom == 2 && input.estimate == 100_000_000.000_3)
    }

    @Test func `what outweighs the rest is told`() throws {
        func rectangle(_ name: String, _ a: Double) throws -> InputQuantity {
            try InputQuantity(name: name, estimate: 0, distribution: .rectangular(halfWidth: a))
        }
        let one = try PropagationTests.budget("a + b", [rectangle("a", 0.05), rectangle("b", 0.011)])
        #expect(one.dominance(output: 0) == .one(0))
        let two = try PropagationTests.budget("a - 2*b + c", [rectangle("a", 1), rectangle("b", 0.25), rectangle("c", 0.05)])
        #expect(two.dominance(output: 0) == .two(0, 1, topToBase: 1.0 / 3))
        let none = try PropagationTests.budget("a + b", [rectangle("a", 0.05), PropagationTests.normal("b", 0, 0.02)])
        #expect(none.dominance(output: 0) == nil)
    }

    static let numbers: [(Double, Character, String)] = [
        (0.057_735, ".", "0.05774"), (1.154_7e-6, ",", "1,155e-06"), (50_021.284, ".", "50021"),
        (-2.550_473_96e9, ".", "-2.55e+09"),
        (9.999_96e-7, ".", "1e-06"), (0.999_96, ".", "1"), (999_999.7, ".", "1000000"), (.infinity, ".", "∞"), (0, ".", "0"),
        (1e-300, ".", "1e-300"), (1e22, ",", "1e+22"), (-0.000_1, ",", "-0,0001"), (268.208_8, ".", "268.2"),
    ]

    @Test(arguments: numbers)
    func `numbers of a table are short`(_ value: Double, _ sign: Character, _ text: String) {
        #expect(BudgetNumber(value).text(decimalSign: sign) == text)
    }
}
