// SPDX-License-Identifier: Apache-2.0
internal import Calculations
internal import FoundationEssentials
import Testing

@Suite("Budgets, expressions and functions against damaged cases") struct BudgetRefusalTests {
    /// Number of damaged cases of each kind: 600, or a hundredth of ETALON_FUZZ_COUNT, as a case is a hundred times as long as a text.
    static let count = max(600, (ProcessInfo.processInfo.environment["ETALON_FUZZ_COUNT"].flatMap(Int.init) ?? 0) / 100)

    /// Random numbers that are the same in every run.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private static let junk: [JSONNode] = [
        .null, .bool(true), .number(-1), .number(0), .number(1e308), .number(1e-308), .number(2.5), .string(""), .string("NaN"),
        .string("inf"),
        .string("-inf"), .string("1e999"), .string("1e-999"), .string("-0.0"), .string("0"), .string("-3"), .string("1,5"),
        .string("1.234.567"),
        .string("99999999999999999999999999999999999999999999"),
        .string("0.000000000000000000000000000000000000000000000000000000000000001"),
        .string("1e300"), .string("1e-300"), .string("x"), .string("((((("), .string("1/0"), .string("sqrt(-1)"), .string("∞"),
        .array([]),
        .object([:]), .array([.null]), .string("1"), .string("t"), .string("rectangular"), .string("readings"), .string("exact"),
    ]

    /// The node with one value changed, lost or doubled somewhere.
    private static func damaged(_ node: JSONNode, _ random: inout Generator) -> JSONNode {
        switch node {
        case .object(var fields) where !fields.isEmpty && Int.random(in: 0..<8, using: &random) > 0:
            guard let key = fields.keys.sorted().randomElement(using: &random), let value = fields[key] else { return node }
            fields[key] = Int.random(in: 0..<10, using: &random) == 0 ? nil : damaged(value, &random)
            return .object(fields)
        case .array(var items) where !items.isEmpty && Int.random(in: 0..<8, using: &random) > 0:
            let place = Int.random(in: 0..<items.count, using: &random)
            switch Int.random(in: 0..<8, using: &random) {
            case 0: items.remove(at: place)
            case 1: items.append(items[place])
            default: items[place] = damaged(items[place], &random)
            }
            return .array(items)
        default: return junk.randomElement(using: &random) ?? .null
        }
    }

    private func hold<Case: Calculation>(_ type: Case.Type, _ kind: String, _ seed: UInt64) throws {
        var random = Generator(state: seed)
        let cases = try CaseFile(kind).cases
        var refused = 0
        for round in 0..<Self.count {
            var given = try #require(cases.randomElement(using: &random))
            for _ in 0..<Int.random(in: 1...2, using: &random) { given = Self.damaged(given, &random) }
            guard case .object = given else { continue }
            let answer = try CaseFile.answer(given, by: type, kind: kind)
            if let error = answer["error"], error != .null {
                refused += 1
                let codes = ["invalid", "syntax", "unknown_name", "unknown_function", "domain"]
                #expect(codes.contains(error["code"]?.text ?? ""), "seed \(seed) round \(round): \(answer)")
                #expect(error["message"]?.text?.isEmpty == false, "seed \(seed) round \(round): \(given)")
            } else {
                #expect(answer["result"] != nil, "seed \(seed) round \(round): \(given)")
            }
        }
        #expect(refused > Self.count / 20)
    }

    @Test func `damaged budgets are answered or refused with a reason`() throws {
        try hold(GumBudgetCase.self, "gum_budgets", 70_101)
    }

    @Test func `damaged expressions are answered or refused with a reason`() throws {
        try hold(ExpressionCase.self, "expressions", 70_102)
    }

    @Test func `damaged functions are answered or refused with a reason`() throws {
        try hold(SpecialFunctionCase.self, "special_functions", 70_103)
    }
}
