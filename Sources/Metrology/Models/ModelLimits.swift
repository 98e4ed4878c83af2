// SPDX-License-Identifier: Apache-2.0

/// Sizes up to which models are accepted; they bound time and memory whatever the text.
package enum ModelLimits {
    /// Bytes of one expression in UTF-8.
    package static let expressionBytes = 65_536
    /// Parentheses, calls and exponents inside one another.
    package static let depth = 400
    /// Nodes of a program, all its expressions together.
    package static let nodes = 100_000
    /// Inputs, every reading of a series counted.
    package static let inputs = 10_000
    /// Inputs after which second derivatives are taken.
    package static let curvatureInputs = 400
    /// Inputs times operations of one set of second derivatives.
    package static let curvatureOperations = 10_000_000
    /// Numbers and names that are read again for further repetitions of a series, all expressions together.
    package static let repeatedOperands = 1_000_000
    /// Named quantities and outputs.
    package static let quantities = 1_000
    /// Rows of one table.
    package static let tableRows = 10_000
    /// Largest whole exponent that is compiled as a repeated product.
    package static let wholeExponent = 1_000
}
