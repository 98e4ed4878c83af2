// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import FoundationEssentials
import LabOperations
import LaboratoryModel
import Testing

@Suite("What a certificate of calibration says (ISO/IEC 17025:2017, 7.8)")
struct CertificateContentTests {
    /// The procedure of Examples, in force on the bench's days, with the bench's standard.
    private static func procedure() throws -> String {
        let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return try String(contentsOf: URL(filePath: root + "/Examples/procedures/torque-wrench.yaml"), encoding: .utf8)
            .replacing("valid_from: 2026-01-01", with: "valid_from: 2018-01-01")
            .replacing("torque_transducer", with: "blackbody")
    }

    private func certificate(_ text: String, on bench: Bench) async throws -> String {
        try await bench.act(ProcedureLoad.self, LoadProcedure(file: "x.yaml", text: text), by: bench.people.quality)
        try await bench.act(
            InstrumentAdd.self,
            AddInstrument(
                code: "CLX-1", type: "C-TORQUE-WRENCH", serial: "604512K", maker: "Tohnichi", country: "Nhật", site: "BV",
                putInUseOn: "2018-01-02", characteristics: ["maximum_torque_nm": "200", "division_nm": "0.5", "khóa": "A"]),
            by: bench.people.reception)
        let points = [("p20", "40", "40.31"), ("p60", "120", "121.20"), ("p100", "200", "202.10")]
        let readings: [NewReading] = points.flatMap { point in
            (1...5).map { NewReading(point: point.0, repetition: $0, indicated: point.1, reference: point.2) }
        }
        let done = try await bench.measure(
            RecordMeasurement(
                instrument: "CLX-1", kind: "calibration", procedure: "HC-CLX", workedOn: "2018-03-01", standards: ["VD-01"],
                conditions: ["temperature_celsius": "23.1", "humidity_percent": "55"],
                checks: [NewCheck(step: "*", outcome: "pass")], readings: readings))
        let issued = try await bench.act(
            CertificateIssue.self, IssueCertificate(measurement: done.id), by: bench.people.technician)
        return try await bench.content(of: issued.label)
    }

    @Test func `points, surroundings and characteristics have their names and units, in both languages`() async throws {
        let content = try await certificate(Self.procedure(), on: try await Bench.open())
        for part in [
            "20 % mô men lớn nhất / 20 % of the largest torque", "Nhiệt độ không khí: 23,1 °C; Độ ẩm tương đối: 55 %RH",
            "Air temperature: 23.1 °C; Relative humidity: 55 %RH",
            "Mô men lớn nhất = 200 N·m; Giá trị độ chia = 0,5 N·m; khóa = A",
            "Largest torque = 200 N·m; Scale division = 0.5 N·m; khóa = A",
        ] { #expect(content.contains(part), "\(part)\n\(content)") }
        for code in ["\"p20\"", "temperature_celsius", "maximum_torque_nm", "HC-CLX:HC-CLX"] {
            #expect(!content.contains(code), "\(code)")
        }
        #expect(content.contains("\"unit\":\"N·m\"") || content.contains("\"unit\": \"N·m\""), "\(content)")
    }

    @Test func `conformity names its limits, the decision rule and the rule's version`() async throws {
        let content = try await certificate(Self.procedure(), on: try await Bench.open())
        for part in [
            "giới hạn ±4 % (HC-CLX:2026)", "chấp nhận có dải bảo vệ, w = U", "phiên bản 1",
            "the limits ±4 % (HC-CLX:2026)", "guarded acceptance, w = U", "version 1", "Đạt / Pass", "decision_rule",
            "Direction of loading: clockwise.",
        ] { #expect(content.contains(part), "\(part)\n\(content)") }
        // Repeatability has no limits, so nothing is said of its conformity.
        #expect(!content.contains("Sự phù hợp của “Độ lặp lại"))
    }

    @Test func `where nothing is judged, no rule is named`() async throws {
        let text = try Self.procedure()
            .replacing("    limits:\n      - {symmetric: \"step(permissible, T_max)\", unit: \"%\"}\n", with: "")
            .replacing("    decision: {rule: guard_band_U, version: \"1\"}\n", with: "")
            .replacing("verdict: pass", with: "verdict: informative").replacing("verdict: fail", with: "verdict: informative")
        let content = try await certificate(text, on: try await Bench.open())
        #expect(!content.contains("decision_rule") && !content.contains("Đạt / Pass"))
    }

    @Test func `another title under the same version is refused, with the place`() async throws {
        let bench = try await Bench.open()
        let text = try Self.procedure()
        try await bench.act(ProcedureLoad.self, LoadProcedure(file: "x.yaml", text: text), by: bench.people.quality)
        for changed in [
            text.replacing("vi: \"Cờ lê lực – Quy trình", with: "vi: \"Cờ lê – Quy trình"),
            text.replacing("source: \"assumed: after", with: "source: \"after"),
            text.replacing("T_max)/4", with: "T_max)/3"),
        ] {
            #expect(changed != text)
            let refused = try await refusal {
                try await bench.act(ProcedureLoad.self, LoadProcedure(file: "x.yaml", text: changed), by: bench.people.quality)
            }
            #expect(refused.fields == ["x.yaml: version"])
        }
        #expect(
            try await bench.act(ProcedureLoad.self, LoadProcedure(file: "x.yaml", text: text), by: bench.people.quality).state
                == "unchanged")
    }
}
