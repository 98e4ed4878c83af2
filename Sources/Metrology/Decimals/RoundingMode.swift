// SPDX-License-Identifier: Apache-2.0

/// Way to choose between the two neighbouring multiples of a rounding step.
///
/// The raw value is the spelling used in procedures and stored with results.
package enum RoundingMode: String, Sendable, CaseIterable, Codable {
    /// Nearest; a tie goes to the even multiple.
    ///
    /// Source: ISO 80000-1, Annex B, rule A.
    case halfEven = "half_even"
    /// Nearest; a tie goes to the multiple farther from zero.
    ///
    /// Source: ISO 80000-1, Annex B, rule B.
    case halfAway = "half_away"
    /// The multiple farther from zero, unless the value is a multiple already.
    case away
    /// The multiple nearer to zero.
    case towardZero = "toward_zero"
    /// The greater multiple.
    case ceiling
    /// The smaller multiple.
    case floor
}

/// Where a discarded remainder lies between zero and one whole step.
enum DiscardedPart {
    case zero, belowHalf, half, aboveHalf

    /// Classifies a remainder against its divisor, without the overflow of doubling it.
    init(remainder: UInt128, of divisor: UInt128) {
        let complement = divisor - remainder
        if remainder == 0 {
            self = .zero
        } else if remainder < complement {
            self = .belowHalf
        } else {
            self = remainder == complement ? .half : .aboveHalf
        }
    }
}

extension RoundingMode {
    /// Whether a truncated magnitude has to grow by one step.
    func growsMagnitude(isNegative: Bool, isOdd: Bool, discarded: DiscardedPart) -> Bool {
        switch (self, discarded) {
        case (_, .zero), (.towardZero, _): false
        case (.away, _): true
        case (.ceiling, _): !isNegative
        case (.floor, _): isNegative
        case (.halfEven, .half): isOdd
        case (.halfAway, .half): true
        case (.halfEven, .belowHalf), (.halfAway, .belowHalf): false
        case (.halfEven, .aboveHalf), (.halfAway, .aboveHalf): true
        }
    }
}
