// SPDX-License-Identifier: Apache-2.0

/// Way to round an expanded uncertainty for a certificate.
package enum UncertaintyRounding: String, Sendable, CaseIterable, Codable {
    /// Nearest; a tie goes to the even digit.
    case nearest
    /// Nearest; a tie goes up.
    case nearestHalfAway = "nearest_half_away"
    /// Always up, unless no digit is lost.
    case up
    /// Nearest, but up where nearest would lower the uncertainty by more than 5 %.
    ///
    /// Source: EA-4/02 M:2022, 6.3.
    case fivePercent = "five_percent"
}

/// Value and expanded uncertainty as a certificate prints them.
///
/// The uncertainty is rounded first, to one or two significant digits; then the unrounded value once, to
/// the place of the last digit of the uncertainty. Both print with all digits of that place.
/// Source: JCGM 100:2008, 7.2.6.
package struct ReportedUncertainty: Sendable, Hashable {
    /// Value rounded to the place of the uncertainty.
    package let value: DecimalNumber
    /// Rounded expanded uncertainty.
    package let expandedUncertainty: DecimalNumber
    /// One unit of the last significant digit of the uncertainty.
    package let step: DecimalNumber

    /// Rounds a value with its expanded uncertainty.
    ///
    /// - Parameters:
    ///   - value: Unrounded value.
    ///   - expandedUncertainty: Unrounded U in the unit of the value, positive.
    ///   - significantDigits: 1 or 2.
    ///   - uncertaintyRounding: How U is rounded.
    ///   - valueRounding: How the value is rounded.
    /// - Throws: ``UncertaintyError/uncertaintyNotPositive``, ``UncertaintyError/decimal(_:)``, there also
    ///   ``DecimalError/digitsOutOfRange(_:)`` for other numbers of digits.
    package init(
        value: DecimalNumber,
        expandedUncertainty: DecimalNumber,
        significantDigits: Int = 2,
        uncertaintyRounding: UncertaintyRounding = .nearest,
        valueRounding: RoundingMode = .halfEven
    ) throws(UncertaintyError) {
        guard expandedUncertainty > .zero else { throw .uncertaintyNotPositive }
        guard (1...2).contains(significantDigits) else {
            throw .decimal(.digitsOutOfRange(significantDigits))
        }
        do throws(DecimalError) {
            let mode = try Self.mode(uncertaintyRounding, for: expandedUncertainty, digits: significantDigits)
            let places = try expandedUncertainty.decimalPlace(
                ofSignificantDigits: significantDigits,
                mode: mode
            )
            self.expandedUncertainty = try expandedUncertainty.rounded(toScale: places, mode: mode)
            self.value = try value.rounded(toScale: places, mode: valueRounding)
            step = try DecimalNumber(coefficient: 1, scale: places)
        } catch {
            throw .decimal(error)
        }
    }

    /// Rounds a value with an expanded uncertainty from an evaluation in binary floating point.
    ///
    /// The uncertainty crosses to a decimal with 12 significant digits, so that rounding up does not take
    /// binary noise in the sixteenth digit for an excess.
    /// - Throws: ``UncertaintyError/uncertaintyNotPositive``, ``UncertaintyError/decimal(_:)``.
    package init(
        value: DecimalNumber,
        evaluated: ExpandedUncertainty,
        significantDigits: Int = 2,
        uncertaintyRounding: UncertaintyRounding = .nearest,
        valueRounding: RoundingMode = .halfEven
    ) throws(UncertaintyError) {
        let expanded: DecimalNumber
        do {
            expanded = try DecimalNumber(
                approximating: evaluated.value,
                significantDigits: 12,
                mode: .halfEven
            )
        } catch {
            throw .decimal(error)
        }
        try self.init(
            value: value,
            expandedUncertainty: expanded,
            significantDigits: significantDigits,
            uncertaintyRounding: uncertaintyRounding,
            valueRounding: valueRounding
        )
    }

    private static func mode(
        _ rounding: UncertaintyRounding,
        for uncertainty: DecimalNumber,
        digits: Int
    ) throws(DecimalError) -> RoundingMode {
        switch rounding {
        case .nearest: return .halfEven
        case .nearestHalfAway: return .halfAway
        case .up: return .away
        case .fivePercent:
            let nearest = try uncertainty.rounded(toSignificantDigits: digits, mode: .halfEven)
            // nearest < 0.95·U, without a quotient that would itself be rounded.
            let lowest = try uncertainty.multiplied(by: DecimalNumber(coefficient: 95, scale: 2))
            return nearest < lowest ? .away : .halfEven
        }
    }
}
