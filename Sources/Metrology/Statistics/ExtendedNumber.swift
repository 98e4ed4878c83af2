// SPDX-License-Identifier: Apache-2.0

/// Binary number of about 32 decimal digits, kept as the sum of two doubles.
///
/// Sums of squares and least squares lose up to half of the digits of their data; with twice the digits inside, the result is
/// good to the last digit of a double. The range is that of a double; infinities are not kept apart from NaN.
/// Sources: T. J. Dekker, Numer. Math. 18 (1971) 224–242; Y. Hida, X. S. Li, D. H. Bailey, ARITH-15 (2001) 155–162.
package struct ExtendedNumber: Sendable, Hashable {
    /// Nearest double.
    package let high: Double
    /// What the nearest double leaves, at most half a unit of its last place.
    package let low: Double

    init(high: Double, low: Double) {
        self.high = high
        self.low = low
    }

    /// The same number.
    package init(_ value: Double) {
        self.init(high: value, low: 0)
    }

    /// The same whole number.
    package init(_ whole: Int) {
        self.init(small: Int128(whole))
    }

    /// The decimal, to a relative error of 1e-31.
    package init(_ decimal: DecimalNumber) {
        // In two parts, because a coefficient next to the largest one rounds to a double that no coefficient reaches.
        let parts = decimal.coefficient.quotientAndRemainder(dividingBy: Int128(1) << 64)
        let digits = ExtendedNumber(small: parts.quotient) * 18_446_744_073_709_551_616 + ExtendedNumber(small: parts.remainder)
        self = decimal.scale == 0 ? digits : digits / Self.powersOfTen[decimal.scale]
    }

    /// A whole number of up to 64 bits and a sign, exactly.
    private init(small whole: Int128) {
        let high = Double(whole)
        self.init(high: high, low: Double(whole - Int128(high)))
    }

    package static let zero = ExtendedNumber(high: 0, low: 0)
    package static let one = ExtendedNumber(high: 1, low: 0)

    /// Nearest double.
    package var value: Double { high + low }
    /// Whether this is a number at all.
    package var isFinite: Bool { (high + low).isFinite }
    /// Absolute value.
    package var magnitude: ExtendedNumber { self < .zero ? -self : self }

    private static let powersOfTen: [ExtendedNumber] = {
        var powers = [ExtendedNumber.one]
        while let last = powers.last, powers.count <= DecimalNumber.largestScale { powers.append(last * 10) }
        return powers
    }()
}

// MARK: - Arithmetic

extension ExtendedNumber {
    package static prefix func - (number: ExtendedNumber) -> ExtendedNumber {
        ExtendedNumber(high: -number.high, low: -number.low)
    }

    package static func + (left: ExtendedNumber, right: ExtendedNumber) -> ExtendedNumber {
        let (sum, rest) = exactSum(left.high, right.high)
        let (lowSum, lowRest) = exactSum(left.low, right.low)
        let first = renormalised(sum, rest + lowSum)
        return renormalised(first.high, first.low + lowRest)
    }

    package static func - (left: ExtendedNumber, right: ExtendedNumber) -> ExtendedNumber {
        left + (-right)
    }

    package static func * (left: ExtendedNumber, right: ExtendedNumber) -> ExtendedNumber {
        let product = left.high * right.high
        let rest = (-product).addingProduct(left.high, right.high)
        return renormalised(product, rest + (left.high * right.low + left.low * right.high))
    }

    package static func * (left: ExtendedNumber, right: Double) -> ExtendedNumber {
        let product = left.high * right
        let rest = (-product).addingProduct(left.high, right)
        return renormalised(product, rest + left.low * right)
    }

    package static func / (left: ExtendedNumber, right: ExtendedNumber) -> ExtendedNumber {
        // Long division with digits of 53 bits.
        let first = left.high / right.high
        let remainder = left - right * first
        let second = remainder.high / right.high
        let third = (remainder - right * second).high / right.high
        return renormalised(first, second) + ExtendedNumber(third)
    }

    package static func / (left: ExtendedNumber, right: Double) -> ExtendedNumber {
        left / ExtendedNumber(right)
    }

    package static func += (left: inout ExtendedNumber, right: ExtendedNumber) { left = left + right }
    package static func -= (left: inout ExtendedNumber, right: ExtendedNumber) { left = left - right }

    /// Square root; NaN of a negative number.
    package func squareRoot() -> ExtendedNumber {
        guard high != 0 else { return .zero }
        // One Newton step doubles the digits of the root of the nearest double.
        let root = ExtendedNumber(high.squareRoot())
        return root + (self - root * root) / (root.high * 2)
    }

    /// Whole power, 0 or above.
    package func power(_ exponent: Int) -> ExtendedNumber {
        var result = ExtendedNumber.one
        var square = self
        var rest = exponent
        while rest > 0 {
            if rest & 1 == 1 { result = result * square }
            rest >>= 1
            if rest > 0 { square = square * square }
        }
        return result
    }

    /// Sum and its exact rounding error, for doubles of any order.
    private static func exactSum(_ left: Double, _ right: Double) -> (sum: Double, rest: Double) {
        let sum = left + right
        let part = sum - left
        return (sum, (left - (sum - part)) + (right - part))
    }

    /// The same sum with the larger part rounded to nearest; the first part must not be the smaller one.
    private static func renormalised(_ large: Double, _ small: Double) -> ExtendedNumber {
        let sum = large + small
        return ExtendedNumber(high: sum, low: small - (sum - large))
    }
}

extension ExtendedNumber: Comparable {
    package static func < (left: ExtendedNumber, right: ExtendedNumber) -> Bool {
        left.high < right.high || (left.high == right.high && left.low < right.low)
    }
}

extension Sequence where Element == ExtendedNumber {
    /// Sum of all elements.
    func total() -> ExtendedNumber {
        var sum = ExtendedNumber.zero
        for number in self { sum += number }
        return sum
    }
}
