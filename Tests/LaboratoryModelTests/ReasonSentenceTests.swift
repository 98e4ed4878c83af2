// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import Foundation
import Testing
import Vocabulary

@testable import LaboratoryModel

@Suite("Reasons of refusal, in words")
struct ReasonSentenceTests {
    private static let day = "2018-06-25"
    private static let step = CodedName("run_in", name: BilingualSentence(vi: "Chạy rà", en: "Running in"))
    private static let point = CodedName("qmax", name: BilingualSentence(vi: "Sai số tại Qmax", en: "Error at Qmax"))
    private static let bare = CodedName("up")

    private static let error = CodedName("error", name: BilingualSentence(vi: "Sai số", en: "Error"))
    private static let time = CodedName("time_s", name: BilingualSentence(vi: "Thời gian", en: "Time"))
    private static let air = CodedName("temperature", name: BilingualSentence(vi: "Nhiệt độ không khí", en: "Air temperature"))

    /// Every case, with each code that the program fills in.
    static let samples: [Reason] = people + scope + work + rest + codes

    private static let people: [Reason] = [
        .enteredAndReviewedBySamePerson(item: "M18-00012 PET-RON"), .enteredAndSignedBySamePerson(document: "1/2018/KQTN"),
        .measuredByAnother(document: "1/2018/GCNKD", verifier: "Lê Hoàng Nam"), .noSigningAuthority(level: "head", on: day),
        .alreadySigned(document: "1/2018/KQTN", step: "laboratory_head"), .verifierSignatureMissing(document: "1/2018/GCNKD"),
        .noCard(verifier: "an", on: day), .cardExpired(verifier: "an", card: "KĐV 1", expired: day, workedOn: "2018-07-01"),
        .cardDoesNotCover(verifier: "an", family: "physico_chemical"),
    ]

    private static let scope: [Reason] = [
        .notDesignated(type: "19", on: day), .standardMissing(kind: CodedName("volume_measure")),
        .standardMissing(kind: CodedName("volume_measure", name: BilingualSentence(vi: "Bình chuẩn", en: "Test measure"))),
        .standardNotCalibrated(standard: "B20-03", until: day, workedOn: "2018-07-01"),
        .standardNotCertified(standard: "B20-03", until: nil, workedOn: "2018-07-01"),
        .procedureNotInForce(procedure: "DLVN-10", on: day),
        .procedureDoesNotCover(procedure: "DLVN-10", kind: "calibration", type: "19"), .typeApprovalMissing(type: "19"),
    ]

    private static let work: [Reason] = [
        .nothingMeasured, .nozzleIncomplete(channel: 1, point: point, missing: 2, phase: "as_left"),
        .pointMissing(point: bare, missing: 1), .readingMissing(channel: nil, point: point, quantity: CodedName("reference")),
        .readingMissing(channel: 2, point: bare, quantity: time),
        .characteristicsMissing(names: ["e_g", "accuracy_class"]), .stepMissing(step: step), .stepFailed(step: step),
        .conditionMissing(quantity: CodedName("temperature_celsius")),
        .conditionOutsideLimits(quantity: air, value: "31.5", lower: "18", upper: "28", unit: "°C"),
        .conditionOutsideLimits(quantity: air, value: "31.5", lower: nil, upper: "28", unit: "°C"),
        .standardOutOfRange(standard: "AK-1", covered: "16 bar", needed: "25 bar"),
        .standardTooUncertain(standard: "VM20", uncertainty: "0.02 L", largest: "0.01 L"),
        .certificateLacks(standard: "VM20", value: "expanded_uncertainty"),
        .uncertaintyTooLarge(result: error, point: point, uncertainty: "0.2", largest: "0.1", unit: "g"),
        .notComputable(result: error, point: point, why: "chia cho 0"),
        .resultBeyondLimits(
            channel: 1, result: error, point: point, repetition: 2, value: "0.62", lower: "-0.5", upper: "0.5", unit: "%"),
        .resultBeyondLimits(
            channel: nil, result: error, point: nil, repetition: nil, value: "19.5", lower: "20", upper: nil, unit: "L/min"),
        .resultBeyondLimits(
            channel: nil, result: error, point: bare, repetition: nil, value: "38.1", lower: "35", upper: "37", unit: "1"),
        .coverageFactorUndetermined(point: point),
        .notConcludedPass(outcome: "not_done"), .notCalibrated, .alreadyIssued(label: "1/2018/GCNKD"),
    ]

    private static let rest: [Reason] = [
        .stampUnknown(stamp: "18A 000123"), .stampNotInStock(stamp: "18A 000123", holder: "binh"),
        .stampUsed(stamp: "18A 000123", state: "twice"), .evidenceMissing(kind: "stamp"), .evidenceOnFailure,
        .sampleRejected(sample: "M18-00012"), .resultsMissing(sample: "M18-00012", indicators: ["PET-RON", "PET-S"]),
        .resultsNotApproved(sample: "M18-00012", indicators: ["PET-RON"]), .nothingToReview(sample: "M18-00012"),
        .correctionAfterReport(sample: "M18-00012", report: "1/2018/KQTN"),
        .documentNotInState(document: "1/2018/KQTN", state: "withdrawn", needed: ["numbered", "rendered"]),
        .amendsAnotherMeasurement(document: "1/2018/GCNKD", measurement: 7),
        .reportExists(sample: "M18-00012", report: "1/2018/KQTN"),
        .contentIncomplete(field: "issued_on", clause: "Art. 41", vi: "Thiếu ngày", en: "The day is missing"),
        .clockHeld(since: "2028-06-30T02:00:00+07:00"), .noCheckAddress, .wrongPIN(left: 2), .noPIN, .pinLocked,
        .customerMerged(customer: "KH-1", into: "KH-2"),
        .overrideBeyondLaw(subject: "COT-1", legal: "2018-05-31", asked: "2018-06-30"), .alreadySuspended(subject: "COT-1"),
        .notSuspended(subject: "COT-1"), .intervalDecided(proposal: 7, decision: "approved"),
        .intervalDecided(proposal: 8, decision: "refused"), .planDecided(plan: 7, decision: "accepted"),
        .planDecided(plan: 8, decision: "refused"), .clockNotHeld,
        .jobState(job: 3, state: "succeeded"), .jobState(job: 4, state: "waiting"),
        .ruleOfDatabase(constraint: "second_person_reviews"),
    ]

    private static let codes: [Reason] =
        ["received", "affixed", "void", "lost", "returned", "removed"].map { .stampUsed(stamp: "18A 1", state: $0) }
        + ["stamp", "seal", "mark"].map { .evidenceMissing(kind: $0) }
        + ["pass", "fail", "refused", "not_done", "calibrated", "calibration"].map { .notConcludedPass(outcome: $0) }
        + ["numbered", "rendered", "issued", "amended", "withdrawn", "voided"].map {
            .documentNotInState(document: "1/2018/KQTN", state: $0, needed: ["issued"])
        }
        + ["verifier", "laboratory_head", "head"].map { .alreadySigned(document: "1/2018/KQTN", step: $0) }
        + ["laboratory_head", "head"].map { .noSigningAuthority(level: $0, on: day) }
        + ["verification", "calibration"].map { .procedureDoesNotCover(procedure: "DLVN-10", kind: $0, type: "19") }

    @Test func `the samples below have every reason there is`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources/LaboratoryModel/Rules/Reason.swift")
        let source = try String(contentsOf: file, encoding: .utf8)
        let names = source.matches(of: /\n    case ([a-zA-Z]+)/).map { String($0.output.1) }
        #expect(names.count > 45)
        let shown = Set(Self.samples.map { String("\($0)".prefix { $0.isLetter }) })
        #expect(Set(names).subtracting(shown).isEmpty)
    }

    @Test(arguments: samples.indices)
    func `a Vietnamese sentence holds no date of the machine, no code and no English`(number: Int) {
        let text = Self.samples[number].text
        #expect(VietnameseReader.strangers(in: text.vi).isEmpty, "\(text.vi)")
        #expect(!text.vi.isEmpty && !text.en.isEmpty && text.vi != text.en)
        #expect(!text.vi.contains("``") && !text.vi.contains("  ") && !text.en.contains("  "))
    }

    @Test(arguments: samples.indices)
    func `an English sentence says words, not codes`(number: Int) {
        let words = Self.samples[number].text.en.replacing(/`[^`]*`/, with: "").split { !$0.isLetter && $0 != "_" }
        #expect(words.allSatisfy { !$0.contains("_") }, "\(Self.samples[number].text.en)")
    }

    @Test func `days, numbers and words stand as they are read in Vietnam`() {
        #expect(
            Reason.standardNotCertified(standard: "VM20-02", until: "2018-06-19", workedOn: "2018-06-25").text.vi
                == "Chuẩn VM20-02 không còn chứng nhận vào 25/06/2018 (đến 19/06/2018)")
        #expect(
            Reason.resultBeyondLimits(
                channel: 1, result: Self.error, point: Self.point, repetition: 2, value: "0.62", lower: "-0.5", upper: "0.5",
                unit: "%"
            ).text.vi == "Vòi 1, điểm “Sai số tại Qmax” (`qmax`), lần 2: Sai số 0,62 % vượt ±0,5 %")
        #expect(
            Reason.documentNotInState(document: "1/2018/KQTN", state: "issued", needed: ["numbered", "rendered"]).text.vi
                == "1/2018/KQTN đang ở trạng thái “đã phát hành”, cần “đã lấy số” hoặc “chờ ký”")
        #expect(
            Reason.alreadySigned(document: "1/2018/KQTN", step: "laboratory_head").text.vi
                == "1/2018/KQTN: chữ ký của trưởng phòng đã có hoặc bạn đã ký")
    }
}

@Suite("Words that sentences are made of")
struct SentencePartTests {
    @Test(arguments: Thing.allCases) func `a thing that is not found has a noun in each language`(thing: Thing) {
        #expect(!thing.noun.vi.isEmpty && !thing.noun.en.isEmpty && thing.noun.vi != thing.noun.en)
        #expect(VietnameseReader.strangers(in: "không có \(thing.noun.vi) “x”").isEmpty)
    }

    @Test(arguments: Role.allCases) func `a role has a word in each language`(role: Role) {
        #expect(Terms.role(role.rawValue) != nil)
        #expect(role.name.vi != role.rawValue && !role.name.en.isEmpty)
    }

    @Test func `what is no day and no number stays as it is`() {
        #expect(SentenceParts.vietnameseDay("") == "" && SentenceParts.vietnameseDay("hôm qua") == "hôm qua")
        #expect(SentenceParts.vietnameseNumber("1.5…2.25 mg/kg") == "1,5…2,25 mg/kg")
        #expect(SentenceParts.vietnameseNumber("Art. 5. x.y") == "Art. 5. x.y")
        #expect(SentenceParts.word("no_such_code").vi == "`no_such_code`")
        #expect(SentenceParts.choices(["quality"]).vi == "`quality` (quản lý chất lượng)")
        #expect(SentenceParts.choices(["stamp", "abc"]) == BilingualSentence(vi: "`stamp` (tem), `abc`", en: "`stamp`, `abc`"))
    }
}
