// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
internal import Metrology

/// Fields of one case of conformity: texts, numbers and nulls by name; whatever else a case carries is not kept.
struct ConformityFields: Decodable, Sendable {
    private enum Value: Sendable {
        case text(String)
        case null
        /// A list, an object, a boolean or a number outside decimal range.
        case unusable
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private let values: [String: Value]

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        var values: [String: Value] = [:]
        for key in container.allKeys {
            if try container.decodeNil(forKey: key) {
                values[key.stringValue] = .null
                // A value of another type is no fault unless the calculation asks for it.
            } else if let text = try? container.decode(String.self, forKey: key) {
                values[key.stringValue] = .text(text)
                // A JSON number is read in decimal, so that it keeps its digits.
            } else if let number = try? container.decode(Decimal.self, forKey: key) {
                values[key.stringValue] = .text(number.description)
            } else {
                values[key.stringValue] = .unusable
            }
        }
        self.values = values
    }

    /// Word of a field that must be there.
    func word(_ name: String) throws(CalculationError) -> String {
        guard case .text(let text) = values[name] else { throw .invalid(name, "a word is missing; write it as a JSON string") }
        return text
    }

    /// Word of a field that must be there but may be null.
    func optionalWord(_ name: String) throws(CalculationError) -> String? {
        if case .null = values[name] { return nil }
        return try word(name)
    }

    /// Number of a field that must be there.
    func number(_ name: String) throws(CalculationError) -> DecimalNumber {
        guard case .text(let text) = values[name] else {
            throw .invalid(name, "a number is missing; write it as decimal text such as \"12.25\"")
        }
        do {
            return try DecimalNumber(parsing: text)
        } catch {
            throw .invalid(name, error.description)
        }
    }

    /// Number of a field that must be there and greater than zero.
    func positive(_ name: String) throws(CalculationError) -> DecimalNumber {
        let number = try number(name)
        guard number > .zero else { throw .invalid(name, "\(number) is not greater than zero") }
        return number
    }

    /// Number of a field that must be there but may be null: a limit that does not exist.
    func optionalNumber(_ name: String) throws(CalculationError) -> DecimalNumber? {
        if case .null = values[name] { return nil }
        guard values[name] != nil else {
            throw .invalid(name, "the field is missing; write null where the limit does not exist")
        }
        return try number(name)
    }

    /// Word of one of the cases of an enumeration.
    func choice<Choice>(
        _ name: String, of known: [String], _ reading: (String) -> Choice?
    ) throws(CalculationError) -> Choice {
        let word = try word(name)
        guard let choice = reading(word) else {
            throw .invalid(name, "'\(word)' is unknown; use one of \(known.joined(separator: ", "))")
        }
        return choice
    }

    /// Runs a calculation whose refusal becomes an error of the case.
    static func refusing<Result>(
        _ field: String, _ calculation: () throws(ConformityError) -> Result
    ) throws(CalculationError) -> Result {
        do {
            return try calculation()
        } catch {
            throw .invalid(field, error.description)
        }
    }
}

/// Answer to a case of conformity: values by name, a null where something does not exist.
package struct ConformityAnswer: Encodable, Sendable {
    enum Value: Encodable, Sendable {
        case text(String)
        case number(Double)
        case flag(Bool)
        case null

        /// Decimal as text; null where it does not exist.
        static func decimal(_ number: DecimalNumber?) -> Value {
            number.map { .text($0.withoutTrailingZeros.description) } ?? .null
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .number(let number): try container.encode(number)
            case .flag(let flag): try container.encode(flag)
            case .null: try container.encodeNil()
            }
        }
    }

    let values: [String: Value]

    package func encode(to encoder: any Encoder) throws {
        try values.encode(to: encoder)
    }
}
