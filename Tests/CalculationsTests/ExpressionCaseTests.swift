// SPDX-License-Identifier: Apache-2.0
internal import Calculations
internal import FoundationEssentials
import Testing

@Suite("Cases of model expressions (1e-12 relative)") struct ExpressionCaseTests {
    @Test(arguments: CaseFile.ids("expressions"))
    func `an expression has its value or its fault`(_ id: String) throws {
        let given = try CaseFile.named(id, of: "expressions")
        let answer = try CaseFile.answer(given, by: ExpressionCase.self, kind: "expressions")
        if let expected = given["expected"]?.number {
            let result = try #require(answer["result"]?.number, "\(answer)")
            // Where digits cancel to nothing (sinh - cosh + exp), what is left is rounding of terms of the order of 1.
            #expect(abs(result - expected) <= 1e-12 * max(abs(expected), 1e-3), "\(result) instead of \(expected)")
        } else {
            let accepted = [given["error"]?.text] + (given["error_also_accepted"]?.list ?? []).map(\.text)
            #expect(accepted.contains(answer["error"]?["code"]?.text), "\(answer)")
        }
    }

    @Test(arguments: [
        (#"{"expression": "x", "variables": {"x": "one"}}"#, "variables.x"),
        (#"{"expression": "x", "variables": {"2x": "1"}}"#, "'2x' is no name"),
        (#"{"expression": "pi", "variables": {"pi": "3"}}"#, "'pi'"),
        (#"{"variables": {}}"#, "expression"),
        (#"{"expression": 5, "variables": {}}"#, "expression"),
        (#"{"expression": "x", "variables": ["x"]}"#, "variables"),
    ])
    func `a bad case is named`(_ text: String, _ word: String) throws {
        let given = try JSONDecoder().decode(JSONNode.self, from: Data(text.utf8))
        let answer = try CaseFile.answer(given, by: ExpressionCase.self, kind: "expressions")
        #expect(answer["error"]?["code"]?.text == "invalid", "\(answer)")
        #expect(answer["error"]?["message"]?.text?.contains(word) == true, "\(answer)")
    }
}
