// SPDX-License-Identifier: Apache-2.0

/// Dimension of a quantity: exponents of the seven base quantities of the SI, and of two kinds of value that never mix with numbers.
///
/// Exponents are rational, kept in twelfths, so that square, cube and fourth roots stay exact. Plane angle has the dimension one.
/// Source: SI Brochure, 9th edition, 2.3.3 (dimensions of quantities).
package struct Dimension: Sendable, Hashable {
    /// One exponent of a dimension.
    package enum Axis: Int, Sendable, CaseIterable {
        /// Length in m, mass in kg, time in s.
        case length, mass, time
        /// Electric current in A, thermodynamic temperature in K, amount of substance in mol, luminous intensity in cd.
        case current, temperature, amount, luminousIntensity
        /// pH: a logarithm of an activity, of which no product with a number is another pH.
        case acidity
        /// Level in decibels or nepers: a logarithm of a ratio, which is not that ratio.
        case level
    }

    /// Largest magnitude of an exponent; more cannot come from a model that means something.
    package static let largestExponent = 100

    private let twelfths: SIMD16<Int16>

    /// Dimension with whole exponents, each -100...100; others are brought to the nearer end.
    package init(
        length: Int = 0, mass: Int = 0, time: Int = 0, current: Int = 0, temperature: Int = 0, amount: Int = 0,
        luminousIntensity: Int = 0, acidity: Int = 0, level: Int = 0
    ) {
        var twelfths = SIMD16<Int16>()
        let exponents = [length, mass, time, current, temperature, amount, luminousIntensity, acidity, level]
        for (axis, exponent) in exponents.enumerated() {
            twelfths[axis] = Int16(12 * min(max(exponent, -Self.largestExponent), Self.largestExponent))
        }
        self.twelfths = twelfths
    }

    private init(_ twelfths: SIMD16<Int16>) throws(QuantityError) {
        let limit = Int16(12 * Self.largestExponent)
        guard twelfths.max() <= limit, twelfths.min() >= -limit else { throw .exponentTooLarge }
        self.twelfths = twelfths
    }

    /// Dimension of a pure number, a ratio or an angle.
    package static let one = Dimension()
}

extension Dimension {
    /// Whether this is the dimension of a pure number.
    package var isOne: Bool { self == .one }

    /// Exponent of an axis in lowest terms; the denominator is positive.
    package subscript(axis: Axis) -> (numerator: Int, denominator: Int) {
        let value = Int(twelfths[axis.rawValue])
        var (divisor, rest) = (12, abs(value))
        while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
        return (value / divisor, 12 / divisor)
    }

    /// Dimension of a product.
    ///
    /// - Throws: ``QuantityError/exponentTooLarge``.
    package func multiplied(by other: Dimension) throws(QuantityError) -> Dimension {
        try Dimension(twelfths &+ other.twelfths)
    }

    /// Dimension of a quotient.
    ///
    /// - Throws: ``QuantityError/exponentTooLarge``.
    package func divided(by other: Dimension) throws(QuantityError) -> Dimension {
        try Dimension(twelfths &- other.twelfths)
    }

    /// Dimension of a power with the rational exponent numerator/denominator.
    ///
    /// - Throws: ``QuantityError/exponentTooLarge``; ``QuantityError/noSuchPower(of:numerator:denominator:)`` where an exponent of the
    ///   result is no whole number of twelfths, or the denominator is zero.
    package func raised(to numerator: Int, over denominator: Int = 1) throws(QuantityError) -> Dimension {
        if isOne, denominator != 0 { return self }
        guard denominator != 0 else { throw .noSuchPower(of: self, numerator: numerator, denominator: denominator) }
        var result = SIMD16<Int16>()
        for axis in Axis.allCases where twelfths[axis.rawValue] != 0 {
            let (product, overflow) = Int(twelfths[axis.rawValue]).multipliedReportingOverflow(by: numerator)
            guard !overflow, denominator != -1 || product != Int.min else { throw .exponentTooLarge }
            guard product.isMultiple(of: denominator) else {
                throw .noSuchPower(of: self, numerator: numerator, denominator: denominator)
            }
            guard let exponent = Int16(exactly: product / denominator) else { throw .exponentTooLarge }
            result[axis.rawValue] = exponent
        }
        return try Dimension(result)
    }

    /// Dimension of a root: 2 for the square root.
    ///
    /// - Throws: ``QuantityError/noSuchPower(of:numerator:denominator:)``.
    package func root(_ degree: Int) throws(QuantityError) -> Dimension {
        try raised(to: 1, over: degree)
    }
}

extension Dimension: CustomStringConvertible {
    /// The coherent SI unit of this dimension, as kg·m²·s⁻²; 1 for a pure number.
    package var description: String {
        let symbols: [(Axis, String)] = [
            (.mass, "kg"), (.length, "m"), (.time, "s"), (.current, "A"), (.temperature, "K"), (.amount, "mol"),
            (.luminousIntensity, "cd"), (.acidity, "pH"), (.level, "dB"),
        ]
        let factors = symbols.compactMap { axis, symbol -> String? in
            let exponent = self[axis]
            if exponent.numerator == 0 { return nil }
            if exponent.denominator != 1 { return "\(symbol)^(\(exponent.numerator)/\(exponent.denominator))" }
            return exponent.numerator == 1 ? symbol : symbol + UnitText.superscript(exponent.numerator)
        }
        return factors.isEmpty ? "1" : factors.joined(separator: "·")
    }
}
