// SPDX-License-Identifier: Apache-2.0

/// Whole number of any size, by the arithmetic of paper and pencil: the judge of 34-digit arithmetic.
struct BigWhole: Comparable {
    /// Digits to the base 10^9, least first, without zeros at the top.
    private var digits: [UInt64]

    init(_ text: String) {
        let characters = Array(text.utf8)
        digits = stride(from: characters.count, to: 0, by: -9).map { end in
            characters[max(0, end - 9)..<end].reduce(0) { $0 * 10 + UInt64($1 - 48) }
        }
        trim()
    }

    init(_ value: UInt128) { self.init(String(value)) }

    static func power(ofTen exponent: Int) -> BigWhole {
        BigWhole("1" + String(repeating: "0", count: exponent))
    }

    static func + (left: BigWhole, right: BigWhole) -> BigWhole {
        var sum = left
        var carry: UInt64 = 0
        for index in 0..<max(left.digits.count, right.digits.count) + 1 {
            if index == sum.digits.count { sum.digits.append(0) }
            let digit = sum.digits[index] + (index < right.digits.count ? right.digits[index] : 0) + carry
            sum.digits[index] = digit % base
            carry = digit / base
        }
        sum.trim()
        return sum
    }

    /// Difference; the right side is at most the left one.
    static func - (left: BigWhole, right: BigWhole) -> BigWhole {
        var difference = left
        var borrow: UInt64 = 0
        for index in left.digits.indices {
            let taken = (index < right.digits.count ? right.digits[index] : 0) + borrow
            borrow = left.digits[index] < taken ? 1 : 0
            difference.digits[index] = left.digits[index] + borrow * base - taken
        }
        difference.trim()
        return difference
    }

    static func * (left: BigWhole, right: BigWhole) -> BigWhole {
        var product = BigWhole("0")
        product.digits = Array(repeating: 0, count: left.digits.count + right.digits.count + 1)
        for (place, digit) in left.digits.enumerated() {
            var carry: UInt64 = 0
            for (other, factor) in right.digits.enumerated() {
                let sum = product.digits[place + other] + digit * factor + carry
                product.digits[place + other] = sum % base
                carry = sum / base
            }
            product.digits[place + right.digits.count] += carry
        }
        product.trim()
        return product
    }

    static func < (left: BigWhole, right: BigWhole) -> Bool {
        guard left.digits.count == right.digits.count else { return left.digits.count < right.digits.count }
        for (one, other) in zip(left.digits, right.digits).reversed() where one != other { return one < other }
        return false
    }

    /// Distance of two numbers.
    static func distance(_ left: BigWhole, _ right: BigWhole) -> BigWhole { left < right ? right - left : left - right }

    private mutating func trim() {
        while digits.last == 0 { digits.removeLast() }
    }

    private static let base: UInt64 = 1_000_000_000
}
