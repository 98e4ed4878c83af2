// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import LabOperations
import LaboratoryModel
import Testing

/// A laboratory of one test on a day of its own: people with roles and papers, standards in calibration, stamps in stock.
struct Bench: Sendable {
    let database: LaboratoryDatabase
    let people: People
    /// The personal secret of everybody who signs.
    static let pin = "481516"

    /// Opens a laboratory whose calendar shows a day; nothing in a test depends on the day of the test.
    static func open(on today: String = "2018-12-31") async throws -> Bench {
        let database = try await LaboratoryDatabase.make()
        try await database.script("alter database \(database.name) set etalon.today = '\(today)'")
        let bench = Bench(database: database, people: try await People.hired(in: database))
        try await bench.recordPapers()
        try await bench.receiveStamps()
        try await bench.registerParties()
        return bench
    }

    /// Performs an act and reads its answer; the request itself is the fingerprint, as over HTTP.
    @discardableResult
    func act<A: Act>(
        _ act: A.Type, _ request: A.Request, by caller: Caller, key: String? = nil, revision: Int? = nil
    ) async throws -> A.Answer where A.Request: Encodable {
        let performed = try await database.laboratory.perform(
            act, request, by: caller, fingerprint: try StrictJSON.encode(request), key: key, revision: revision)
        return try StrictJSON.decode(A.Answer.self, from: performed.body)
    }

    /// Asks a question as the manager, or as somebody else.
    func ask<Q: Question>(_ question: Q.Type, _ parameters: Q.Parameters, by caller: Caller? = nil) async throws -> Q.Answer {
        try await database.laboratory.ask(question, parameters, by: caller ?? people.manager)
    }

    private func recordPapers() async throws {
        let quality = people.quality
        for person in [people.technician, people.colleague] {
            try await act(
                VerifierCardAdd.self,
                AddVerifierCard(
                    person: person.username, number: "KDV-\(person.username)", families: ["volume", "mass", "temperature"],
                    issuedOn: "2015-01-01", expiresOn: "2029-12-31"), by: quality)
        }
        try await act(
            DesignationAdd.self,
            AddDesignation(
                number: "QĐ 100/TĐC", types: ["19", "8a", "8b", "34c", "16a"], issuedOn: "2015-01-01", expiresOn: "2030-12-31"),
            by: quality)
        for (person, level, title) in [
            (people.head, "head", "GIÁM ĐỐC"), (people.laboratoryHead, "laboratory_head", "TRƯỞNG PHÒNG"),
        ] {
            try await act(
                SigningAuthorityAdd.self,
                AddSigningAuthority(
                    person: person.username, level: level, form: "", titleVi: title, titleEn: level, validFrom: "2015-01-01",
                    decision: "QĐ \(level)"), by: quality)
        }
        let standards = [
            (
                "VM20", "Bình chuẩn kim loại 20 L", "volume_measure",
                ["expanded_uncertainty": "0.004", "cubic_expansion_per_celsius": "0.0000477"]
            ),
            ("QC-M1", "Quả cân chuẩn", "weight_set", ["expanded_uncertainty": "0.00010"]),
            ("VD-01", "Vật đen chuẩn", "blackbody", ["expanded_uncertainty": "0.05"]),
        ]
        for (code, name, kind, content) in standards {
            try await addStandard(code, named: name, kind: kind, content: content)
        }
    }

    /// A standard with both of its papers from 2015.
    func addStandard(
        _ code: String, named name: String, kind: String, content: [String: String] = [:], calibratedUntil: String = "2030-12-31",
        certifiedUntil: String? = "2030-12-31"
    ) async throws {
        let quality = people.quality
        try await act(
            StandardAdd.self, AddStandard(code: code, nameVi: name, nameEn: kind, kind: kind, serial: "S-\(code)"), by: quality)
        let papers = [("calibration", calibratedUntil, content)] + (certifiedUntil.map { [("certification", $0, [:])] } ?? [])
        for (paper, until, said) in papers {
            try await act(
                StandardCertificateAdd.self,
                AddStandardCertificate(
                    standard: code, kind: paper, number: "\(paper) \(code)", organisation: "VMI", issuedOn: "2015-06-01",
                    validUntil: until, content: said.isEmpty ? said : said.merging(["coverage_factor": "2"]) { own, _ in own }),
                by: quality)
        }
    }

    /// Stamps 17B 00001–00060, seals NP 001–040 and totaliser seals TX 001–040; the last ten of the stamps are the colleague's.
    private func receiveStamps() async throws {
        let quality = people.quality
        for (kind, series, from, to) in [
            ("stamp", "17B", "00001", "00060"), ("seal", "NP", "001", "040"), ("totaliser_seal", "TX", "001", "040"),
        ] {
            try await act(StampReceive.self, ReceiveStamps(kind: kind, series: series, from: from, to: to), by: quality)
        }
        for (kind, series, from, to, person) in [
            ("stamp", "17B", "00001", "00050", people.technician), ("stamp", "17B", "00051", "00060", people.colleague),
            ("seal", "NP", "001", "040", people.technician), ("totaliser_seal", "TX", "001", "040", people.technician),
        ] {
            try await act(
                StampEventRecord.self,
                RecordStampEvent(kind: kind, series: series, from: from, to: to, event: "assigned", person: person.username),
                by: quality)
        }
    }

    private func registerParties() async throws {
        for (code, name, kind) in [
            ("XDHG", "Công ty TNHH Xăng dầu Hậu Giang", "enterprise"), ("XDTD", "DNTN Xăng dầu Tây Đô", "enterprise"),
            ("BQL", "Ban quản lý chợ Cái Răng", "state_body"), ("BVTP", "Bệnh viện Đa khoa Thành phố", "state_body"),
        ] {
            try await act(CustomerAdd.self, AddCustomer(code: code, name: name, kind: kind), by: people.reception)
        }
        for (code, customer, kind, place) in [
            ("TRAM-1", "XDHG", "fuel_station", "916"), ("TRAM-2", "XDHG", "fuel_station", "918"),
            ("TRAM-3", "XDTD", "fuel_station", "916"), ("KHO-DT", "XDHG", "other", "87"),
            ("CHO-1", "BQL", "wholesale_market", "919"), ("CHO-2", "BQL", "wholesale_market", "919"),
            ("CHO-3", "BQL", "wholesale_market", "923"), ("CHO-LE", "BQL", "retail_market", "919"),
            ("BV", "BVTP", "hospital", "916"),
        ] {
            try await addSite(code, of: customer, kind: kind, place: place)
        }
    }

    func addSite(_ code: String, of customer: String, kind: String, place: String) async throws {
        try await act(
            SiteAdd.self,
            AddSite(code: code, customer: customer, name: "Địa điểm \(code)", kind: kind, place: place, address: "Số 1, \(code)"),
            by: people.reception)
    }
}

/// Everybody of the laboratory, with the roles that each one's name says.
struct People: Sendable {
    let reception, technician, colleague, reviewer, laboratoryHead, head, quality, manager, administrator: Caller

    static func hired(in database: LaboratoryDatabase) async throws -> People {
        func hire(_ username: String, _ name: String, _ roles: Set<Role>) async throws -> Caller {
            let request = AddPerson(username: username, name: name, roles: roles.map(\.rawValue).sorted())
            let performed = try await database.laboratory.perform(PersonAdd.self, request, by: .system)
            let key = try StrictJSON.decode(Acknowledgement.self, from: performed.body)
            return Caller(personID: key.id, username: username, name: name, roles: roles)
        }
        return People(
            reception: try await hire("lan", "Trần Thị Lan", [.reception]),
            technician: try await hire("minh", "Nguyễn Văn Minh", [.technician]),
            colleague: try await hire("hung", "Lê Quốc Hùng", [.technician, .reviewer]),
            reviewer: try await hire("thao", "Phạm Thị Thảo", [.reviewer]),
            laboratoryHead: try await hire("son", "Võ Thanh Sơn", [.signatory]),
            head: try await hire("dung", "Đặng Hữu Dũng", [.signatory]),
            quality: try await hire("ha", "Huỳnh Thu Hà", [.quality]),
            manager: try await hire("phuc", "Bùi Hồng Phúc", [.manager]),
            administrator: try await hire("khoa", "Đỗ Anh Khoa", [.administrator]))
    }
}

/// Nothing was refused where a refusal was expected.
struct NotRefused: Error {}

/// How an act is refused.
func refusal<R>(of body: () async throws -> R) async throws -> ActError {
    do {
        _ = try await body()
    } catch let error as ActError {
        return error
    }
    throw NotRefused()
}

extension ActError {
    /// Codes of the reasons, in their order; empty where no rule of the laboratory refused.
    var codes: [String] {
        switch self {
        case .refused(let reasons): reasons.map(\.code)
        case .refusedAfterwards(let sentences): sentences.map(\.code)
        default: []
        }
    }

    /// Fields of the request that are at fault.
    var fields: [String] {
        if case .invalid(let faults) = self { faults.map(\.field) } else { [] }
    }

    /// What was named and does not exist.
    var unknown: String? {
        if case .notFound(_, let name, _) = self { name } else { nil }
    }
}
