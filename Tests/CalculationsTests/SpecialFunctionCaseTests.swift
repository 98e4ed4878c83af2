// SPDX-License-Identifier: Apache-2.0
internal import Calculations
internal import FoundationEssentials
import Testing

@Suite("Cases of special functions (1e-9 relative)") struct SpecialFunctionCaseTests {
    @Test(arguments: CaseFile.ids("special_functions"))
    func `a function agrees with its tabulated value`(_ id: String) throws {
        let given = try CaseFile.named(id, of: "special_functions")
        let expected = try #require(given["expected"]?.number)
        let answer = try CaseFile.answer(given, by: SpecialFunctionCase.self, kind: "special_functions")
        let result = try #require(answer["result"]?.number, "\(answer)")
        #expect(abs(result - expected) <= 1e-9 * abs(expected), "\(result) instead of \(expected)")
    }

    @Test(arguments: [
        (#"{"function": "t_two_sided_factor", "arguments": {"p": "1", "nu": "5"}}"#, "arguments.p"),
        (#"{"function": "t_two_sided_factor", "arguments": {"p": "0.95", "nu": "0"}}"#, "arguments.nu"),
        (#"{"function": "t_two_sided_factor", "arguments": {"p": "0.95"}}"#, "arguments.nu"),
        (#"{"function": "normal_quantile", "arguments": {"p": "1.5"}}"#, "arguments.p"),
        (#"{"function": "normal_quantile", "arguments": {"p": "NaN"}}"#, "arguments.p"),
        (#"{"function": "t_cdf", "arguments": {"t": "inf", "nu": "3"}}"#, "arguments.t"),
        (#"{"function": "regularized_incomplete_beta", "arguments": {"x": "-0.1", "a": "1", "b": "1"}}"#, "arguments.x"),
        (#"{"function": "regularized_lower_gamma", "arguments": {"a": "-2", "x": "1"}}"#, "arguments.a"),
        (#"{"function": "chi2_quantile", "arguments": {"p": "1e-300", "nu": "0.5"}}"#, "too small"),
        (#"{"function": "f_quantile", "arguments": {"p": "0.5", "nu1": "1e300", "nu2": "2"}}"#, "arguments.nu1"),
        (#"{"function": "zeta", "arguments": {}}"#, "function"),
        (#"{"arguments": {}}"#, "function"),
        (#"{"function": "t_two_sided_factor", "arguments": {"p": "0.999999999", "nu": "0.001"}}"#, "arguments"),
    ])
    func `a bad argument is named`(_ text: String, _ field: String) throws {
        let answer = try CaseFile.answer(Self.given(text), by: SpecialFunctionCase.self, kind: "special_functions")
        #expect(answer["error"]?["code"]?.text == "invalid")
        #expect(answer["error"]?["message"]?.text?.contains(field) == true, "\(answer)")
    }

    @Test func `shares next to one keep the digits they are written with`() throws {
        let answer = try CaseFile.answer(
            Self.given(#"{"function": "t_two_sided_factor", "arguments": {"p": "0.99999999999999", "nu": "3"}}"#),
            by: SpecialFunctionCase.self, kind: "special_functions")
        // mpmath, 60 digits: 60416.68818282772
        #expect(abs(try #require(answer["result"]?.number) - 60_416.688_182_827_72) < 1e-6)
    }

    private static func given(_ text: String) throws -> JSONNode {
        try JSONDecoder().decode(JSONNode.self, from: Data(text.utf8))
    }
}
