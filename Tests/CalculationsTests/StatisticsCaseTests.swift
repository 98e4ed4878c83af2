// SPDX-License-Identifier: Apache-2.0
import Calculations
import Testing

@Suite("Worked cases of statistics (NIST StRD, JCGM 100 H.3 and H.5, ISO 13528, ISO 7870)")
struct StatisticsCaseTests {
    @Test(arguments: CaseFile.ids("univariate"))
    func `a series of readings has the certified mean, deviation and autocorrelation`(id: String) throws {
        let given = try CaseFile.named(id, of: "univariate")
        let result = try answer(given, by: Univariate.self, kind: "univariate")
        for (key, digits) in try fields(given["log_relative_error_min"]) {
            let reached = logRelativeError(result[key]?.number, given["certified"]?[key]?.value)
            #expect(reached >= digits.number ?? 15, "\(id) \(key): \(reached) digits")
        }
        expectSame(result, given["expected"], relative: 1e-9, "\(id)")
    }

    @Test(arguments: CaseFile.ids("anova"))
    func `groups of readings are analysed as the worked case does`(id: String) throws {
        let given = try CaseFile.named(id, of: "anova")
        expectSame(try answer(given, by: Anova.self, kind: "anova"), given["expected"], relative: 1e-9, id)
    }

    @Test(arguments: CaseFile.ids("proficiency"))
    func `a score, a robust mean or a check of homogeneity is the one of the worked case`(id: String) throws {
        let given = try CaseFile.named(id, of: "proficiency")
        expectSame(try answer(given, by: Proficiency.self, kind: "proficiency"), given["expected"], relative: 1e-9, id)
    }

    @Test(arguments: CaseFile.ids("qc_charts"))
    func `a chart has the constants, limits and broken rules of the worked case`(id: String) throws {
        let given = try CaseFile.named(id, of: "qc_charts")
        expectSame(try answer(given, by: QualityControl.self, kind: "qc_charts"), given["expected"], relative: 1e-6, id)
    }

    @Test(arguments: CaseFile.ids("intervals"))
    func `an interval is the one of the worked case`(id: String) throws {
        let given = try CaseFile.named(id, of: "intervals")
        expectSame(try answer(given, by: Intervals.self, kind: "intervals"), given["expected"], relative: 1e-7, id)
    }

    @Test(arguments: CaseFile.ids("regression"))
    func `a fit has the certified parameters and uncertainties`(id: String) throws {
        let given = try CaseFile.named(id, of: "regression")
        let result = try answer(Self.withQuestions(given), by: Regression.self, kind: "regression")
        for (key, digits) in try fields(given["log_relative_error_min"]) {
            let pairs = zip(result[key]?.list ?? [], given["certified"]?[key]?.list ?? [])
            for (index, (got, certified)) in pairs.enumerated() {
                let reached = logRelativeError(got.number, certified.value)
                // Everything but an exact fit is good to the last digits that are certified.
                #expect(reached >= max(digits.number ?? 15, 13.5), "\(id) \(key)[\(index)]: \(reached) digits")
            }
        }
        // An exact fit leaves residuals of rounding alone, which no two programs share.
        let isExact = (given["expected"]?["residual_standard_deviation"]?.number ?? 1) < 1e-50
        var expected = try #require(given["expected"])
        if isExact, let parameters = expected["parameters"] { expected = .object(["parameters": parameters]) }
        expectSame(result, expected, relative: 1e-9, id)
    }

    @Test func `what a worked case lists as answers is not read, only what it asks`() throws {
        let given = try CaseFile.named("ts28037-equal", of: "regression")
        guard case .object(var fields) = given else { return }
        fields["expected"] = .object([
            "parameters": .array([.number(7)]),
            "predictions": .array([.object(["x": .string("3.5"), "y": .number(99)])]),
            "inverse": .array([.object(["y": .string("10.5"), "u_y": .string("0.5"), "x": .number(99)])]),
        ])
        let result = try answerWhole(.object(fields), by: Regression.self, kind: "regression")["result"]
        expectSame(result, given["expected"], relative: 1e-9, "ts28037-equal")
    }

    /// A case that asks beside the data what its expected part asks beside the answers.
    private static func withQuestions(_ given: JSONNode) -> JSONNode {
        guard case .object(var fields) = given else { return given }
        func questions(_ list: String, keys: [String]) -> JSONNode? {
            guard let asked = given["expected"]?[list]?.list else { return nil }
            return .array(asked.map { entry in .object(Dictionary(uniqueKeysWithValues: keys.map { ($0, entry[$0] ?? .null) })) })
        }
        fields["predictions"] = given["expected"]?["predictions"] == nil ? nil : questions("predictions", keys: ["x"])
        fields["inverse"] = given["expected"]?["inverse"] == nil ? nil : questions("inverse", keys: ["y", "u_y"])
        return .object(fields)
    }
}
