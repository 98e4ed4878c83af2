// SPDX-License-Identifier: Apache-2.0

/// Number of a budget table: four significant digits and all digits of a whole part, with a power of ten where plain digits would be
/// mostly zeros.
package struct BudgetNumber: Sendable {
    private let value: Double
    private let digits: Int

    /// Number to print with 1...17 significant digits.
    package init(_ value: Double, digits: Int = 4) {
        (self.value, self.digits) = (value, min(17, max(1, digits)))
    }

    /// Text with the given decimal sign: 0.05774, 1.155e-06, ∞.
    package func text(decimalSign: Character) -> String {
        if value.isNaN { return "?" }
        if value.isInfinite { return value < 0 ? "-∞" : "∞" }
        if value == 0 { return "0" }
        var exponent = Self.exponent(of: value)
        if exponent >= -4, exponent < max(7, digits) {
            return decimal(value, max(digits, exponent + 1))?.withoutTrailingZeros.text(decimalSign: decimalSign)
                ?? value.description
        }
        // The mantissa by itself fits into a decimal, and a carry moves the exponent.
        let text = value.magnitude.description
        let written = text.split(separator: "e")[0].filter { $0 != "." }.drop { $0 == "0" }
        guard let mantissa = Double("\(written.prefix(1)).\(written.dropFirst(1))0"), var rounded = decimal(mantissa, digits)
        else {
            return value.description
        }
        if rounded >= DecimalNumber(10) {
            rounded = .one
            exponent += 1
        }
        let sign = value < 0 ? "-" : ""
        let power = "\(abs(exponent) < 10 ? "0" : "")\(abs(exponent))"
        return "\(sign)\(rounded.withoutTrailingZeros.text(decimalSign: decimalSign))e\(exponent < 0 ? "-" : "+")\(power)"
    }

    private func decimal(_ number: Double, _ digits: Int) -> DecimalNumber? {
        // A number beyond what decimals keep has no such form.
        try? DecimalNumber(approximating: number, significantDigits: digits, mode: .halfEven)
    }

    /// Power of ten of the first digit, from the shortest text of the number.
    private static func exponent(of value: Double) -> Int {
        let text = value.magnitude.description
        let parts = text.split(separator: "e")
        let mantissa = parts[0]
        let power = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let point = mantissa.firstIndex(of: ".") ?? mantissa.endIndex
        let whole = mantissa[..<point]
        if whole != "0" { return power + whole.count - 1 }
        let zeros = mantissa[point...].dropFirst().prefix { $0 == "0" }.count
        return power - zeros - 1
    }
}
