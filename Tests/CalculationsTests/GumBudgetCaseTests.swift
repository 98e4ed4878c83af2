// SPDX-License-Identifier: Apache-2.0
internal import Calculations
internal import FoundationEssentials
import Testing

@Suite("Cases of uncertainty budgets") struct GumBudgetCaseTests {
    @Test(arguments: CaseFile.ids("gum_budgets"))
    func `a budget agrees with its worked figures`(_ id: String) throws {
        let given = try CaseFile.named(id, of: "gum_budgets")
        let answer = try CaseFile.answer(given, by: GumBudgetCase.self, kind: "gum_budgets")
        let relative = try #require(given["tolerance"]?["rel"]?.number)
        let absolute = try #require(given["tolerance"]?["abs_when_zero"]?.number)
        guard case .object(let outputs)? = given["expected"] else {
            Issue.record("\(id) has no expected outputs")
            return
        }
        for (name, expected) in outputs {
            let result = try #require(answer["result"]?[name], "\(answer)")
            try compare(result, expected, relative, absolute, "\(id) \(name)")
        }
        let pairs = given["expected_output_correlations"]?.list ?? []
        // Pairs in which an output has no uncertainty have no coefficient and are not listed.
        #expect(pairs.isEmpty || answer["result"]?["output_correlations"]?.list.count == pairs.count, "\(answer)")
        for pair in pairs {
            let found = answer["result"]?["output_correlations"]?.list.first { $0["a"] == pair["a"] && $0["b"] == pair["b"] }
            let r = try #require(found?["r"]?.number)
            #expect(abs(r - (pair["r"]?.number ?? .nan)) <= relative, "\(id) \(pair)")
        }
    }

    /// Every key of what is expected, and no other number in the lists by input.
    private func compare(
        _ result: JSONNode, _ expected: JSONNode, _ relative: Double, _ absolute: Double, _ place: String
    ) throws {
        switch expected {
        case .object(let fields):
            for (key, value) in fields {
                let found = try #require(result[key], "\(place).\(key) is missing in \(result)")
                try compare(found, value, relative, absolute, "\(place).\(key)")
            }
            if place.hasSuffix("sensitivities") || place.hasSuffix("contributions"), case .object(let found) = result {
                #expect(Set(found.keys) == Set(fields.keys), "\(place)")
            }
        case .number(let number):
            let found = try #require(result.number, "\(place): \(result)")
            #expect(
                abs(found - number) <= (number == 0 ? absolute : relative * abs(number)),
                "\(place): \(found) instead of \(number)")
        default: #expect(result == expected, "\(place)")
        }
    }

    /// Figures that the documents print, at the tolerance that their digits imply.
    @Test(arguments: CaseFile.ids("gum_budgets"))
    func `a budget agrees with what its document prints`(_ id: String) throws {
        let given = try CaseFile.named(id, of: "gum_budgets")
        guard case .object(let outputs)? = given["published"] else { return }
        let answer = try CaseFile.answer(given, by: GumBudgetCase.self, kind: "gum_budgets")
        for (name, figures) in outputs {
            guard case .object(let printed) = figures else { continue }
            for (key, figure) in printed where figure["reproduced"]?.text != "differs" {
                guard let found = answer["result"]?[name]?[key]?.number, let text = figure["text"]?.value,
                    let tolerance = figure["tol"]?.number
                else { continue }
                #expect(abs(found - text) <= tolerance, "\(id) \(name).\(key): \(found), printed \(text)")
            }
        }
    }

    static let sound = """
        {"inputs": [{"name": "x", "value": "1", "distribution": "normal", "u": "0.1", "dof": "9"},
        {"name": "z", "value": "2", "distribution": "rectangular", "half_width": "0.3", "dof": "inf"},
        {"name": "w", "value": "2", "distribution": "t", "u": "0.3", "dof": "7"}],
        "correlations": [{"a": "x", "b": "z", "r": "0.5"}], "outputs": [{"name": "y", "model": "x*z + w"}],
        "coverage": {"method": "fixed", "k": "2"}, "second_order": false}
        """

    @Test(arguments: [
        (#""u": "0.1""#, #""u": "-0.1""#, "'x', u"), (#""u": "0.1""#, #""u": "abc""#, "inputs[0].u"),
        (#""u": "0.1""#, #""U": "0.1", "k": "0""#, "'x', k"), (#""u": "0.1""#, #""U": "0.1""#, "'x', k"),
        (#""u": "0.1""#, #""u": "0.1", "U": "0.2", "k": "2""#, "'x', u"), (#""u": "0.1", "#, "", "'x', u"),
        (#""dof": "9""#, #""dof": "0""#, "'x', dof"), (#""dof": "9""#, #""dof": "many""#, "inputs[0].dof"),
        (#""value": "1", "#, "", "'x', value"), (#""value": "1""#, #""value": "NaN""#, "inputs[0].value"),
        (#""half_width": "0.3""#, #""half_width": "-1""#, "'z', half_width"), (#""half_width": "0.3", "#, "", "'z', half_width"),
        (#""distribution": "rectangular""#, #""distribution": "cauchy""#, "'z', distribution"),
        (#""distribution": "rectangular""#, #""distribution": "trapezoidal", "beta": "1.2""#, "'z', beta"),
        (#""distribution": "rectangular""#, #""distribution": "ctrap", "d": "0.4""#, "'z', d"),
        (#""distribution": "rectangular""#, #""distribution": "pooled", "pooled_s": "1", "n": 0"#, "'z', n"),
        (#""distribution": "rectangular""#, #""distribution": "pooled", "pooled_s": "1", "n": 2.5"#, "'z', n"),
        (#""value": "2", "distribution": "rectangular""#, #""distribution": "readings", "readings": ["1.0"]"#, "'z', readings"),
        (#""distribution": "rectangular""#, #""distribution": "readings", "readings": ["1.0", "2.0"]"#, "'z', value"),
        (#""r": "0.5""#, #""r": "1.5""#, "'x' and 'z'"), (#""b": "z""#, #""b": "q""#, "'q' is no input"),
        (#""b": "z""#, #""b": "x""#, "itself"), (#""name": "z""#, #""name": "x""#, "'x'"),
        (#""k": "2""#, #""k": "-2""#, "coverage, k"), (#""method": "fixed""#, #""method": "guess""#, "coverage, method"),
        (#""method": "fixed", "k": "2""#, #""method": "t", "p": "1.2", "dof": "truncate""#, "coverage, p"),
        (#""method": "fixed", "k": "2""#, #""method": "t", "p": "0.95", "dof": "round""#, "coverage, dof"),
        (#""method": "fixed", "k": "2""#, #""method": "trapezoidal", "p": "0.95", "beta": "2""#, "coverage, beta"),
        (#""coverage": {"method": "fixed", "k": "2"}, "#, "", "coverage is missing"),
        (#""outputs": [{"name": "y", "model": "x*z + w"}]"#, #""outputs": []"#, "outputs"),
        (#""name": "y""#, #""name": "y y""#, "'y y'"), (#""dof": "7""#, #""k": "7""#, "'w', dof"),
        (
            #"[{"a": "x", "b": "z", "r": "0.5"}]"#,
            #"[{"a": "x", "b": "z", "r": "0.9"}, {"a": "x", "b": "w", "r": "0.9"}, {"a": "z", "b": "w", "r": "-0.9"}]"#,
            "cannot belong together"
        ),
        (
            #"[{"a": "x", "b": "z", "r": "0.5"}]"#, #"[{"a": "x", "b": "z", "r": "0.5"}, {"a": "z", "b": "x", "r": "0.5"}]"#,
            "twice"
        ),
    ])
    func `a bad budget is refused and its field named`(_ sound: String, _ bad: String, _ word: String) throws {
        #expect(Self.sound.contains(sound))
        let answer = try Self.answer(Self.sound.replacing(sound, with: bad))
        #expect(answer["error"]?["code"]?.text == "invalid", "\(answer)")
        #expect(answer["error"]?["message"]?.text?.contains(word) == true, "\(answer)")
    }

    @Test(arguments: [
        ("x*z + w", "x*(z + w", "syntax"), ("x*z + w", "x*z + v", "unknown_name"), ("x*z + w", "root(x)", "unknown_function"),
        ("x*z + w", "1/(x - 1)", "domain"), ("x*z + w", "sqrt(x - 1)", "domain"),
    ])
    func `a fault of the model has its class`(_ sound: String, _ bad: String, _ code: String) throws {
        let answer = try Self.answer(Self.sound.replacing(sound, with: bad))
        #expect(answer["error"]?["code"]?.text == code, "\(answer)")
    }

    @Test func `correlated inputs with finite degrees of freedom get no factor from Student`() throws {
        let answer = try Self.answer(
            Self.sound.replacing(#""method": "fixed", "k": "2""#, with: #""method": "t", "p": "0.95", "dof": "truncate""#))
        let output = try #require(answer["result"]?["y"])
        #expect(output["nu_eff"] == .null && output["k"] == .null && output["U"] == .null && output["u_c"]?.number != nil)
        #expect(output["warnings"]?.list.count == 1)
    }

    @Test func `an output without uncertainty says so although its input has one`() throws {
        let given = try CaseFile.named("own-square-at-zero", of: "gum_budgets")
        let answer = try CaseFile.answer(given, by: GumBudgetCase.self, kind: "gum_budgets")
        #expect(answer["result"]?["y"]?["warnings"]?.list.first?.text?.contains("u_c = 0") == true)
    }

    private static func answer(_ text: String) throws -> JSONNode {
        try CaseFile.answer(
            JSONDecoder().decode(JSONNode.self, from: Data(text.utf8)), by: GumBudgetCase.self, kind: "gum_budgets")
    }
}
