// SPDX-License-Identifier: Apache-2.0
import Glibc
import Testing

@testable import Metrology

@Suite("Drawing from distributions (JCGM 101, 6.4)")
struct InputSamplerTests {
    /// A distribution about 5 with its standard deviation (nil: none exists), half the range (nil: unlimited) and the quantile at
    /// 0.975 less 5.
    struct Row: Sendable, CustomTestStringConvertible {
        let distribution: InputDistribution
        var dof = Double.infinity
        let deviation: Double?
        let reach: Double?
        let quantile: Double

        var testDescription: String { distribution.word }
    }

    static let rows = [
        Row(distribution: .normal(standardUncertainty: 2), deviation: 2, reach: nil, quantile: 3.919_928),
        Row(
            distribution: .certificate(expandedUncertainty: 4, coverageFactor: 2), dof: 5, deviation: 2, reach: nil,
            quantile: 3.919_928),
        Row(distribution: .student(scale: 2), dof: 8, deviation: 2.309_401, reach: nil, quantile: 4.612_008),
        Row(distribution: .student(scale: 2), dof: 1, deviation: nil, reach: nil, quantile: 25.412_410),
        Row(distribution: .student(scale: 2), dof: 1e12, deviation: 2, reach: nil, quantile: 3.919_928),
        Row(distribution: .pooled(standardDeviation: 4, count: 4), dof: 3, deviation: 3.464_102, reach: nil, quantile: 6.364_893),
        Row(distribution: .rectangular(halfWidth: 3), deviation: 1.732_051, reach: 3, quantile: 2.85),
        Row(distribution: .triangular(halfWidth: 3), deviation: 1.224_745, reach: 3, quantile: 2.329_180),
        Row(distribution: .arcsine(halfWidth: 3), deviation: 2.121_320, reach: 3, quantile: 2.990_752),
        Row(
            distribution: .trapezoidal(halfWidth: 3, topToBase: 0.5), deviation: 1.369_306, reach: 3, quantile: 2.419_052),
        Row(
            distribution: .curvilinearTrapezoidal(halfWidth: 1, spread: 0.5), deviation: 0.600_925_2, reach: 1.5,
            quantile: 1.129_754_2),
        Row(distribution: .constant, deviation: 0, reach: 0, quantile: 0),
    ]

    @Test(arguments: rows)
    func `many values have the mean, spread, range and quantiles of the distribution`(row: Row) throws {
        try check(row, Drawn.values(of: row, correlated: false))
    }

    @Test(arguments: rows)
    func `a correlated input keeps its own distribution`(row: Row) throws {
        try check(row, Drawn.values(of: row, correlated: true))
    }

    private func check(_ row: Row, _ values: [Double]) throws {
        let count = Double(values.count)
        let sorted = values.sorted()
        // Six standard deviations of what is compared, with the density from neighbouring quantiles.
        for (p, expected) in [(0.025, 5 - row.quantile), (0.5, 5), (0.975, 5 + row.quantile)] {
            let index = Int(p * count)
            let spread = (sorted[index + 400] - sorted[index - 400]) / (800 / count)
            #expect(abs(sorted[index] - expected) <= 6 * spread * (p * (1 - p) / count).squareRoot() + 1e-5, "\(p)")
        }
        if let reach = row.reach {
            #expect(sorted[0] >= 5 - reach - 1e-14)
            #expect((sorted.last ?? .nan) <= 5 + reach + 1e-14)
        }
        guard let deviation = row.deviation else { return }
        let mean = values.reduce(0, +) / count
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        #expect(abs(mean - 5) <= 6 * deviation / count.squareRoot() + 1e-15)
        // Without a fourth moment (t with few degrees of freedom) the spread scatters more.
        let scatter = row.dof < 5 ? 0.2 : 0.02
        #expect(abs((squares / (count - 1)).squareRoot() - deviation) <= scatter * deviation)
    }

    @Test func `normal values two after another and in two streams are independent`() throws {
        let row = Self.rows[0]
        let values = try Drawn.values(of: row, correlated: false).map { ($0 - 5) / 2 }
        for lag in [1, 255, 256, 511, 512, 4_096] {
            let products = zip(values, values.dropFirst(lag)).reduce(0) { $0 + $1.0 * $1.1 }
            #expect(abs(products) < 6 * Double(values.count).squareRoot(), "\(lag)")
        }
    }
}

/// Values of one input as a worker draws them.
enum Drawn {
    static func values(of row: InputSamplerTests.Row, correlated: Bool) throws -> [Double] {
        let inputs = [
            try InputQuantity(name: "x", estimate: 5, distribution: row.distribution, degreesOfFreedom: row.dof),
            try InputQuantity(name: "y", estimate: 0, distribution: .normal(standardUncertainty: 1)),
        ]
        let matrix = try CorrelationMatrix(names: ["x", "y"], pairs: correlated ? [CorrelationMatrix.Pair(0, 1, 0.6)] : [])
        let simulation = try MonteCarloSimulation(
            model: ModelProgram(parsing: "x", inputs: ["x", "y"]), inputs: inputs, correlations: matrix)
        return values(of: simulation, trials: 200_704)
    }

    /// All trials of a simulation.
    static func values(of simulation: MonteCarloSimulation, trials: Int, seed: UInt64 = 1) -> [Double] {
        let evaluator = TrialEvaluator(simulation.plan(seed: seed))
        var values: [Double] = []
        for block in 0..<((trials + TrialLayout.block - 1) / TrialLayout.block) {
            evaluator.evaluate(block: block, count: min(TrialLayout.block, trials - block * TrialLayout.block))
                .forEach { values.append($0) }
        }
        return values
    }
}
