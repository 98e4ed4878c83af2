// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import LabOperations
import LaboratoryModel
import Testing

@Suite("Calibration of a weight")
struct CalibrationTests {
    private func weighing(_ cycles: [String]) -> RecordMeasurement {
        RecordMeasurement(
            instrument: "QC-100", kind: "calibration", procedure: "HC-QC", workedOn: "2018-03-01", standards: ["QC-M1"],
            conditions: ["temperature_celsius": "20.1", "humidity_percent": "52"], checks: [NewCheck(step: "*", outcome: "pass")],
            readings: cycles.enumerated().map {
                NewReading(point: "mass:100", repetition: $0.offset + 1, indicated: $0.element, reference: "100.00000")
            })
    }

    private func bench() async throws -> Bench {
        let bench = try await Bench.open()
        try await bench.act(
            InstrumentAdd.self,
            AddInstrument(
                code: "QC-100", type: "16a", serial: "100-1", maker: "Sartorius", country: "Đức", site: "BV",
                putInUseOn: "2018-01-02",
                characteristics: ["nominal_g": "100", "resolution": "0.00001"]), by: bench.people.reception)
        return bench
    }

    /// u(standard) = 0.00005 g leads: u = 0.0000504 g, many degrees of freedom, k = 2.00, U = 0.00010 g.
    @Test func `close repetitions give the standard's uncertainty and k = 2`() async throws {
        let bench = try await bench()
        let done = try await bench.measure(weighing(["100.00012", "100.00014", "100.00012", "100.00014"]))
        #expect(done.outcome == "calibrated")
        let line = try #require(done.evaluation.first)
        #expect(line.value == "0.00013")
        #expect(line.expandedUncertainty == "0.00010")
        #expect(line.coverageFactor == "2.00")
        #expect(line.verdict == "informative")
    }

    /// s = 0.00023094 g, u = 0.000125864 g, ν = 4, k = 2.87 for 95.45 %, U = 0.00036 g.
    @Test func `scattered repetitions leave four degrees of freedom and k = 2.87`() async throws {
        let bench = try await bench()
        let done = try await bench.measure(weighing(["100.00000", "100.00040", "100.00000", "100.00040"]))
        let line = try #require(done.evaluation.first)
        #expect(line.value == "0.00020")
        #expect(line.expandedUncertainty == "0.00036")
        #expect(line.coverageFactor == "2.87")

        let certificate = try await bench.act(
            CertificateIssue.self, IssueCertificate(measurement: done.id), by: bench.people.technician)
        #expect(certificate.label == "0001/2018/GCNHC")
        let content = try await bench.content(of: certificate.label)
        #expect(content.contains("2,87"))
        #expect(content.contains("0,00036"))
        #expect(!content.contains("Đạt yêu cầu"))
        try await bench.render(certificate.label)
        let verifier = try await refusal { try await bench.sign(certificate.label, by: bench.people.technician) }
        #expect(verifier.codes == ["no-signing-authority", "entered-and-signed-by-same-person"])
        try await bench.sign(certificate.label, by: bench.people.laboratoryHead)
        #expect(try await bench.sign(certificate.label, by: bench.people.head).issued)
    }

    @Test(arguments: [["100.00012"], ["100.00012", "100.00014"], ["100.00012", "100.00014", "100.00012"]])
    func `too few repetitions are refused`(cycles: [String]) async throws {
        let bench = try await bench()
        let refused = try await refusal { try await bench.measure(weighing(cycles)) }
        #expect(refused.codes.contains("point-missing"))
        #expect(refused.codes.contains("coverage-factor-undetermined") == (cycles.count == 1))
    }

    @Test func `a calibration has no mode, no stamp and no validity`() async throws {
        let bench = try await bench()
        var request = weighing(["100.00012", "100.00014", "100.00012", "100.00014"])
        request.mode = "periodic"
        #expect(try await refusal { try await bench.measure(request) }.fields == ["mode"])
        request.mode = nil
        #expect(try await bench.measure(request).validUntil == nil)
        request.evidence = .stamped("00001", seal: "001")
        #expect(try await refusal { try await bench.measure(request) }.codes == ["evidence-on-failure"])
    }
}
