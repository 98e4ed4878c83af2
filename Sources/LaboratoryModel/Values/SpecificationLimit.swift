// SPDX-License-Identifier: Apache-2.0

package import Metrology

/// Interval of numbers, open or closed at either end, or without end.
package struct LimitInterval: Sendable, Hashable {
    /// One end of an interval.
    package struct End: Sendable, Hashable {
        /// The number at the end.
        package let number: DecimalNumber
        /// Whether the number itself belongs to the interval.
        package let isIncluded: Bool

        /// Creates an end.
        package init(_ number: DecimalNumber, isIncluded: Bool = true) {
            self.number = number
            self.isIncluded = isIncluded
        }
    }

    /// Lower end; nil for none.
    package let lower: End?
    /// Upper end; nil for none.
    package let upper: End?

    /// Creates an interval.
    ///
    /// - Throws: ``LimitError/empty`` when no number can lie between the ends, or there is no end at all.
    package init(lower: End?, upper: End?) throws(LimitError) {
        if let lower, let upper {
            guard !Self.isGap(from: lower, to: upper) else { throw .empty }
        } else {
            guard lower != nil || upper != nil else { throw .empty }
        }
        self.init(uncheckedLower: lower, upper: upper)
    }

    init(uncheckedLower lower: End?, upper: End?) {
        self.lower = lower
        self.upper = upper
    }

    /// Whether a number lies in the interval.
    package func contains(_ number: DecimalNumber) -> Bool {
        let point = End(number)
        return contains(LimitInterval(uncheckedLower: point, upper: point))
    }

    /// Whether every number of the other interval lies in this one.
    func contains(_ other: LimitInterval) -> Bool {
        if let lower {
            guard let begin = other.lower, begin.number >= lower.number else { return false }
            if begin.number == lower.number, begin.isIncluded, !lower.isIncluded { return false }
        }
        if let upper {
            guard let end = other.upper, end.number <= upper.number else { return false }
            if end.number == upper.number, end.isIncluded, !upper.isIncluded { return false }
        }
        return true
    }

    /// Whether both intervals have a number in common.
    func overlaps(_ other: LimitInterval) -> Bool {
        if let end = upper, let begin = other.lower, Self.isGap(from: begin, to: end) { return false }
        if let end = other.upper, let begin = lower, Self.isGap(from: begin, to: end) { return false }
        return true
    }

    /// Whether no number lies between a lower and an upper end.
    private static func isGap(from lower: End, to upper: End) -> Bool {
        lower.number > upper.number
            || (lower.number == upper.number && !(lower.isIncluded && upper.isIncluded))
    }
}

/// Reason why limits were refused.
package enum LimitError: Error, Sendable, Hashable {
    /// The interval has no end, or no number lies in it.
    case empty
}

/// What a specification demands of one indicator.
package enum SpecificationLimit: Sendable, Hashable {
    /// A number inside an interval: ≤ 0,05; 6,0–8,5; < 3.
    case interval(LimitInterval)
    /// A finding in words: Âm tính, Đạt.
    case finding(QualitativeFinding)
    /// Not detected (KPH), whatever the limit of detection.
    case notDetected
    /// One of these classes.
    case classes([String])
    /// Nothing: the result is only reported.
    case reportOnly
}

/// Numbers that a quantity can have at all; a result outside is a slip of the pen.
package struct PhysicalBounds: Sendable, Hashable {
    /// The possible numbers.
    package let possible: LimitInterval

    /// Creates bounds, for instance 0 to 14 for pH.
    package init(_ possible: LimitInterval) {
        self.possible = possible
    }

    /// Whether every number written in a result is possible; results without a number are.
    package func permits(_ value: ReportedValue) -> Bool {
        let numbers = [value.kind.number, value.kind.upperNumber].compactMap { $0 }
        return numbers.allSatisfy { possible.contains($0) }
    }
}
