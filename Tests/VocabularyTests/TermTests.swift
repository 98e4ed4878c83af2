// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Vocabulary

@Suite("Words for codes")
struct TermTests {
    @Test func `no code stands twice, and none is its own Vietnamese word`() {
        for list in [Terms.entries, Terms.roles] {
            var seen: Set<String> = []
            for entry in list {
                #expect(seen.insert(entry.code).inserted, "\(entry.code)")
                #expect(!entry.vi.isEmpty && !entry.en.isEmpty && entry.vi != entry.code, "\(entry.code)")
                #expect(!entry.vi.contains("_") && !entry.en.contains("_"), "\(entry.code)")
            }
        }
    }

    @Test func `a code has a word, a name has none`() {
        #expect(Terms.word(for: "affixed") == Bilingual(vi: "đã dán", en: "affixed"))
        #expect(Terms.word(for: "laboratory_head")?.vi == "trưởng phòng")
        #expect(Terms.word(for: "more_digits_than_method")?.vi == "nhiều chữ số hơn phương pháp cho phép")
        #expect(Terms.role("quality")?.vi == "quản lý chất lượng")
        #expect(Terms.outcome("handed_over")?.en == "left to whom the unassigned goes")
        #expect(Terms.word(for: "handed_over")?.en == "handed over" && Terms.outcome("pass") == Terms.word(for: "pass"))
        #expect(Terms.word(for: "Nguyễn Văn A") == nil && Terms.word(for: "") == nil && Terms.role("affixed") == nil)
    }

    @Test(arguments: [Int32(1), 2, 5, 13, 20, 21, 22, 28, 30, 32, 98, 104, 111])
    func `a reason of the system is told in both languages`(number: Int32) {
        let reason = SystemReason.text(number)
        #expect(reason.vi != reason.en && !reason.vi.contains(reason.en) && !reason.vi.isEmpty)
    }

    @Test func `a reason without a word of ours keeps the system's words in quotes`() {
        let reason = SystemReason.text(41)
        #expect(reason.vi == "lỗi hệ thống 41 “\(reason.en)”")
    }
}

@Suite("Citations")
struct CitationTests {
    @Test(arguments: [
        ("Law 04/2011/QH13, Art. 14(6)", "Luật 04/2011/QH13, Điều 14(6)"),
        ("Circular 24/2013/TT-BKHCN, Art. 41(11)", "Thông tư 24/2013/TT-BKHCN, Điều 41(11)"),
        ("ISO/IEC 17025:2017, 7.8.8", "ISO/IEC 17025:2017, 7.8.8"), ("JCGM 100:2008, G.4", "JCGM 100:2008, G.4"),
        ("register of customers", "sổ khách hàng"), ("register of deadlines", "sổ theo dõi hạn"),
        ("queue of jobs", "hàng đợi công việc"),
    ])
    func `a Vietnamese act is cited in Vietnamese, a standard as it is`(clause: String, vietnamese: String) {
        #expect(Citation.vietnamese(clause) == vietnamese)
    }
}

@Suite("The language of a run")
struct LanguageTests {
    @Test(
        arguments: [
            (nil, "vi_VN.UTF-8", Language.vi), (nil, "vi", .vi), (nil, "en_US.UTF-8", .en), (nil, "C", .en),
            (nil, nil, .en), (Language.en, "vi_VN", .en), (Language.vi, "C", .vi), (nil, "vie_VN", .en),
        ] as [(Language?, String?, Language)])
    func `the option decides, then LANG, then English`(_ option: Language?, _ lang: String?, _ expected: Language) {
        #expect(Language.chosen(option: option, lang: lang) == expected)
    }

    @Test(
        arguments: [
            (["--lang", "vi", "due"], Language.vi), (["due", "--lang=en"], .en), (["due", "--lang"], nil),
            (["due", "--lang", "fr"], nil),
            (["--lang", "vi", "due", "--lang", "en"], .en), (["sign", "--", "--lang", "vi"], nil), ([], nil),
        ] as [([String], Language?)])
    func `is found in arguments that nobody could parse`(arguments: [String], language: Language?) {
        #expect(Language.named(in: arguments) == language)
    }

    @Test func `a reason fills each language with its own words`() {
        let text = Bilingual(vi: "tệp {file}: {why}", en: "file {file}: {why}")
            .filled(["file": "a"], why: Bilingual(vi: "đầy", en: "full"))
        #expect(text == Bilingual(vi: "tệp a: đầy", en: "file a: full"))
    }
}
