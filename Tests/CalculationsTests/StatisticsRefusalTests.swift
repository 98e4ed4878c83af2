// SPDX-License-Identifier: Apache-2.0
import Calculations
import FoundationEssentials
import Testing

@Suite("Cases of statistics that have no answer")
struct StatisticsRefusalTests {
    private func message<Case: Calculation>(_ text: String, _ type: Case.Type) throws -> String {
        let given = try JSONDecoder().decode(JSONNode.self, from: Data(text.utf8))
        let answered = try answerWhole(given, by: type, kind: "kind")
        #expect(answered["error"]?["code"]?.text == "invalid", "\(answered)")
        return answered["error"]?["message"]?.text ?? ""
    }

    @Test(arguments: [
        (#"{"data": ["1"]}"#, "data"), (#"{"data": []}"#, "data"), (#"{}"#, "data"), (#"{"data": ["1", "x"]}"#, "data[1]"),
        (#"{"data": ["1", "NaN"]}"#, "data[1]"), (#"{"data": "1"}"#, "data"), (#"{"data": [1, null]}"#, "data[1]"),
    ])
    func `a series that is no series`(text: String, field: String) throws {
        let said = try message(text, Univariate.self)
        #expect(said.hasPrefix(field) || said.contains("\(field) is missing"), "\(said)")
    }

    @Test(arguments: [
        (#"{"groups": 1, "per_group": 5, "group_means": ["1"], "group_standard_deviations": ["1"]}"#, "groups"),
        (#"{"groups": 2, "per_group": 1, "group_means": ["1", "2"], "group_standard_deviations": ["1", "1"]}"#, "groups"),
        (#"{"groups": 3, "per_group": 5, "group_means": ["1", "2"], "group_standard_deviations": ["1", "1"]}"#, "group_means"),
        (#"{"groups": 2, "per_group": 5, "group_means": ["1", "2"], "group_standard_deviations": ["1"]}"#, "group_standard"),
        (
            #"{"groups": 2, "per_group": 5, "group_means": ["1", "2"], "group_standard_deviations": ["1", "-1"]}"#,
            "group_standard"
        ),
        (#"{"groups": 2, "per_group": 9e18, "group_means": ["1", "2"], "group_standard_deviations": ["1", "1"]}"#, ""),
    ])
    func `a layout that is not balanced`(text: String, field: String) throws {
        let said = try message(text, Anova.self)
        #expect(said.hasPrefix(field) || said.contains("\(field) is missing"), "\(said)")
    }

    @Test(arguments: [
        (#"{"op": "zz", "result": "1", "assigned": "1", "sigma_pt": "1"}"#, "op"),
        (#"{"op": "z", "result": "1", "assigned": "1", "sigma_pt": "0"}"#, "sigma_pt"),
        (#"{"op": "z", "result": "1", "assigned": "1"}"#, "sigma_pt"),
        (#"{"op": "z_prime", "result": "1", "assigned": "1", "sigma_pt": "1", "u_assigned": "-1"}"#, "u_assigned"),
        (#"{"op": "En", "result": "1", "assigned": "1", "U_lab": "0", "U_assigned": "0"}"#, "U_lab"),
        (#"{"op": "zeta", "result": "1", "assigned": "1", "u_lab": "-0.1", "u_assigned": "0"}"#, "u_lab"),
        (#"{"op": "algorithm_A", "data": ["1"]}"#, "data"),
        (#"{"op": "homogeneity", "data": [["1", "2"]], "sigma_pt": "1"}"#, "data"),
        (#"{"op": "homogeneity", "data": [["1", "2"], ["1"]], "sigma_pt": "1"}"#, "data"),
        (#"{"op": "homogeneity", "data": [["1", "2"], ["1", "2"]], "sigma_pt": "-1"}"#, "sigma_pt"),
    ])
    func `a score without a scale`(text: String, field: String) throws {
        let said = try message(text, Proficiency.self)
        #expect(said.hasPrefix(field) || said.contains("\(field) is missing"), "\(said)")
    }

    @Test(arguments: [
        (#"{"op": "chart_constants", "subgroup_size": 1}"#, "subgroup_size"),
        (#"{"op": "chart_constants", "subgroup_size": 100000}"#, "subgroup_size"),
        (#"{"op": "chart_constants", "subgroup_size": 2.5}"#, "subgroup_size"),
        (#"{"op": "xbar_limits", "subgroups": [["1", "2"], ["1"]]}"#, "subgroups"),
        (#"{"op": "xbar_limits", "subgroups": []}"#, "subgroups"), (#"{"op": "individuals_limits", "values": ["1"]}"#, "values"),
        (#"{"op": "westgard", "z": []}"#, "z"), (#"{"op": "nelson", "z": ["a"]}"#, "z[0]"), (#"{"op": "cusum"}"#, "op"),
    ])
    func `a chart without points`(text: String, field: String) throws {
        let said = try message(text, QualityControl.self)
        #expect(said.hasPrefix(field) || said.contains("\(field) is missing"), "\(said)")
    }

    @Test(arguments: [
        (#"{"powers": [0, 1], "x": ["1", "2"], "y": ["1", "2"]}"#, "y"),
        (#"{"powers": [0, 1], "x": ["1", "2", "3"], "y": ["1", "2"]}"#, "y"),
        (#"{"powers": [0, 1], "x": ["1", "1", "1"], "y": ["1", "2", "3"]}"#, "powers"),
        (#"{"powers": [], "x": ["1", "2"], "y": ["1", "2"]}"#, "powers"), (#"{"x": ["1", "2"], "y": ["1", "2"]}"#, "powers"),
        (#"{"powers": [0, 99], "x": ["1", "2"], "y": ["1", "2"]}"#, "powers"),
        (#"{"powers": [0], "x": ["1", "2"], "y": ["1", "2"], "u": ["1", "-1"]}"#, "u[1]"),
        (#"{"powers": [0], "x": ["1", "2"], "y": ["1", "2"], "u": ["1"]}"#, "y"),
        (#"{"design_matrix": [["1", "2"], ["1"]], "y": ["1", "2"]}"#, "y"),
        (#"{"design_matrix": [], "y": []}"#, "y"),
        (#"{"x": ["1", "2", "3"], "y": ["1", "2", "3"], "u_x": ["1", "1"], "u_y": ["1", "1", "1"]}"#, "u_x"),
        (#"{"x": ["1", "2"], "y": ["1", "2"], "u_x": ["0", "1"], "u_y": ["0", "1"]}"#, "u[0]"),
        (#"{"x": ["1", "2"], "y": ["1", "2"], "u_x": ["1", "1"], "u_y": ["1", "1"], "r_xy": ["2", "0"]}"#, "r_xy[0]"),
        (#"{"x": ["1", "1"], "y": ["1", "2"], "u_x": ["1", "1"], "u_y": ["1", "1"]}"#, "powers"),
        (#"{"powers": [0, 1], "x": ["1", "2", "3"], "y": ["1", "1", "1"], "inverse": [{"y": "1", "u_y": "0"}]}"#, "inverse"),
    ])
    func `points without a curve`(text: String, field: String) throws {
        let said = try message(text, Regression.self)
        #expect(said.hasPrefix(field) || said.contains("\(field) is missing"), "\(said)")
    }

    @Test(arguments: [
        (#"{"method": "A4"}"#, "method"),
        (#"{"method": "A1", "interval": "365", "history": [2], "a": "0.1", "reliability_target": "0.9"}"#, "history"),
        (#"{"method": "A1", "interval": "365", "history": [1], "a": "-0.1", "reliability_target": "0.9"}"#, "a"),
        (#"{"method": "A2", "interval": "0", "history": [1], "reliability_target": "0.9"}"#, "interval"),
        (#"{"method": "A2", "interval": "365", "history": [1], "reliability_target": "1"}"#, "reliability_target"),
        (#"{"method": "reliability_interval", "in_tolerance": 6, "n": 5, "confidence": "0.9"}"#, "in_tolerance"),
        (#"{"method": "reliability_interval", "in_tolerance": 5, "n": 5, "confidence": "1.5"}"#, "confidence"),
        (#"{"method": "reliability_interval", "in_tolerance": 5, "n": 99999999999, "confidence": "0.5"}"#, "n"),
        (
            #"{"method": "S1-exponential", "times": ["1"], "n": [5], "in_tolerance": [5], "reliability_target": "0.9"}"#,
            "in_tolerance"
        ),
        (
            #"{"method": "S1-exponential", "times": ["1"], "n": [5, 6], "in_tolerance": [5], "reliability_target": "0.9"}"#,
            "times"
        ),
        (#"{"method": "S1-exponential", "times": ["-1"], "n": [5], "in_tolerance": [4], "reliability_target": "0.9"}"#, "times"),
        (#"{"method": "variables", "times": ["1"], "deviations": ["1"], "order": 1, "u0": "0", "y0": "0"}"#, "n"),
        (#"{"method": "variables", "times": ["1", "2"], "deviations": ["1", "1"], "order": 9, "u0": "0", "y0": "0"}"#, "order"),
    ])
    func `an interval without a basis`(text: String, field: String) throws {
        let said = try message(text, Intervals.self)
        #expect(said.hasPrefix(field) || said.contains("\(field) is missing"), "\(said)")
    }

    @Test func `a number that no type holds does not stop the other cases`() throws {
        let text = #"{"cases": [{"id": "a", "data": [1e999, 2]}, {"id": "b", "data": [1, 2]}]}"#
        let answered = try CalculationDocument<Univariate>.solve(Array(text.utf8), kind: "univariate")
        let results = try JSONDecoder().decode(JSONNode.self, from: Data(answered))["results"]?.list ?? []
        #expect(results.count == 2)
        #expect(results.first?["error"]?["code"]?.text == "invalid")
        #expect(results.last?["result"]?["mean"]?.number == 1.5)
    }

    @Test func `a worked case with a random fault is answered or refused, and never stops the program`() throws {
        // 800 cases take a second or two; ETALON_FUZZ_COUNT asks for more.
        let wanted = ProcessInfo.processInfo.environment["ETALON_FUZZ_COUNT"].flatMap(Int.init) ?? 800
        let cases = try ["univariate", "anova", "proficiency", "qc_charts", "intervals", "regression"].flatMap { kind in
            try CaseFile(kind).cases.map { (kind, $0) }
        }
        var refused = 0
        for seed in 0..<wanted {
            var generator = SeededNumbers(state: UInt64(seed))
            let (kind, given) = cases[seed % cases.count]
            let spoilt = Self.spoilt(given, using: &generator)
            let entry =
                switch kind {
                case "univariate": try answerWhole(spoilt, by: Univariate.self, kind: kind)
                case "anova": try answerWhole(spoilt, by: Anova.self, kind: kind)
                case "proficiency": try answerWhole(spoilt, by: Proficiency.self, kind: kind)
                case "qc_charts": try answerWhole(spoilt, by: QualityControl.self, kind: kind)
                case "intervals": try answerWhole(spoilt, by: Intervals.self, kind: kind)
                default: try answerWhole(spoilt, by: Regression.self, kind: kind)
                }
            // An id that is spoilt is an entry without an id; everything else is told.
            #expect((entry["result"] == nil) != (entry["error"] == nil), "seed \(seed): \(spoilt)")
            if let error = entry["error"] {
                refused += 1
                #expect(
                    error["code"]?.text == "invalid" && error["message"]?.text?.contains(": ") == true, "seed \(seed): \(error)")
            }
        }
        #expect(refused > wanted / 5, "\(refused) of \(wanted)")
    }

    /// One value somewhere in a case replaced by one that hardly belongs there.
    private static func spoilt(_ node: JSONNode, using generator: inout SeededNumbers) -> JSONNode {
        let faults: [JSONNode] = [
            .string("-1"), .string("0"), .string("NaN"), .string("inf"), .string(""), .string("1e38"), .string("1e-60"), .null,
            .number(-3), .number(1e300), .number(0), .array([]), .object([:]), .string("1e500"), .number(1e18), .bool(true),
            .string("99999999999999999999999999999999999999"), .array([.array([])]), .number(0.5),
        ]
        let index = Int.random(in: 0..<faults.count, using: &generator)
        switch node {
        case .object(var entries):
            let names = entries.keys.sorted()
            guard let name = names.randomElement(using: &generator) else { return faults[index] }
            entries[name] = Bool.random(using: &generator) ? spoilt(entries[name] ?? .null, using: &generator) : faults[index]
            return .object(entries)
        case .array(var entries) where !entries.isEmpty:
            let place = Int.random(in: 0..<entries.count, using: &generator)
            if Int.random(in: 0..<4, using: &generator) == 0 {
                entries.remove(at: place)
            } else {
                entries[place] = spoilt(entries[place], using: &generator)
            }
            return .array(entries)
        default: return faults[index]
        }
    }
}

/// Random numbers that are the same in every run (splitmix64).
struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
