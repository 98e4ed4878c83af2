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
