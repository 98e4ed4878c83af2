// SPDX-License-Identifier: Apache-2.0

/// Weighing instrument with partial weighing ranges of different verification scale intervals.
///
/// Source: OIML R 76-1:2006, 3.3 (multi-interval instruments).
package struct MultiIntervalWeighing: Sendable, Hashable {
    /// One partial weighing range.
    package struct PartialRange: Sendable, Hashable {
        /// Greatest load Max_i.
        package let maximum: DecimalNumber
        /// Verification scale interval e_i, in the unit of the load.
        package let interval: DecimalNumber

        /// Creates a range.
        package init(maximum: DecimalNumber, interval: DecimalNumber) {
            (self.maximum, self.interval) = (maximum, interval)
        }
    }

    /// Accuracy class.
    package let accuracyClass: WeighingAccuracyClass
    /// Partial weighing ranges by rising load.
    package let ranges: [PartialRange]

    /// Creates the rules of one instrument.
    ///
    /// - Throws: ``ConformityError/limitsMissing`` without a range, ``ConformityError/notPositive(quantity:)``,
    ///   ``ConformityError/limitsReversed`` unless Max and e both rise from range to range.
    package init(accuracyClass: WeighingAccuracyClass, ranges: [PartialRange]) throws(ConformityError) {
        guard let first = ranges.first else { throw .limitsMissing }
        guard first.interval > .zero else { throw .notPositive(quantity: "e") }
        guard first.maximum > .zero else { throw .notPositive(quantity: "Max") }
        for (lower, upper) in zip(ranges, ranges.dropFirst())
        where lower.maximum >= upper.maximum || lower.interval >= upper.interval {
            throw .limitsReversed
        }
        self.accuracyClass = accuracyClass
        self.ranges = ranges
    }

    /// Rules at a load: those of the first partial range that reaches it.
    ///
    /// - Throws: ``ConformityError/outsideTable(table:value:remedy:)`` beyond the last range.
    package func rules(atLoad load: DecimalNumber) throws(ConformityError) -> NonAutomaticWeighing {
        guard let range = ranges.first(where: { load.magnitude <= $0.maximum }) else {
            throw .outsideTable(
                table: PermissibleErrorTable.Name.weighing.rawValue, value: "a load of \(load)",
                remedy: "the last partial range ends below it")
        }
        return try NonAutomaticWeighing(accuracyClass: accuracyClass, verificationInterval: range.interval)
    }
}
