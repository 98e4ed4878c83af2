// SPDX-License-Identifier: Apache-2.0

/// Reason why an uncertainty was not evaluated.
package enum UncertaintyError: Error, Sendable, Hashable {
    /// The budget has no components.
    case noComponents
    /// A standard uncertainty, half-width or sensitivity is negative, infinite or no number.
    case invalidComponent(name: String)
    /// Two components have the same name.
    case duplicateComponent(name: String)
    /// A type A evaluation needs at least two observations.
    case tooFewObservations(Int)
    /// Degrees of freedom must be positive.
    case degreesOfFreedomOutOfRange
    /// A probability must lie strictly between 0 and 1.
    case probabilityOutOfRange
    /// The effective degrees of freedom are below what the coverage rule allows; more observations are
    /// needed.
    case tooFewDegreesOfFreedom(effective: Double, minimum: Double)
    /// An argument of a distribution function that it does not take: its name and what is wrong.
    case distribution(String, String)
    /// A number of the result cannot be written as a decimal.
    case decimal(DecimalError)
    /// The expanded uncertainty is zero or negative: nothing tells the last digit of the value.
    case uncertaintyNotPositive
}

extension UncertaintyError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noComponents:
            "the uncertainty budget is empty"
        case .invalidComponent(let name):
            "component '\(name)' of the uncertainty budget has a negative or infinite number"
        case .duplicateComponent(let name):
            "the uncertainty budget names component '\(name)' twice"
        case .tooFewObservations(let count):
            "\(count) observations are too few for a standard deviation; at least two are needed"
        case .degreesOfFreedomOutOfRange:
            "degrees of freedom must be positive"
        case .probabilityOutOfRange:
            "a coverage probability lies between 0 and 1"
        case .tooFewDegreesOfFreedom(let effective, let minimum):
            "\(effective) effective degrees of freedom are fewer than \(minimum); observe more often"
        case .distribution(let name, let message):
            "\(name) \(message)"
        case .decimal(let error):
            error.description
        case .uncertaintyNotPositive:
            "the expanded uncertainty must be positive"
        }
    }
}
