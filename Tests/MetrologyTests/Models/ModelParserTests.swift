// SPDX-License-Identifier: Apache-2.0
internal import Metrology
import Testing

@Suite("Expressions of models") struct ModelParserTests {
    private func value(_ expression: String, _ variables: KeyValuePairs<String, Double> = [:]) throws -> Double {
        try ModelProgram(parsing: expression, inputs: variables.map(\.key)).evaluate(variables.map(\.value))[0]
    }

    @Test(arguments: [
        ("-x^2", -9.0), ("2^-x", 0.125), ("2^x^2", 512), ("x - 1 - 1", 1), ("x/3/2", 0.5), ("--x", 3), ("-x*-2", 6),
        ("x^-2*9", 1),
        ("(x)", 3), ("min(x, 5, 2)", 2), ("max(4, x)", 4), ("2^0.5^2", 1.189_207_115_002_721), ("-2^-2", -0.25), ("1.5e1", 15),
        (".5 + 5.", 5.5),
        ("atan2(0, -1)", .pi), ("abs(-x)", 3), ("tanh(0) + cosh(0)", 1), ("x^0", 1), ("0^0", 1), ("10^-x*1000", 1),
    ]) func `operators bind as on paper`(_ text: String, _ expected: Double) throws {
        #expect(try agrees(value(text, ["x": 3]), expected, relative: 1e-15))
    }

    @Test(arguments: [
        ("", 1, "empty"), ("x +", 4, "ends"), ("(x", 3, "parenthesis is missing"), ("x y", 3, "without an operator"),
        ("2x", 2, "product"),
        ("x**2", 3, "power is written with ^"), ("sqrt()", 1, "1 argument, not 0"), ("atan2(x)", 1, "2 arguments, not 1"),
        ("sin(x, x)", 1, "1 argument, not 2"), ("x = 3", 3, "'='"), ("1.2.3", 4, "without"), ("1,5", 2, "decimal point"),
        ("x)", 2, "')'"),
        ("+x", 1, "'+'"), ("x × x", 3, "'×'"), ("2 − x", 3, "'−'"), ("x[1]", 2, "'['"), ("min()", 1, "2 arguments"),
        ("min(x)", 1, "2 arguments"),
        ("mean(x)", 1, "readings"), ("interpolate(x, x)", 0, ""), ("f(x", 4, "missing"), ("độ", 1, "'đ'"),
        ("x ++ x", 4, "'+'"),
        ("sin x", 5, "without an operator"), ("x^", 3, "ends"), ("()", 2, "')'"), ("x,", 2, "','"), ("1e", 2, "without"),
        ("1e+", 2, "without"),
    ]) func `a fault of syntax has its column`(_ text: String, _ column: Int, _ word: String) {
        let error = #expect(throws: ModelError.self, "\(text)") { try ModelProgram(parsing: text, inputs: ["x"]) }
        guard column > 0 else {
            #expect(error?.code == "unknown_name")
            return
        }
        guard case .syntax(let message, let position)? = error else {
            Issue.record("\(text): \(error?.description ?? "")")
            return
        }
        #expect(position.column == column && message.contains(word), "\(text): \(error?.description ?? "")")
    }

    @Test func `names that nothing is known about come after the syntax`() {
        for (text, code) in [
            ("zz + 1", "unknown_name"), ("foo(x)", "unknown_function"), ("sin + 1", "unknown_name"), ("zz +", "syntax"),
            ("e", "unknown_name"),
            ("x(2)", "unknown_function"), ("foo(zz)", "unknown_name"),
        ] {
            let error = #expect(throws: ModelError.self, "\(text)") { try ModelProgram(parsing: text, inputs: ["x"]) }
            #expect(error?.code == code, "\(text): \(error?.description ?? "")")
        }
    }

    @Test(arguments: [
        ("1/x", "division by zero"), ("x^-1", "negative power"), ("sqrt(-1 - x)", "square root"), ("ln(x)", "logarithm"),
        ("log10(-2)", "logarithm"),
        ("asin(2)", "outside -1 to 1"), ("exp(1000)", "too large"), ("(-8)^(1/3)", "broken power"), ("1e308*10", "too large"),
        ("1e999", "too large"),
        ("1/(1/x)", "division by zero"), ("10^10^10", "too large"), ("0^(x - 1)", "negative power"),
    ]) func `a fault of domain says what happened and where`(_ text: String, _ word: String) throws {
        let error = #expect(throws: ModelError.self, "\(text)") { try value(text, ["x": 0]) }
        #expect(error?.code == "domain" && error?.description.contains(word) == true, "\(text): \(error?.description ?? "")")
    }

    @Test func `values that are no numbers are refused by the name of their input`() throws {
        let program = try ModelProgram(parsing: "a*b", inputs: ["a", "b"])
        #expect(throws: ModelError.values("input 'b' is nan; every value must be a number")) { try program.evaluate([1, .nan]) }
        #expect(throws: ModelError.values("the model has 2 inputs, but 1 values are given")) { try program.evaluate([1]) }
    }

    @Test func `quantities see the ones before them and become one program`() throws {
        let program = try ModelProgram(
            quantities: [
                ModelQuantity("error", "100*(mean(v) - ref)/ref"), ModelQuantity("corrected", "error - k*(t - 20)"),
                ModelQuantity("spread", "max(v) - min(v)"), ModelQuantity("s", "stdev(v)"), ModelQuantity("n", "count(v)"),
                ModelQuantity("total", "sum(v)"),
            ], outputs: ["corrected", "spread", "s", "n", "total", "ref"], inputs: ["ref", "k", "t"],
            series: [ModelSeries("v", count: 3)])
        #expect(program.inputs == ["ref", "k", "t", "v[1]", "v[2]", "v[3]"])
        #expect(program.slots(ofSeries: "v") == 3..<6 && program.slots(ofSeries: "w") == nil)
        let values = try program.evaluate([20, 0.1, 25, 20.1, 20.3, 20.2])
        for (found, expected) in zip(values, [0.5, 0.2, 0.1, 3, 60.6, 20]) { #expect(agrees(found, expected, relative: 1e-12)) }
        let error = #expect(throws: ModelError.self) {
            try ModelProgram(quantities: [ModelQuantity("a", "b"), ModelQuantity("b", "x")], outputs: ["b"], inputs: ["x"])
        }
        #expect(error == .unknownName("b", at: ModelPosition(quantity: "a", column: 1)))
    }

    @Test func `declarations that cannot be meant are refused`() {
        func refused(_ quantities: [ModelQuantity], _ outputs: [String], _ inputs: [String], _ series: [ModelSeries] = []) {
            let error = #expect(throws: ModelError.self, "\(quantities) \(inputs)") {
                try ModelProgram(quantities: quantities, outputs: outputs, inputs: inputs, series: series)
            }
            #expect(error?.code == "declaration", "\(error?.description ?? "")")
        }
        refused([ModelQuantity("y", "x")], ["y"], ["x", "x"])
        refused([ModelQuantity("x", "x")], ["x"], ["x"])
        refused([ModelQuantity("y", "x")], ["y"], ["x", "2y"])
        refused([ModelQuantity("y", "x")], ["y"], ["x", "pi"])
        refused([ModelQuantity("y", "x")], [], ["x"])
        refused([ModelQuantity("y", "x")], ["z"], ["x"])
        refused([ModelQuantity("y", "x")], ["y"], ["x"], [ModelSeries("r", count: 0)])
        refused([ModelQuantity("y", "x")], ["y"], ["x"], [ModelSeries("r", count: 1_000_000)])
        #expect(throws: ModelError.self) {
            try ModelTable(name: "t", arguments: [DecimalNumber.one, .one], values: [.one, .zero])
        }
        #expect(throws: ModelError.self) { try ModelTable(name: "t", arguments: [DecimalNumber](), values: []) }
    }

    @Test func `a mean keeps the digits of a large common part`() throws {
        let program = try ModelProgram(
            quantities: [ModelQuantity("s", "stdev(v)"), ModelQuantity("m", "mean(v)")], outputs: ["s", "m"], inputs: [],
            series: [ModelSeries("v", count: 3)])
        let values = try program.evaluate([1e9 + 1, 1e9 + 2, 1e9 + 3])
        #expect(values == [1, 1e9 + 2])
    }

    @Test func `only what an output needs is evaluated, and unused inputs are known`() throws {
        let program = try ModelProgram(
            quantities: [ModelQuantity("a", "1/x"), ModelQuantity("b", "y + y - y")], outputs: ["b"], inputs: ["x", "y", "z"])
        #expect(try program.evaluate([0, 2, 3]) == [2])
        #expect(program.usesInput(output: 0) == [false, true, false])
        #expect(program.nodes.count == 3)
    }
}
