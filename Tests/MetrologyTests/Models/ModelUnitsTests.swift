// SPDX-License-Identifier: Apache-2.0
internal import Metrology
import Testing

@Suite("Units of models") struct ModelUnitsTests {
    private func shape(_ expression: String, _ units: [String: String], series: [ModelSeries] = []) throws -> QuantityShape {
        var parsed: [String: MeasurementUnit] = [:]
        for (name, unit) in units { parsed[name] = try MeasurementUnit(parsing: unit) }
        let names = Set(series.map(\.name))
        let program = try ModelProgram(
            quantities: [ModelQuantity("y", expression)], outputs: ["y"],
            inputs: units.keys.filter { !names.contains($0) }.sorted(),
            series: series)
        return try ModelUnits.check(program, inputs: parsed)[0]
    }

    private func dimension(_ unit: String) throws -> Dimension { try MeasurementUnit(parsing: unit).dimension }

    @Test func `a pressure balance delivers pascals`() throws {
        let shape = try shape(
            "m*g*(1 - rhoa/rhom)*cos(tilt)/(A0*(1 + lam*p)*(1 + alpha*(t - t0))) + (rhof - rhoa)*g*dh",
            [
                "m": "kg", "g": "m/s²", "rhoa": "kg/m³", "rhom": "g/cm³", "tilt": "°", "A0": "cm²", "lam": "1/MPa", "p": "kPa",
                "alpha": "1/K", "t": "°C", "t0": "°C", "rhof": "kg/m³", "dh": "mm",
            ])
        #expect(try shape == QuantityShape(dimension: dimension("Pa"), isPoint: false))
    }

    @Test func `points on a scale of temperature follow affine rules`() throws {
        let kelvin = try dimension("K")
        let units = ["a": "°C", "b": "°C", "d": "K"]
        #expect(try shape("a - b", units) == QuantityShape(dimension: kelvin, isPoint: false))
        for point in ["a + d", "d + a", "a - d", "min(a, b)", "max(a, b - d)", "a + (b - a)/2"] {
            #expect(try shape(point, units) == QuantityShape(dimension: kelvin, isPoint: true), "\(point)")
        }
        let readings = [ModelSeries("r", count: 4)]
        #expect(try shape("mean(r)", ["r": "°C"], series: readings) == QuantityShape(dimension: kelvin, isPoint: true))
        #expect(try shape("stdev(r)", ["r": "°C"], series: readings) == QuantityShape(dimension: kelvin, isPoint: false))
        for wrong in ["a + b", "2*a", "a/b", "a^2", "-a", "abs(a)", "d - a", "exp(a)", "sqrt(a)", "min(a, d)", "atan2(a, b)"] {
            #expect(throws: ModelError.self, "\(wrong)") { try shape(wrong, units) }
        }
        #expect(throws: ModelError.self) { try shape("sum(r)", ["r": "°C"], series: readings) }
    }

    @Test func `powers, roots and functions know their dimensions`() throws {
        #expect(try shape("sqrt(a^2 + b^2)", ["a": "mm", "b": "m"]).dimension == dimension("m"))
        #expect(try shape("v^(1/3)", ["v": "L"]).dimension == dimension("m"))
        #expect(try shape("v^0.5*v^-0.5", ["v": "L"]).dimension == .one)
        #expect(try shape("x^n", ["x": "1", "n": "%"]).dimension == .one)
        #expect(try shape("atan2(a, b)", ["a": "mm", "b": "m"]).dimension == .one)
        for wrong in ["ln(a)", "a^n", "a^0.123", "2^a", "a + 1", "atan2(a, n)", "max(a, n)"] {
            #expect(throws: ModelError.self, "\(wrong)") { try shape(wrong, ["a": "mm", "n": "1"]) }
        }
    }

    @Test func `an error names both units and the place`() throws {
        let error = #expect(throws: ModelError.self) { try shape("3*(V + m)", ["V": "mL", "m": "g"]) }
        let text = error?.description ?? ""
        #expect(text.contains("V [mL]") && text.contains("m [g]") && text.contains("in 'V + m'"), "\(text)")
        #expect(error?.code == "units")
        let point = #expect(throws: ModelError.self) { try shape("p/(R*t)", ["p": "Pa", "R": "J/(kg·K)", "t": "°C"]) }
        #expect(point?.description.contains("declare the input in K") == true, "\(point?.description ?? "")")
        #expect(throws: ModelError.declaration("input 'q' has no unit; give one, or 1 for a pure number")) {
            try ModelUnits.check(ModelProgram(parsing: "q", inputs: ["q"]), inputs: [:])
        }
    }

    @Test func `tables have units too`() throws {
        let table = try ModelTable(name: "c", arguments: [.zero, .one], values: [.zero, .one])
        func check(_ unit: String) throws -> QuantityShape {
            let program = try ModelProgram(
                quantities: [ModelQuantity("y", "interpolate(c, x)*2")], outputs: ["y"], inputs: ["x"], tables: [table])
            return try ModelUnits.check(
                program, inputs: ["x": MeasurementUnit(parsing: unit)],
                tables: ["c": ModelTableUnits(argument: MeasurementUnit(parsing: "kPa"), value: MeasurementUnit(parsing: "mL"))])[
                    0]
        }
        #expect(try check("bar").dimension == dimension("m³"))
        #expect(throws: ModelError.self) { try check("kg") }
    }
}

@Suite("Models in decimals of 34 digits") struct ModelExactEvaluationTests {
    private func exact(_ expression: String, _ inputs: KeyValuePairs<String, String> = [:]) throws -> String {
        let program = try ModelProgram(parsing: expression, inputs: inputs.map(\.key))
        let values = try inputs.map { WorkingDecimal(try decimal($0.value)) }
        return try program.evaluateExactly(values)[0].decimal().withoutTrailingZeros.description
    }

    @Test func `a decimal model gives the decimal answer`() throws {
        #expect(try exact("x - y", ["x": "0.3", "y": "0.1"]) == "0.2")
        #expect(try exact("100*(v - r)/r", ["v": "19.9", "r": "20.0"]) == "-0.5")
        #expect(try exact("(10.6 - 10)/0.2") == "3")
        #expect(try exact("2.675*100") == "267.5")
        #expect(try exact("sqrt(x)^2", ["x": "0.49"]) == "0.49")
        #expect(try exact("x^0.5 + abs(-1) + min(3, 2) + max(1, 2, 4)", ["x": "0.0625"]) == "7.25")
        #expect(try exact("1.1^3") == "1.331")
    }

    @Test func `quotients keep 34 digits and functions those of binary numbers`() throws {
        #expect(try exact("1/3") == "0.3333333333333333333333333333333333")
        #expect(try exact("exp(0)*ln(1) + cos(0)") == "1")
        #expect(try exact("pi") == "3.141592653589793238462643383279503")
    }

    @Test func `faults are the same as in binary evaluation`() throws {
        for (expression, word) in [
            ("1/x", "division by zero"), ("sqrt(x - 1)", "square root"), ("ln(x)", "logarithm"), ("exp(1000 + x)", "too large"),
            ("x^-1", "negative power"),
        ] {
            let error = #expect(throws: ModelError.self) { try exact(expression, ["x": "0"]) }
            #expect(
                error?.code == "domain" && error?.description.contains(word) == true, "\(expression): \(error?.description ?? "")"
            )
        }
    }

    @Test func `exact and binary evaluation agree on random models`() throws {
        var expressions = RandomExpression(seed: 60_302)
        var compared = 0
        for round in 0..<5_000 {
            let text = expressions.text()
            let values = expressions.values()
            let program = try ModelProgram(parsing: text, inputs: ["x", "y", "z"])
            guard let binary = try? program.evaluate(values)[0] else { continue }
            let exact = try program.evaluateExactly(values.map { try WorkingDecimal(approximating: $0) })[0].approximateValue
            // Expressions in which digits cancel are told by their derivatives.
            let slope = (try? program.gradient(at: values).gradient.map(abs).max()) ?? .infinity
            guard slope < 1e3 else { continue }
            compared += 1
            #expect(abs(exact - binary) <= 1e-9 * max(1, abs(binary)), "seed 60302 round \(round): \(text) at \(values)")
        }
        #expect(compared > 4_000)
    }

    @Test func `tables answer at their rows exactly and not outside`() throws {
        let table = try ModelTable(
            name: "t", arguments: ["0.1", "0.2", "0.4"].map { try decimal($0) }, values: ["1", "3", "4"].map { try decimal($0) })
        func value(_ function: String, _ x: String) throws -> String {
            let program = try ModelProgram(
                quantities: [ModelQuantity("y", "\(function)(t, x)")], outputs: ["y"], inputs: ["x"], tables: [table])
            let exact = try program.evaluateExactly([WorkingDecimal(try decimal(x))])[0].decimal().withoutTrailingZeros
                .description
            #expect(
                try agrees(program.evaluate([decimal(x).approximateValue])[0], decimal(exact).approximateValue, relative: 1e-14))
            return exact
        }
        #expect(
            try value("interpolate", "0.1") == "1" && value("interpolate", "0.15") == "2" && value("interpolate", "0.4") == "4")
        #expect(try value("step", "0.05") == "1" && value("step", "0.2") == "3" && value("step", "0.21") == "4")
        #expect(throws: ModelError.self) { try value("interpolate", "0.09") }
        #expect(throws: ModelError.self) { try value("interpolate", "0.41") }
        #expect(throws: ModelError.self) { try value("step", "0.41") }
    }
}
