// SPDX-License-Identifier: Apache-2.0
internal import LabStore
internal import LaboratoryModel

/// A measurement standard of a start-up file, with its newest calibration and certification.
struct StandardEntry: ImportEntry {
    /// A certificate of a standard.
    struct Paper: Encodable, Sendable {
        let kind: String
        let number: String
        let organisation: String
        let issuedOn: CivilDate
        let validUntil: CivilDate
        let content: [String: String]
    }

    static let kind = ImportKind.standards

    let position: Int
    let code: String
    let nameVi: String
    let nameEn: String
    let kind: String
    let serial: String
    let maker: String?
    let accuracyClass: String?
    let characteristics: [String: String]
    let papers: [Paper]

    init(_ line: ImportLine, position: Int, _ check: inout InputCheck) {
        self.position = position
        code = check.text("code", line["code"], longest: 40)
        nameVi = check.text("name_vi", line["name_vi"])
        // What has no English name keeps its Vietnamese one.
        nameEn = check.textIfAny("name_en", line["name_en"]) ?? nameVi
        kind = check.text("kind", line["kind"], longest: 60)
        serial = check.text("serial", line["serial"], longest: 80)
        maker = check.textIfAny("maker", line["maker"])
        accuracyClass = check.textIfAny("accuracy_class", line["accuracy_class"], longest: 60)
        characteristics = check.namedValues("characteristics", line["characteristics"])
        papers = ["calibration", "certification"].compactMap { Self.paper($0, line, &check) }
    }

    private static func paper(_ kind: String, _ line: ImportLine, _ check: inout InputCheck) -> Paper? {
        let columns = ["number", "organisation", "issued_on", "valid_until", "content"]
        guard columns.contains(where: { line["\(kind)_\($0)"] != nil }) else { return nil }
        let paper = Paper(
            kind: kind, number: check.text("\(kind)_number", line["\(kind)_number"], longest: 100),
            organisation: check.text("\(kind)_organisation", line["\(kind)_organisation"]),
            issuedOn: check.date("\(kind)_issued_on", line["\(kind)_issued_on"]),
            validUntil: check.date("\(kind)_valid_until", line["\(kind)_valid_until"], future: true),
            content: check.namedValues("\(kind)_content", line["\(kind)_content"]))
        if paper.validUntil < paper.issuedOn, line["\(kind)_issued_on"] != nil, line["\(kind)_valid_until"] != nil {
            check.fault(
                "\(kind)_valid_until", vi: "trước ngày cấp; có thể bị đảo", en: "is before the day of issue; are they swapped?")
        }
        for name in ["expanded_uncertainty", "coverage_factor", "cubic_expansion_per_celsius"] {
            if let text = paper.content[name] { _ = check.decimal("\(kind)_content", text) }
        }
        return paper
    }

    var keys: [(column: String, text: String)] { [("code", code)] }

    func compare(_ known: ImportStandardFacts, _ check: inout InputCheck) -> (column: String, code: String)? {
        guard let found = known.byCode else { return nil }
        if known.byCodeSerial != serial {
            check.fault(
                "code", vi: "mã \(found) đã là của chuẩn có số “\(known.byCodeSerial ?? "")”",
                en: "the code \(found) belongs to the standard with the serial number “\(known.byCodeSerial ?? "")” already")
        }
        return ("code", found)
    }

    static func known(_ rows: String, today: CivilDate, on database: isolated Transaction) throws -> [ImportStandardFacts] {
        try database.all(Statements.importStandardFacts, rows)
    }

    static func add(_ rows: String, by person: Int64?, on database: isolated Transaction) throws {
        try database.run(Statements.importStandardsAdd, rows, person)
    }
}
