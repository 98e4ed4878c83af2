// SPDX-License-Identifier: Apache-2.0
import Metrology
import Testing

@Suite("Expressions over repeated readings")
struct SeriesExpressionTests {
    private func value(_ expression: String, _ series: [String: [Double]]) throws -> Double {
        let names = series.keys.sorted()
        let program = try ModelProgram(
            quantities: [ModelQuantity("y", expression)], outputs: ["y"], inputs: [],
            series: names.map { ModelSeries($0, count: series[$0]?.count ?? 0) })
        return try program.evaluate(names.flatMap { series[$0] ?? [] })[0]
    }

    @Test(arguments: [
        ("mean(I - R)", 2.0), ("max(I - R) - min(I - R)", 2), ("sum((I - mean(I))^2)", 18), ("count(I)", 3), ("stdev(I - R)", 1),
        ("sum(I*R)", 57), ("max(mean(I), 3)", 5), ("sum((R - mean(R))*(I - mean(I)))/sum((R - mean(R))^2)", 1.5),
    ])
    func `a series function takes an expression of one repetition`(expression: String, expected: Double) throws {
        #expect(try value(expression, ["I": [2, 5, 8], "R": [1, 3, 5]]) == expected)
    }

    @Test func `a series outside a series function is refused`() {
        #expect(throws: ModelError.self) { try value("I - R", ["I": [1, 2], "R": [1, 2]]) }
        #expect(throws: ModelError.self) { try value("mean(I) + R", ["I": [1, 2], "R": [1, 2]]) }
    }

    @Test func `series of different lengths do not stand in one expression`() {
        #expect(throws: ModelError.self) { try value("mean(I - R)", ["I": [1, 2, 3], "R": [1, 2]]) }
    }

    @Test func `series functions inside one another end in time, or are refused`() throws {
        let readings = (1...1000).map(Double.init)
        var expression = "x"
        for _ in 0..<5 { expression = "sum(x*\(expression))" }
        #expect(throws: ModelError.self) { try value(expression, ["x": readings]) }
        #expect(try value("sum(x - mean(x))", ["x": [1, 2, 6]]) == 0)
    }
}
