// SPDX-License-Identifier: Apache-2.0
internal import Calculations
internal import FoundationEssentials
import Testing

@Suite("Cases of rounding (ISO 80000-1, JCGM 100 7.2.6, JCGM 101 7.9.2)") struct RoundingCaseTests {
    @Test(arguments: CaseFile.ids("rounding"))
    func `a number is printed with exactly these digits`(_ id: String) throws {
        let given = try CaseFile.named(id, of: "rounding")
        let answer = try CaseFile.answer(given, by: RoundingCase.self, kind: "rounding")
        #expect(answer["result"] == given["expected"], "\(answer)")
    }

    @Test(arguments: CaseFile.ids("mc_tolerance"))
    func `the tolerance of a simulation is half a unit of the last digit`(_ id: String) throws {
        let given = try CaseFile.named(id, of: "mc_tolerance")
        let answer = try CaseFile.answer(given, by: MonteCarloToleranceCase.self, kind: "mc_tolerance")
        #expect(answer["result"]?["delta"] == given["expected_delta"], "\(answer)")
    }

    @Test func `every shipped case is read`() {
        #expect(CaseFile.ids("rounding").count == 76)
        #expect(CaseFile.ids("mc_tolerance").count == 6)
    }

    @Test(arguments: [
        (#"{"op": "round", "value": "1.2", "mode": "floor"}"#, "step: is missing"),
        (#"{"op": "round", "value": "1.2", "step": "0", "mode": "floor"}"#, "step: 0 is no step"),
        (#"{"op": "round", "value": "1.2", "step": "-0.1", "mode": "floor"}"#, "step: -0.1"),
        (#"{"op": "round", "value": "1.2", "step": "0.1", "mode": "bankers"}"#, "half_even, half_away"),
        (#"{"op": "round", "value": "1.2", "step": "0.1"}"#, "mode: is missing"),
        (#"{"op": "round", "value": "1.234,5", "step": "0.1", "mode": "floor"}"#, "value"),
        (#"{"op": "round", "value": "NaN", "step": "0.1", "mode": "floor"}"#, "value"),
        (#"{"op": "round", "value": "", "step": "0.1", "mode": "floor"}"#, "value"),
        (#"{"op": "round", "value": null, "step": "0.1", "mode": "floor"}"#, "value"),
        (#"{"op": "round", "value": "1e30", "step": "1e-30", "mode": "floor"}"#, "value: the result is too large"),
        (#"{"op": "round", "value": "1e400", "step": "1", "mode": "floor"}"#, "value"),
        (#"{"op": "round", "value": "1e-300", "step": "1", "mode": "floor"}"#, "value"),
        (#"{"op": "round", "step": "1", "mode": "floor"}"#, "value"),
        (#"{"op": "significant", "value": "1.2", "digits": 0, "mode": "floor"}"#, "digits: 0 digits"),
        (#"{"op": "significant", "value": "1.2", "digits": 39, "mode": "floor"}"#, "give 1 to 38"),
        (#"{"op": "significant", "value": "1.2", "digits": "two", "mode": "floor"}"#, "digits"),
        (#"{"op": "significant", "value": "1e-59", "digits": 5, "mode": "floor"}"#, "more digits"),
        (
            #"{"op": "report", "value": "1", "expanded_uncertainty": "0", "digits": 2, "uncertainty_mode": "up", "value_mode": "floor"}"#,
            "above zero"
        ),
        (
            #"{"op": "report", "value": "1", "expanded_uncertainty": "-1", "digits": 2, "uncertainty_mode": "up", "value_mode": "floor"}"#,
            "above zero"
        ),
        (
            #"{"op": "report", "value": "1", "expanded_uncertainty": "1", "digits": 3, "uncertainty_mode": "up", "value_mode": "floor"}"#,
            "give 1 to 2"
        ),
        (
            #"{"op": "report", "value": "1", "expanded_uncertainty": "1", "digits": 2, "uncertainty_mode": "down", "value_mode": "floor"}"#,
            "five_percent"
        ),
        (
            #"{"op": "report", "value": "1", "expanded_uncertainty": "1", "digits": 2, "uncertainty_mode": "up"}"#,
            "value_mode: is missing"
        ),
        (
            #"{"op": "report", "value": "1", "digits": 2, "uncertainty_mode": "up", "value_mode": "floor"}"#,
            "expanded_uncertainty: is missing"
        ),
        (#"{"op": "truncate", "value": "1"}"#, "op: 'truncate' is not known"), (#"{"value": "1"}"#, "op"), ("7", "case"),
    ])
    func `a case that cannot be rounded says what is wrong`(_ text: String, _ message: String) throws {
        let answered = try CalculationDocument<RoundingCase>.solve(Array("{\"cases\": [\(text)]}".utf8), kind: "rounding")
        let error = try #require(JSONDecoder().decode(JSONNode.self, from: Data(answered))["results"]?.list.first?["error"])
        #expect(error["code"]?.text == "invalid")
        #expect(error["message"]?.text?.contains(message) == true, "\(error)")
    }

    @Test(arguments: [
        (#"{"u": "0", "significant_digits": 2}"#, "above zero"), (#"{"u": "-1", "significant_digits": 2}"#, "above zero"),
        (#"{"u": "1", "significant_digits": 0}"#, "significant_digits"),
        (#"{"u": "1", "significant_digits": 400}"#, "significant_digits"),
        (#"{"u": "1"}"#, "significant_digits"), (#"{"significant_digits": 1}"#, "u is missing"),
        (#"{"u": "1e-60", "significant_digits": 2}"#, "u"),
        (#"{"u": "inf", "significant_digits": 2}"#, "u"),
    ])
    func `an uncertainty without a tolerance says what is wrong`(_ text: String, _ message: String) throws {
        let answered = try CalculationDocument<MonteCarloToleranceCase>.solve(
            Array("{\"cases\": [\(text)]}".utf8), kind: "mc_tolerance")
        let error = try #require(JSONDecoder().decode(JSONNode.self, from: Data(answered))["results"]?.list.first?["error"])
        #expect(error["code"]?.text == "invalid")
        #expect(error["message"]?.text?.contains(message) == true, "\(error)")
    }

    @Test func `a number of the document keeps its shortest digits`() throws {
        let given = #"{"cases": [{"op": "round", "value": 2.675, "step": "0.01", "mode": "half_even"}]}"#
        let answered = try CalculationDocument<RoundingCase>.solve(Array(given.utf8), kind: "rounding")
        let result = try JSONDecoder().decode(JSONNode.self, from: Data(answered))["results"]?.list.first?["result"]
        #expect(result?["value"]?.text == "2.68")
    }
}
