// SPDX-License-Identifier: Apache-2.0

/// Reason why a statistic was not computed.
package enum StatisticsError: Error, Sendable, Hashable {
    /// Fewer values than the statistic needs.
    case tooFew(what: String, count: Int, needed: Int)
    /// More values than are computed in one go.
    case tooMany(what: String, count: Int, allowed: Int)
    /// Groups that should have equally many values do not.
    case unequalSizes(what: String)
    /// A standard deviation or an uncertainty is negative, or zero where something is divided by it.
    case notPositive(what: String)
    /// A number lies outside the range that makes sense for it.
    case outOfRange(what: String, range: String)
    /// The result is too large or too small for a double.
    case notFinite(what: String)
}

extension StatisticsError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooFew(let what, let count, let needed):
            "\(count) \(what) are too few; at least \(needed) are needed"
        case .tooMany(let what, let count, let allowed):
            "\(count) \(what) are too many; at most \(allowed) are computed at once"
        case .unequalSizes(let what):
            "\(what) differ in size; give equally many values in each"
        case .notPositive(let what):
            "\(what) is zero or negative; give a number above 0"
        case .outOfRange(let what, let range):
            "\(what) is out of range; \(range)"
        case .notFinite(let what):
            "\(what) does not fit a floating-point number; express the values in another unit"
        }
    }
}
