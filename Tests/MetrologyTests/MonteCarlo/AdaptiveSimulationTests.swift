// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Metrology

@Suite("Adaptive number of trials (JCGM 101, 7.9)")
struct AdaptiveSimulationTests {
    private func normalSum() throws -> MonteCarloSimulation {
        try MonteCarloSimulationTests.simulation(
            "a + b + c + d", ["a", "b", "c", "d"].map { ($0, 0, .normal(standardUncertainty: 1), .infinity) })
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `a stabilised result is as reliable as it was asked to be`(seed: UInt64) throws {
        let result = try normalSum().runAdaptively(significantDigits: 2, probability: 0.95, seed: seed)
        let course = try #require(result.adaptation)
        #expect(course.isStabilised)
        #expect(course.tolerance == 0.05)
        #expect(course.spreads.allSatisfy { $0 <= 0.05 })
        #expect(course.sequences >= 10)
        #expect(result.trials == course.sequences * course.sequenceLength)
        // Twice the spread covers 95 % of the runs; five times covers all of these.
        #expect(abs(result.mean) <= 0.125)
        #expect(abs(result.standardDeviation - 2) <= 0.125)
        #expect(abs(result.equalTailed.low + 3.919_928) <= 0.125)
        #expect(abs(result.equalTailed.high - 3.919_928) <= 0.125)
    }

    @Test func `all trials of all sequences make the result`() throws {
        let simulation = try normalSum()
        let adaptive = try simulation.runAdaptively(significantDigits: 2, probability: 0.95, seed: 4)
        let fixed = try simulation.run(trials: adaptive.trials, probability: 0.95, seed: 4)
        #expect(adaptive.equalTailed == fixed.equalTailed)
        #expect(adaptive.shortest == fixed.shortest)
        #expect(agrees(adaptive.standardDeviation, fixed.standardDeviation, relative: 1e-13))
    }

    @Test func `one digit more needs many more trials`() throws {
        let simulation = try MonteCarloSimulationTests.simulation(
            "ln(x)", [("x", 0.6, .rectangular(halfWidth: 0.5), .infinity)])
        let two = try simulation.runAdaptively(significantDigits: 2, probability: 0.95)
        let three = try simulation.runAdaptively(significantDigits: 3, probability: 0.95)
        #expect(try #require(two.adaptation).tolerance == 0.005)
        #expect(try #require(three.adaptation).tolerance == 0.0005)
        // 2.2e5 to 2.5e5 are known to be usual with two digits; a factor 100 for the next one.
        #expect((122_880...600_000).contains(two.trials))
        #expect(three.trials > 20 * two.trials || three.adaptation?.isStabilised == false)
        #expect(three.trials <= MonteCarloSimulation.mostTrials)
    }

    @Test func `a quotient without moments is reported as not stabilised`() throws {
        let simulation = try MonteCarloSimulationTests.simulation(
            "a/b", ["a", "b"].map { ($0, 0, .normal(standardUncertainty: 1), .infinity) })
        let result = try simulation.runAdaptively(probability: 0.95, mostTrials: 400_000)
        #expect(result.adaptation?.isStabilised == false)
        #expect(result.trials <= 400_000)
    }

    @Test func `an output without uncertainty is stable at once`() throws {
        let result = try MonteCarloSimulationTests.simulation("2*x", [("x", 3, .constant, .infinity)])
            .runAdaptively(probability: 0.95)
        #expect(result.adaptation?.isStabilised == true)
        #expect(result.adaptation?.tolerance == 0)
        #expect(result.mean == 6)
    }

    @Test(arguments: [(0, 0.95, 20_000_000), (5, 0.95, 20_000_000), (2, 0, 20_000_000), (2, 1, 20_000_000)])
    func `settings outside their ranges are refused`(digits: Int, p: Double, most: Int) throws {
        let simulation = try normalSum()
        #expect(throws: MonteCarloError.self) {
            try simulation.runAdaptively(significantDigits: digits, probability: p, mostTrials: most)
        }
    }

    @Test(arguments: [(0.95, 100_000), (0.999_99, 20_000_000), (0.95, 20_000_001), (.nan, 20_000_000)])
    func `limits that ten sequences do not fit into are refused`(p: Double, most: Int) throws {
        let simulation = try normalSum()
        #expect(throws: MonteCarloError.self) { try simulation.runAdaptively(probability: p, mostTrials: most) }
    }
}
