// SPDX-License-Identifier: Apache-2.0

/// Reason why an interval between calibrations was not computed.
package enum IntervalError: Error, Sendable, Hashable {
    /// A number lies outside the range that makes sense for it.
    case outOfRange(what: String, range: String)
    /// Lists that belong together differ in length.
    case unequalLengths(String)
    /// Fewer calibrations than the method needs.
    case tooFew(count: Int, needed: Int)
    /// More calibrations than are evaluated at once.
    case tooMany(count: Int, allowed: Int)
    /// Every item was found in tolerance: nothing bounds the interval from above.
    case noFailures
    /// No item was found in tolerance: nothing bounds the interval from below.
    case noSuccesses
    /// The drift could not be fitted.
    case regression(RegressionError)
    /// The result is too large or too small for a double.
    case notFinite
}

extension IntervalError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .outOfRange(let what, let range): "\(what) is out of range; \(range)"
        case .unequalLengths(let lists): "\(lists) differ in length; give one entry for each calibration"
        case .tooFew(let count, let needed): "\(count) calibrations are too few; at least \(needed) are needed"
        case .tooMany(let count, let allowed): "\(count) calibrations are too many; at most \(allowed) are evaluated at once"
        case .noFailures:
            "every item was in tolerance, so that nothing bounds the interval; use the reliability interval or another method"
        case .noSuccesses:
            "no item was in tolerance, so that no interval reaches the target; shorten the interval and observe again"
        case .regression(let error): error.description
        case .notFinite: "the interval is too large or too small for a number; check the parameters"
        }
    }
}
