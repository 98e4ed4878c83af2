// SPDX-License-Identifier: Apache-2.0

/// Unit of measurement: how it is printed and named, what it measures, and its exact size in the SI.
///
/// The table of units is data (`UnitTable`); prefixes, products, quotients and powers are composed from it when a text is read.
package struct MeasurementUnit: Sendable, Hashable {
    /// Symbol as printed: mg/L, % khối lượng.
    package let symbol: String
    /// Symbol as printed in English: mg/L, % mass.
    package let englishSymbol: String
    /// Vietnamese name; the symbol where a composed unit has none.
    package let vietnameseName: String
    /// English name; the symbol where a composed unit has none.
    package let englishName: String
    /// Name in the Digital System of Units: \milli\gram\litre\tothe{-1}; behind a bar where it has none: |psi.
    package let digitalName: String
    /// Dimension of what is measured.
    package let dimension: Dimension
    /// Exact ratio to the coherent unit of the SI with this dimension (for levels: to the decibel, for acidity: to one pH).
    package let factor: UnitFactor
    /// The inverse ratio; nil when it needs more than 34 digits.
    let inverseFactor: UnitFactor?
    /// What the number in front of the unit is.
    package let kind: UnitKind
    /// The ratio as binary number, for evaluations.
    package let coherentFactor: Double
    /// For a point on a scale, the value of its zero in the coherent unit: 273.15 for °C; else 0.
    package let coherentOffset: Double

    /// Reads a unit such as kg, mL/min, kg·m²/s², m^3/h, µg/(L·h), CFU/100 mL, 10^-6/K or °C.
    ///
    /// °C and °F alone are points on a scale; in a product or quotient, as in 1/°C, they are differences. Differences alone are K, Δ°C, Δ°F.
    /// - Parameter text: At most 96 bytes.
    /// - Throws: ``QuantityError/unknownUnit(_:in:)``, ``QuantityError/malformed(_:column:reason:)`` and others that name the text.
    package init(parsing text: some StringProtocol) throws(QuantityError) {
        try self.init(UnitText.product(text), text: String(text))
    }

    /// The unit of pure numbers.
    package static let one = MeasurementUnit()

    /// Every unit of the table, without prefixes and products.
    package static var table: [MeasurementUnit] {
        // A row with a slip is left out; a test counts them.
        UnitTable.rows.compactMap { row in
            UnitProduct(row, prefix: nil).flatMap { try? MeasurementUnit($0, text: row.symbol) }
        }
    }

    /// Whether the number is a point on a scale: °C, °F. Differences of points, products and quotients are not.
    package var isPoint: Bool {
        if case .point = kind { true } else { false }
    }

    private init() {
        (symbol, englishSymbol, vietnameseName, englishName) = ("1", "1", "một", "one")
        (digitalName, dimension, factor, kind) = (#"\one"#, .one, .one, .ordinary)
        (coherentFactor, coherentOffset, inverseFactor) = (1, 0, .one)
    }

    private init(_ product: UnitProduct, text: String) throws(QuantityError) {
        guard let factor = product.total else { throw .factorTooLarge(text) }
        symbol = product.symbol
        englishSymbol = product.englishSymbol
        if let (definition, prefix) = product.only {
            vietnameseName = (prefix?.vietnameseName ?? "") + definition.vietnameseName
            englishName = (prefix?.englishName ?? "") + definition.englishName
        } else {
            (vietnameseName, englishName) = (product.symbol, product.englishSymbol)
        }
        digitalName = product.digitalName
        dimension = product.dimension
        self.factor = factor
        inverseFactor = factor.reciprocal
        kind = product.kind
        coherentFactor = factor.approximateValue
        if case .point(let zero) = kind {
            // Two factors of at most 34 digits: their product lies well inside the range.
            coherentOffset = (try? factor.applied(to: WorkingDecimal(zero)))?.approximateValue ?? .nan
        } else {
            coherentOffset = 0
        }
    }
}

extension MeasurementUnit: CustomStringConvertible {
    /// Symbol as printed.
    package var description: String { symbol }
}
