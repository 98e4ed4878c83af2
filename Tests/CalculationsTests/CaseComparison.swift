// SPDX-License-Identifier: Apache-2.0
import Calculations
internal import FoundationEssentials
internal import Glibc
import Testing

/// Result of a case without its expected part; fails the test where the case was refused.
func answer<Case: Calculation>(_ given: JSONNode, by type: Case.Type, kind: String) throws -> JSONNode {
    let answered = try CaseFile.answer(given, by: type, kind: kind)
    return try #require(answered["result"], "\(answered)")
}

/// Entry of a case that is given with all it has.
func answerWhole<Case: Calculation>(_ given: JSONNode, by type: Case.Type, kind: String) throws -> JSONNode {
    let document = try JSONEncoder().encode(JSONNode.object(["cases": .array([given])]))
    let answered = try CalculationDocument<Case>.solve(Array(document), kind: kind)
    return try #require(try JSONDecoder().decode(JSONNode.self, from: Data(answered))["results"]?.list.first)
}

/// Fields of an object, by name.
func fields(_ node: JSONNode?) throws -> [(key: String, value: JSONNode)] {
    guard let node else { return [] }
    guard case .object(let fields) = node else { throw CalculationError.invalid("case", "is no object") }
    return fields.sorted { $0.key < $1.key }
}

/// Number of leading digits that agree, at most 15: the log relative error of NIST StRD.
func logRelativeError(_ got: Double?, _ certified: Double?) -> Double {
    guard let got, let certified, got.isFinite else { return 0 }
    let error = abs(got - certified) / (certified == 0 ? 1 : abs(certified))
    return error == 0 ? 15 : min(15, -log10(error))
}

/// Expects every expected field in an answer: numbers to a relative tolerance, all else exactly.
func expectSame(_ got: JSONNode?, _ expected: JSONNode?, relative: Double, _ place: String) {
    switch (got, expected) {
    case (_, nil):
        Issue.record("\(place): nothing is expected")
    case (.number(let got), .number(let expected)):
        let tolerance = expected == 0 ? relative : relative * abs(expected)
        #expect(abs(got - expected) <= tolerance, "\(place): \(got), expected \(expected)")
    case (.array(let got), .array(let expected)):
        #expect(got.count == expected.count, "\(place)")
        for (index, pair) in zip(got, expected).enumerated() {
            expectSame(pair.0, pair.1, relative: relative, "\(place)[\(index)]")
        }
    case (.object(let got), .object(let expected)):
        for (key, value) in expected { expectSame(got[key], value, relative: relative, "\(place).\(key)") }
    default:
        #expect(got == expected, "\(place)")
    }
}
