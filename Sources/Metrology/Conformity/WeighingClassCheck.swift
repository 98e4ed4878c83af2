// SPDX-License-Identifier: Apache-2.0

/// Whether Max and e of a weighing instrument are allowed in its accuracy class, and why.
///
/// Source: OIML R 76-1:2006, 3.2, table 3.
package struct WeighingClassCheck: Sendable, Hashable {
    /// What the table says.
    package enum Finding: Sendable, Hashable {
        /// Allowed by the only or the coarse row of the class.
        case allowed
        /// Allowed only because e lies within the fine row of the class, from and to in grams.
        case allowedForFineInterval(from: DecimalNumber, to: DecimalNumber)
        /// The verification scale interval is smaller than the class allows, least in grams.
        case intervalTooSmall(least: DecimalNumber)
        /// Fewer intervals than the row demands; `to` is nil for the coarse row.
        case tooFew(least: Int, from: DecimalNumber, to: DecimalNumber?)
        /// More intervals than the class allows.
        case tooMany(most: Int)
    }

    /// Accuracy class that was checked.
    package let accuracyClass: WeighingAccuracyClass
    /// What the table says.
    package let finding: Finding
    /// Number of verification scale intervals n = Max/e, exact where it ends within six decimals, else rounded to them.
    package let intervals: DecimalNumber

    /// Whether the class allows the instrument.
    package var isFulfilled: Bool {
        switch finding {
        case .allowed, .allowedForFineInterval: true
        case .intervalTooSmall, .tooFew, .tooMany: false
        }
    }

    /// Checks one instrument or one partial weighing range.
    ///
    /// - Parameters:
    ///   - accuracyClass: Accuracy class.
    ///   - verificationIntervalGrams: e in grams, positive.
    ///   - maximumCapacityGrams: Max in grams, positive.
    /// - Throws: ``ConformityError/notPositive(quantity:)``, ``ConformityError/decimal(_:)``.
    package init(
        accuracyClass: WeighingAccuracyClass, verificationIntervalGrams: DecimalNumber, maximumCapacityGrams: DecimalNumber
    ) throws(ConformityError) {
        guard verificationIntervalGrams > .zero else { throw .notPositive(quantity: "e") }
        guard maximumCapacityGrams > .zero else { throw .notPositive(quantity: "Max") }
        let demand = WeighingClassDemand(accuracyClass: accuracyClass, verificationIntervalGrams: verificationIntervalGrams)
        let quotient: ExactQuotient
        do {
            quotient = try ExactQuotient(maximumCapacityGrams, over: verificationIntervalGrams)
            intervals = try quotient.rounded(toScale: 6, mode: .halfEven).withoutTrailingZeros
        } catch {
            throw .decimal(error)
        }
        self.accuracyClass = accuracyClass
        finding = try Self.finding(accuracyClass, demand, verificationIntervalGrams, quotient)
    }

    private static func finding(
        _ accuracyClass: WeighingAccuracyClass, _ demand: WeighingClassDemand, _ interval: DecimalNumber,
        _ count: ExactQuotient
    ) throws(ConformityError) -> Finding {
        let smallest = demand.smallestIntervalGrams
        guard interval >= smallest else { return .intervalTooSmall(least: smallest) }
        let greatestFine = greatestFineInterval(of: accuracyClass, interval)
        return try ConformityError.inDecimals { () throws(DecimalError) in
            guard try count.isAtLeast(DecimalNumber(demand.fewestIntervals)) else {
                return .tooFew(least: demand.fewestIntervals, from: smallest, to: greatestFine)
            }
            if let most = demand.mostIntervals, try !count.isAtMost(DecimalNumber(most)) { return .tooMany(most: most) }
            guard let greatestFine, let coarse = fewestCoarseIntervals(of: accuracyClass),
                try !count.isAtLeast(DecimalNumber(coarse))
            else { return .allowed }
            return .allowedForFineInterval(from: smallest, to: greatestFine)
        }
    }

    /// Greatest e of the fine row in grams when e lies in it; nil for the coarse or only row.
    private static func greatestFineInterval(
        of accuracyClass: WeighingAccuracyClass, _ interval: DecimalNumber
    ) -> DecimalNumber? {
        switch accuracyClass {
        case .high where interval < DecimalNumber(unchecked: 1, scale: 1): DecimalNumber(unchecked: 5, scale: 2)
        case .medium where interval < DecimalNumber(5): DecimalNumber(2)
        default: nil
        }
    }

    private static func fewestCoarseIntervals(of accuracyClass: WeighingAccuracyClass) -> Int? {
        switch accuracyClass {
        case .high: 5_000
        case .medium: 500
        case .special, .ordinary: nil
        }
    }

    /// Reason in the short form of a check list; empty where the usual row of a class with two rows is fulfilled.
    package var reason: String {
        switch finding {
        case .allowed: fewestIntervalsDepend ? "" : "n = \(intervals)"
        case .allowedForFineInterval(let from, let to): "n = \(intervals) allowed for e from \(from) g to \(to) g"
        case .intervalTooSmall(let least): "class \(accuracyClass.rawValue) needs e >= \(least) g"
        case .tooFew(let least, let from, let to?): "n below \(least) for e from \(from) g to \(to) g"
        case .tooFew(let least, let from, nil): "n below \(least) for e >= \(from) g"
        case .tooMany(let most): "n above \(most)"
        }
    }

    private var fewestIntervalsDepend: Bool { Self.fewestCoarseIntervals(of: accuracyClass) != nil }
}
