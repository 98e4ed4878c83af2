// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import LabOperations
import LaboratoryModel
import Testing

/// The worked sample of the spring scale CĐH 15: Max 15 kg, Min 0.5 kg, d = e = 50 g, class IIII.
@Suite("Verification of a market scale")
struct ScaleTests {
    @Test func `the permissible errors are 25 g to 2.5 kg, 50 g to 10 kg and 75 g to 15 kg`() async throws {
        let bench = try await Bench.open()
        try await bench.addScale("CAN-1")
        let done = try await bench.measure(.scale("CAN-1", on: "2017-06-01", evidence: .marked("00001")))
        #expect(done.outcome == "pass")
        #expect(done.validUntil == "2019-06-30")
        let errors = done.evaluation.of("error")
        let up = errors.filter { $0.point?.hasPrefix("up:") ?? false }
        let limits = Dictionary(up.map { ($0.point ?? "", $0.upper) }, uniquingKeysWith: { first, _ in first })
        #expect(limits == ["up:min": "25", "up:50e": "25", "up:half": "50", "up:200e": "50", "up:max": "75"])
        let corners = errors.filter { $0.point?.hasPrefix("corner") ?? false }
        #expect(corners.map(\.upper) == ["50", "50", "50", "50"])
        #expect(done.evaluation.of("repeatability").map(\.upper) == ["25", "50", "75"])
    }

    @Test(arguments: [
        ("up:50e/1", "2.55", "fail"), ("up:200e/1", "10.05", "pass"), ("up:200e/1", "10.051", "fail"),
        ("down:max/1", "14.925", "pass"),
        ("down:max/1", "14.92", "fail"), ("corner:3/1", "5.1", "fail"), ("repeat:min/2", "0.55", "fail"),
    ])
    func `one interval too many fails the scale, an error at the limit does not`(
        point: String, indicated: String, outcome: String
    ) async throws {
        let bench = try await Bench.open()
        try await bench.addScale("CAN-1")
        let evidence: [NewEvidence] = outcome == "pass" ? .marked("00001") : []
        let done = try await bench.measure(.scale("CAN-1", on: "2017-06-01", evidence: evidence, indicated: [point: indicated]))
        #expect(done.outcome == outcome)
    }

    @Test func `three weighings that differ by more than the permissible error fail although each is within it`() async throws {
        let bench = try await Bench.open()
        try await bench.addScale("CAN-1")
        let done = try await bench.measure(
            .scale("CAN-1", on: "2017-06-01", indicated: ["repeat:max/1": "14.95", "repeat:max/3": "15.05"]))
        #expect(done.outcome == "fail")
        #expect(
            done.reasons.map(\.en) == [
                "point “Repeatability at Max” (`repeat:max`): Repeatability: greatest less smallest indication "
                    + "100 g is beyond ±75 g"
            ])
    }

    @Test func `a market scale carries mark and stamp; there is no certificate unless it is asked for`() async throws {
        let bench = try await Bench.open()
        try await bench.addScale("CAN-1")
        let unmarked = try await refusal {
            try await bench.measure(
                .scale("CAN-1", on: "2017-06-01", evidence: [NewEvidence(kind: "stamp", series: "17B", number: "00001")]))
        }
        #expect(unmarked.codes == ["evidence-missing"])
        let done = try await bench.measure(.scale("CAN-1", on: "2017-06-01", evidence: .marked("00001")))
        let view = try await bench.ask(MeasurementShow.self, done.id)
        #expect(view.documents.isEmpty)
        #expect(view.checks.contains { $0.step == "mark_affixed" && $0.note == "ĐKĐ CT-7" })
        let certificate = try await bench.act(
            CertificateIssue.self, IssueCertificate(measurement: done.id), by: bench.people.technician)
        #expect(try await bench.ask(MeasurementShow.self, done.id).documents == [certificate.label])
    }

    @Test func `a corner that was left out is missed`() async throws {
        let bench = try await Bench.open()
        try await bench.addScale("CAN-1")
        var request = RecordMeasurement.scale("CAN-1", on: "2017-06-01", evidence: .marked("00001"))
        request.readings.removeLast()
        let refused = try await refusal { try await bench.measure(request) }
        #expect(refused.codes == ["point-missing"])
    }

    @Test func `a scale that cannot be verified is refused with the reason, and keeps no validity`() async throws {
        let bench = try await Bench.open()
        try await bench.addScale("CAN-1")
        var request = RecordMeasurement.scale("CAN-1", on: "2017-06-01")
        request.readings = []
        request.outcome = "refused"
        #expect(try await refusal { try await bench.measure(request) }.fields == ["reasons"])
        request.reasons = ["Mặt số vỡ"]
        let done = try await bench.measure(request)
        #expect(done.outcome == "refused")
        #expect(done.validUntil == nil)
    }
}
