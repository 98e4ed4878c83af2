// SPDX-License-Identifier: Apache-2.0
internal import Metrology
import Testing

@Suite("Derivatives of models (JCGM 100, 5.1.3)") struct ModelDerivativeTests {
    /// Central difference with one step of Richardson's extrapolation, or nil where the function is not smooth enough to tell.
    private func difference(_ h: Double, _ f: (Double) -> Double?) -> Double? {
        func central(_ h: Double) -> Double? {
            guard let up = f(h), let down = f(-h) else { return nil }
            return (up - down) / (2 * h)
        }
        guard let coarse = central(h), let middle = central(h / 2), let fine = central(h / 4) else { return nil }
        let first = (4 * middle - coarse) / 3
        let second = (4 * fine - middle) / 3
        return abs(first - second) <= 1e-7 * max(1, abs(second)) ? second : nil
    }

    @Test func `derivatives of random models agree with finite differences`() throws {
        var expressions = RandomExpression(seed: 60_301)
        var compared = (first: 0, second: 0, third: 0)
        for round in 0..<3_000 {
            let text = expressions.text()
            let at = expressions.values()
            let program = try ModelProgram(parsing: text, inputs: ["x", "y", "z"])
            guard let (value, gradient) = try? program.gradient(at: at),
                let curvature = try? program.curvature(output: 0, at: at, slots: [0, 1, 2])
            else { continue }
            let scale = max(1, abs(value), gradient.map(abs).max() ?? 0)
            func moved(_ slot: Int, _ step: Double) -> [Double] {
                var moved = at
                moved[slot] += step
                return moved
            }
            #expect(
                zip(gradient, curvature.gradient).allSatisfy { agrees($0, $1, relative: 1e-11) || abs($0 - $1) < 1e-11 * scale })
            for i in 0..<3 {
                if let expected = difference(1e-3, { try? program.evaluate(moved(i, $0))[0] }), scale < 1e4 {
                    compared.first += 1
                    #expect(abs(gradient[i] - expected) <= 1e-6 * scale, "seed 60301 round \(round): \(text) at \(at), slot \(i)")
                }
                for j in 0..<3 {
                    let second = curvature.hessian[i * 3 + j]
                    #expect(abs(second - curvature.hessian[j * 3 + i]) <= 1e-9 * max(1, abs(second)), "\(text) is not symmetric")
                    let bound = max(scale, abs(second))
                    guard bound < 1e4 else { continue }
                    if let expected = difference(1e-3, { try? program.gradient(at: moved(j, $0)).gradient[i] }) {
                        compared.second += 1
                        #expect(abs(second - expected) <= 1e-5 * bound, "seed 60301 round \(round): \(text) at \(at), \(i) \(j)")
                    }
                    let third = curvature.mixedThird[i * 3 + j]
                    let diagonal = { (step: Double) in
                        try? program.curvature(output: 0, at: moved(i, step), slots: [0, 1, 2]).hessian[j * 3 + j]
                    }
                    if abs(third) < 1e4, let expected = difference(1e-3, diagonal) {
                        compared.third += 1
                        #expect(
                            abs(third - expected) <= 1e-5 * max(bound, abs(third)), "seed 60301 round \(round): \(text) at \(at)")
                    }
                }
            }
        }
        #expect(compared.first > 5_000 && compared.second > 15_000 && compared.third > 15_000, "\(compared)")
    }

    @Test func `powers of zero and of negative numbers have the derivatives that exist`() throws {
        let square = try ModelProgram(parsing: "x^2", inputs: ["x"])
        #expect(try square.gradient(at: [0]).gradient == [0])
        let curvature = try square.curvature(output: 0, at: [0], slots: [0])
        #expect(curvature.hessian == [2] && curvature.mixedThird == [0])
        #expect(try ModelProgram(parsing: "x^3", inputs: ["x"]).gradient(at: [-2]).gradient == [12])
        #expect(try ModelProgram(parsing: "x^0", inputs: ["x"]).gradient(at: [0]).gradient == [0])
        #expect(try ModelProgram(parsing: "x^1.5", inputs: ["x"]).gradient(at: [0]).gradient == [0])
        #expect(try ModelProgram(parsing: "x^n", inputs: ["x", "n"]).gradient(at: [0, 2]).gradient == [0, 0])
    }

    @Test func `a derivative that does not exist is an error and names the place`() throws {
        let root = try ModelProgram(parsing: "1 + sqrt(x)", inputs: ["x"])
        #expect(throws: ModelError.domain("the model cannot be differentiated where the argument is 0.0", in: "sqrt(x)")) {
            try root.gradient(at: [0])
        }
        let power = try ModelProgram(parsing: "x^n", inputs: ["x", "n"])
        #expect(throws: ModelError.self) { try power.gradient(at: [-2, 2]) }
        #expect(throws: ModelError.self) { try ModelProgram(parsing: "asin(x)", inputs: ["x"]).gradient(at: [1]) }
        #expect(throws: ModelError.self) {
            try ModelProgram(parsing: "x^1.5", inputs: ["x"]).curvature(output: 0, at: [0], slots: [0])
        }
    }

    @Test func `constants may be as small as they like`() throws {
        let gradient = try ModelProgram(parsing: "x/1e-200 + (-3)^2*x", inputs: ["x"]).gradient(at: [2e-100]).gradient
        #expect(agrees(gradient[0], 1e200, relative: 1e-14))
    }

    @Test func `the same quantity used twice is one quantity`() throws {
        let program = try ModelProgram(
            outputs: ["x*x", "x^2", "x - x", "x/x", "x + x"].map { ModelQuantity($0, $0) }, inputs: ["x"])
        var workspace = ModelWorkspace(for: program)
        try program.evaluate([3], in: &workspace)
        var gradients: [Double] = []
        var gradient: [Double] = []
        for output in 0..<5 {
            try program.differentiate(output: output, in: &workspace, into: &gradient)
            gradients += gradient
        }
        #expect(gradients == [6, 6, 0, 0, 2])
    }

    @Test func `tables have the slope of their lines`() throws {
        let table = try ModelTable(
            name: "c", arguments: [.zero, .one, DecimalNumber(3)], values: [.zero, DecimalNumber(10), DecimalNumber(20)])
        let program = try ModelProgram(
            quantities: [ModelQuantity("y", "interpolate(c, x)^2")], outputs: ["y"], inputs: ["x"], tables: [table])
        #expect(try program.gradient(at: [2]).gradient == [150])
        let step = try ModelProgram(
            quantities: [ModelQuantity("y", "x*step(c, x)")], outputs: ["y"], inputs: ["x"], tables: [table])
        let (value, gradient) = try step.gradient(at: [2])
        #expect(value == 40 && gradient == [20])
    }
}
