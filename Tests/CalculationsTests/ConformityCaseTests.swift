// SPDX-License-Identifier: Apache-2.0
import Calculations
import Testing

@Suite("Cases of conformity (ILAC-G8, JCGM 106, OIML R 76-1)")
struct ConformityCaseTests {
    @Test(arguments: CaseFile.ids("decision_rules"))
    func `decisions and decimals agree exactly, probabilities to nine digits`(id: String) throws {
        let given = try CaseFile.named(id, of: "decision_rules")
        try expectAgreement(CaseFile.answer(given, by: DecisionRuleCase.self, kind: "decision_rules"), given, id)
    }

    @Test(arguments: CaseFile.ids("nawi_mpe"))
    func `permissible errors of weighing instruments agree exactly`(id: String) throws {
        let given = try CaseFile.named(id, of: "nawi_mpe")
        try expectAgreement(CaseFile.answer(given, by: WeighingCase.self, kind: "nawi_mpe"), given, id)
    }

    @Test func `all cases are there`() {
        #expect(CaseFile.ids("decision_rules").count == 49 && CaseFile.ids("nawi_mpe").count == 38)
    }

    @Test(arguments: [
        ("NCSLI RP-19 and Deaver", "dec-05"), ("ILAC-G8 table of risks", "dec-04"), ("JCGM 106 examples", "dec-04"),
    ])
    func `printed figures of the documents are met`(source: String, prefix: String) throws {
        for id in CaseFile.ids("decision_rules") where id.hasPrefix(prefix) {
            let given = try CaseFile.named(id, of: "decision_rules")
            guard let published = given["published"] else { continue }
            let answer = try CaseFile.answer(given, by: DecisionRuleCase.self, kind: "decision_rules")["result"]
            if let tolerance = published["tol"]?.value {
                guard case .object(let only)? = answer, let got = only.values.first?.value else {
                    Issue.record("\(id) has no single figure")
                    continue
                }
                #expect(abs(got - (published["text"]?.value ?? .nan)) <= tolerance, "\(source) \(id): \(got)")
                continue
            }
            guard case .object(let figures) = published else { continue }
            for (key, figure) in figures {
                let got = answer?[key]?.value ?? .nan
                let wanted = figure["text"]?.value ?? .nan
                #expect(abs(got - wanted) <= figure["tol"]?.value ?? 0, "\(source) \(id) \(key): \(got), printed \(wanted)")
            }
        }
    }

    /// What a bad field is made of, and the field that the refusal names.
    static let badStatements: [(field: String, value: JSONNode?)] = [
        ("op", .string("verdict")), ("op", nil), ("rule", .string("guess")), ("rule", nil), ("measured", nil),
        ("measured", .string("NaN")), ("measured", .string("")), ("measured", .array([])), ("measured", .string("1,000.5")),
        ("expanded_uncertainty", .string("-0.05")), ("expanded_uncertainty", .string("0")), ("expanded_uncertainty", nil),
        ("coverage_factor", .string("0")), ("coverage_factor", .string("-2")), ("coverage_factor", .string("inf")),
        ("lower_limit", nil), ("upper_limit", .string("9.0")), ("lower_limit", .string("1e400")),
        ("measured", .string("12345678901234567890123456789012345678901234567890")),
    ]

    @Test(arguments: badStatements)
    func `a bad statement is refused by the name of its field`(field: String, value: JSONNode?) throws {
        var fields: [String: JSONNode] = [
            "id": .string("bad"), "op": .string("statement"), "rule": .string("guard_band_U"), "measured": .string("9.98"),
            "expanded_uncertainty": .string("0.05"), "coverage_factor": .string("2"), "lower_limit": .string("9.90"),
            "upper_limit": .string("10.10"),
        ]
        fields[field] = value
        try expectRefusal(fields, by: DecisionRuleCase.self, naming: field)
    }

    @Test(arguments: [
        ("guard_band", "method", "tarot"), ("guard_band", "tur", "0"), ("risk", "sided", "three"),
        ("risk", "coverage_factor", "0"),
        ("global", "process_sd", "0"), ("global", "process_sd", "-1"), ("global", "measurement_u", "0"),
        ("global", "upper_limit", "-2"), ("probability", "standard_uncertainty", "-1"), ("probability", "lower_limit", "x"),
        ("target", "max_specific_risk", "0"), ("target", "max_specific_risk", "1.5"), ("statement", "guard_band_multiplier", "r"),
        ("rss", "tur", "0.5"), ("mpe", "accuracy_class", "V"), ("mpe", "e", "0"), ("mpe", "e", "-1"), ("mpe", "stage", "yearly"),
        ("mpe", "load", "many"), ("class", "unit", "stone"), ("class", "max", "-3"), ("class", "e", "0"),
        ("changeover", "additional_load", "-1"), ("changeover", "error_at_zero", ""), ("changeover", "stage", "never"),
    ])
    func `a bad value is refused by the name of its field`(form: String, field: String, value: String) throws {
        var fields = try #require(Self.goodForms[form])
        fields[field] = value
        let nodes = fields.mapValues { JSONNode.string($0) }
        if ["mpe", "class", "changeover"].contains(form) {
            try expectRefusal(nodes, by: WeighingCase.self, naming: field)
        } else {
            try expectRefusal(nodes, by: DecisionRuleCase.self, naming: field)
        }
    }

    private static let goodForms: [String: [String: String]] = [
        "guard_band": ["op": "guard_band", "method": "z540.3-method-6", "tur": "4"],
        "rss": ["op": "guard_band", "method": "rss", "tur": "4"],
        "target": ["op": "guard_band", "method": "specific-risk-target-one-sided", "max_specific_risk": "0.05"],
        "risk": ["op": "risk_at_acceptance_limit", "guard_band_multiplier": "1", "coverage_factor": "2", "sided": "one"],
        "global": [
            "op": "global_risk", "process_mean": "0", "process_sd": "1", "measurement_u": "0.2", "lower_limit": "-1",
            "upper_limit": "1", "acceptance_lower": "-1", "acceptance_upper": "1",
        ],
        "probability": [
            "op": "conformance_probability", "measured": "1", "standard_uncertainty": "1", "lower_limit": "0", "upper_limit": "2",
        ],
        "statement": [
            "op": "statement", "rule": "guard_band_rU", "guard_band_multiplier": "0.83", "measured": "1",
            "expanded_uncertainty": "0.1", "coverage_factor": "2", "lower_limit": "0", "upper_limit": "2",
        ],
        "mpe": ["op": "mpe", "accuracy_class": "III", "e": "1", "unit": "g", "load": "10", "stage": "initial"],
        "class": ["op": "class_check", "accuracy_class": "III", "e": "1", "unit": "g", "max": "3000"],
        "changeover": [
            "op": "error_from_changeover", "e": "1", "indication": "501", "additional_load": "0.9", "load": "500",
            "error_at_zero": "0", "accuracy_class": "III", "stage": "initial",
        ],
    ]

    @Test func `the forms that bad values are put into are good themselves`() throws {
        for (form, fields) in Self.goodForms {
            let node = JSONNode.object(fields.mapValues { .string($0) })
            let answer =
                try ["mpe", "class", "changeover"].contains(form)
                ? CaseFile.answer(node, by: WeighingCase.self, kind: form)
                : CaseFile.answer(node, by: DecisionRuleCase.self, kind: form)
            #expect(answer["result"] != nil, "\(form): \(answer)")
        }
    }

    @Test func `a JSON number is read with the digits that it is written with`() throws {
        let document =
            #"{"cases":[{"id":"n","op":"statement","rule":"guard_band_U","measured":0.2,"#
            + #""expanded_uncertainty":0.1,"coverage_factor":2,"lower_limit":null,"upper_limit":0.3}]}"#
        let answer = try CalculationDocument<DecisionRuleCase>.solve(Array(document.utf8), kind: "decision_rules")
        #expect(String(decoding: answer, as: UTF8.self).contains(#""decision":"pass""#))
    }

    @Test func `a bad case leaves the others their answers`() throws {
        let document = #"{"cases":[{"id":"a"},{"id":"b","op":"guard_band","method":"rss","tur":"2"},{"id":"c","op":7}]}"#
        let answer = try CalculationDocument<DecisionRuleCase>.solve(Array(document.utf8), kind: "decision_rules")
        let text = String(decoding: answer, as: UTF8.self)
        #expect(text.contains("0.8660254037844386") && text.split(separator: "\"error\"").count == 3)
    }

    private func expectRefusal<Case: Calculation>(
        _ fields: [String: JSONNode], by type: Case.Type, naming field: String
    ) throws {
        let error = try CaseFile.answer(.object(fields), by: type, kind: "bad")["error"]
        #expect(error?["code"]?.text == "invalid", "\(field)")
        #expect(error?["message"]?.text?.contains(field) == true, "\(field): \(error?["message"]?.text ?? "answered")")
    }

    private func expectAgreement(_ answer: JSONNode, _ given: JSONNode, _ id: String) throws {
        guard case .object(let wanted)? = given["expected"] else { throw ExpectationMissing() }
        guard case .object(let got)? = answer["result"] else {
            Issue.record("\(id): \(answer)")
            return
        }
        #expect(Set(got.keys) == Set(wanted.keys), "\(id)")
        for (key, value) in wanted {
            if case .number(let number) = value {
                let found = got[key]?.number ?? .nan
                #expect(abs(found - number) <= 1e-9 * abs(number), "\(id) \(key): \(found), not \(number)")
            } else {
                #expect(got[key] == value, "\(id) \(key)")
            }
        }
    }
}

private struct ExpectationMissing: Error {}
