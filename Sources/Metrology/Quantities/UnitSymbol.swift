// SPDX-License-Identifier: Apache-2.0

/// Kind of quantity a unit measures.
package enum KindOfQuantity: String, Sendable, CaseIterable, Codable {
    case mass, volume, length, time, temperature, pressure, flowRate = "flow_rate"
    case massFraction = "mass_fraction", massConcentration = "mass_concentration"
    case ratio, electricCurrent = "electric_current", resistance
}

/// Measurement unit: its printed symbol, its D-SI name, and its size within its kind of quantity.
///
/// Source: SI Brochure, 9th edition (symbols); D-SI 2.2.1 (names with a backslash).
package struct UnitSymbol: Sendable, Hashable {
    /// Symbol as printed: mg/L.
    package let symbol: String
    /// Name in the Digital System of Units: \milli\gram\litre\tothe{-1}.
    package let digitalName: String
    /// Kind of quantity.
    package let kind: KindOfQuantity
    /// Size as a power of ten of the reference unit of the kind; nil where the ratio is no power of ten.
    package let powerOfTen: Int?

    /// Unit with a printed symbol; nil if it is not in the table.
    package init?(symbol: String) {
        guard let unit = Self.table[symbol] else { return nil }
        self = unit
    }

    private init(_ symbol: String, _ digitalName: String, _ kind: KindOfQuantity, _ powerOfTen: Int?) {
        self.symbol = symbol
        self.digitalName = digitalName
        self.kind = kind
        self.powerOfTen = powerOfTen
    }

    /// Every unit of the table, sorted by symbol.
    package static var all: [UnitSymbol] { table.values.sorted { $0.symbol < $1.symbol } }

    /// Number of this unit that equals a number of another unit of the same kind; exact.
    ///
    /// - Parameters:
    ///   - number: Number to convert.
    ///   - unit: Unit of the number.
    /// - Throws: ``UnitError/notConvertible(from:to:)``, ``UnitError/decimal(_:)``.
    package func converting(
        _ number: DecimalNumber,
        from unit: UnitSymbol
    ) throws(UnitError) -> DecimalNumber {
        if unit == self { return number }
        guard kind == unit.kind, let own = powerOfTen, let other = unit.powerOfTen else {
            throw .notConvertible(from: unit.symbol, to: symbol)
        }
        do {
            return try DecimalNumber(coefficient: number.coefficient, scale: number.scale + own - other)
        } catch {
            throw .decimal(error)
        }
    }

    private static let table: [String: UnitSymbol] = {
        let units = [
            UnitSymbol("t", #"\tonne"#, .mass, 6), UnitSymbol("kg", #"\kilogram"#, .mass, 3),
            UnitSymbol("g", #"\gram"#, .mass, 0), UnitSymbol("mg", #"\milli\gram"#, .mass, -3),
            UnitSymbol("µg", #"\micro\gram"#, .mass, -6),
            UnitSymbol("m³", #"\metre\tothe{3}"#, .volume, 3), UnitSymbol("L", #"\litre"#, .volume, 0),
            UnitSymbol("mL", #"\milli\litre"#, .volume, -3),
            UnitSymbol("m", #"\metre"#, .length, 0), UnitSymbol("mm", #"\milli\metre"#, .length, -3),
            UnitSymbol("µm", #"\micro\metre"#, .length, -6),
            UnitSymbol("s", #"\second"#, .time, 0), UnitSymbol("min", #"\minute"#, .time, nil),
            UnitSymbol("h", #"\hour"#, .time, nil),
            UnitSymbol("°C", #"\degreecelsius"#, .temperature, 0),
            UnitSymbol("K", #"\kelvin"#, .temperature, nil),
            UnitSymbol("Pa", #"\pascal"#, .pressure, 0), UnitSymbol("kPa", #"\kilo\pascal"#, .pressure, 3),
            UnitSymbol("MPa", #"\mega\pascal"#, .pressure, 6), UnitSymbol("bar", #"\bar"#, .pressure, 5),
            UnitSymbol("mmHg", #"\mmHg"#, .pressure, nil),
            UnitSymbol("L/min", #"\litre\minute\tothe{-1}"#, .flowRate, 0),
            UnitSymbol("m³/h", #"\metre\tothe{3}\hour\tothe{-1}"#, .flowRate, nil),
            UnitSymbol("g/kg", #"\gram\kilogram\tothe{-1}"#, .massFraction, 0),
            UnitSymbol("mg/kg", #"\milli\gram\kilogram\tothe{-1}"#, .massFraction, -3),
            UnitSymbol("µg/kg", #"\micro\gram\kilogram\tothe{-1}"#, .massFraction, -6),
            UnitSymbol("g/L", #"\gram\litre\tothe{-1}"#, .massConcentration, 0),
            UnitSymbol("mg/L", #"\milli\gram\litre\tothe{-1}"#, .massConcentration, -3),
            UnitSymbol("µg/L", #"\micro\gram\litre\tothe{-1}"#, .massConcentration, -6),
            UnitSymbol("1", #"\one"#, .ratio, 0), UnitSymbol("%", #"\percent"#, .ratio, -2),
            UnitSymbol("A", #"\ampere"#, .electricCurrent, 0),
            UnitSymbol("mA", #"\milli\ampere"#, .electricCurrent, -3),
            UnitSymbol("Ω", #"\ohm"#, .resistance, 0), UnitSymbol("kΩ", #"\kilo\ohm"#, .resistance, 3),
            UnitSymbol("MΩ", #"\mega\ohm"#, .resistance, 6),
        ]
        return Dictionary(units.map { ($0.symbol, $0) }) { first, _ in first }
    }()
}

/// Reason why a number was not converted to another unit.
package enum UnitError: Error, Sendable, Hashable {
    /// The units measure different kinds of quantity, or their ratio is no power of ten.
    case notConvertible(from: String, to: String)
    /// The converted number does not fit.
    case decimal(DecimalError)
}
