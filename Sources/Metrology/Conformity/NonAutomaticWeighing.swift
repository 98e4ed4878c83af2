// SPDX-License-Identifier: Apache-2.0

/// Errors and permissible errors of a non-automatic weighing instrument.
///
/// All masses of one instrument are given in one unit.
package struct NonAutomaticWeighing: Sendable, Hashable {
    /// Accuracy class.
    package let accuracyClass: WeighingAccuracyClass
    /// Verification scale interval e, positive.
    package let verificationInterval: DecimalNumber

    /// Creates the rules for one instrument.
    ///
    /// - Throws: ``ConformityError/notPositive(quantity:)`` unless e is positive.
    package init(
        accuracyClass: WeighingAccuracyClass,
        verificationInterval: DecimalNumber
    ) throws(ConformityError) {
        guard verificationInterval > .zero else { throw .notPositive(quantity: "e") }
        self.accuracyClass = accuracyClass
        self.verificationInterval = verificationInterval
    }

    /// Maximum permissible error at a load, in the unit of the load.
    ///
    /// 0.5 e, 1 e or 1.5 e by the load in e; upper bounds belong to the lower step; in service twice that.
    /// Of a negative load (net, after tare) the magnitude counts.
    /// - Throws: ``ConformityError/loadOutsideTable(loadInIntervals:)`` beyond the table of the class.
    /// - Source: OIML R 76-1:2006, 3.5.1, table 6, and 3.5.2.
    package func maximumPermissibleError(
        load: DecimalNumber,
        control: MetrologicalControl
    ) throws(ConformityError) -> MaximumPermissibleError {
        let halfIntervals = try halfIntervals(atLoad: load)
        let tenths = halfIntervals * (control == .inService ? 10 : 5)
        let limit = try ConformityError.inDecimals { () throws(DecimalError) in
            try verificationInterval.multiplied(by: DecimalNumber(coefficient: Int128(tenths), scale: 1))
        }
        return MaximumPermissibleError(symmetric: limit)
    }

    /// Error of indication found by adding small weights until the indication changes: E = I + e/2 − ΔL − L.
    ///
    /// - Parameters:
    ///   - indication: Indication I.
    ///   - load: Load L.
    ///   - additionalLoad: Added small weights ΔL.
    /// - Throws: ``ConformityError/decimal(_:)``.
    /// - Source: OIML R 76-1:2006, A.4.4.3.
    package func errorFromChangeover(
        indication: DecimalNumber,
        load: DecimalNumber,
        additionalLoad: DecimalNumber
    ) throws(ConformityError) -> DecimalNumber {
        try ConformityError.inDecimals { () throws(DecimalError) in
            let half = try verificationInterval.multiplied(by: DecimalNumber(coefficient: 5, scale: 1))
            return try indication.adding(half).subtracting(additionalLoad).subtracting(load)
        }
    }

    /// Load for the eccentricity test as a share of Max: a third for up to four supports, else 1/(n − 1).
    ///
    /// - Parameters:
    ///   - maximumCapacity: Max plus the greatest additive tare.
    ///   - supports: Number n of points of support, at least 1.
    /// - Throws: ``ConformityError/notPositive(quantity:)``, ``ConformityError/decimal(_:)``.
    /// - Source: OIML R 76-1:2006, 3.6.2.
    package static func eccentricityLoad(
        maximumCapacity: DecimalNumber,
        supports: Int = 4
    ) throws(ConformityError) -> ExactQuotient {
        guard maximumCapacity > .zero else { throw .notPositive(quantity: "Max") }
        guard supports > 0 else { throw .notPositive(quantity: "number of supports") }
        return try ConformityError.inDecimals { () throws(DecimalError) in
            try ExactQuotient(maximumCapacity, over: DecimalNumber(supports > 4 ? supports - 1 : 3))
        }
    }

    /// Permissible error on initial verification, in halves of e.
    private func halfIntervals(atLoad load: DecimalNumber) throws(ConformityError) -> Int {
        let steps = accuracyClass.errorSteps
        if try isLoad(load, atMostIntervals: steps.first) { return 1 }
        if try isLoad(load, atMostIntervals: steps.second) { return 2 }
        guard let third = steps.third else { return 3 }
        guard try isLoad(load, atMostIntervals: third) else {
            let inIntervals = try ConformityError.inDecimals { () throws(DecimalError) in
                try load.magnitude.divided(by: verificationInterval, scale: 1, rounding: .away)
            }
            throw .loadOutsideTable(loadInIntervals: inIntervals)
        }
        return 3
    }

    private func isLoad(_ load: DecimalNumber, atMostIntervals count: Int) throws(ConformityError) -> Bool {
        let end = try ConformityError.inDecimals { () throws(DecimalError) in
            try verificationInterval.multiplied(by: DecimalNumber(count))
        }
        return load.magnitude <= end
    }
}

/// Comparisons of the indications of one instrument with each other.
package enum IndicationSpread {
    /// Greatest minus smallest indication of repeated weighings of one load.
    ///
    /// The result may not exceed the magnitude of the permissible error at that load.
    /// - Throws: ``ConformityError/readingsMissing`` for fewer than two indications,
    ///   ``ConformityError/decimal(_:)``.
    /// - Source: OIML R 76-1:2006, 3.6.1.
    package static func repeatability(
        _ indications: [DecimalNumber]
    ) throws(ConformityError) -> DecimalNumber {
        guard indications.count > 1, let greatest = indications.max(), let smallest = indications.min() else {
            throw .readingsMissing
        }
        return try difference(greatest, smallest)
    }

    /// Greatest magnitude of the difference between falling and rising indications at the same loads.
    ///
    /// - Parameters:
    ///   - rising: Indications with increasing load, one for each load.
    ///   - falling: Indications at the same loads in the same order, with decreasing load.
    /// - Throws: ``ConformityError/readingsMissing`` for empty or unequal lists,
    ///   ``ConformityError/decimal(_:)``.
    package static func hysteresis(
        rising: [DecimalNumber],
        falling: [DecimalNumber]
    ) throws(ConformityError) -> DecimalNumber {
        guard !rising.isEmpty, rising.count == falling.count else { throw .readingsMissing }
        var greatest = DecimalNumber.zero
        for (up, down) in zip(rising, falling) {
            greatest = max(greatest, try difference(down, up).magnitude)
        }
        return greatest
    }

    private static func difference(
        _ left: DecimalNumber,
        _ right: DecimalNumber
    ) throws(ConformityError) -> DecimalNumber {
        try ConformityError.inDecimals { () throws(DecimalError) in
            try left.subtracting(right)
        }
    }
}
