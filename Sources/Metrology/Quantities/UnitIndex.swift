// SPDX-License-Identifier: Apache-2.0

/// Finds units of the table by their symbols, with and without prefixes.
enum UnitIndex {
    /// A unit of the table with the prefix in front of it.
    struct Entry: Sendable {
        let definition: UnitDefinition
        let prefix: UnitPrefix?

        /// The unit as a product of one.
        func product(in text: String) throws(QuantityError) -> UnitProduct {
            guard let product = UnitProduct(definition, prefix: prefix) else { throw .factorTooLarge(text) }
            return product
        }
    }

    /// Unit with a symbol or another spelling; one of the table comes before one with a prefix (min is a minute).
    static func entry(_ symbol: String) -> Entry? {
        if let definition = bySymbol[symbol] { return Entry(definition: definition, prefix: nil) }
        for prefix in UnitPrefix.all where symbol.hasPrefix(prefix.symbol) {
            if let entry = prefixed(symbol.dropFirst(prefix.symbol.count), by: prefix) { return entry }
        }
        // Where no micro sign is at hand, u is written (ISO 2955).
        if symbol.hasPrefix("u"), let micro = UnitPrefix.power(-6) { return prefixed(symbol.dropFirst(), by: micro) }
        return nil
    }

    private static func prefixed(_ symbol: Substring, by prefix: UnitPrefix) -> Entry? {
        guard let definition = bySymbol[String(symbol)], definition.takesPrefixes else { return nil }
        return Entry(definition: definition, prefix: prefix)
    }

    private static let bySymbol: [String: UnitDefinition] = {
        var units: [String: UnitDefinition] = [:]
        for row in UnitTable.rows {
            for symbol in [row.symbol, row.englishSymbol] + row.spellings where units[symbol] == nil { units[symbol] = row }
        }
        return units
    }()
}
