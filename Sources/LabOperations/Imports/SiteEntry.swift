// SPDX-License-Identifier: Apache-2.0
internal import LabStore
internal import LaboratoryModel

/// A site of a start-up file.
struct SiteEntry: ImportEntry {
    static let kind = ImportKind.sites

    let position: Int
    let code: String?
    let customer: String
    let name: String
    let kind: String
    let place: String
    let address: String?

    init(_ line: ImportLine, position: Int, _ check: inout InputCheck) {
        self.position = position
        code = check.textIfAny("code", line["code"], longest: 40)
        customer = check.text("customer", line["customer"], longest: 40)
        name = check.text("name", line["name"])
        kind = check.word("kind", line["kind"], of: SiteAdd.kinds)
        place = check.text("place", line["place"], longest: 20)
        address = check.textIfAny("address", line["address"])
    }

    var keys: [(column: String, text: String)] {
        [code.map { ("code", $0) } ?? ("name", "\(customer) \(name)")]
    }

    func compare(_ known: ImportSiteFacts, _ check: inout InputCheck) -> (column: String, code: String)? {
        if known.customerId == nil {
            check.missing("customer", customer, vi: "khách hàng", en: "customer")
        } else if let into = known.mergedInto {
            let text = Reason.customerMerged(customer: customer, into: into).text
            check.fault("customer", vi: text.vi, en: text.en)
        }
        if let found = known.byCode {
            if known.byCodeCustomer != customer || known.byCodeName != name {
                check.fault(
                    "code", vi: "mã \(found) đã là của “\(known.byCodeName ?? "")” (\(known.byCodeCustomer ?? ""))",
                    en: "the code \(found) belongs to “\(known.byCodeName ?? "")” (\(known.byCodeCustomer ?? "")) already")
            }
            return ("code", found)
        }
        if code == nil, let found = known.byName { return ("name", found) }
        if known.place == nil {
            check.fault(
                "place", vi: "không có đơn vị hành chính “\(place)” vào hôm nay; xem `etalon place list`",
                en: "there is no administrative unit “\(place)” today; see `etalon place list`")
        }
        return nil
    }

    static func known(_ rows: String, today: CivilDate, on database: isolated Transaction) throws -> [ImportSiteFacts] {
        try database.all(Statements.importSiteFacts, rows, "\(today)")
    }

    static func add(_ rows: String, by person: Int64?, on database: isolated Transaction) throws {
        try database.run(Statements.importSitesAdd, rows)
    }
}

extension InputCheck {
    /// Notes that something named in a cell is not in the records; an empty cell was noted before.
    mutating func missing(_ field: String, _ name: String, vi: String, en: String) {
        guard !name.isEmpty else { return }
        fault(field, vi: "không có \(vi) “\(name)”", en: "there is no \(en) “\(name)”")
    }
}
