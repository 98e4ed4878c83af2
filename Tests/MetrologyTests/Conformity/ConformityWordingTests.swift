// SPDX-License-Identifier: Apache-2.0
import Metrology
import Testing

@Suite("Wording of statements of conformity (ISO/IEC 17025:2017, 7.8.6)")
struct ConformityWordingTests {
    private func wording(
        _ value: String, _ lower: String?, _ upper: String?, U: String?, p: String? = nil, rule: String, unit: String = "mm"
    ) throws -> BilingualWording {
        let uncertainty = try U.map {
            try StatedUncertainty(
                expanded: decimal($0), coverageFactor: DecimalNumber(2), coverageProbability: p.map(decimal))
        }
        return try ConformityStatement(
            value: decimal(value), limits: ToleranceLimits(lower: lower.map(decimal), upper: upper.map(decimal)),
            uncertainty: uncertainty, rule: DecisionRule(words: rule)
        ).wording(unit: unit)
    }

    @Test func `a pass with a guard band names limits, rule, uncertainty and risk in both languages`() throws {
        let text = try wording("9.98", "9.90", "10.10", U: "0.05", p: "0.9545", rule: "guard_band_U")
        let english = [
            "Pass: the measured value 9.98 mm lies within the acceptance limits (9.95 mm to 10.05 mm).",
            "Decision rule: guarded acceptance, w = U (ILAC-G8:09/2019); w = 0.05 mm.",
            "Tolerance limits: 9.90 mm to 10.10 mm.",
            "Expanded uncertainty U = 0.05 mm, coverage factor k = 2, coverage probability about 95.45 %.",
            "Probability that the true value does not conform: 0.069 %.",
            "For any accepted result this probability is at most 2.3 %.",
        ]
        let vietnamese = [
            "Đạt: giá trị đo 9,98 mm nằm trong giới hạn chấp nhận (từ 9,95 mm đến 10,05 mm).",
            "Quy tắc quyết định: chấp nhận có dải bảo vệ, w = U (ILAC-G8:09/2019); w = 0,05 mm.",
            "Giới hạn dung sai: từ 9,90 mm đến 10,10 mm.",
            "Độ không đảm bảo đo mở rộng U = 0,05 mm, hệ số phủ k = 2, xác suất phủ khoảng 95,45 %.",
            "Xác suất giá trị thực không phù hợp: 0,069 %.",
            "Với mọi kết quả được chấp nhận, xác suất này không quá 2,3 %.",
        ]
        #expect(plain(text.english) == english.joined(separator: " "))
        #expect(plain(text.vietnamese) == vietnamese.joined(separator: " "))
    }

    @Test func `a verification without uncertainty says nothing about risk`() throws {
        let text = try wording("-0.31", "-0.3", "0.3", U: nil, rule: "simple", unit: "%")
        #expect(
            plain(text.english)
                == "Fail: the measured value −0.31 % lies outside the acceptance limits (−0.3 % to 0.3 %). "
                + "Decision rule: simple acceptance, w = 0 (ILAC-G8:09/2019). Tolerance limits: −0.3 % to 0.3 %.")
        #expect(
            plain(text.vietnamese).hasPrefix("Không đạt: giá trị đo −0,31 % nằm ngoài giới hạn chấp nhận (từ −0,3 % đến 0,3 %)."))
    }

    @Test func `conditional statements and empty acceptance say so`() throws {
        #expect(try wording("10.07", "9.9", "10.1", U: "0.05", rule: "non_binary").english.hasPrefix("Conditional pass: "))
        #expect(
            try wording("10.12", "9.9", "10.1", U: "0.05", rule: "non_binary").vietnamese.hasPrefix("Không đạt có điều kiện: "))
        #expect(try wording("10", "9.9", "10.1", U: "0.11", rule: "guard_band_U").english.contains("no value can be accepted"))
        let rejected = try wording("10.151", "9.90", "10.10", U: "0.05", rule: "guarded_rejection").english
        #expect(plain(rejected).contains("w = −U (ILAC-G8:09/2019); w = −0.05 mm"), "\(rejected)")
        #expect(rejected.contains("conforms nevertheless"))
    }

    @Test func `one limit is worded as at most or at least`() throws {
        #expect(plain(try wording("2", nil, "5", U: "0.1", rule: "simple", unit: "").english).contains("(at most 5)"))
        #expect(plain(try wording("2", "1", nil, U: "0.1", rule: "simple").vietnamese).contains("không nhỏ hơn 1 mm"))
    }

    @Test(arguments: [
        "simple", "shared_risk 3", "guard_band_U", "guard_band_rU 0.83", "guarded_rejection", "non_binary", "permitted_risk 0.05",
        "z540.3-method-6", "rss",
    ])
    func `every rule has a name in both languages, with a decimal comma in Vietnamese`(words: String) throws {
        let title = try DecisionRule(words: words).title
        #expect(!title.english.isEmpty && !title.vietnamese.isEmpty && title.english != title.vietnamese)
        #expect(!title.vietnamese.contains("0.83") && !title.english.contains(words.split(separator: " ")[0] + "_"))
    }

    /// Text with plain blanks between number and unit.
    private func plain(_ text: String) -> String {
        String(text.map { $0 == "\u{A0}" ? " " : $0 })
    }
}
