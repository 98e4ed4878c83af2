// SPDX-License-Identifier: Apache-2.0

/// Reason why a unit was not read, or a number not converted.
package enum QuantityError: Error, Sendable, Hashable {
    /// No unit has this symbol; the text in which it stands.
    case unknownUnit(String, in: String)
    /// A text that is no unit: what is wrong, at which character (from 1).
    case malformed(String, column: Int, reason: String)
    /// A text longer than ``UnitText/longest`` bytes; its length.
    case textTooLong(Int)
    /// A product of kinds that cannot be told apart any more, such as CFU·NTU.
    case mixedKinds(String, String, in: String)
    /// An exponent of a dimension beyond 100, or of a unit beyond 12.
    case exponentTooLarge
    /// The ratio of a unit to the SI has more digits than are kept.
    case factorTooLarge(String)
    /// A root whose dimension has no exponents in twelfths.
    case noSuchPower(of: Dimension, numerator: Int, denominator: Int)
    /// The units measure quantities of different dimensions.
    case differentDimensions(from: String, Dimension, to: String, Dimension)
    /// Both are numbers, but of different things: CFU and MPN, a fraction of mass and one of volume.
    case differentKinds(from: String, to: String)
    /// One unit gives a temperature on a scale, the other a difference of temperatures.
    case pointAndDifference(from: String, to: String)
    /// The converted number does not end; say how many digits are wanted.
    case notTerminating(from: String, to: String)
    /// The converted number does not fit.
    case decimal(DecimalError)
}

extension QuantityError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownUnit(let symbol, let text):
            symbol == text
                ? "'\(symbol)' is no known unit; write it as in kg/m³, or add it to the table of units"
                : "'\(symbol)' in '\(text)' is no known unit; write units as in kg/m³, or add it to the table of units"
        case .malformed(let text, let column, let reason):
            "'\(text)' is no unit, at character \(column): \(reason)"
        case .textTooLong(let length):
            "a unit of \(length) bytes; at most \(UnitText.longest) are read"
        case .mixedKinds(let left, let right, let text):
            "'\(text)' mixes \(left) and \(right), which cannot be multiplied into one unit"
        case .exponentTooLarge:
            "an exponent of a dimension beyond \(Dimension.largestExponent), or of a unit beyond \(UnitText.largestExponent)"
        case .factorTooLarge(let text):
            "the size of '\(text)' needs more digits than are kept"
        case .noSuchPower(let dimension, let numerator, let denominator):
            "\(dimension) to the power \(numerator)/\(denominator) is no dimension of a quantity"
        case .differentDimensions(let from, let source, let to, let target):
            "\(from) (\(source)) cannot be converted to \(to) (\(target)): the units measure different quantities"
        case .differentKinds(let from, let to):
            "\(from) cannot be converted to \(to): they count different things"
        case .pointAndDifference(let from, let to):
            "\(from) cannot be converted to \(to): one is a temperature, the other a difference of temperatures"
        case .notTerminating(let from, let to):
            "the number in \(from) has no last digit in \(to); say how many significant digits are wanted"
        case .decimal(let error):
            "\(error)"
        }
    }
}
