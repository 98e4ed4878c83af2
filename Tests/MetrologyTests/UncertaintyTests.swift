// SPDX-License-Identifier: Apache-2.0

import Metrology
import Testing

@Suite("Student's distribution (JCGM 100, table G.2)")
struct StudentDistributionTests {
    @Test(arguments: StudentTable.factors)
    func `a coverage factor follows from probability and degrees of freedom`(row: [String]) throws {
        let probability = try #require(Double(row[0]))
        let distribution = try StudentDistribution(degreesOfFreedom: #require(Double(row[1])))
        let expected = try #require(Double(row[2]))
        // The expected numbers carry 15 digits; 1e-12 leaves room for a few units in the last of them.
        #expect(agrees(try distribution.twoSidedFactor(probability: probability), expected, relative: 1e-12))
    }

    @Test(arguments: StudentTable.probabilities)
    func `a probability follows from a number and degrees of freedom`(row: [String]) throws {
        let t = try #require(Double(row[0]))
        let distribution = try StudentDistribution(degreesOfFreedom: #require(Double(row[1])))
        #expect(
            agrees(distribution.cumulativeProbability(at: t), try #require(Double(row[2])), relative: 1e-12)
        )
    }

    @Test(arguments: [
        (1.0, "13.97"), (2, "4.53"), (3, "3.31"), (4, "2.87"), (5, "2.65"), (6, "2.52"), (7, "2.43"),
        (8, "2.37"),
        (10, "2.28"), (20, "2.13"), (50, "2.05"), (.infinity, "2.00"),
    ])
    func `the factors for 95.45 % are those printed in the tables`(nu: Double, printed: String) throws {
        let factor = try CoverageRule.percent9545.coverageFactor(effectiveDegreesOfFreedom: nu).factor
        let rounded = try DecimalNumber(approximating: factor, significantDigits: 6, mode: .halfEven)
        #expect(try rounded.rounded(toScale: 2, mode: .halfEven).description == printed)
    }

    @Test func `the factor falls steadily towards the normal one`() throws {
        let normal = try StudentDistribution(degreesOfFreedom: .infinity).twoSidedFactor(probability: 0.9545)
        var previous = Double.infinity
        for nu in [0.7, 1, 1.5, 2, 2.5, 3, 9.9, 39, 41, 200, 19_999, 20_001, 1e6, 1e9, 1e15] {
            let factor = try StudentDistribution(degreesOfFreedom: nu).twoSidedFactor(probability: 0.9545)
            #expect(factor < previous && factor > normal - 1e-13, "\(nu)")
            previous = factor
        }
    }

    @Test func `quantile and probability undo each other`() throws {
        var generator = SplitMix64(seed: 7)
        for _ in 0..<500 {
            let nu = Double.random(in: 0.6...60, using: &generator)
            let probability = Double.random(in: 0.01...0.999, using: &generator)
            let distribution = try StudentDistribution(degreesOfFreedom: nu)
            let t = try distribution.twoSidedFactor(probability: probability)
            let inside =
                distribution.cumulativeProbability(at: t) - distribution.cumulativeProbability(at: -t)
            #expect(abs(inside - probability) < 1e-12, "nu \(nu) p \(probability)")
        }
    }

    @Test func `impossible probabilities and degrees of freedom are refused`() throws {
        let distribution = try StudentDistribution(degreesOfFreedom: 4)
        for probability in [0, 1, -0.1, 1.1, Double.nan] {
            #expect(throws: UncertaintyError.probabilityOutOfRange) {
                try distribution.twoSidedFactor(probability: probability)
            }
        }
        for nu in [0, -1, Double.nan] {
            #expect(throws: UncertaintyError.degreesOfFreedomOutOfRange) {
                try StudentDistribution(degreesOfFreedom: nu)
            }
        }
    }
}

@Suite("Uncertainty budgets (JCGM 100)")
struct UncertaintyBudgetTests {
    @Test(arguments: BudgetTable.budgets)
    func `a budget gives the uncertainty of the worked case`(row: [String]) throws {
        let components = try row[1].split(separator: " ").enumerated().map { index, text in
            let parts = try text.split(separator: ";").map { try #require(Double($0)) }
            return try UncertaintyComponent(
                name: "x\(index)",
                standardUncertainty: parts[0],
                sensitivity: parts[1],
                degreesOfFreedom: parts[2].isFinite ? parts[2] : nil,
                distribution: .normal
            )
        }
        let rule = try CoverageRule(
            probability: #require(Double(row[2])),
            degreesOfFreedom: #require(DegreesOfFreedomRule(rawValue: row[3]))
        )
        let expanded = try UncertaintyBudget(components).expandedUncertainty(rule: rule)
        // The inputs of the table carry 15 digits.
        #expect(agrees(expanded.combinedStandardUncertainty, try #require(Double(row[4])), relative: 1e-12))
        let effective = try #require(Double(row[5]))
        #expect(
            expanded.effectiveDegreesOfFreedom == effective
                || agrees(expanded.effectiveDegreesOfFreedom, effective, relative: 1e-11)
        )
        #expect(agrees(expanded.coverageFactor, try #require(Double(row[6])), relative: 1e-12))
        #expect(agrees(expanded.value, try #require(Double(row[7])), relative: 1e-12))
    }

    @Test func `the end gauge of example H.1 has the printed digits`() throws {
        let budget = try endGauge()
        #expect(budget.combinedStandardUncertainty.rounded() == 32)
        // The norm prints 16.7, reckoned with u_c rounded to 32; unrounded it is 16.75.
        #expect(abs(budget.effectiveDegreesOfFreedom - 16.7) < 0.1)
        let rule = try CoverageRule(probability: 0.99)
        let expanded = try budget.expandedUncertainty(rule: rule)
        #expect(expanded.degreesOfFreedomUsed == 16)
        #expect(abs(expanded.coverageFactor - 2.92) < 0.005)
        let reported = try ReportedUncertainty(value: decimal("50000838"), evaluated: expanded)
        #expect(reported.value.description == "50000838")
        // 92.48: the printed 93 is 2.92 times the rounded 32.
        #expect(reported.expandedUncertainty.description == "92")
    }

    private func endGauge() throws -> UncertaintyBudget {
        try UncertaintyBudget([
            .typeB(name: "l_S", expandedUncertainty: 75, coverageFactor: 3, degreesOfFreedom: 18),
            UncertaintyComponent(
                name: "d",
                standardUncertainty: 5.8,
                degreesOfFreedom: 24,
                distribution: .student
            ),
            UncertaintyComponent(
                name: "d_1",
                standardUncertainty: 3.9,
                degreesOfFreedom: 5,
                distribution: .student
            ),
            UncertaintyComponent(
                name: "d_2",
                standardUncertainty: 6.7,
                degreesOfFreedom: 8,
                distribution: .student
            ),
            .typeB(
                name: "δα",
                halfWidth: 1e-6,
                distribution: .rectangular,
                sensitivity: 50_000_623 * 0.1,
                degreesOfFreedom: 50
            ),
            .typeB(
                name: "δθ",
                halfWidth: 0.05,
                distribution: .rectangular,
                sensitivity: -50_000_623 * 11.5e-6,
                degreesOfFreedom: 2
            ),
        ])
    }

    @Test func `limits give the standard uncertainty of their distribution`() throws {
        let divisors: [(ProbabilityDistribution, Double)] = [
            (.rectangular, 3), (.triangular, 6), (.uShaped, 2),
        ]
        for (distribution, square) in divisors {
            let component = try UncertaintyComponent.typeB(
                name: "x",
                halfWidth: 0.6,
                distribution: distribution
            )
            #expect(agrees(component.standardUncertainty, 0.6 / square.squareRoot(), relative: 1e-15))
        }
        let resolution = try UncertaintyComponent.resolution(name: "d", displayStep: 0.1)
        #expect(abs(resolution.standardUncertainty - 0.0289) < 0.0001)
        #expect(throws: UncertaintyError.invalidComponent(name: "x")) {
            try UncertaintyComponent.typeB(name: "x", halfWidth: 1, distribution: .normal)
        }
    }

    @Test func `the shares of the variance add up to one`() throws {
        #expect(agrees(try endGauge().varianceShares.reduce(0, +), 1, relative: 1e-14))
    }

    @Test func `effective degrees of freedom lie between the smallest and the sum`() throws {
        var generator = SplitMix64(seed: 8)
        for _ in 0..<500 {
            var components: [UncertaintyComponent] = []
            for index in 0..<Int.random(in: 1...8, using: &generator) {
                components.append(
                    try UncertaintyComponent(
                        name: "x\(index)",
                        standardUncertainty: Double.random(in: 0.01...10, using: &generator),
                        sensitivity: Double.random(in: -5...5, using: &generator),
                        degreesOfFreedom: Double.random(in: 1...40, using: &generator),
                        distribution: .student
                    )
                )
            }
            let degrees = components.compactMap(\.degreesOfFreedom)
            let smallest = try #require(degrees.min())
            let effective = try UncertaintyBudget(components).effectiveDegreesOfFreedom
            #expect(effective >= smallest * (1 - 1e-12) && effective <= degrees.reduce(0, +) * (1 + 1e-12))
        }
    }

    @Test func `extreme units neither overflow nor vanish`() throws {
        for unit in [1e-200, 1e200] {
            let budget = try UncertaintyBudget([
                UncertaintyComponent(
                    name: "a",
                    standardUncertainty: 3 * unit,
                    degreesOfFreedom: 4,
                    distribution: .student
                ),
                UncertaintyComponent(
                    name: "b",
                    standardUncertainty: 4 * unit,
                    degreesOfFreedom: 4,
                    distribution: .student
                ),
            ])
            #expect(agrees(budget.combinedStandardUncertainty, 5 * unit, relative: 1e-14))
            #expect(
                agrees(
                    budget.effectiveDegreesOfFreedom,
                    4 / (0.6 * 0.6 * 0.6 * 0.6 + 0.4096),
                    relative: 1e-13
                )
            )
        }
    }

    @Test func `too few degrees of freedom are refused`() throws {
        let budget = try UncertaintyBudget([
            UncertaintyComponent(
                name: "a",
                standardUncertainty: 1,
                degreesOfFreedom: 0.5,
                distribution: .student
            )
        ])
        #expect(throws: UncertaintyError.tooFewDegreesOfFreedom(effective: 0.5, minimum: 1)) {
            try budget.expandedUncertainty(rule: .percent9545)
        }
        let strict = try CoverageRule(probability: 0.95, minimumDegreesOfFreedom: 2)
        #expect(throws: UncertaintyError.tooFewDegreesOfFreedom(effective: 1.5, minimum: 2)) {
            try strict.coverageFactor(effectiveDegreesOfFreedom: 1.5)
        }
    }

    @Test func `a budget without components or with a name twice is refused`() throws {
        #expect(throws: UncertaintyError.noComponents) { try UncertaintyBudget([]) }
        let component = try UncertaintyComponent(name: "a", standardUncertainty: 1, distribution: .normal)
        #expect(throws: UncertaintyError.duplicateComponent(name: "a")) {
            try UncertaintyBudget([component, component])
        }
        #expect(throws: UncertaintyError.invalidComponent(name: "b")) {
            try UncertaintyComponent(name: "b", standardUncertainty: -1, distribution: .normal)
        }
    }

    @Test func `a stated factor of 2 claims no probability`() throws {
        let expanded = try endGauge().expandedUncertainty(coverageFactor: 2)
        #expect(expanded.coverageProbability == nil && expanded.coverageFactor == 2)
        #expect(agrees(expanded.value, 63.3277582220172, relative: 1e-12))
    }
}

@Suite("Type A evaluation (JCGM 100, 4.2)")
struct TypeAEvaluationTests {
    @Test func `twenty temperature readings have the printed mean and standard deviation`() throws {
        // Example 4.4.3 of JCGM 100:2008.
        let readings = [
            "96.90", "98.18", "98.25", "98.61", "99.03", "99.49", "99.56", "99.74", "99.89", "100.07",
            "100.33",
            "100.42", "100.68", "100.95", "101.11", "101.20", "101.57", "101.84", "102.36", "102.72",
        ]
        let evaluation = try TypeAEvaluation(observations: readings.map(decimal))
        #expect(abs(evaluation.mean - 100.145) < 5e-4)
        #expect(abs(evaluation.standardDeviation - 1.489) < 5e-4)
        #expect(abs(evaluation.standardUncertaintyOfMean - 0.333) < 5e-4)
        #expect(evaluation.degreesOfFreedom == 19)
    }

    @Test func `a large common offset costs no digits`() throws {
        // The form of the set NumAcc4 of NIST StRD: s = 0.1 exactly.
        var readings = [10_000_000.2]
        for _ in 0..<500 { readings += [10_000_000.1, 10_000_000.3] }
        let evaluation = try TypeAEvaluation(observations: readings)
        #expect(agrees(evaluation.mean, 10_000_000.2, relative: 1e-15))
        #expect(agrees(evaluation.standardDeviation, 0.1, relative: 1e-8))
    }

    @Test func `one reading has no standard deviation`() {
        #expect(throws: UncertaintyError.tooFewObservations(1)) { try TypeAEvaluation(observations: [1.0]) }
        #expect(throws: UncertaintyError.tooFewObservations(0)) {
            try TypeAEvaluation(observations: [Double]())
        }
    }
}
