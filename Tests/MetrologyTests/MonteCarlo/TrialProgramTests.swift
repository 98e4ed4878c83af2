// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Metrology

@Suite("Models evaluated in columns")
struct TrialProgramTests {
    private func inputs(_ names: [String]) throws -> [InputQuantity] {
        try names.map { try InputQuantity(name: $0, estimate: 1, distribution: .rectangular(halfWidth: 0.5)) }
    }

    @Test func `random models have in every trial the value that they have one by one`() throws {
        for seed in 0..<400 as Range<UInt64> {
            var random = RandomExpression(seed: seed)
            let text = random.text(depth: 6)
            try compare(text, ["x", "y", "z"], "seed \(seed)")
        }
    }

    @Test(arguments: [
        "ln(x - 0.6)", "sqrt(y - 1)", "1/(x - y)", "asin(x)", "exp(2000*(x - 1))", "x^(-300*y)", "(x - 1)^0.5",
        "1/exp(1e4*(x - 1))",
        "atan(ln(x - 1))", "min(1, ln(x - 1))", "max(y, sqrt(x - 1))", "1/(1/(x - x))", "exp(-1/(y - y))", "ln(x - 1)^0",
        "atan2(exp(1e3*x), y)", "tanh(sqrt(x - 1))", "sin(1e9*x)", "cos(1e6*y) + tan(x)", "abs(sqrt(z - 1))", "x^7 - y^-7",
        "log10(x - 0.5001)",
        "sin(x)*1e-200*1e-200", "sinh(800*x)", "cosh(z) + 3^x",
    ])
    func `trials fail where the model has no value, and only there`(text: String) throws {
        try compare(text, ["x", "y", "z"], text)
    }

    @Test func `tables, repeated readings and intermediate quantities are evaluated too`() throws {
        let table = try ModelTable(
            name: "t", arguments: [0, 1, 2].map { DecimalNumber($0) }, values: [5, 3, 4].map { DecimalNumber($0) })
        let program = try ModelProgram(
            quantities: [
                ModelQuantity("m", "mean(r) + stdev(r)"), ModelQuantity("s", "step(t, m) + interpolate(t, x)"),
                ModelQuantity("q", "s*m"),
            ], outputs: ["q", "m"], inputs: ["x"], series: [ModelSeries("r", count: 7)], tables: [table])
        for output in 0..<2 { try compare(program, output: output, "output \(output)") }
    }

    @Test func `a sum of five hundred terms and a model of only constants run in few columns`() throws {
        let sum = (1...500).map { "x*\($0)" }.joined(separator: " + ")
        try compare(sum, ["x"], "sum")
        let program = try TrialProgram(ModelProgram(parsing: sum, inputs: ["x"]), output: 0, groups: [])
        #expect(program.columnCount < 80)
        try compare("2*pi + sqrt(3)", ["x"], "constants")
    }

    @Test func `a model that holds too many values at once is refused`() throws {
        let names = (0..<9_000).map { "v\($0)" }
        let sum = names.joined(separator: "+")
        let program = try ModelProgram(
            quantities: [
                ModelQuantity("a", sum), ModelQuantity("b", names.reversed().joined(separator: "+")), ModelQuantity("y", "a*b"),
            ],
            outputs: ["y"], inputs: names)
        #expect(throws: MonteCarloError.self) { try TrialProgram(program, output: 0, groups: []) }
    }

    private func compare(_ text: String, _ names: [String], _ comment: String) throws {
        try compare(ModelProgram(parsing: text, inputs: names), output: 0, comment + ": " + text)
    }

    /// Holds every 37th trial of a block against the evaluation of single values.
    private func compare(_ program: ModelProgram, output: Int, _ comment: String) throws {
        let simulation = try MonteCarloSimulation(model: program, output: output, inputs: inputs(program.inputs))
        let evaluator = TrialEvaluator(simulation.plan(seed: 3))
        var values: [Double] = []
        evaluator.evaluate(block: 2, count: 4_001).forEach { values.append($0) }
        #expect(values.count == 4_001)
        for trial in stride(from: 0, to: values.count, by: 37) {
            let single: Double
            do {
                single = try program.evaluate(evaluator.inputs(block: 2, trial: trial))[output]
            } catch {
                single = .nan
            }
            let got = values[trial]
            guard single.isFinite, got.isFinite else {
                #expect(single.isNaN && got.isNaN, "\(comment): trial \(trial) gives \(got), one by one \(single)")
                continue
            }
            // Functions that differ in the last digit, and steep operations behind them.
            #expect(
                abs(got - single) <= 1e-9 * max(1, abs(single)), "\(comment): trial \(trial) gives \(got), one by one \(single)")
        }
    }
}
