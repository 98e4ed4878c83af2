// SPDX-License-Identifier: Apache-2.0

extension MeasurementUnit {
    /// Whether numbers in this unit can be given in another: same dimension, and not two different things that are counted.
    ///
    /// A plain fraction (%, ppm) goes with any other; one of mass and one of volume do not.
    package func isConvertible(to other: MeasurementUnit) -> Bool {
        guard dimension == other.dimension else { return false }
        switch (kind, other.kind) {
        case (.counted(let left), .counted(let right)): return left == right
        case (.counted, _), (_, .counted): return false
        case (.fraction(let left), .fraction(let right)): return left == right
        default: return true
        }
    }

    /// Number of another unit that equals a number of this one, exact.
    ///
    /// - Parameters:
    ///   - number: Number in this unit.
    ///   - unit: Unit wanted.
    ///   - asDifference: Whether the number is a difference or an uncertainty: 1 °C is then 1 K, not 274.15 K.
    /// - Throws: ``QuantityError/differentDimensions(from:_:to:_:)``, ``QuantityError/differentKinds(from:to:)``,
    ///   ``QuantityError/pointAndDifference(from:to:)``, ``QuantityError/notTerminating(from:to:)``, ``QuantityError/decimal(_:)``.
    package func convert(
        _ number: DecimalNumber,
        to unit: MeasurementUnit,
        asDifference: Bool = false
    ) throws(QuantityError) -> DecimalNumber {
        try check(unit, asDifference: asDifference)
        guard factor != unit.factor || (!asDifference && kind != unit.kind) else { return number }
        guard let ratio = unit.factor.reciprocal.flatMap({ factor.multiplied(by: $0) }) else { throw .factorTooLarge(symbol) }
        do throws(DecimalError) {
            let zeros = asDifference ? (.zero, .zero) : (zero, unit.zero)
            if let result = try ratio.appliedExactly(to: number.adding(zeros.0)) { return try result.subtracting(zeros.1) }
        } catch {
            throw .decimal(error)
        }
        throw .notTerminating(from: symbol, to: unit.symbol)
    }

    /// Number of another unit, rounded to significant digits; no zeros are added.
    ///
    /// - Parameters:
    ///   - number: Number in this unit.
    ///   - unit: Unit wanted.
    ///   - asDifference: Whether the number is a difference or an uncertainty.
    ///   - significantDigits: Digits of the result, 1...34.
    ///   - mode: Rounding mode.
    /// - Throws: As the exact conversion, but for ``QuantityError/notTerminating(from:to:)``.
    package func convert(
        _ number: DecimalNumber,
        to unit: MeasurementUnit,
        asDifference: Bool = false,
        significantDigits: Int,
        mode: RoundingMode = .halfEven
    ) throws(QuantityError) -> DecimalNumber {
        let converted = try convert(WorkingDecimal(number), to: unit, asDifference: asDifference)
        do {
            return try converted.decimal(significantDigits: significantDigits, mode: mode)
        } catch {
            throw .decimal(error)
        }
    }

    /// Number of another unit, rounded to 34 digits.
    ///
    /// - Throws: As the exact conversion, but for ``QuantityError/notTerminating(from:to:)``.
    package func convert(
        _ number: WorkingDecimal,
        to unit: MeasurementUnit,
        asDifference: Bool = false
    ) throws(QuantityError) -> WorkingDecimal {
        try check(unit, asDifference: asDifference)
        guard factor != unit.factor || (!asDifference && kind != unit.kind) else { return number }
        // One exact ratio, so that mmHg to kPa is rounded once, and π cancels between degrees and minutes of arc.
        guard let ratio = unit.factor.reciprocal.flatMap({ factor.multiplied(by: $0) }) else { throw .factorTooLarge(symbol) }
        do throws(DecimalError) {
            if asDifference { return try ratio.applied(to: number) }
            return try ratio.applied(to: number.adding(WorkingDecimal(zero))).subtracting(WorkingDecimal(unit.zero))
        } catch {
            throw .decimal(error)
        }
    }

    /// The number in the coherent unit of the SI: 20 °C as 293.15 K, or as 20 K for a difference.
    ///
    /// - Throws: ``DecimalError/overflow``.
    package func toCoherent(_ number: WorkingDecimal, asDifference: Bool = false) throws(DecimalError) -> WorkingDecimal {
        guard !asDifference, isPoint else { return try factor.applied(to: number) }
        return try factor.applied(to: number.adding(WorkingDecimal(zero)))
    }

    /// The number in this unit of a number in the coherent unit of the SI.
    ///
    /// - Throws: ``DecimalError/overflow``.
    package func fromCoherent(_ number: WorkingDecimal, asDifference: Bool = false) throws(DecimalError) -> WorkingDecimal {
        guard let inverse = inverseFactor else { throw .overflow }
        let scaled = try inverse.applied(to: number)
        return asDifference || !isPoint ? scaled : try scaled.subtracting(WorkingDecimal(zero))
    }

    /// The binary number in the coherent unit of the SI.
    package func toCoherent(_ number: Double, asDifference: Bool = false) -> Double {
        number * coherentFactor + (asDifference ? 0 : coherentOffset)
    }

    /// The binary number in this unit of one in the coherent unit of the SI.
    package func fromCoherent(_ number: Double, asDifference: Bool = false) -> Double {
        (number - (asDifference ? 0 : coherentOffset)) / coherentFactor
    }

    /// How far the zero of the scale lies above the one of the coherent unit, in this unit.
    private var zero: DecimalNumber {
        if case .point(let zero) = kind { zero } else { .zero }
    }

    private func check(_ unit: MeasurementUnit, asDifference: Bool) throws(QuantityError) {
        guard dimension == unit.dimension else {
            throw .differentDimensions(from: symbol, dimension, to: unit.symbol, unit.dimension)
        }
        guard isConvertible(to: unit) else { throw .differentKinds(from: symbol, to: unit.symbol) }
        guard !asDifference, isPoint != unit.isPoint else { return }
        // K may be either; Δ°C never is a temperature.
        if kind == .difference || unit.kind == .difference { throw .pointAndDifference(from: symbol, to: unit.symbol) }
    }
}
