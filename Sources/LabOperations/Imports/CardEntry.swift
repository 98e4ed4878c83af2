// SPDX-License-Identifier: Apache-2.0
internal import LabStore
internal import LaboratoryModel

/// A verifier card of a start-up file; its families are separated by semicolons.
struct CardEntry: ImportEntry {
    static let kind = ImportKind.cards

    let position: Int
    let person: String
    let number: String
    let families: [String]
    let issuedOn: CivilDate
    let expiresOn: CivilDate

    init(_ line: ImportLine, position: Int, _ check: inout InputCheck) {
        self.position = position
        person = check.text("person", line["person"], longest: 40)
        number = check.text("number", line["number"], longest: 60)
        families = check.text("families", line["families"]).split(separator: ";").map { String($0).trimmed }.filter {
            !$0.isEmpty
        }
        if families.isEmpty, line["families"] != nil {
            check.fault("families", vi: "chưa có lĩnh vực", en: "name at least one family")
        }
        issuedOn = check.date("issued_on", line["issued_on"])
        expiresOn = check.date("expires_on", line["expires_on"], future: true)
        if expiresOn <= issuedOn, line["issued_on"] != nil, line["expires_on"] != nil {
            check.fault(
                "expires_on", vi: "ngày hết hạn không sau ngày cấp; có thể bị đảo",
                en: "is not after the day of issue; are they swapped?")
        }
    }

    var keys: [(column: String, text: String)] { [("number", number)] }

    func compare(_ known: ImportCardFacts, _ check: inout InputCheck) -> (column: String, code: String)? {
        if known.personId == nil { check.missing("person", person, vi: "nhân viên", en: "person of the staff") }
        if !known.unknownFamilies.isEmpty {
            let unknown = known.unknownFamilies.joined(separator: ", ")
            let all = SentenceParts.choices(known.families)
            check.fault(
                "families", vi: "không có lĩnh vực \(unknown); chọn trong: \(all.vi)",
                en: "there is no family \(unknown); choose of: \(all.en)")
        }
        guard let found = known.byNumber else { return nil }
        if known.byNumberPerson != person {
            check.fault(
                "number", vi: "thẻ \(found) đã là của \(known.byNumberPerson ?? "")",
                en: "the card \(found) belongs to \(known.byNumberPerson ?? "") already")
        }
        return ("number", found)
    }

    static func known(_ rows: String, today: CivilDate, on database: isolated Transaction) throws -> [ImportCardFacts] {
        try database.all(Statements.importCardFacts, rows)
    }

    static func add(_ rows: String, by person: Int64?, on database: isolated Transaction) throws {
        try database.run(Statements.importCardsAdd, rows)
    }
}
