// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import LabOperations
import LaboratoryModel
import Testing

@Suite("What a record says and the procedure does not ask for")
struct RecordFaultTests {
    private func dispenser(_ change: (inout RecordMeasurement) -> Void) async throws -> [String] {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1", nozzles: 2)
        var request = RecordMeasurement.dispenser(
            "COT-1", on: "2018-03-01", nozzles: [1, 2], evidence: .stamped("00001", seal: "001"))
        change(&request)
        let refused = try await refusal { try await bench.measure(request) }
        #expect(try await bench.database.texts("select count(*)::text from record.measurement") == ["0"])
        return refused.fields
    }

    @Test func `a failed step with a misspelt code is not lost behind the rest that passes`() async throws {
        let fields = try await dispenser {
            $0.checks = [NewCheck(step: "leek", outcome: "fail"), NewCheck(step: "*", outcome: "pass")]
        }
        #expect(fields == ["checks[0].step"])
        #expect(try await dispenser { $0.checks?.append(NewCheck(step: "*", outcome: "pass")) } == ["checks[1].step"])
        #expect(try await dispenser { $0.checks = [NewCheck(step: "leak", outcome: "failed")] } == ["checks[0].outcome"])
    }

    @Test func `every reading that nobody would judge is told at once`() async throws {
        let fields = try await dispenser {
            $0.readings[0].channel = nil
            $0.readings[1].point = "Qmax"
            $0.readings[2].extra = ["pricee": "1"]
            $0.readings[3].extra = ["time_s": "40"]
        }
        #expect(
            fields == ["readings[0].channel", "readings[1].point", "readings[2].pricee", "readings[3].time_s"])
        #expect(try await dispenser { $0.readings[0].extra = ["indicated": "19.9"] } == ["readings[0].extra.indicated"])
    }

    @Test func `a leak at one nozzle is found, and all other steps are taken as passed for each nozzle`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1", nozzles: 2)
        var request = RecordMeasurement.dispenser(
            "COT-1", on: "2018-03-01", nozzles: [1, 2], evidence: .stamped("00001", seal: "001"))
        request.checks = [NewCheck(step: "leak", channel: 2, outcome: "pass"), NewCheck(step: "*", outcome: "pass")]
        let done = try await bench.measure(request)
        let leaks = try await bench.ask(MeasurementShow.self, done.id).checks.filter { $0.step == "leak" }
        #expect(Set(leaks.map(\.channel)) == [1, 2])
    }

    @Test func `a temperature with its unit behind it is no number, and is not taken for none`() async throws {
        let bench = try await Bench.open()
        try await bench.act(
            InstrumentAdd.self,
            AddInstrument(
                code: "QC-100", type: "16a", serial: "100-1", maker: "Sartorius", country: "Đức", site: "BV",
                putInUseOn: "2018-01-02", characteristics: ["nominal_g": "100", "resolution": "0.00001"]),
            by: bench.people.reception)
        let request = RecordMeasurement(
            instrument: "QC-100", kind: "calibration", procedure: "HC-QC", workedOn: "2018-03-01", standards: ["QC-M1"],
            conditions: ["temperature_celsius": "20 C"], checks: [NewCheck(step: "*", outcome: "pass")],
            readings: (1...4).map { NewReading(point: "mass:100", repetition: $0, indicated: "100.0001", reference: "100.0000") })
        let refused = try await refusal { try await bench.measure(request) }
        #expect(refused.fields == ["conditions.temperature_celsius"])
    }

    @Test func `a record of more readings than anybody takes is refused as a whole`() async throws {
        let fields = try await dispenser { request in
            request.readings = (1...2_001).map {
                NewReading(channel: 1, point: "qmin", repetition: $0, indicated: "20.00", reference: "20.00")
            }
        }
        #expect(fields == ["readings"])
    }
}
