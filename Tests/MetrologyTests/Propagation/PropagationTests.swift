// SPDX-License-Identifier: Apache-2.0
internal import Metrology
import Testing

@Suite("Law of propagation (JCGM 100, 5 and annexes G, H)") struct PropagationTests {
    static func budget(
        _ model: String, _ inputs: [InputQuantity], _ pairs: [CorrelationMatrix.Pair] = [],
        _ coverage: CoverageMethod = .fixed(2), ensembles: [LinearPropagation.Ensemble] = []
    ) throws -> PropagatedBudget {
        let names = inputs.map(\.name)
        return try MeasurementBudget(
            program: ModelProgram(outputs: [ModelQuantity("y", model)], inputs: names), inputs: inputs,
            correlations: CorrelationMatrix(names: names, pairs: pairs), ensembles: ensembles, coverage: coverage
        ).propagate()
    }

    static func normal(_ name: String, _ value: Double, _ u: Double, _ nu: Double = .infinity) throws -> InputQuantity {
        try InputQuantity(name: name, estimate: value, distribution: .normal(standardUncertainty: u), degreesOfFreedom: nu)
    }

    /// JCGM 100:2008, 5.2.2, example: ten resistors of 1000 Ω compared with one standard, u = 100 mΩ, are uncertain by 1 Ω together and
    /// would be by 0.32 Ω if the comparisons were taken for independent.
    @Test func `ten resistors compared with one standard are fully correlated`() throws {
        let resistors = try (0..<10).map { try Self.normal("r\($0)", 1_000, 0.1) }
        let pairs = (0..<10).flatMap { first in (0..<first).map { CorrelationMatrix.Pair(first, $0, 1) } }
        let model = resistors.map(\.name).joined(separator: " + ")
        #expect(try agrees(Self.budget(model, resistors, pairs).outputs[0].combinedStandardUncertainty, 1, relative: 1e-14))
        let independent = try Self.budget(model, resistors).outputs[0].combinedStandardUncertainty
        #expect(abs(independent - 0.32) < 0.005)
    }

    /// JCGM 100:2008, H.1: u_c = 32 nm, ν_eff = 16.7, with the second order 34 nm; the printed U = 93 is 2.92 times the rounded 32.
    @Test func `the end gauge of annex H 1 comes out in first and second order`() throws {
        let inputs = [
            try Self.normal("ls", 50_000_623, 25, 18), try Self.normal("d", 215, 5.8, 24), try Self.normal("d1", 0, 3.9, 5),
            try Self.normal("d2", 0, 6.7, 8),
            try InputQuantity(name: "al", estimate: 11.5e-6, distribution: .rectangular(halfWidth: 2e-6)),
            try Self.normal("th", -0.1, 0.2), try InputQuantity(name: "de", estimate: 0, distribution: .arcsine(halfWidth: 0.5)),
            try InputQuantity(name: "da", estimate: 0, distribution: .rectangular(halfWidth: 1e-6), degreesOfFreedom: 50),
            try InputQuantity(name: "dt", estimate: 0, distribution: .rectangular(halfWidth: 0.05), degreesOfFreedom: 2),
        ]
        let propagated = try Self.budget(
            "ls + d + d1 + d2 - ls*(da*(th + de) + al*dt)", inputs, [], .student(CoverageProbability(0.99), .truncated))
        let output = propagated.outputs[0]
        #expect(output.value == 50_000_838)
        #expect(output.combinedStandardUncertainty.rounded() == 32)
        // The document works with rounded contributions; 16.7 and 16.75 both give 16.
        #expect(abs((output.effectiveDegreesOfFreedom ?? 0) - 16.7) < 0.1 && output.degreesOfFreedomUsed == 16)
        #expect(abs((output.coverageFactor ?? 0) - 2.92) < 0.005 && abs((output.expandedUncertainty ?? 0) - 93) < 1)
        let second = try propagated.budget.secondOrder(output: 0, output)
        #expect(second.standardUncertainty.rounded() == 34 && second.noteUncertainty?.rounded() == 34)
        #expect(propagated.warnings(output: 0).count == 1)
    }

    /// JCGM 100:2008, H.2: readings in tables H.2, results in H.4. u(X) is printed as 0.295, with correlation coefficients that were
    /// rounded before; unrounded it is 0.2956.
    @Test func `the simultaneous readings of annex H 2 come out with their correlations`() throws {
        func readings(_ name: String, _ texts: [String]) throws -> InputQuantity {
            try InputQuantity(name: name, readings: texts.map { try decimal($0) })
        }
        let inputs = [
            try readings("V", ["5.007", "4.994", "5.005", "4.990", "4.999"]),
            try readings("I", ["0.019663", "0.019639", "0.019640", "0.019685", "0.019678"]),
            try readings("phi", ["1.0456", "1.0438", "1.0468", "1.0428", "1.0433"]),
        ]
        let pairs = [CorrelationMatrix.Pair(0, 1, -0.355_311), .init(0, 2, 0.857_624), .init(1, 2, -0.645_111)]
        let program = try ModelProgram(
            outputs: [ModelQuantity("R", "V/I*cos(phi)"), ModelQuantity("X", "V/I*sin(phi)"), ModelQuantity("Z", "V/I")],
            inputs: ["V", "I", "phi"])
        let result = try MeasurementBudget(
            program: program, inputs: inputs, correlations: CorrelationMatrix(names: ["V", "I", "phi"], pairs: pairs),
            ensembles: [.init(members: [0, 1, 2], degreesOfFreedom: 4)], coverage: .student(CoverageProbability(0.95), .truncated)
        ).propagate()
        for (output, printed) in zip(result.outputs, [(127.732, 0.071), (219.847, 0.2956), (254.260, 0.236)]) {
            #expect(abs(output.value - printed.0) <= 5e-4 && abs(output.combinedStandardUncertainty - printed.1) <= 5e-4)
            #expect(abs((output.effectiveDegreesOfFreedom ?? 0) - 4) < 1e-9)
        }
        for (first, second, printed) in [(0, 1, -0.588), (0, 2, -0.485), (1, 2, 0.993)] {
            #expect(abs((result.correlation(first, second) ?? 0) - printed) <= 6e-4)
        }
    }

    @Test func `correlated inputs with finite degrees of freedom give no effective ones unless read together`() throws {
        // The plain formula would give 27.7 here, more than 5 + 8.
        let inputs = [try Self.normal("a", 1, 0.3, 5), try Self.normal("b", 1, 0.3, 8)]
        let pair = [CorrelationMatrix.Pair(0, 1, 0.5)]
        let refused = try Self.budget("a + b", inputs, pair, .student(CoverageProbability(0.95), .truncated)).outputs[0]
        #expect(refused.effectiveDegreesOfFreedom == nil && refused.coverageFactor == nil && refused.expandedUncertainty == nil)
        let stated = try Self.budget("a + b", inputs, pair).outputs[0]
        #expect(stated.effectiveDegreesOfFreedom == nil && stated.coverageFactor == 2)
        let single = try Self.budget("a", inputs, pair).outputs[0]
        #expect(single.effectiveDegreesOfFreedom == 5, "a correlation with an input that the output does not use is none")
        let together = try Self.budget("a + b", inputs, pair, ensembles: [.init(members: [0, 1], degreesOfFreedom: 4)]).outputs[0]
        #expect(abs((together.effectiveDegreesOfFreedom ?? 0) - 4) < 1e-12)
        // A third, independent input joins the group by the formula.
        let joined = try Self.budget(
            "a + b + c", inputs + [Self.normal("c", 0, 0.2, 10)], pair, ensembles: [.init(members: [0, 1], degreesOfFreedom: 4)]
        ).outputs[0]
        let group = 0.27
        let total = group + 0.04
        let expected = total * total / (group * group / 4 + 0.04 * 0.04 / 10)
        #expect(abs((joined.effectiveDegreesOfFreedom ?? 0) - expected) < 1e-9)
    }

    @Test func `equal quantities cancel exactly and never give the root of a negative number`() throws {
        let inputs = [try Self.normal("x", 12.5, 0.003), try Self.normal("z", 12.1, 0.003)]
        let output = try Self.budget("x - z", inputs, [.init(0, 1, 1)]).outputs[0]
        #expect(output.combinedStandardUncertainty == 0 && output.hidesUncertainty)
        // A small independent part is not taken for rounding.
        let rest = try Self.budget("x - z + w", inputs + [Self.normal("w", 0, 1e-11)], [.init(0, 1, 1)]).outputs[0]
        #expect(rest.combinedStandardUncertainty == 1e-11)
    }

    @Test func `coefficients that cannot belong together are refused by name`() throws {
        let error = #expect(throws: BudgetError.self) {
            try CorrelationMatrix(
                names: ["a", "b", "c", "d"], pairs: [.init(0, 1, 0.9), .init(0, 2, 0.9), .init(1, 2, -0.9), .init(0, 3, 0.1)])
        }
        guard case .correlation(let first, let second, let message)? = error else {
            Issue.record("\(error?.description ?? "")")
            return
        }
        #expect(
            ["a", "b", "c"].contains(first) && ["a", "b", "c"].contains(second) && message.contains("cannot belong together"))
        #expect(throws: BudgetError.self) { try CorrelationMatrix(names: ["a", "b"], pairs: [.init(0, 1, .nan)]) }
        #expect(throws: BudgetError.self) { try CorrelationMatrix(names: ["a", "b"], pairs: [.init(0, 0, 1)]) }
        // Rounded to four digits, this matrix of rank one has an eigenvalue of -1e-5; rounded to ten it is accepted.
        #expect(throws: BudgetError.self) {
            try CorrelationMatrix(names: ["a", "b", "c"], pairs: [.init(0, 1, 1), .init(1, 2, 1), .init(0, 2, 0.9999)])
        }
        let accepted = try CorrelationMatrix(names: ["a", "b", "c"], pairs: [.init(0, 1, 1), .init(1, 2, -1), .init(0, 2, -1)])
        #expect(accepted.groups[0].rank == 1)
    }

    @Test func `random budgets sum to u_c, with correlations of any rank`() throws {
        var random = SplitMix64(seed: 5_202)
        for round in 0..<2_000 {
            let count = Int.random(in: 2...8, using: &random)
            let rank = Int.random(in: 1...count, using: &random)
            let vectors = (0..<count).map { _ in (0..<rank).map { _ in Double.random(in: -1...1, using: &random) } }
            let lengths = vectors.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
            var pairs: [CorrelationMatrix.Pair] = []
            var r = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
            for i in 0..<count {
                r[i][i] = 1
                for j in 0..<i {
                    let product = zip(vectors[i], vectors[j]).reduce(0) { $0 + $1.0 * $1.1 } / (lengths[i] * lengths[j])
                    r[i][j] = max(-1, min(1, product))
                    r[j][i] = r[i][j]
                    pairs.append(.init(i, j, r[i][j]))
                }
            }
            let inputs = try (0..<count).map { try Self.normal("x\($0)", 1, Double.random(in: 0.01...2, using: &random)) }
            let factors = (0..<count).map { _ in Double.random(in: -3...3, using: &random) }
            let model = (0..<count).map { "(\(factors[$0]))*x\($0)" }.joined(separator: " + ")
            let propagated = try Self.budget(model, inputs, pairs)
            let output = propagated.outputs[0]
            var variance = 0.0
            var squares = 0.0
            for i in 0..<count {
                squares += output.contributions[i] * output.contributions[i]
                for j in 0..<count { variance += output.contributions[i] * r[i][j] * output.contributions[j] }
            }
            let combined = output.combinedStandardUncertainty
            #expect(abs(combined * combined - variance) <= 1e-12 * squares, "seed 5202 round \(round)")
            let shares = propagated.budget.propagation.shares(output.contributions, combined: combined)
            if combined > 1e-5 * squares.squareRoot() {
                #expect(abs(shares.reduce(0, +) - 1) < 1e-5, "seed 5202 round \(round): \(shares)")
            }
            let matrix = propagated.budget.propagation.correlations
            for group in matrix.groups {
                #expect(group.rank <= rank, "seed 5202 round \(round)")
                for i in group.members {
                    for j in group.members { #expect(matrix[i, j] == r[i][j]) }
                }
            }
        }
    }

    @Test func `second order is exact for quadratics of correlated normal inputs`() throws {
        // Mean and variance of a quadratic of normal variables: f + ½ tr(HV) and g′Vg + ½ tr(HVHV).
        let inputs = [try Self.normal("a", 0.3, 0.2), try Self.normal("b", -0.1, 0.5)]
        let propagated = try Self.budget("a^2 + 3*a*b - b^2", inputs, [.init(0, 1, 0.6)])
        let second = try propagated.budget.secondOrder(output: 0, propagated.outputs[0])
        let v = [[0.04, 0.06], [0.06, 0.25]]
        let h = [[2.0, 3.0], [3.0, -2.0]]
        let g = [2 * 0.3 + 3 * -0.1, 3 * 0.3 - 2 * -0.1]
        var hv = [[0.0, 0.0], [0.0, 0.0]]
        for i in 0..<2 { for j in 0..<2 { for k in 0..<2 { hv[i][j] += h[i][k] * v[k][j] } } }
        let trace = hv[0][0] + hv[1][1]
        let square = hv[0][0] * hv[0][0] + 2 * hv[0][1] * hv[1][0] + hv[1][1] * hv[1][1]
        let linear = g[0] * g[0] * v[0][0] + 2 * g[0] * g[1] * v[0][1] + g[1] * g[1] * v[1][1]
        #expect(agrees(second.value, propagated.outputs[0].value + trace / 2, relative: 1e-13))
        #expect(agrees(second.standardUncertainty, (linear + square / 2).squareRoot(), relative: 1e-13))
        #expect(second.noteUncertainty == nil)
        // A partner without uncertainty changes nothing.
        let more = try Self.budget(
            "a^2 + 3*a*b - b^2 + 0*c", inputs + [Self.normal("c", 1, 0)], [.init(0, 1, 0.6), .init(1, 2, 0.5)])
        #expect(
            try agrees(
                more.budget.secondOrder(output: 0, more.outputs[0]).standardUncertainty, second.standardUncertainty,
                relative: 1e-13))
    }

    @Test func `the evaluator for many points agrees with the budget`() throws {
        var random = SplitMix64(seed: 5_203)
        let inputs = try (0..<4).map { try Self.normal("x\($0)", 1, 0.1, [3, 7.5, .infinity, 12][$0]) }
        let program = try ModelProgram(outputs: [ModelQuantity("y", "x0*x1/x2 + exp(x3)")], inputs: inputs.map(\.name))
        for rule in DegreesOfFreedomRule.allCases {
            let coverage = CoverageMethod.student(try CoverageProbability(0.9545), rule)
            var evaluator = BudgetEvaluator(try MeasurementBudget(program: program, inputs: inputs, coverage: coverage))
            for round in 0..<300 {
                let moved = try inputs.map {
                    try Self.normal(
                        $0.name, Double.random(in: 1...2, using: &random), Double.random(in: 0...0.2, using: &random),
                        $0.degreesOfFreedom)
                }
                let expected = try MeasurementBudget(program: program, inputs: moved, coverage: coverage).propagate().outputs[0]
                let found = try evaluator.evaluate(moved.map(\.estimate), moved.map(\.standardUncertainty))
                #expect(
                    found.value == expected.value && found.expandedUncertainty == expected.expandedUncertainty, "round \(round)")
            }
        }
    }
}
