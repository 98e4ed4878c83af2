// SPDX-License-Identifier: Apache-2.0
import Metrology
import Testing

@Suite("Conversion of units (SI Brochure, table 8; NIST SP 811, appendix B)")
struct UnitConversionTests {
    @Test(arguments: [
        ("0.0500", "kg", "g", "50.0"), ("50", "g", "kg", "0.050"), ("120", "mmHg", "kPa", "15.99868648980"),
        ("1", "psi", "Pa", nil),
        ("90", "min", "h", "1.5"), ("1", "h", "min", "60"), ("100", "min", "h", nil), ("36", "km/h", "m/s", "10"),
        ("1", "kWh", "MJ", "3.6"),
        ("1", "kgf/cm²", "kPa", "98.0665"), ("1", "atm", "Pa", "101325"), ("760", "Torr", "Pa", "101325"),
        ("2.0", "L", "m³", "0.0020"),
        ("1", "°", "′", "60"), ("90", "′", "°", "1.5"), ("180", "°", "gon", "200"), ("180", "°", "rad", nil),
        ("5", "mg/L", "µg/mL", "5"),
        ("0.25", "%", "ppm", "2500"), ("0.25", "%", "g/kg", "2.5"), ("40", "% thể tích", "mL/L", "400"),
        ("12", "mg/100 mL", "mg/L", "120"),
        ("150", "CFU/100 mL", "CFU/mL", "1.50"), ("1", "in", "mm", "25.4"), ("1", "gal(US)", "L", "3.785411784"),
        ("1", "cSt", "mm²/s", "1"),
        ("1", "kcal", "kJ", "4.184"), ("60", "r/min", "Hz", "1"), ("1", "m³/h", "L/min", nil), ("6", "m³/h", "L/min", "100"),
        ("1.413", "mS/cm", "µS/cm", "1413"), ("1", "lb", "kg", "0.45359237"), ("24000", "đ/L", "đ/m³", "24000000"),
        ("2", "mmol/L", "mol/m³", "2"),
    ])
    func `a number converts exactly where the definition is exact`(number: String, from: String, to: String, expected: String?)
        throws
    {
        let (source, target) = try (MeasurementUnit(parsing: from), MeasurementUnit(parsing: to))
        if let expected {
            #expect(try source.convert(decimal(number), to: target) == decimal(expected))
        } else {
            #expect(throws: QuantityError.notTerminating(from: source.symbol, to: target.symbol)) {
                try source.convert(decimal(number), to: target)
            }
        }
    }

    // Figures: NIST SP 811:2008, B.8 and B.9; π/180 to more digits.
    @Test(arguments: [
        ("1", "psi", "Pa", 7, "6894.757"), ("1", "hp", "W", 7, "745.6999"), ("1", "kn", "m/s", 7, "0.5144444"),
        ("1", "inHg", "kPa", 7, "3.386389"),
        ("1", "mmHg", "Pa", 7, "133.3224"), ("1", "Torr", "Pa", 7, "133.3224"), ("1", "°", "rad", 20, "0.017453292519943295769"),
        ("1", "L/min", "m³/s", 7, "0.00001666667"), ("1", "Np", "dB", 10, "8.685889638"), ("1", "bbl", "m³", 7, "0.1589873"),
        ("1", "ft", "m", 4, "0.3048"), ("1", "oz", "g", 7, "28.34952"), ("1", "lbf", "N", 7, "4.448222"),
        ("100", "min", "h", 5, "1.6667"),
    ])
    func `a number converts to the published digits`(number: String, from: String, to: String, digits: Int, expected: String)
        throws
    {
        let (source, target) = try (MeasurementUnit(parsing: from), MeasurementUnit(parsing: to))
        #expect(try source.convert(decimal(number), to: target, significantDigits: digits) == decimal(expected))
    }

    @Test(arguments: [
        ("37.0", "°C", "°F", "98.600"), ("98.6", "°F", "°C", "37.00"), ("-40", "°C", "°F", "-40.00"), ("20", "°C", "K", "293.15"),
        ("0", "K", "°C", "-273.15"),
        ("32", "°F", "°C", "0"), ("273.15", "K", "°C", "0"), ("0", "°F", "K", nil), ("212", "°F", "K", "373.15"),
    ])
    func `a temperature moves with its scale`(number: String, from: String, to: String, expected: String?) throws {
        let (source, target) = try (MeasurementUnit(parsing: from), MeasurementUnit(parsing: to))
        if let expected {
            #expect(try source.convert(decimal(number), to: target) == decimal(expected))
        } else {
            #expect(try source.convert(decimal(number), to: target, significantDigits: 8) == decimal("255.37222"))
        }
    }

    @Test func `a difference or an uncertainty of temperatures does not move`() throws {
        let (celsius, fahrenheit, kelvin) = try (
            MeasurementUnit(parsing: "°C"), MeasurementUnit(parsing: "°F"), MeasurementUnit(parsing: "K")
        )
        #expect(try celsius.convert(decimal("0.2"), to: kelvin, asDifference: true).description == "0.2")
        #expect(try celsius.convert(decimal("0.5"), to: fahrenheit, asDifference: true) == decimal("0.9"))
        #expect(try celsius.convert(working("0.2"), to: kelvin, asDifference: true) == working("0.2"))
        let difference = try MeasurementUnit(parsing: "Δ°C")
        #expect(try difference.convert(decimal("1.5"), to: kelvin) == decimal("1.5"))
        #expect(throws: QuantityError.pointAndDifference(from: "°C", to: "Δ°C")) {
            try celsius.convert(DecimalNumber.one, to: difference)
        }
        #expect(throws: QuantityError.pointAndDifference(from: "Δ°C", to: "°F")) {
            try difference.convert(DecimalNumber.one, to: fahrenheit)
        }
        #expect(try celsius.convert(decimal("3"), to: difference, asDifference: true) == decimal("3"))
    }

    @Test func `a number goes to the coherent unit and back`() throws {
        let celsius = try MeasurementUnit(parsing: "°C")
        #expect(try celsius.toCoherent(working("20")) == working("293.15"))
        #expect(try celsius.toCoherent(working("20"), asDifference: true) == working("20"))
        #expect(try celsius.fromCoherent(working("293.15")) == working("20"))
        #expect(celsius.toCoherent(20.0) == 293.15)
        #expect(celsius.toCoherent(20.0, asDifference: true) == 20)
        #expect(celsius.fromCoherent(300.0, asDifference: true) == 300)
        let fahrenheit = try MeasurementUnit(parsing: "°F")
        #expect(agrees(fahrenheit.toCoherent(98.6), 310.15, relative: 1e-15))
        #expect(try fahrenheit.toCoherent(working("98.6")).decisive == working("310.15"))
    }

    @Test(arguments: [
        ("s", "g", "s (s) cannot be converted to g (kg)"),
        ("CFU/mL", "MPN/mL", "CFU/mL cannot be converted to MPN/mL: they count different things"),
        ("dB", "%", "dB (dB) cannot be converted to % (1)"), ("pH", "1", "pH (pH) cannot be converted to 1 (1)"),
        ("NTU", "1", "count"), ("CFU/mL", "1/mL", "count"),
        ("% khối lượng", "mL/L", "count"), ("g/kg", "% thể tích", "count"), ("dB(A)", "dB", "count"),
        ("mol/L", "mg/L", "different quantities"),
        ("đ", "1", "count"), ("eq", "mol", "count"),
    ])
    func `units of different things are not converted, and both are named`(from: String, to: String, reason: String) throws {
        let (source, target) = try (MeasurementUnit(parsing: from), MeasurementUnit(parsing: to))
        #expect(!source.isConvertible(to: target) && !target.isConvertible(to: source))
        let error = #expect(throws: QuantityError.self) { try source.convert(DecimalNumber.one, to: target) }
        let text = error?.description ?? ""
        #expect(text.contains(reason) && text.contains(from) && text.contains(to), "\(text)")
        #expect(throws: QuantityError.self) { try source.convert(DecimalNumber.one, to: target, significantDigits: 5) }
    }

    @Test func `a conversion that would not fit says so`() throws {
        let (large, small) = try (MeasurementUnit(parsing: "Qm"), MeasurementUnit(parsing: "qm"))
        #expect(throws: QuantityError.decimal(.tooManyDigits)) { try large.convert(DecimalNumber.one, to: small) }
        #expect(try large.convert(WorkingDecimal.one, to: small).description == "1e60")
        #expect(throws: QuantityError.decimal(.digitsOutOfRange(0))) {
            try large.convert(DecimalNumber.one, to: large, significantDigits: 0)
        }
    }

    @Test func `conversions commute: there and back, and by way of a third unit`() throws {
        let units = try (UnitTexts.all + MeasurementUnit.table.map(\.symbol)).map { try MeasurementUnit(parsing: $0) }
        var generator = SplitMix64(seed: 71)
        var tried = 0
        for _ in 0..<3000 {
            let first = try #require(units.randomElement(using: &generator))
            let family = units.filter { $0.isConvertible(to: first) }
            let second = try #require(family.randomElement(using: &generator))
            let third = try #require(family.randomElement(using: &generator))
            guard second.isConvertible(to: third) else { continue }
            tried += 1
            let number = try WorkingDecimal(DecimalNumber.random(digits: 12, using: &generator))
            let asDifference = Bool.random(using: &generator) || [first, second, third].contains { $0.kind == .difference }
            let moved = try first.convert(number, to: second, asDifference: asDifference)
            let back = try second.convert(moved, to: first, asDifference: asDifference)
            // Near absolute zero a temperature loses digits by cancellation: the scale decides what is close.
            let size = first.isPoint ? WorkingDecimal(1_000_000_000_000) : number.magnitude
            #expect(
                try back.subtracting(number).magnitude <= size.multiplied(by: working("1e-30")),
                "seed 71: \(number) \(first) \(second)")
            let direct = try first.convert(number, to: third, asDifference: asDifference)
            let around = try second.convert(moved, to: third, asDifference: asDifference)
            let limit =
                try third.isPoint || first.isPoint || second.isPoint
                ? working("1e-15") : direct.magnitude.multiplied(by: working("1e-30"))
            #expect(try around.subtracting(direct).magnitude <= limit, "seed 71: \(number) \(first) \(second) \(third)")
        }
        #expect(tried > 2000)
    }

    @Test func `an exact conversion agrees with the rounded one`() throws {
        let units = try UnitTexts.all.map { try MeasurementUnit(parsing: $0) }
        var generator = SplitMix64(seed: 72)
        for _ in 0..<20_000 {
            let (first, second) = (
                units[Int(generator.next() % UInt64(units.count))], units[Int(generator.next() % UInt64(units.count))]
            )
            guard first.isConvertible(to: second) else { continue }
            let number = try DecimalNumber.random(digits: 10, using: &generator)
            let asDifference = [first, second].contains { $0.kind == .difference }
            guard let exact = try? first.convert(number, to: second, asDifference: asDifference) else { continue }
            #expect(
                try first.convert(WorkingDecimal(number), to: second, asDifference: asDifference).decisive
                    == WorkingDecimal(exact).decisive)
        }
    }
}
