// SPDX-License-Identifier: Apache-2.0

/// Accuracy class of a non-automatic weighing instrument; cấp 1 to 4 in Vietnamese procedures.
package enum WeighingAccuracyClass: String, Sendable, CaseIterable, Codable {
    /// Class I, special accuracy.
    case special = "I"
    /// Class II, high accuracy.
    case high = "II"
    /// Class III, medium accuracy.
    case medium = "III"
    /// Class IIII, ordinary accuracy.
    case ordinary = "IIII"

    /// Number of the class in Vietnamese procedures, 1...4.
    package var number: Int { rawValue.count }

    /// Reads a class as I, II, III, IIII (also IV) or 1 to 4; nil for anything else.
    package init?(written: String) {
        let word = written.uppercased()
        let found = Self.allCases.first { $0.rawValue == word || String($0.number) == word }
        guard let found = found ?? (word == "IV" ? .ordinary : nil) else { return nil }
        self = found
    }

    /// Greatest load in verification scale intervals of each step of the table of permissible errors; nil
    /// for no end.
    ///
    /// Source: OIML R 76-1:2006, 3.5.1, table 6.
    var errorSteps: (first: Int, second: Int, third: Int?) {
        switch self {
        case .special: (50_000, 200_000, nil)
        case .high: (5_000, 20_000, 100_000)
        case .medium: (500, 2_000, 10_000)
        case .ordinary: (50, 200, 1_000)
        }
    }
}

/// Occasion on which errors of an instrument are judged.
package enum MetrologicalControl: String, Sendable, CaseIterable, Codable {
    /// Initial verification.
    case initial
    /// Periodic verification or verification after repair.
    case subsequent
    /// Inspection of an instrument in use, with twice the permissible errors.
    case inService = "in_service"
}

/// Verification scale interval and number of intervals an accuracy class demands.
package struct WeighingClassDemand: Sendable, Hashable {
    /// Smallest verification scale interval e, in grams.
    package let smallestIntervalGrams: DecimalNumber
    /// Fewest verification scale intervals n = Max/e.
    package let fewestIntervals: Int
    /// Most verification scale intervals; nil for no end.
    package let mostIntervals: Int?
    /// Minimum capacity in verification scale intervals.
    package let minimumCapacityIntervals: Int

    /// Demand on an instrument of a class with the verification scale interval e.
    ///
    /// - Parameters:
    ///   - accuracyClass: Accuracy class.
    ///   - verificationIntervalGrams: e in grams.
    /// - Source: OIML R 76-1:2006, 3.2, table 3.
    package init(accuracyClass: WeighingAccuracyClass, verificationIntervalGrams: DecimalNumber) {
        let tenthGram = DecimalNumber(unchecked: 1, scale: 1)
        let fiveGrams = DecimalNumber(5)
        switch accuracyClass {
        case .special:
            self.init(
                smallest: .init(unchecked: 1, scale: 3),
                intervals: 50_000,
                most: nil,
                minimumCapacity: 100
            )
        case .high where verificationIntervalGrams >= tenthGram:
            self.init(smallest: tenthGram, intervals: 5_000, most: 100_000, minimumCapacity: 50)
        case .high:
            self.init(
                smallest: .init(unchecked: 1, scale: 3),
                intervals: 100,
                most: 100_000,
                minimumCapacity: 20
            )
        case .medium where verificationIntervalGrams >= fiveGrams:
            self.init(smallest: fiveGrams, intervals: 500, most: 10_000, minimumCapacity: 20)
        case .medium:
            self.init(smallest: tenthGram, intervals: 100, most: 10_000, minimumCapacity: 20)
        case .ordinary:
            self.init(smallest: fiveGrams, intervals: 100, most: 1_000, minimumCapacity: 10)
        }
    }

    private init(smallest: DecimalNumber, intervals: Int, most: Int?, minimumCapacity: Int) {
        smallestIntervalGrams = smallest
        fewestIntervals = intervals
        mostIntervals = most
        minimumCapacityIntervals = minimumCapacity
    }

    /// Whether an instrument with these values fulfils the demand.
    ///
    /// - Parameters:
    ///   - maximumCapacityGrams: Max in grams.
    ///   - verificationIntervalGrams: e in grams, positive.
    /// - Throws: ``ConformityError/notPositive(quantity:)``, ``ConformityError/decimal(_:)``.
    package func isFulfilled(
        maximumCapacityGrams: DecimalNumber,
        verificationIntervalGrams: DecimalNumber
    ) throws(ConformityError) -> Bool {
        guard verificationIntervalGrams > .zero else { throw .notPositive(quantity: "e") }
        guard verificationIntervalGrams >= smallestIntervalGrams else { return false }
        return try ConformityError.inDecimals { () throws(DecimalError) in
            let intervals = try ExactQuotient(maximumCapacityGrams, over: verificationIntervalGrams)
            guard try intervals.isAtLeast(DecimalNumber(fewestIntervals)) else { return false }
            guard let mostIntervals else { return true }
            return try intervals.isAtMost(DecimalNumber(mostIntervals))
        }
    }
}
