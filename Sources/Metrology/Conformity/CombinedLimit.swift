// SPDX-License-Identifier: Apache-2.0

/// Symmetric limit of error made of a relative part, a fixed part and a number of digits, `±(0.5 % of reading + 2 digits)`.
package struct CombinedLimit: Sendable, Hashable {
    /// How the parts make one limit.
    package enum Combination: String, Sendable, CaseIterable, Codable {
        /// All parts are added.
        case sum
        /// The greatest part counts ("whichever is greater").
        case greater
        /// The smallest part counts ("whichever is less").
        case less
    }

    /// Relative part in percent of the base (reading, nominal value or span); nil for none.
    package let percent: DecimalNumber?
    /// Fixed part in the unit of the base; nil for none.
    package let absolute: DecimalNumber?
    /// Number of digits, steps of the last place shown; nil for none.
    package let digits: DecimalNumber?
    /// How the parts make one limit.
    package let combination: Combination

    /// Creates a limit.
    ///
    /// - Throws: ``ConformityError/limitsMissing`` without any part, ``ConformityError/notPositive(quantity:)`` for a part
    ///   below zero.
    package init(
        percent: DecimalNumber?, absolute: DecimalNumber?, digits: DecimalNumber?, combination: Combination
    ) throws(ConformityError) {
        guard percent != nil || absolute != nil || digits != nil else { throw .limitsMissing }
        for (name, part) in [("percent", percent), ("absolute", absolute), ("digits", digits)] {
            if let part, part.isNegative { throw .notPositive(quantity: name) }
        }
        self.percent = percent
        self.absolute = absolute
        self.digits = digits
        self.combination = combination
    }

    /// Limit at one value, exact, without zeros at the end.
    ///
    /// - Parameters:
    ///   - base: Reading, nominal value or span that the percentage refers to; its magnitude counts. Needed with `percent`.
    ///   - resolution: Value of one digit, positive. Needed with `digits`.
    /// - Throws: ``ConformityError/argumentMissing(name:table:)``, ``ConformityError/notPositive(quantity:)`` for the
    ///   resolution, ``ConformityError/decimal(_:)``.
    package func limit(base: DecimalNumber?, resolution: DecimalNumber?) throws(ConformityError) -> DecimalNumber {
        let table = PermissibleErrorTable.Name.combined.rawValue
        if percent != nil, base == nil { throw .argumentMissing(name: "base", table: table) }
        if digits != nil, resolution == nil { throw .argumentMissing(name: "resolution", table: table) }
        if let resolution, resolution <= .zero { throw .notPositive(quantity: "resolution") }
        return try ConformityError.inDecimals { () throws(DecimalError) in
            var parts: [DecimalNumber] = []
            if let percent, let base {
                parts.append(try percent.multiplied(by: base.magnitude).multiplied(by: DecimalNumber(unchecked: 1, scale: 2)))
            }
            if let absolute { parts.append(absolute) }
            if let digits, let resolution { parts.append(try digits.multiplied(by: resolution)) }
            var result = parts[0]
            for part in parts.dropFirst() {
                switch combination {
                case .sum: result = try result.adding(part)
                case .greater: result = max(result, part)
                case .less: result = min(result, part)
                }
            }
            return result.withoutTrailingZeros
        }
    }
}
