// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Metrology

@Suite("Simulation (JCGM 101, clause 7)")
struct MonteCarloSimulationTests {
    /// Six inputs of five kinds and a non-linear model.
    static func sixInputs() throws -> MonteCarloSimulation {
        try simulation(
            "x1*exp(-x2)*sqrt(x3) + x4^2/x5 - sin(x6)",
            [
                ("x1", 10, .normal(standardUncertainty: 0.15), .infinity), ("x2", 0.35, .rectangular(halfWidth: 0.06), .infinity),
                ("x3", 2, .triangular(halfWidth: 0.4), .infinity), ("x4", 1.2, .normal(standardUncertainty: 0.05), .infinity),
                ("x5", 4, .student(scale: 0.1), 8), ("x6", 0.5, .arcsine(halfWidth: 0.2), .infinity),
            ])
    }

    static func simulation(
        _ model: String, _ inputs: [(name: String, estimate: Double, InputDistribution, dof: Double)],
        _ pairs: [CorrelationMatrix.Pair] = []
    ) throws -> MonteCarloSimulation {
        let names = inputs.map(\.name)
        return try MonteCarloSimulation(
            model: ModelProgram(parsing: model, inputs: names),
            inputs: inputs.map {
                try InputQuantity(name: $0.name, estimate: $0.estimate, distribution: $0.2, degreesOfFreedom: $0.dof)
            }, correlations: CorrelationMatrix(names: names, pairs: pairs))
    }

    @Test func `a result of earlier years is computed again digit by digit`() throws {
        let result = try Self.sixInputs().run(probability: 0.95)
        #expect(result.generator == "Philox4x32-10")
        #expect(result.mean == 9.849060626499298)
        #expect(result.standardDeviation == 0.5700249351122172)
        #expect(result.equalTailed == CoverageInterval(low: 8.76450146246509, high: 10.971373405542703))
        #expect(result.shortest == CoverageInterval(low: 8.75631787652924, high: 10.962469806055175))
    }

    @Test(arguments: [1, 2, 3, 7])
    func `the number of threads changes no bit`(threads: Int) throws {
        let simulation = try Self.sixInputs()
        #expect(
            try simulation.run(trials: 300_001, probability: 0.9, seed: 5, threads: threads)
                == simulation.run(trials: 300_001, probability: 0.9, seed: 5))
        #expect(
            try simulation.runAdaptively(significantDigits: 1, interval: .shortest, probability: 0.95, threads: threads)
                == simulation.runAdaptively(significantDigits: 1, interval: .shortest, probability: 0.95))
    }

    @Test(arguments: [100, 511, 513, 4_095, 4_096, 4_097, 65_536, 65_537, 150_000])
    func `selection gives what sorting all trials gives`(trials: Int) throws {
        let simulation = try Self.sixInputs()
        for p in [0.5, 0.95] {
            let result = try simulation.run(trials: trials, probability: p, seed: 9)
            let values = Drawn.values(of: simulation, trials: trials, seed: 9)
            let ranks = try CoverageRanks(probability: p, trials: trials)
            let all = OrderedTails(low: values.sorted(), high: [], count: trials)
            #expect(result.equalTailed == ranks.equalTailed(all))
            #expect(result.shortest == ranks.shortest(all))
            let mean = values.reduce(0, +) / Double(trials)
            let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            #expect(agrees(result.mean, mean, relative: 1e-13))
            #expect(agrees(result.standardDeviation, (squares / Double(trials - 1)).squareRoot(), relative: 1e-12))
        }
    }

    @Test func `a spread that is small beside the value keeps its digits`() throws {
        let result = try Self.simulation("x", [("x", 1e9, .rectangular(halfWidth: 1e-3), .infinity)]).run(probability: 0.95)
        // The value has steps of 1.2e-7, so that the spread has four digits.
        #expect(agrees(result.standardDeviation, 1e-3 / 3.0.squareRoot(), relative: 5e-3))
    }

    @Test func `an output without uncertainty has intervals of no length`() throws {
        let result = try Self.simulation("x - x + 5", [("x", 1, .normal(standardUncertainty: 1), .infinity)]).run(
            probability: 0.95)
        #expect(result.mean == 5)
        #expect(result.standardDeviation == 0)
        #expect(result.equalTailed == CoverageInterval(low: 5, high: 5))
        #expect(result.shortest.length == 0)
    }

    @Test func `a point mass at a bound is legal`() throws {
        let result = try Self.simulation("max(x, 0)", [("x", 0, .normal(standardUncertainty: 1), .infinity)]).run(
            probability: 0.95)
        #expect(result.equalTailed.low == 0)
        #expect(result.shortest.low == 0)
        #expect(abs(result.shortest.high - 1.644_854) < 0.01)
    }

    // MARK: - Correlated inputs

    @Test func `fully correlated inputs cancel, and partly correlated ones combine`() throws {
        let pair: [(String, Double, InputDistribution, Double)] = [
            ("a", 5, .normal(standardUncertainty: 0.3), .infinity), ("b", 5, .normal(standardUncertainty: 0.4), .infinity),
        ]
        let same = try Self.simulation("4*a - 3*b", pair, [CorrelationMatrix.Pair(0, 1, 1)]).run(probability: 0.95)
        #expect(same.standardDeviation < 1e-14)
        #expect(same.correlatedSampling == .normal)
        let opposite = try Self.simulation("4*a + 3*b", pair, [CorrelationMatrix.Pair(0, 1, -1)]).run(probability: 0.95)
        #expect(opposite.standardDeviation < 1e-14)
        let part = try Self.simulation("a + b", pair, [CorrelationMatrix.Pair(0, 1, 0.5)]).run(probability: 0.95)
        // √(0.09 + 0.16 + 2·0.5·0.12); the standard deviation of a million normal trials scatters by 0.07 %.
        #expect(agrees(part.standardDeviation, 0.37.squareRoot(), relative: 0.0043))
    }

    @Test func `two groups are correlated within themselves only, also where the model leaves out a member`() throws {
        let inputs: [(String, Double, InputDistribution, Double)] = ["a", "b", "c", "d", "e"].map {
            ($0, 0, .normal(standardUncertainty: 1), .infinity)
        }
        let pairs = [CorrelationMatrix.Pair(0, 3, 0.8), CorrelationMatrix.Pair(1, 4, -0.6), CorrelationMatrix.Pair(2, 4, 0.2)]
        // c is a member of the second group but not in the model.
        let result = try Self.simulation("a + d + b + e", inputs, pairs).run(probability: 0.95)
        #expect(agrees(result.standardDeviation, (4 + 1.6 - 1.2).squareRoot(), relative: 0.0043))
    }

    @Test func `a copula of rectangles has the correlation of its normal quantities in ranks`() throws {
        let rectangle = InputDistribution.rectangular(halfWidth: 1)
        let simulation = try Self.simulation(
            "a*b", [("a", 0, rectangle, .infinity), ("b", 0, rectangle, .infinity)], [CorrelationMatrix.Pair(0, 1, 0.7)])
        let result = try simulation.run(probability: 0.95)
        #expect(result.correlatedSampling == .gaussianCopula)
        // Covariance of the rectangles: (1/3)·(6/π)·arcsin(r/2).
        #expect(abs(result.mean - 0.227_599) < 0.002)
    }

    // MARK: - Refusals

    @Test func `trials without a value are counted and explained, never left out`() throws {
        let simulation = try Self.simulation("sqrt(x)", [("x", 1, .normal(standardUncertainty: 1), .infinity)])
        let error = try #require(throws: MonteCarloError.self) { try simulation.run(probability: 0.95) }
        guard case .failedTrials(let failed, let trials, let example) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(trials == 1_000_000)
        // P(x < 0) = Φ(−1) = 0.158 655.
        #expect(abs(Double(failed) - 158_655) < 6 * 366)
        #expect(example.contains("square root of the negative number"))
        #expect(throws: MonteCarloError.self) { try simulation.runAdaptively(probability: 0.95) }
    }

    @Test(arguments: [0, 99, -1, 20_000_001, Int.max])
    func `numbers of trials outside the range are refused`(trials: Int) throws {
        let simulation = try Self.sixInputs()
        #expect(throws: MonteCarloError.self) { try simulation.run(trials: trials, probability: 0.95) }
    }

    @Test(arguments: [1e300, 1e200, 1e-170, 1e-300])
    func `a spread whose square is out of range is refused, not taken for zero`(u: Double) throws {
        let simulation = try Self.simulation("x", [("x", 0, .normal(standardUncertainty: u), .infinity)])
        #expect(throws: MonteCarloError.range) { try simulation.run(trials: 1_000, probability: 0.95) }
    }

    @Test(arguments: [1e140, 1e-140])
    func `spreads of any practical unit are kept`(u: Double) throws {
        let result = try Self.simulation("x", [("x", 0, .normal(standardUncertainty: u), .infinity)]).run(probability: 0.95)
        #expect(agrees(result.standardDeviation, u, relative: 0.0043))
    }

    @Test func `inputs that are not those of the model are refused`() throws {
        let program = try ModelProgram(parsing: "a + b", inputs: ["a", "b"])
        let a = try InputQuantity(name: "a", estimate: 0, distribution: .constant)
        let c = try InputQuantity(name: "c", estimate: 0, distribution: .constant)
        for inputs in [[], [a], [a, c], [c, a], [a, a, a]] {
            #expect(throws: MonteCarloError.self) { try MonteCarloSimulation(model: program, inputs: inputs) }
        }
        #expect(throws: MonteCarloError.self) { try MonteCarloSimulation(model: program, output: 1, inputs: [a, c]) }
    }

    @Test func `inputs whose variance does not exist are named`() throws {
        let inputs: [(String, Double, InputDistribution, Double)] = [
            ("a", 0, .student(scale: 1), 2), ("b", 0, .student(scale: 1), 2.5), ("c", 0, .readings([1, 2, 3]), .infinity),
        ]
        let names = inputs.map(\.0)
        let simulation = try MonteCarloSimulation(
            model: ModelProgram(parsing: "a + b + c", inputs: names),
            inputs: [
                InputQuantity(name: "a", estimate: 0, distribution: .student(scale: 1), degreesOfFreedom: 2),
                InputQuantity(name: "b", estimate: 0, distribution: .student(scale: 1), degreesOfFreedom: 2.5),
                InputQuantity(name: "c", estimate: nil, distribution: .readings([1, 2, 3])),
            ])
        #expect(try simulation.run(trials: 1_000, probability: 0.95).inputsWithoutVariance == ["a", "c"])
    }
}
