// SPDX-License-Identifier: Apache-2.0
import Metrology
import Testing

/// Worked examples of the guide with a million trials of our own.
///
/// Tolerance: half a unit of the last printed digit, for the rounding of the document, and six standard deviations of our own
/// scatter; the trials of the document scatter as ours do.
@Suite("Examples of the guide (JCGM 101, clause 9)")
struct GuideExampleTests {
    /// A simulation with the law of propagation beside it.
    private struct Example {
        let result: MonteCarloResult
        let output: PropagatedOutput

        init(
            _ model: String, _ inputs: [(String, Double, InputDistribution, Double)], _ pairs: [CorrelationMatrix.Pair] = [],
            p: Double = 0.95
        ) throws {
            let names = inputs.map(\.0)
            let program = try ModelProgram(parsing: model, inputs: names)
            let quantities = try inputs.map {
                try InputQuantity(name: $0.0, estimate: $0.1, distribution: $0.2, degreesOfFreedom: $0.3)
            }
            let matrix = try CorrelationMatrix(names: names, pairs: pairs)
            result = try MonteCarloSimulation(model: program, inputs: quantities, correlations: matrix).run(probability: p)
            output = try #require(
                MeasurementBudget(
                    program: program, inputs: quantities, correlations: matrix,
                    coverage: .student(CoverageProbability(p), .truncated)
                ).propagate().outputs.first)
        }

        func validation(digits: Int, _ kind: CoverageIntervalKind = .equalTailed) throws -> ResultValidation {
            ResultValidation(
                estimate: output.value, standardUncertainty: output.combinedStandardUncertainty,
                expandedUncertainty: try #require(output.expandedUncertainty), significantDigits: digits,
                interval: result.interval(kind))
        }
    }

    private func rectangle(_ deviation: Double) -> InputDistribution { .rectangular(halfWidth: deviation * 3.0.squareRoot()) }

    @Test func `9.2.2: four normal quantities, and the law of propagation is validated`() throws {
        let example = try Example(
            "x1 + x2 + x3 + x4", (1...4).map { ("x\($0)", 0, .normal(standardUncertainty: 1), .infinity) })
        #expect(abs(example.result.mean - 0.00) <= 0.005 + 0.012)
        #expect(abs(example.result.standardDeviation - 2.00) <= 0.005 + 0.009)
        #expect(abs(example.result.equalTailed.low + 3.92) <= 0.005 + 0.034)
        #expect(abs(example.result.equalTailed.high - 3.92) <= 0.005 + 0.034)
        let validation = try example.validation(digits: 2)
        #expect(validation.tolerance == 0.05)
        #expect(validation.isValidated)
    }

    @Test func `9.2.3: four equal rectangles, still validated`() throws {
        let example = try Example("x1 + x2 + x3 + x4", (1...4).map { ("x\($0)", 0, rectangle(1), .infinity) })
        #expect(abs(example.result.standardDeviation - 2.00) <= 0.005 + 0.006)
        #expect(abs(example.result.equalTailed.low + 3.88) <= 0.005 + 0.025)
        #expect(abs(example.result.equalTailed.high - 3.88) <= 0.005 + 0.025)
        // Exact ends: 3.8794, so that the distance is 0.0405.
        #expect(try example.validation(digits: 2).isValidated)
    }

    @Test func `9.2.4: one rectangle ten times as wide, not validated`() throws {
        let example = try Example(
            "x1 + x2 + x3 + x4", (1...3).map { ("x\($0)", 0, rectangle(1), .infinity) } + [("x4", 0, rectangle(10), .infinity)])
        #expect(abs(example.output.combinedStandardUncertainty - 10.1) <= 0.05)
        #expect(abs(try #require(example.output.expandedUncertainty) - 19.9) <= 0.05)
        #expect(abs(example.result.standardDeviation - 10.1) <= 0.05 + 0.03)
        #expect(abs(example.result.equalTailed.low + 17.0) <= 0.05 + 0.05)
        #expect(abs(example.result.equalTailed.high - 17.0) <= 0.05 + 0.05)
        let validation = try example.validation(digits: 2)
        #expect(validation.tolerance == 0.5)
        #expect(abs(validation.lowDistance - 2.8) <= 0.1)
        #expect(abs(validation.highDistance - 2.8) <= 0.1)
        #expect(!validation.isValidated)
    }

    @Test func `9.3: calibration of a mass, where the second order is missed`() throws {
        let example = try Example(
            "(mRc + dmRc)*(1 + (rhoa - 1.2)*(1/rhoW - 1/rhoR)) - 100000",
            [
                ("mRc", 100_000, .normal(standardUncertainty: 0.050), .infinity),
                ("dmRc", 1.234, .normal(standardUncertainty: 0.020), .infinity),
                ("rhoa", 1.20, .rectangular(halfWidth: 0.10), .infinity),
                ("rhoW", 8_000, .rectangular(halfWidth: 1_000), .infinity),
                ("rhoR", 8_000, .rectangular(halfWidth: 50), .infinity),
            ])
        #expect(abs(example.output.combinedStandardUncertainty - 0.0539) <= 0.000_05)
        // The document's own trials (7.2·10^5) scatter as ours.
        #expect(abs(example.result.mean - 1.2341) <= 0.000_05 + 2 * 0.000_45)
        #expect(abs(example.result.standardDeviation - 0.0754) <= 0.000_05 + 2 * 0.000_31)
        #expect(abs(example.result.shortest.low - 1.0834) <= 0.000_05 + 0.005_2)
        #expect(abs(example.result.shortest.high - 1.3825) <= 0.000_05 + 0.005_0)
        let validation = try example.validation(digits: 1, .shortest)
        #expect(validation.tolerance == 0.005)
        // Printed: 0.0451 and 0.0430.
        #expect(abs(validation.lowDistance - 0.0451) <= 0.005_2)
        #expect(abs(validation.highDistance - 0.0430) <= 0.005_0)
        #expect(!validation.isValidated)
    }

    @Test(arguments: [
        // x1, r, then mean, u and both ends of the shortest interval, all in 10^−6.
        (0, 0, [50, 50, 0, 150]), (0.010, 0, [150, 112, 0, 367]), (0.050, 0, [2551, 502, 1590, 3543]),
        (0, 0.9, [50, 67, 0, 185]), (0.010, 0.9, [150, 121, 13, 398]), (0.050, 0.9, [2551, 505, 1628, 3555]),
    ])
    func `9.4: comparison loss in microwave power`(x1: Double, r: Double, printed: [Double]) throws {
        let example = try Example(
            "x1^2 + x2^2",
            [
                ("x1", x1, .normal(standardUncertainty: 0.005), .infinity),
                ("x2", 0, .normal(standardUncertainty: 0.005), .infinity),
            ],
            r == 0 ? [] : [CorrelationMatrix.Pair(0, 1, r)])
        let got = [
            example.result.mean, example.result.standardDeviation, example.result.shortest.low, example.result.shortest.high,
        ]
        // Means and standard deviations scatter by 0.1 % of u, the ends of the shortest interval by 1 %; the document's trials
        // too.
        let scatter = [0.012, 0.012, 0.09, 0.09]
        for index in 0..<4 {
            let tolerance = 0.5e-6 + scatter[index] * example.result.standardDeviation
            #expect(
                abs(got[index] - printed[index] * 1e-6) <= tolerance, "\(index): \(got[index] * 1e6), printed \(printed[index])")
        }
        // To first order x1 = 0 has no uncertainty at all.
        #expect(try !example.validation(digits: 1, .shortest).isValidated)
        #expect(example.output.hidesUncertainty == (x1 == 0))
    }

    @Test func `9.5: calibration of a gauge block`() throws {
        let example = try Example(
            "(Ls*(1 + alphas*(theta0 + delta + dtheta)) + D + d1 + d2)/(1 + (alphas + dalpha)*(theta0 + delta)) - 50000000",
            [
                ("Ls", 50_000_623, .student(scale: 25), 18), ("D", 215, .student(scale: 6), 25), ("d1", 0, .student(scale: 4), 5),
                ("d2", 0, .student(scale: 7), 8), ("alphas", 11.5e-6, .rectangular(halfWidth: 2e-6), .infinity),
                ("theta0", -0.1, .normal(standardUncertainty: 0.2), .infinity), ("delta", 0, .arcsine(halfWidth: 0.5), .infinity),
                ("dalpha", 0, .curvilinearTrapezoidal(halfWidth: 1e-6, spread: 0.1e-6), .infinity),
                ("dtheta", 0, .curvilinearTrapezoidal(halfWidth: 0.050, spread: 0.025), .infinity),
            ], p: 0.99)
        #expect(abs(example.output.combinedStandardUncertainty - 32) <= 0.5)
        #expect(abs(example.result.mean - 838) <= 0.5 + 0.2)
        #expect(abs(example.result.standardDeviation - 36) <= 0.5 + 0.2)
        #expect(abs(example.result.shortest.low - 745) <= 0.5 + 3.4)
        #expect(abs(example.result.shortest.high - 932) <= 0.5 + 3.4)
    }
}

@Suite("Numerical tolerance and validation (JCGM 101, 7.9.2 and clause 8)")
struct ResultValidationTests {
    @Test(arguments: [
        (0.00035, 2, 0.000_005), (0.00035, 1, 0.000_05), (2, 1, 0.5), (35.8, 2, 0.5), (0.000_502, 1, 0.000_05), (9.96, 2, 0.5),
        (0.0996, 2, 0.005), (0.996, 1, 0.5), (9.5, 1, 5), (8.5, 1, 0.5), (1234, 2, 50), (1e40, 2, 5e38), (3e-70, 1, 5e-71),
        (0, 2, 0),
    ])
    func `a standard uncertainty has half a unit of its last digit`(u: Double, digits: Int, delta: Double) {
        #expect(agrees(NumericalTolerance.value(standardUncertainty: u, significantDigits: digits), delta, relative: 1e-14))
    }

    @Test func `both ends must agree within the tolerance`() {
        func validated(_ low: Double, _ high: Double) -> Bool {
            ResultValidation(
                estimate: 10, standardUncertainty: 1, expandedUncertainty: 2, significantDigits: 2,
                interval: CoverageInterval(low: low, high: high)
            ).isValidated
        }
        #expect(validated(8.04, 11.96))
        #expect(!validated(8.06, 12))
        #expect(!validated(8, 12.06))
        #expect(!validated(.nan, 12))
    }
}
