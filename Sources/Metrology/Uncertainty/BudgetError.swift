// SPDX-License-Identifier: Apache-2.0

/// Reason why a budget was not built or not propagated.
package enum BudgetError: Error, Sendable, Hashable {
    /// An input quantity: its name, the field that is wrong, and what would be right.
    case input(String, field: String, String)
    /// The correlation of two inputs, and what is wrong.
    case correlation(String, String, String)
    /// A set of simultaneous readings.
    case ensemble(String)
    /// A field of the coverage, and what would be right.
    case coverage(field: String, String)
    /// The model: compilation, domain or size.
    case model(ModelError)
}

extension BudgetError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .input(let name, let field, let message): "input '\(name)', \(field): \(message)"
        case .correlation(let first, let second, let message): "correlation of '\(first)' and '\(second)': \(message)"
        case .ensemble(let message): "simultaneous readings: \(message)"
        case .coverage(let field, let message): "coverage, \(field): \(message)"
        case .model(let error): error.description
        }
    }
}
