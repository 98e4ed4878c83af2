// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import Certificates
internal import LabStore
internal import LaboratoryModel

/// What a document is called and where it can be checked.
struct DocumentIdentity {
    let label: String
    let code: String
    let checkURL: String
}

/// What all documents of a day share: the laboratory, who signs, what is amended.
struct DocumentFrame {
    let laboratory: IssuingLaboratory
    let place: BilingualText
    let day: CivilDate
    let authorities: [SignaturePrintRow]
    let amendment: AmendmentNotice?

    /// The block of a level, as its holder or delegate on the day signs.
    func signature(_ level: String, role: SignatureRole) -> SignatureBlock? {
        guard let row = authorities.first(where: { $0.step == level }) else { return nil }
        return SignatureBlock(
            role: role, authority: row.form.isEmpty ? nil : row.form, title: BilingualText(row.titleVi, en: row.titleEn),
            name: row.name)
    }
}

extension Transaction {
    /// The centre as documents show it, from the laboratory facts that were loaded.
    func laboratory() throws -> IssuingLaboratory {
        guard let fact = try find(Statements.laboratoryFact, "issuing_laboratory") else {
            throw ActError.unavailable(
                BilingualSentence(
                    vi: "Chưa nạp cấu hình của trung tâm: etalond load config",
                    en: "the centre's own facts are not loaded: run `etalond load config`"))
        }
        return try StrictJSON.decode(IssuingLaboratory.self, from: fact.name.utf8)
    }

    func documentFrame(_ draft: DraftDocument, on day: CivilDate) throws -> DocumentFrame {
        DocumentFrame(
            laboratory: try laboratory(), place: BilingualText("Cần Thơ", en: "Can Tho"), day: day,
            authorities: try all(Statements.signingAuthoritiesOn, "\(day)"),
            amendment: draft.replacesLabel.map {
                AmendmentNotice(replaces: $0, reason: BilingualText(draft.reason ?? ""))
            })
    }
}

/// Statements that documents of a laboratory carry.
enum StandingStatements {
    static let itemsOnly = DocumentStatement(
        .itemsOnly,
        BilingualText(
            "Kết quả chỉ có giá trị đối với mẫu (đối tượng) đã nêu.", en: "The results relate only to the items stated."))
    static let reproduction = DocumentStatement(
        .reproduction,
        BilingualText(
            "Không được sao chép từng phần nếu không có sự đồng ý bằng văn bản của Trung tâm.",
            en: "Not to be reproduced except in full without the written consent of the Centre."))
    static let simpleAcceptance = DocumentStatement(
        .decisionRule,
        BilingualText(
            "Quy tắc ra quyết định: chấp nhận đơn giản (ILAC-G8:09/2019, 4.2.1); không xét độ không đảm bảo đo.",
            en: "Decision rule: simple acceptance (ILAC-G8:09/2019, 4.2.1)."))
    static let traceability = DocumentStatement(
        .traceability,
        BilingualText(
            "Kết quả được liên kết với hệ đơn vị SI qua các chuẩn nêu trên.",
            en: "The results are traceable to the SI through the standards stated."))
}

/// A date as documents print it: 15/03/2017.
func printed(_ day: String?) -> String {
    guard let day, day.count == 10 else { return day ?? "" }
    let parts = day.split(separator: "-")
    return parts.reversed().joined(separator: "/")
}

/// A decimal as documents print it, with a comma.
func printedDecimal(_ text: String?) -> String {
    String((text ?? "").map { $0 == "." ? "," : $0 })
}
