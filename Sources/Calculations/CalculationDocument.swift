// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials

/// Solves a document of cases of one kind: `{"cases": [{"id": …, …}, …]}`.
package struct CalculationDocument<Case: Calculation> {
    private struct Cases: Decodable {
        let cases: [Attempt]
    }

    /// A case that was solved, or why it was not; a bad case does not stop the others.
    private struct Attempt: Codable {
        let id: String?
        let outcome: Result<Case.Answer, CalculationError>

        enum CodingKeys: String, CodingKey {
            case id, result, error
        }

        init(from decoder: any Decoder) throws {
            // An identifier that is no text is answered as none.
            id = try? decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(String.self, forKey: .id)
            do {
                let given = try Case(from: decoder)
                outcome = Result { () throws(CalculationError) in try given.solve() }
            } catch let error as CalculationError {
                outcome = .failure(error)
            } catch let error as DecodingError {
                outcome = .failure(CalculationError(reading: error))
            } catch {
                // A number that its type cannot hold is no decoding error of the decoder; the other cases go on.
                outcome = .failure(.invalid("case", "a number is too large, or not whole where it has to be (\(error))"))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(id, forKey: .id)
            switch outcome {
            case .success(let answer): try container.encode(answer, forKey: .result)
            case .failure(let error): try container.encode(error, forKey: .error)
            }
        }
    }

    private struct Answers: Encodable {
        let kind: String
        let results: [Attempt]
    }

    /// Answers a document as JSON, the results in the order of the cases.
    ///
    /// - Throws: ``CalculationError`` when the document is no JSON or has no list `cases`.
    package static func solve(_ json: [UInt8], kind: String) throws(CalculationError) -> [UInt8] {
        do {
            let given = try JSONDecoder().decode(Cases.self, from: Data(json))
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return Array(try encoder.encode(Answers(kind: kind, results: given.cases)))
        } catch let error as DecodingError {
            throw CalculationError(reading: error)
        } catch {
            throw .invalid("document", "\(error)")
        }
    }
}

extension CalculationError {
    /// What could not be read, by the path of its field.
    init(reading error: DecodingError) {
        let (context, trouble): (DecodingError.Context, String) =
            switch error {
            case .keyNotFound(let key, let context): (context, "\(key.stringValue) is missing")
            case .typeMismatch(let type, let context): (context, "should be \(type)")
            case .valueNotFound(_, let context): (context, "is empty")
            case .dataCorrupted(let context): (context, context.debugDescription)
            @unknown default: (DecodingError.Context(codingPath: [], debugDescription: ""), "\(error)")
            }
        // Within a case the path starts at the case.
        let steps = context.codingPath.first?.stringValue == "cases" ? context.codingPath.dropFirst(2) : context.codingPath[...]
        let path = steps.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
            .reduce("") { $0.isEmpty || $1.hasPrefix("[") ? $0 + $1 : "\($0).\($1)" }
        self = .invalid(path.isEmpty ? "case" : path, trouble)
    }
}
