// SPDX-License-Identifier: Apache-2.0
internal import LabStore
internal import LaboratoryModel

/// A customer of a start-up file.
struct CustomerEntry: ImportEntry {
    static let kind = ImportKind.customers

    let position: Int
    let code: String?
    let name: String
    let kind: String
    let taxCode: String?
    let address: String?
    let phone: String?

    init(_ line: ImportLine, position: Int, _ check: inout InputCheck) {
        self.position = position
        code = check.textIfAny("code", line["code"], longest: 40)
        name = check.text("name", line["name"])
        kind = check.word("kind", line["kind"], of: ["enterprise", "state_body", "individual"])
        taxCode = check.textIfAny("tax_code", line["tax_code"], longest: 20)
        address = check.textIfAny("address", line["address"])
        phone = check.textIfAny("phone", line["phone"], longest: 60)
    }

    var keys: [(column: String, text: String)] {
        // Without code and tax code a customer is known by name and address.
        let own = code.map { ("code", $0) } ?? (taxCode == nil ? ("name", "\(name) \(address ?? "")".trimmed) : nil)
        return [own, taxCode.map { ("tax_code", $0) }].compactMap { $0 }
    }

    func compare(_ known: ImportCustomerFacts, _ check: inout InputCheck) -> (column: String, code: String)? {
        if let found = known.byCode {
            if known.byCodeName != name {
                check.fault(
                    "code", vi: "mã \(found) đã là của “\(known.byCodeName ?? "")”",
                    en: "the code \(found) belongs to “\(known.byCodeName ?? "")” already")
            }
            return ("code", found)
        }
        if let found = known.byTaxCode {
            if code != nil || known.byTaxCodeName != name {
                check.fault(
                    "tax_code", vi: "mã số thuế này đã là của \(found) “\(known.byTaxCodeName ?? "")”",
                    en: "this tax code belongs to \(found) “\(known.byTaxCodeName ?? "")” already")
            }
            return ("tax_code", found)
        }
        guard code == nil, taxCode == nil else { return nil }
        return known.byName.map { ("name", $0) }
    }

    static func known(_ rows: String, today: CivilDate, on database: isolated Transaction) throws -> [ImportCustomerFacts] {
        try database.all(Statements.importCustomerFacts, rows)
    }

    static func add(_ rows: String, by person: Int64?, on database: isolated Transaction) throws {
        try database.run(Statements.importCustomersAdd, rows)
    }
}
