// SPDX-License-Identifier: Apache-2.0

/// Reason why conformity cannot be decided.
package enum ConformityError: Error, Sendable, Hashable {
    /// A lower limit is above its upper limit.
    case limitsReversed
    /// Neither a lower nor an upper limit is given.
    case limitsMissing
    /// The load is beyond the last step of the table for this accuracy class.
    case loadOutsideTable(loadInIntervals: DecimalNumber)
    /// A quantity that must be positive is not.
    case notPositive(quantity: String)
    /// A decision rule needs the uncertainty of the measured value.
    case uncertaintyMissing(rule: String)
    /// A decision rule is defined only where a lower and an upper limit are given.
    case twoLimitsNeeded(rule: String)
    /// The uncertainty is too large against the tolerance for this decision rule.
    case uncertaintyTooLarge(rule: String, leastRatio: String)
    /// A probability must lie above zero and at or below a bound.
    case probabilityOutOfRange(quantity: String, most: String)
    /// A decision rule was given a parameter that it does not have, or lacks its own.
    case wrongParameter(rule: String, expected: String)
    /// A word is none of those known in its place.
    case unknownWord(String, place: String, known: [String])
    /// A table of permissible errors lacks one of its arguments.
    case argumentMissing(name: String, table: String)
    /// A table of permissible errors has no argument of this name.
    case argumentUnknown(name: String, table: String, known: [String])
    /// An argument of a table is no usable number.
    case argumentNotANumber(name: String, table: String)
    /// A table has no row or no limit for this value.
    case outsideTable(table: String, value: String, remedy: String)
    /// An integral did not reach its accuracy; the numbers are too far apart.
    case notConverged
    /// An exact calculation does not fit, or its digits are out of range.
    case decimal(DecimalError)
}

extension ConformityError {
    /// Result of a calculation in decimals, whose error becomes ``ConformityError/decimal(_:)``.
    static func inDecimals<Result>(
        _ calculation: () throws(DecimalError) -> Result
    ) throws(ConformityError) -> Result {
        do {
            return try calculation()
        } catch {
            throw .decimal(error)
        }
    }
}

extension ConformityError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .limitsReversed: "the lower limit is above the upper limit"
        case .limitsMissing: "neither a lower nor an upper limit is given; give at least one"
        case .loadOutsideTable(let load): "a load of \(load) e lies outside the table of its accuracy class"
        case .notPositive(let quantity): "\(quantity) must be greater than zero"
        case .uncertaintyMissing(let rule): "the decision rule \(rule) needs U and k of the measured value"
        case .twoLimitsNeeded(let rule): "the decision rule \(rule) needs a lower and an upper limit"
        case .uncertaintyTooLarge(let rule, let ratio):
            "the decision rule \(rule) needs a tolerance of at least ±\(ratio) U; measure with a smaller uncertainty"
        case .probabilityOutOfRange(let quantity, let most):
            "\(quantity) must be greater than 0 and at most \(most)"
        case .wrongParameter(let rule, let expected): "the decision rule \(rule) takes \(expected)"
        case .unknownWord(let word, let place, let known):
            "'\(word)' is no known \(place); use one of \(known.joined(separator: ", "))"
        case .argumentMissing(let name, let table): "the table \(table) needs the argument '\(name)'"
        case .argumentUnknown(let name, let table, let known):
            "the table \(table) has no argument '\(name)'; it takes \(known.joined(separator: ", "))"
        case .argumentNotANumber(let name, let table):
            "the argument '\(name)' of the table \(table) must be a decimal number"
        case .outsideTable(let table, let value, let remedy): "the table \(table) has no limit for \(value); \(remedy)"
        case .notConverged: "the risk could not be integrated; check mean, spread, uncertainty and limits"
        case .decimal(let error): error.description
        }
    }
}
