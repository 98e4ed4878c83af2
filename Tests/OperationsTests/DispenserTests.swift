// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import LabOperations
import LaboratoryModel
import Testing

@Suite("Verification of a fuel dispenser")
struct DispenserTests {
    @Test func `a pass carries stamp and seal and is valid to the end of the twelfth month`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1", nozzles: 2)
        let done = try await bench.measure(
            .dispenser("COT-1", on: "2017-05-10", nozzles: [1, 2], evidence: .stamped("00001", seal: "001")))
        #expect(done.outcome == "pass")
        #expect(done.validUntil == "2018-05-31")
        let view = try await bench.ask(MeasurementShow.self, done.id)
        #expect(view.evidence.map { "\($0.kind) \($0.series) \($0.number)" } == ["stamp 17B 00001", "seal NP 001"])
        #expect(view.procedureVersion == "ĐLVN 10:2013")
        // 100 × (20.000 − 20.010) / 20.010
        #expect(done.evaluation.of("error").first?.value == "-0.0500")
    }

    @Test func `the same readings fail in 2017 at 0.3 % and pass in 2018 at 0.5 %`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        try await bench.addDispenser("COT-2")
        let before = try await bench.measure(.dispenser("COT-1", on: "2017-12-29", measured: "19.920"))
        #expect(before.outcome == "fail")
        #expect(Set(before.reasons.map(\.code)) == ["result-beyond-limits"])
        #expect(before.reasons.count == 4)
        #expect(before.validUntil == nil)
        let after = try await bench.measure(
            .dispenser("COT-2", on: "2018-01-02", measured: "19.920", evidence: .stamped("00001", seal: "001")))
        #expect(after.outcome == "pass")
        #expect(Set(after.evaluation.of("error").filter { $0.point == "qmax" }.map(\.upper)) == ["0.5"])
    }

    @Test func `at initial verification 0.3 % holds in 2018 too`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        let initial = try await bench.measure(.dispenser("COT-1", on: "2018-03-01", mode: "initial", measured: "19.920"))
        #expect(initial.outcome == "fail")
        let repaired = try await bench.measure(
            .dispenser(
                "COT-1", on: "2018-03-02", mode: "after_repair", measured: "19.920", evidence: .stamped("00001", seal: "001")))
        #expect(repaired.outcome == "pass")
    }

    @Test func `an error at the limit itself passes`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        // 100 × (20.100 − 20.000) / 20.000 = 0.5 exactly.
        var request = RecordMeasurement.dispenser("COT-1", on: "2018-03-01", evidence: .stamped("00001", seal: "001"))
        for index in request.readings.indices where request.readings[index].point != "vmin" {
            request.readings[index].indicated = "20.100"
            request.readings[index].reference = "20.000"
        }
        #expect(try await bench.measure(request).outcome == "pass")
        request.readings[0].indicated = "20.101"
        request.evidence = []
        #expect(try await bench.measure(request).outcome == "fail")
    }

    @Test func `a nozzle that was adjusted is judged as it was left, and the fault found stays on record`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        var request = RecordMeasurement.dispenser(
            "COT-1", on: "2018-03-01", measured: "19.800", evidence: .stamped("00001", seal: "001"))
        request.readings += RecordMeasurement.nozzle(1, phase: "as_left", measured: "20.000")
        let done = try await bench.measure(request)
        #expect(done.outcome == "pass")
        let found = done.evaluation.of("error").filter { $0.phase == "as_found" && $0.point == "qmax" }
        #expect(found.map(\.verdict) == ["fail", "fail"])
        #expect(done.evaluation.of("error").filter { $0.phase == "as_left" }.allSatisfy { $0.verdict == "pass" })
    }

    @Test func `adjusting means measuring every point again`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        var request = RecordMeasurement.dispenser("COT-1", on: "2018-03-01", evidence: .stamped("00001", seal: "001"))
        request.readings += RecordMeasurement.nozzle(1, phase: "as_left").filter { $0.point != "qmin" }
        let refused = try await refusal { try await bench.measure(request) }
        #expect(refused.codes == ["nozzle-incomplete"])
    }

    @Test func `one failing nozzle fails the dispenser`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1", nozzles: 2)
        var request = RecordMeasurement.dispenser("COT-1", on: "2018-03-01")
        request.readings += RecordMeasurement.nozzle(2, measured: "19.500")
        let done = try await bench.measure(request)
        #expect(done.outcome == "fail")
        #expect(done.reasons.allSatisfy { $0.en.hasPrefix("nozzle 2") })
    }

    @Test func `a failing nozzle that is sealed off and excluded leaves the others their pass`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1", nozzles: 2)
        var request = RecordMeasurement.dispenser("COT-1", on: "2018-03-01", evidence: .stamped("00001", seal: "001"))
        request.readings += RecordMeasurement.nozzle(2, measured: "19.500")
        request.checks?.append(NewCheck(step: "leak", channel: 2, outcome: "fail"))
        request.checks?.append(NewCheck(step: "leak", channel: 1, outcome: "pass"))
        request.excludedChannels = [2]
        let unsealed = try await refusal {
            var bare = request
            bare.evidence = [NewEvidence(kind: "stamp", series: "17B", number: "00001")]
            return try await bench.measure(bare)
        }
        #expect(unsealed.codes == ["evidence-missing"])
        #expect(try await bench.measure(request).outcome == "pass")
    }

    @Test func `a dispenser of which every nozzle is excluded was not verified`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        var request = RecordMeasurement.dispenser("COT-1", on: "2018-03-01", evidence: .stamped("00001", seal: "001"))
        request.excludedChannels = [1]
        let refused = try await refusal { try await bench.measure(request) }
        #expect(refused.codes == ["nothing-measured"])
    }

    @Test func `a flow below half of the labelled one fails the nozzle`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        var request = RecordMeasurement.dispenser("COT-1", on: "2018-03-01")
        // 20 L in 61 s are 19.7 L/min of 40.
        request.readings[1].extra = ["time_s": "61"]
        let done = try await bench.measure(request)
        #expect(done.reasons.map(\.code) == ["result-beyond-limits"])
        request.readings[1].extra = nil
        let untimed = try await refusal { try await bench.measure(request) }
        #expect(untimed.codes == ["reading-missing"])
    }

    @Test func `what is missing is told all at once, and nothing is concluded`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1", nozzles: 2)
        var request = RecordMeasurement.dispenser("COT-1", on: "2018-03-01", evidence: .stamped("00001", seal: "001"))
        request.checks = [NewCheck(step: "leak", outcome: "pass")]
        let refused = try await refusal { try await bench.measure(request) }
        #expect(refused.codes.filter { $0 == "nozzle-incomplete" }.count == 3)
        #expect(refused.codes.filter { $0 == "step-missing" }.count == 16)
        #expect(try await bench.database.texts("select count(*)::text from record.measurement") == ["0"])
    }

    @Test func `a stamp is used once, from one's own stock, and only on a pass`() async throws {
        let bench = try await Bench.open()
        for code in ["COT-1", "COT-2"] { try await bench.addDispenser(code) }
        try await bench.measure(.dispenser("COT-1", on: "2018-03-01", evidence: .stamped("00001", seal: "001")))
        let twice = try await refusal {
            try await bench.measure(.dispenser("COT-2", on: "2018-03-01", evidence: .stamped("00001", seal: "002")))
        }
        #expect(twice.codes == ["stamp-used"])
        let foreign = try await refusal {
            try await bench.measure(.dispenser("COT-2", on: "2018-03-01", evidence: .stamped("00051", seal: "099")))
        }
        #expect(foreign.codes == ["stamp-not-in-stock", "stamp-unknown"])
        let none = try await refusal { try await bench.measure(.dispenser("COT-2", on: "2018-03-01")) }
        #expect(none.codes.contains("evidence-missing"))
        let failed = try await refusal {
            try await bench.measure(
                .dispenser("COT-2", on: "2018-03-01", measured: "19.500", evidence: .stamped("00002", seal: "002")))
        }
        #expect(failed.codes == ["evidence-on-failure"])
        let stock = try await bench.ask(StampStockList.self, "minh").items.filter { $0.kind == "stamp" }
        #expect(
            stock.map { "\($0.state) \($0.first)–\($0.last) \($0.count)" } == [
                "affixed 00001–00001 1", "assigned 00002–00050 49",
            ])
    }

    @Test func `a failure gets a record and no certificate`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        let failed = try await bench.measure(.dispenser("COT-1", on: "2018-03-01", measured: "19.500"))
        let refused = try await refusal {
            try await bench.act(CertificateIssue.self, IssueCertificate(measurement: failed.id), by: bench.people.technician)
        }
        #expect(refused.codes == ["not-concluded-pass"])
        let record = try await bench.act(RecordPrint.self, PrintRecord(measurement: failed.id), by: bench.people.technician)
        #expect(record.label == "0001/2018/BBKD")
        #expect(try await bench.content(of: record.label).contains("Không đạt"))
    }

    @Test func `a certificate copies the stamp, and record and certificate count in series of their own`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        let done = try await bench.measure(.dispenser("COT-1", on: "2018-03-01", evidence: .stamped("00007", seal: "001")))
        let record = try await bench.act(RecordPrint.self, PrintRecord(measurement: done.id), by: bench.people.technician)
        let certificate = try await bench.act(
            CertificateIssue.self, IssueCertificate(measurement: done.id), by: bench.people.technician)
        #expect([record.label, certificate.label] == ["0001/2018/BBKD", "0001/2018/GCNKD"])
        let content = try await bench.content(of: certificate.label)
        #expect(content.contains("Đạt yêu cầu kỹ thuật đo lường"))
        #expect(content.contains("00007"))
        #expect(content.contains("31/03/2019"))
        let again = try await refusal {
            try await bench.act(CertificateIssue.self, IssueCertificate(measurement: done.id), by: bench.people.technician)
        }
        #expect(again.codes == ["already-issued"])
    }
}
