// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import LabOperations
import LaboratoryModel
import Testing

@Suite("The gate before a visit")
struct GateTests {
    private func gate(
        _ bench: Bench, _ instrument: String, kind: String = "verification", mode: String? = "periodic",
        procedure: String = "DLVN-10",
        on day: String, standards: [String] = ["VM20"], verifier: String = "minh"
    ) async throws -> [String] {
        try await bench.ask(
            GateCheck.self,
            GateCheck.Parameters(
                instrument: instrument, kind: kind, mode: mode, procedure: procedure, workedOn: day, verifier: verifier,
                standards: standards)
        ).items.map(\.code)
    }

    @Test func `an ordinary visit has nothing against it`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        #expect(try await gate(bench, "COT-1", on: "2018-03-01") == [])
    }

    @Test func `every reason comes at once, and recording the work is refused with the same`() async throws {
        let bench = try await Bench.open()
        try await bench.addStandard(
            "VM20-CU", named: "Bình chuẩn cũ", kind: "volume_measure", calibratedUntil: "2017-06-30", certifiedUntil: nil)
        try await bench.act(
            InstrumentAdd.self,
            AddInstrument(
                code: "CAN-O-TO", type: "10", serial: "WB-1", site: "CHO-1", putInUseOn: "2018-01-02",
                characteristics: ["max_kg": "80000"]),
            by: bench.people.reception)
        let reasons = try await gate(
            bench, "CAN-O-TO", mode: "initial", on: "2018-03-01", standards: ["VM20-CU"], verifier: "thao")
        #expect(
            reasons == [
                "procedure-does-not-cover", "standard-not-calibrated", "standard-not-certified", "not-designated", "no-card",
                "type-approval-missing",
            ])
        var request = RecordMeasurement.dispenser("CAN-O-TO", on: "2018-03-01", mode: "initial", nozzles: [])
        request.standards = ["VM20-CU"]
        request.measuredBy = "thao"
        #expect(try await refusal { try await bench.measure(request) }.codes == reasons)
    }

    @Test func `everything is judged on the day of the work, not today`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        try await bench.addStandard("VM20-B", named: "Bình chuẩn", kind: "volume_measure", calibratedUntil: "2018-03-01")
        #expect(try await gate(bench, "COT-1", on: "2018-03-01", standards: ["VM20-B"]) == [])
        #expect(try await gate(bench, "COT-1", on: "2018-03-02", standards: ["VM20-B"]) == ["standard-not-calibrated"])
        let early = try await gate(bench, "COT-1", on: "2013-01-07")
        #expect(
            Set(early) == [
                "procedure-not-in-force", "standard-not-calibrated", "standard-not-certified", "not-designated", "no-card",
            ])
    }

    @Test func `a card covers its fields until its last day`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        try await bench.act(
            VerifierCardAdd.self,
            AddVerifierCard(
                person: "thao", number: "KDV-09", families: ["mass"], issuedOn: "2013-05-05", expiresOn: "2018-05-05"),
            by: bench.people.quality)
        #expect(try await gate(bench, "COT-1", on: "2018-05-05", verifier: "thao") == ["card-does-not-cover"])
        #expect(try await gate(bench, "COT-1", on: "2018-05-06", verifier: "thao") == ["card-expired", "card-does-not-cover"])
    }

    @Test func `a suspended card or designation stops the work while it lasts`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        try await bench.database.script(
            """
            insert into record.verifier_card_event (card_id, kind, happened_on, reason)
            select id, 'suspended', '2018-02-01', 'QĐ' from record.verifier_card where number = 'KDV-minh';
            insert into record.verifier_card_event (card_id, kind, happened_on, reason)
            select id, 'restored', '2018-05-01', 'QĐ' from record.verifier_card where number = 'KDV-minh';
            insert into record.designation_suspension (designation_id, during, reason)
            select id, '[2018-04-01,2018-06-30]', 'QĐ' from record.designation;
            """)
        #expect(try await gate(bench, "COT-1", on: "2018-01-31") == [])
        #expect(try await gate(bench, "COT-1", on: "2018-02-01") == ["card-expired"])
        #expect(try await gate(bench, "COT-1", on: "2018-04-15") == ["not-designated", "card-expired"])
        #expect(try await gate(bench, "COT-1", on: "2018-06-30") == ["not-designated"])
        #expect(try await gate(bench, "COT-1", on: "2018-07-01") == [])
    }

    @Test func `a dispenser is not verified by the procedure for scales, nor by one for calibration`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        #expect(
            try await gate(bench, "COT-1", procedure: "DLVN-30", on: "2018-03-01", standards: ["QC-M1"]) == [
                "procedure-does-not-cover"
            ])
        try await bench.act(
            InstrumentAdd.self,
            AddInstrument(code: "QC-KH", type: "16a", serial: "E2-1", site: "BV", putInUseOn: "2018-01-02"),
            by: bench.people.reception)
        #expect(
            try await gate(bench, "QC-KH", procedure: "HC-QC", on: "2018-03-01", standards: ["QC-M1"]) == [
                "procedure-does-not-cover"
            ])
        #expect(
            try await gate(
                bench, "QC-KH", kind: "calibration", mode: nil, procedure: "HC-QC", on: "2018-03-01", standards: ["QC-M1"])
                == [])
    }

    @Test func `without the standard that the procedure asks for there is no work`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        #expect(try await gate(bench, "COT-1", on: "2018-03-01", standards: ["QC-M1"]) == ["standard-missing"])
    }
}
