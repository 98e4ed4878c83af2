// SPDX-License-Identifier: Apache-2.0

/// One delivery of a fuel dispenser into a reference measure.
///
/// A positive error means that the dispenser indicates more than it delivered: the customer loses.
package struct FuelDelivery: Sendable, Hashable {
    /// Volume indicated by the dispenser V_FD, in litres.
    package let indicatedVolume: DecimalNumber
    /// Volume read on the reference measure, valid at its reference temperature of 20 °C, in litres,
    /// positive.
    package let measureReading: DecimalNumber

    /// Creates a delivery.
    ///
    /// - Throws: ``ConformityError/notPositive(quantity:)`` unless the reading of the measure is positive.
    package init(
        indicatedVolume: DecimalNumber,
        measureReading: DecimalNumber
    ) throws(ConformityError) {
        guard measureReading > .zero else { throw .notPositive(quantity: "V_REF") }
        self.indicatedVolume = indicatedVolume
        self.measureReading = measureReading
    }

    /// Volume of the liquid in the measure at the temperature of its shell, in litres; exact.
    ///
    /// V_REF(t) = V_read · (1 + γ·(t − 20 °C)).
    /// - Parameters:
    ///   - temperature: Temperature t of the measure, in degrees Celsius.
    ///   - expansionCoefficient: Cubical expansion γ of its material, per degree Celsius, from its
    ///     certificate.
    /// - Throws: ``ConformityError/decimal(_:)``, ``ConformityError/notPositive(quantity:)`` for impossible
    ///   inputs.
    /// - Source: Thermal expansion of the shell; reference temperature 20 °C: ĐLVN 57:2009.
    package func referenceVolume(
        temperature: DecimalNumber,
        expansionCoefficient: DecimalNumber
    ) throws(ConformityError) -> DecimalNumber {
        let volume: DecimalNumber
        do {
            let aboveReference = try temperature.subtracting(DecimalNumber(20))
            let factor = try expansionCoefficient.multiplied(by: aboveReference).adding(.one)
            volume = try measureReading.multiplied(by: factor)
        } catch {
            throw .decimal(error)
        }
        guard volume > .zero else { throw .notPositive(quantity: "V_REF") }
        return volume
    }

    /// Relative error without a correction for temperature.
    ///
    /// - Throws: ``ConformityError/decimal(_:)``.
    package func uncorrectedError() throws(ConformityError) -> FuelDispenserError {
        try FuelDispenserError(indicatedVolume: indicatedVolume, referenceVolume: measureReading)
    }

    /// Relative error with the measure corrected to its temperature.
    ///
    /// - Parameters:
    ///   - temperature: Temperature of the measure, in degrees Celsius.
    ///   - expansionCoefficient: Cubical expansion of its material, per degree Celsius.
    /// - Throws: ``ConformityError/decimal(_:)``, ``ConformityError/notPositive(quantity:)``.
    package func correctedError(
        temperature: DecimalNumber,
        expansionCoefficient: DecimalNumber
    ) throws(ConformityError) -> FuelDispenserError {
        let volume = try referenceVolume(temperature: temperature, expansionCoefficient: expansionCoefficient)
        return try FuelDispenserError(indicatedVolume: indicatedVolume, referenceVolume: volume)
    }
}

/// Relative error of a delivery, E_FD = 100·(V_FD − V_REF)/V_REF in percent.
///
/// Source: ĐLVN 10:2011 (symbols and formulas).
package struct FuelDispenserError: Sendable {
    /// The error in percent, exact; verdicts are taken on it.
    package let exact: ExactQuotient
    /// The error in percent, rounded half-even to four decimal places, for storing and printing.
    package let percent: DecimalNumber

    /// Decimal places of the printed error; the rounding to them decides nothing.
    package static let printedPlaces = 4

    /// Computes the error of one delivery.
    ///
    /// - Parameters:
    ///   - indicatedVolume: V_FD in litres.
    ///   - referenceVolume: V_REF in litres, positive.
    /// - Throws: ``ConformityError/notPositive(quantity:)``, ``ConformityError/decimal(_:)``.
    package init(
        indicatedVolume: DecimalNumber,
        referenceVolume: DecimalNumber
    ) throws(ConformityError) {
        guard referenceVolume > .zero else { throw .notPositive(quantity: "V_REF") }
        do {
            let difference = try indicatedVolume.subtracting(referenceVolume)
            try self.init(ExactQuotient(difference.multiplied(by: DecimalNumber(100)), over: referenceVolume))
        } catch {
            throw .decimal(error)
        }
    }

    /// Mean error of several deliveries, for information; each delivery is judged by itself.
    ///
    /// - Throws: ``ConformityError/readingsMissing`` for an empty list, ``ConformityError/decimal(_:)``.
    package init(meanOf errors: [FuelDispenserError]) throws(ConformityError) {
        guard !errors.isEmpty else { throw .readingsMissing }
        do {
            try self.init(ExactQuotient(meanOf: errors.map(\.exact)))
        } catch {
            throw .decimal(error)
        }
    }

    private init(_ exact: ExactQuotient) throws(DecimalError) {
        self.exact = exact
        percent = try exact.rounded(toScale: Self.printedPlaces, mode: .halfEven)
    }

    /// Whether the unrounded error lies within the permissible error in percent.
    ///
    /// - Throws: ``ConformityError/decimal(_:)``.
    package func isPermitted(by limit: MaximumPermissibleError) throws(ConformityError) -> Bool {
        try limit.permits(exact)
    }
}
