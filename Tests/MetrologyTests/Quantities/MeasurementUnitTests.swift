// SPDX-License-Identifier: Apache-2.0
internal import Foundation
import Metrology
import Testing

@Suite("Units as they are written (SI Brochure, chapters 2 to 5)")
struct MeasurementUnitTests {
    @Test(arguments: UnitTexts.all)
    func `a unit of the laboratory is known`(text: String) throws {
        let unit = try MeasurementUnit(parsing: text)
        #expect(unit.coherentFactor > 0 && unit.coherentFactor.isFinite)
        // What is printed is read as the same unit again.
        for symbol in [unit.symbol, unit.englishSymbol] {
            let again = try MeasurementUnit(parsing: symbol)
            #expect(again == unit, "\(symbol)")
        }
    }

    static let composed: [(String, String, Double)] = [
        ("kg·m²/s²", "kg·m²·s⁻²", 1.0), ("m^3/h", "m³·s⁻¹", 1 / 3600), ("m3/h", "m³·s⁻¹", 1 / 3600),
        ("mL/min", "m³·s⁻¹", 1e-6 / 60),
        ("µg/(L·h)", "kg·m⁻³·s⁻¹", 1e-6 / 3600), ("10^-6/K", "K⁻¹", 1e-6), ("10⁻⁶/K", "K⁻¹", 1e-6), ("1/K", "K⁻¹", 1),
        ("N m", "kg·m²·s⁻²", 1),
        ("N.m", "kg·m²·s⁻²", 1), ("N*m", "kg·m²·s⁻²", 1), ("N⋅m", "kg·m²·s⁻²", 1), ("kg m^-3", "kg·m⁻³", 1),
        ("kg·m^(-3)", "kg·m⁻³", 1),
        ("s-1", "s⁻¹", 1), ("min-1", "s⁻¹", 1.0 / 60), ("μg/L", "kg·m⁻³", 1e-6), ("ug/L", "kg·m⁻³", 1e-6), ("ml", "m³", 1e-6),
        ("kG/cm2", "kg·m⁻¹·s⁻²", 98066.5), ("lít/phút", "m³·s⁻¹", 1e-3 / 60), ("CFU/100mL", "m⁻³", 1e4),
        ("kJ/(kg·K)", "m²·s⁻²·K⁻¹", 1e3),
        ("(kg/m³)·h", "kg·m⁻³·s", 3600), ("mS/cm", "kg⁻¹·m⁻³·s³·A²", 0.1), ("  mg / L ", "kg·m⁻³", 1e-3), ("dam", "m", 10),
        ("cd", "cd", 1),
        ("min", "s", 60), ("kOhm", "kg·m²·s⁻³·A⁻²", 1000),
    ]

    @Test(arguments: composed)
    func `a unit is composed as it is typed`(text: String, dimension: String, factor: Double) throws {
        let unit = try MeasurementUnit(parsing: text)
        #expect(unit.dimension.description == dimension)
        #expect(agrees(unit.coherentFactor, factor, relative: 1e-15))
    }

    @Test(arguments: [
        ("m^3/h", "m³/h"), ("N m", "N·m"), ("s-1", "s⁻¹"), ("mg / L", "mg/L"), ("μg/L", "µg/L"), ("kgf/cm2", "kgf/cm²"),
        ("dBA", "dB(A)"), ("ºC", "°C"),
        ("CFU/100mL", "CFU/100 mL"), ("10^-6/K", "10⁻⁶/K"), ("J/(kg*K)", "J/(kg·K)"), ("% (v/v)", "% thể tích"), ("VND/L", "đ/L"),
    ])
    func `a unit is printed as the SI Brochure has it`(typed: String, printed: String) throws {
        #expect(try MeasurementUnit(parsing: typed).symbol == printed)
    }

    @Test func `a unit has its symbol and name in both languages`() throws {
        let fraction = try MeasurementUnit(parsing: "% thể tích")
        #expect(fraction.englishSymbol == "% vol")
        #expect(fraction.vietnameseName == "phần trăm thể tích")
        let gram = try MeasurementUnit(parsing: "kg")
        #expect(gram.vietnameseName == "kilôgam")
        #expect(gram.englishName == "kilogram")
        #expect(try MeasurementUnit(parsing: "mL/min").englishName == "mL/min")
        #expect(try MeasurementUnit(parsing: "đ/L").englishSymbol == "VND/L")
    }

    @Test func `°C alone is a temperature, in a quotient a difference`() throws {
        #expect(try MeasurementUnit(parsing: "°C").isPoint)
        #expect(try MeasurementUnit(parsing: "°F").isPoint)
        for text in ["K", "Δ°C", "1/°C", "°C/min", "µm/(m·°C)"] {
            let unit = try MeasurementUnit(parsing: text)
            #expect(!unit.isPoint && unit.coherentOffset == 0, "\(text)")
        }
        #expect(try MeasurementUnit(parsing: "°C").coherentOffset == 273.15)
    }

    @Test(arguments: [
        ("furlong", "'furlong' is no known unit"), ("mg/furlong", "'furlong' in 'mg/furlong'"), ("", "a unit is missing"),
        ("  ", "a unit is missing"),
        ("m/s/s", "parentheses"), ("mg/L·h", "mg/(L·h)"), ("kg(m)", "character 3"), ("m^", "exponent"), ("m^0", "exponent"),
        ("m⁰", "exponent"),
        ("(m", "closing parenthesis"), ("m)", "ends here"), ("()", "missing"), ("m^99", "12"), ("0 m", "above zero"),
        ("1e5 m", "unit"),
        ("kkg", "kkg"), ("kmin", "kmin"), ("m°C", "m°C"), ("CFU·NTU", "CFU and NTU"), ("CFU/MPN", "CFU and MPN"),
        ("·m", "missing"), ("m·", "missing"),
        ("J//m", "missing"), ("m^2.5", "ends here"), ("m²³", "12"), ("1234567890123 m", "12 digits"),
        ("Ym^12·Ym^12·Ym^12", "digits"),
        ("((((((m))))))", "deep"), ("m,s", "ends here"), ("-1", "missing"), ("10^31/K", "12"),
    ])
    func `a text that is no unit is refused with its reason`(text: String, reason: String) {
        let error = #expect(throws: QuantityError.self) { try MeasurementUnit(parsing: text) }
        #expect(error?.description.contains(reason) == true, "\(text): \(error?.description ?? "")")
    }

    @Test func `a text of any length is refused at once`() {
        #expect(throws: QuantityError.textTooLong(1_000_000)) {
            try MeasurementUnit(parsing: String(repeating: "(", count: 1_000_000))
        }
        #expect(throws: QuantityError.textTooLong(97)) { try MeasurementUnit(parsing: String(repeating: "m", count: 97)) }
    }

    @Test func `every row of the table is read and found by its symbols`() throws {
        let table = MeasurementUnit.table
        #expect(table.count == 105)
        #expect(Set(table.map(\.symbol)).count == table.count)
        for unit in table {
            #expect(try MeasurementUnit(parsing: unit.symbol) == unit)
            #expect(try MeasurementUnit(parsing: unit.englishSymbol) == unit)
            #expect(!unit.vietnameseName.isEmpty && !unit.englishName.isEmpty)
        }
    }

    @Test func `every unit of the configuration is known`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = root.appending(path: "config").path
        let files = try #require(FileManager.default.enumerator(atPath: folder), "no folder config").compactMap { $0 as? String }
            .filter { $0.hasSuffix(".yaml") }
        var units: Set<String> = []
        for file in files {
            let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
            for match in text.matches(of: #/\b(?:unit|resolution_unit): *"([^"]*)"/#) where !match.1.isEmpty {
                units.insert(String(match.1))
            }
        }
        #expect(units.count > 20)
        for unit in units.sorted() {
            #expect(throws: Never.self, "\(unit)") { try MeasurementUnit(parsing: unit) }
        }
    }

    @Test func `no random text stops the reader, and what is read prints and reads back the same`() throws {
        let pieces = [
            "m", "k", "g", "µ", "L", "/", "/", "·", "(", ")", "^", "-", "2", "3", "10", "100", " ", "°C", "%", "K", "Pa", "mol",
            "⁻", "¹", "²", ".", "CFU", "s", "h", "Ω", "d",
            "a", "'", "\u{301}", "\u{0}", "👩‍🔬", "μ", "+", "*", "min", "kgf", "đ",
        ]
        var generator = SplitMix64(seed: 61)
        var accepted = 0
        for round in 0..<Fuzz.count {
            var text = ""
            for _ in 0..<Int(generator.next() % 9) { text += pieces[Int(generator.next() % UInt64(pieces.count))] }
            guard let unit = try? MeasurementUnit(parsing: text) else { continue }
            accepted += 1
            guard round % 16 == 0 else { continue }
            // The printed form may say a shorter name for the same unit, such as min⁻¹; its size and dimension are the same.
            let again = try MeasurementUnit(parsing: unit.symbol)
            #expect(again.factor == unit.factor && again.dimension == unit.dimension, "seed 61: '\(text)' as '\(unit.symbol)'")
        }
        #expect(accepted > Fuzz.count / 100)
    }
}
