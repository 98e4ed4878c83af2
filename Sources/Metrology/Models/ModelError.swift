// SPDX-License-Identifier: Apache-2.0

/// Place in a model: an expression, and a character of it.
package struct ModelPosition: Sendable, Hashable {
    /// Name of the quantity whose expression it is; empty for a single expression without a name.
    package let quantity: String
    /// Character of the expression, counted from 1.
    package let column: Int

    package init(quantity: String, column: Int) {
        (self.quantity, self.column) = (quantity, column)
    }
}

/// Reason why a model was not compiled, not checked or not evaluated.
package enum ModelError: Error, Sendable, Hashable {
    /// The text is no expression of the grammar.
    case syntax(String, at: ModelPosition)
    /// A name that is neither an input nor an earlier quantity.
    case unknownName(String, at: ModelPosition)
    /// A name before a parenthesis that is no function.
    case unknownFunction(String, at: ModelPosition)
    /// A number outside the domain of an operation: what happened, and in which sub-expression.
    case domain(String, in: String)
    /// Expressions that exceed one of ``ModelLimits``: what is too large.
    case tooLarge(String)
    /// Names, series or tables that cannot be declared so.
    case declaration(String)
    /// Units that do not fit together: what is wrong, and in which sub-expression.
    case units(String, in: String)
    /// A list of values whose length is not the number of inputs, or a value that is no number.
    case values(String)

    /// Stable word for programs.
    package var code: String {
        switch self {
        case .syntax: "syntax"
        case .unknownName: "unknown_name"
        case .unknownFunction: "unknown_function"
        case .domain: "domain"
        case .tooLarge: "too_large"
        case .declaration: "declaration"
        case .units: "units"
        case .values: "values"
        }
    }
}

extension ModelPosition: CustomStringConvertible {
    package var description: String {
        quantity.isEmpty ? "column \(column)" : "'\(quantity)', column \(column)"
    }
}

extension ModelError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .syntax(let message, let position):
            "\(position): \(message)"
        case .unknownName(let name, let position):
            "\(position): '\(name)' is no input and no earlier quantity; declare it or correct its spelling"
        case .unknownFunction(let name, let position):
            "\(position): '\(name)' is no function; a product is written with *"
        case .domain(let message, let expression), .units(let message, let expression):
            expression.isEmpty ? message : "\(message) in '\(expression)'"
        case .tooLarge(let message), .declaration(let message), .values(let message):
            message
        }
    }
}
