// SPDX-License-Identifier: Apache-2.0

/// Volume delivered in a time.
package struct FuelFlow: Sendable, Hashable {
    /// Delivered volume V_FD, in litres.
    package let volume: DecimalNumber
    /// Time of the delivery, in seconds, positive.
    package let seconds: DecimalNumber

    /// Creates a flow.
    ///
    /// - Throws: ``ConformityError/notPositive(quantity:)`` unless the time is positive.
    package init(volume: DecimalNumber, seconds: DecimalNumber) throws(ConformityError) {
        guard seconds > .zero else { throw .notPositive(quantity: "t") }
        self.volume = volume
        self.seconds = seconds
    }

    /// Flow rate Q = 60·V/t in litres per minute, rounded half-even to a number of decimal places.
    ///
    /// - Throws: ``ConformityError/decimal(_:)``.
    /// - Source: ĐLVN 10:2011.
    package func litresPerMinute(places: Int = 2) throws(ConformityError) -> DecimalNumber {
        try ConformityError.inDecimals { () throws(DecimalError) in
            try volume.multiplied(by: DecimalNumber(60))
                .divided(by: seconds, scale: places, rounding: .halfEven)
        }
    }

    /// Whether the flow reaches a share of the labelled greatest flow; nothing is rounded.
    ///
    /// - Parameters:
    ///   - share: Share that must be reached, such as 0.5.
    ///   - labelledFlow: Q_max of the label, in litres per minute.
    /// - Throws: ``ConformityError/decimal(_:)``.
    package func reaches(
        share: DecimalNumber,
        ofLabelledFlow labelledFlow: DecimalNumber
    ) throws(ConformityError) -> Bool {
        try ConformityError.inDecimals { () throws(DecimalError) in
            let demanded = try labelledFlow.multiplied(by: share).multiplied(by: seconds)
            return try volume.multiplied(by: DecimalNumber(60)) >= demanded
        }
    }
}

/// Indicated price of a delivery against the price its volume and unit price give.
package struct FuelPriceCheck: Sendable, Hashable {
    /// Computed price P_C = V_FD × PU, in đồng; exact.
    package let computedPrice: DecimalNumber
    /// Price error E_P = P_FD − P_C, in đồng; exact.
    package let error: DecimalNumber

    /// Compares prices.
    ///
    /// - Parameters:
    ///   - indicatedVolume: V_FD in litres.
    ///   - unitPrice: PU in đồng per litre.
    ///   - indicatedPrice: P_FD in đồng.
    /// - Throws: ``ConformityError/decimal(_:)``.
    /// - Source: ĐLVN 10:2011.
    package init(
        indicatedVolume: DecimalNumber,
        unitPrice: DecimalNumber,
        indicatedPrice: DecimalNumber
    ) throws(ConformityError) {
        do {
            computedPrice = try indicatedVolume.multiplied(by: unitPrice).withoutTrailingZeros
            error = try indicatedPrice.subtracting(computedPrice)
        } catch {
            throw .decimal(error)
        }
    }
}
