// SPDX-License-Identifier: Apache-2.0
internal import Metrology

/// Adjustment of intervals between calibrations, by several methods.
package struct Intervals: Calculation {
    private let method: any IntervalMethod

    enum CodingKeys: String, CodingKey {
        case method
    }

    package init(from decoder: any Decoder) throws {
        let name = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .method)
        method =
            switch name {
            case "staircase": try StaircaseCase(from: decoder)
            case "A1": try SimpleResponseCase(from: decoder)
            case "A2": try IncrementalResponseCase(from: decoder)
            case "A3": try IntervalTestCase(from: decoder)
            case "S1-exponential": try ExponentialCase(from: decoder)
            case "variables": try DriftCase(from: decoder)
            case "reliability_interval": try ReliabilityCase(from: decoder)
            default:
                throw CalculationError.invalid(
                    "method",
                    "'\(name)' is unknown; give staircase, A1, A2, A3, S1-exponential, variables or reliability_interval")
            }
    }

    package func solve() throws(CalculationError) -> IntervalAnswer {
        do throws(IntervalError) {
            return try method.answer()
        } catch {
            throw Self.refusal(error)
        }
    }

    /// What was wrong, with the field of the case that it is about.
    private static func refusal(_ error: IntervalError) -> CalculationError {
        switch error {
        case .outOfRange(let field, let range): .invalid(field, "out of range; \(range)")
        case .unequalLengths: .invalid("times", error.description)
        case .tooFew, .tooMany: .invalid("n", error.description)
        case .noFailures, .noSuccesses: .invalid("in_tolerance", error.description)
        case .regression: .invalid("deviations", error.description)
        case .notFinite: .invalid("interval", error.description)
        }
    }
}

/// A method with the parameters of its case.
protocol IntervalMethod: Decodable, Sendable {
    func answer() throws(IntervalError) -> IntervalAnswer
}

/// Answer of any method: numbers, lists, a matrix, a word or a flag by name.
package struct IntervalAnswer: Encodable, Sendable {
    enum Value: Encodable {
        case number(Double?)
        case numbers([Double])
        case matrix([[Double]])
        case word(String)
        case flag(Bool)

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .number(let number): try container.encode(number)
            case .numbers(let numbers): try container.encode(numbers)
            case .matrix(let matrix): try container.encode(matrix)
            case .word(let word): try container.encode(word)
            case .flag(let flag): try container.encode(flag)
            }
        }
    }

    let values: [String: Value]

    package func encode(to encoder: any Encoder) throws { try values.encode(to: encoder) }
}
