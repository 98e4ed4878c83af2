// SPDX-License-Identifier: Apache-2.0
internal import LabStore
internal import LaboratoryModel

/// An instrument of a start-up file, with its channels and its last verification as its paper shows it.
struct InstrumentEntry: ImportEntry {
    /// A channel, written as `1:name:key=value;key=value`.
    struct Channel: Encodable, Sendable {
        let number: Int
        let name: String
        let characteristics: [String: String]
    }

    static let kind = ImportKind.instruments

    let position: Int
    let code: String?
    let type: String
    let serial: String?
    let maker: String?
    let country: String?
    let model: String?
    let madeInYear: Int?
    let typeApproval: String?
    let site: String
    let putInUseOn: CivilDate
    let calibrationMonths: Int?
    let characteristics: [String: String]
    let channels: [Channel]
    let lastVerifiedOn: CivilDate?
    let lastMode: String?
    let lastOutcome: String?
    let lastValidUntil: CivilDate?
    let lastOrganisation: String?
    let lastCertificate: String?

    init(_ line: ImportLine, position: Int, _ check: inout InputCheck) {
        self.position = position
        code = check.textIfAny("code", line["code"], longest: 40)
        type = check.text("type", line["type"], longest: 40)
        serial = check.textIfAny("serial", line["serial"], longest: 80)
        if code == nil, serial == nil {
            check.fault(
                "code", vi: "cần mã hoặc số máy; thiếu cả hai thì nhập lần nữa sẽ thành hai phương tiện",
                en: "a code or a serial number is needed; without both a second import would double the instrument")
        }
        maker = check.textIfAny("maker", line["maker"])
        country = check.textIfAny("country", line["country"], longest: 100)
        model = check.textIfAny("model", line["model"], longest: 100)
        madeInYear = check.numberIfAny("year", line["year"], in: 1900...2200)
        typeApproval = check.textIfAny("type_approval", line["type_approval"], longest: 100)
        site = check.text("site", line["site"], longest: 40)
        putInUseOn = check.date("put_in_use_on", line["put_in_use_on"])
        calibrationMonths = check.numberIfAny("calibration_months", line["calibration_months"], in: 1...240)
        characteristics = check.namedValues("characteristics", line["characteristics"])
        channels = Self.channels(line["channels"], &check)
        lastVerifiedOn = check.pastDateIfAny("last_verified_on", line["last_verified_on"])
        lastMode = line["last_mode"].map { check.word("last_mode", $0, of: ["initial", "periodic", "after_repair"]) }
        lastOutcome = line["last_outcome"].map { check.word("last_outcome", $0, of: ["pass", "fail"]) }
        lastValidUntil = check.dateIfAny("last_valid_until", line["last_valid_until"])
        lastOrganisation = check.textIfAny("last_organisation", line["last_organisation"])
        lastCertificate = check.textIfAny("last_certificate", line["last_certificate"], longest: 100)
        checkLast(&check)
    }

    private static func channels(_ text: String?, _ check: inout InputCheck) -> [Channel] {
        var channels: [Channel] = []
        for part in (text ?? "").split(separator: "|") {
            let pieces = part.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map { String($0).trimmed }
            guard pieces.count >= 2, !pieces[1].isEmpty, let number = Int(pieces[0]), (1...999).contains(number) else {
                check.fault(
                    "channels", vi: "“\(part)” không có dạng 1:tên:khóa=giá trị",
                    en: "“\(part)” is not of the form 1:name:key=value")
                continue
            }
            if channels.contains(where: { $0.number == number }) {
                check.fault("channels", vi: "số \(number) lặp lại", en: "the number \(number) is given twice")
            }
            channels.append(
                Channel(
                    number: number, name: check.text("channels", pieces[1], longest: 100),
                    characteristics: check.namedValues("channels", pieces.count > 2 ? pieces[2] : nil)))
        }
        return channels
    }

    private func checkLast(_ check: inout InputCheck) {
        guard let day = lastVerifiedOn else {
            if lastMode != nil || lastOutcome != nil || lastValidUntil != nil || lastOrganisation != nil || lastCertificate != nil
            {
                check.fault(
                    "last_verified_on", vi: "thiếu ngày kiểm định gần nhất", en: "the day of the last verification is missing")
            }
            return
        }
        if lastMode == nil { _ = check.text("last_mode", nil) }
        if lastOutcome == nil { _ = check.text("last_outcome", nil) }
        if lastOutcome == "fail", lastValidUntil != nil {
            check.fault("last_valid_until", vi: "không đạt thì không có thời hạn", en: "a failed verification has no validity")
        }
        if let until = lastValidUntil, until < day {
            check.fault(
                "last_valid_until", vi: "trước ngày kiểm định; có thể bị đảo", en: "is before the verification; are they swapped?"
            )
        }
    }

    var keys: [(column: String, text: String)] {
        [code.map { ("code", $0) }, serial.map { ("serial", "\(type) \($0) \(site)") }].compactMap { $0 }
    }

    func compare(_ known: ImportInstrumentFacts, _ check: inout InputCheck) -> (column: String, code: String)? {
        if known.type == nil { check.missing("type", type, vi: "loại phương tiện đo", en: "instrument type") }
        if known.site == nil { check.missing("site", site, vi: "địa điểm", en: "site") }
        if let found = known.byCode {
            if known.byCodeType != type || (serial != nil && known.byCodeSerial != serial) {
                let other = "\(known.byCodeType ?? "") \(known.byCodeSerial ?? "")"
                check.fault(
                    "code", vi: "mã \(found) đã là của phương tiện khác: loại, số máy “\(other)”",
                    en: "the code \(found) belongs to another instrument already: type, serial number “\(other)”")
            }
            return ("code", found)
        }
        if let found = known.bySerial {
            if code != nil {
                check.fault(
                    "serial", vi: "số máy này ở địa điểm này đã có mã \(found)",
                    en: "this serial number at this site has the code \(found) already")
            }
            return ("serial", found)
        }
        if lastOutcome == "pass", lastValidUntil == nil, known.cycleMonths != nil {
            check.fault(
                "last_valid_until", vi: "thiếu ngày hết hiệu lực in trên giấy; ngày đó không được suy ra",
                en: "the last day of validity as printed is missing; it is not derived")
        }
        if lastVerifiedOn != nil, lastOrganisation == nil, known.centre == nil {
            check.fault(
                "last_organisation", vi: "tên Trung tâm chưa được nạp; hãy ghi tổ chức kiểm định",
                en: "the centre's own name is not loaded; name the organisation")
        }
        return nil
    }

    static func known(_ rows: String, today: CivilDate, on database: isolated Transaction) throws -> [ImportInstrumentFacts] {
        try database.all(Statements.importInstrumentFacts, rows)
    }

    static func add(_ rows: String, by person: Int64?, on database: isolated Transaction) throws {
        try database.run(Statements.importInstrumentNumbers, rows)
        try database.run(Statements.importInstrumentsAdd, rows, person)
    }
}
