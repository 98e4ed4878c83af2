// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import LabOperations
import LaboratoryModel
import Testing

@Suite("Procedures that a laboratory writes for itself")
struct ProcedureTests {
    /// A test of the baths of a laboratory: an instrument type that nobody has heard of, in one file.
    private static func file(version: String = "TN-BATH:2018", from day: String = "2018-01-01", limit: String = "0.5") -> String {
        """
        code: TN-BATH
        version: "\(version)"
        vi: "Bể điều nhiệt – Thử nghiệm"
        en: "Stirred baths – Test"
        kind: test
        types: ["C-BATH-TEST"]
        instrument_types:
          - {code: C-BATH-TEST, vi: "Bể điều nhiệt", en: "Stirred bath", family: temperature}
        valid_from: \(day)
        source: "assumed: of this test"
        confidence: low
        standards:
          - {kind: blackbody, vi: "Vật đen chuẩn", en: "Blackbody", required: true}
        readings:
          - {name: indicated, symbol: I, unit: "°C", vi: "Số chỉ", en: "Indication"}
          - {name: reference, symbol: R, unit: "°C", vi: "Chuẩn", en: "Reference"}
        points:
          - {code: t37, nominal: 37, unit: "°C", repetitions: 3, vi: "37 °C", en: "37 °C"}
        results:
          - code: error
            vi: "Sai số"
            en: "Error"
            of: point
            model: mean(I - R) - d_std
            unit: "°C"
            inputs:
              - {symbol: d_std, from: certificate, standard: blackbody, unit: "°C", vi: "Chuẩn", en: "Standard"}
            coverage: {factor: "2"}
            limits:
              - {symmetric: "\(limit)", unit: "°C"}
            decision: {rule: guard_band_U, version: "1"}
        examples:
          - name: "three readings"
            source: "by hand"
            standards: {blackbody: {expanded_uncertainty: "0.05", coverage_factor: 2}}
            readings:
              - {point: t37, repetition: 1, indicated: "37.1", reference: "37.0"}
              - {point: t37, repetition: 2, indicated: "37.2", reference: "37.0"}
              - {point: t37, repetition: 3, indicated: "37.3", reference: "37.0"}
            outcome: tested
            results:
              - {result: error, point: t37, value: "0.200", expanded_uncertainty: "0.050", coverage_factor: "2.00", verdict: pass}
        """
    }

    private func load(_ text: String, on bench: Bench, by caller: Caller? = nil) async throws -> ProcedureOutcome {
        try await bench.act(
            ProcedureLoad.self, LoadProcedure(file: "bath.yaml", text: text), by: caller ?? bench.people.quality)
    }

    private func measured(_ indicated: [String]) -> RecordMeasurement {
        RecordMeasurement(
            instrument: "BE-1", kind: "test", procedure: "TN-BATH", workedOn: "2018-03-01", standards: ["VD-01"],
            readings: indicated.enumerated().map {
                NewReading(point: "t37", repetition: $0.offset + 1, indicated: $0.element, reference: "37.0")
            })
    }

    @Test func `a new kind of instrument comes with its procedure, is tested, and comes to the same digits again`() async throws {
        let bench = try await Bench.open()
        let loaded = try await load(Self.file(), on: bench)
        #expect(loaded.state == "loaded" && loaded.examples == 1)
        try await bench.act(
            InstrumentAdd.self,
            AddInstrument(
                code: "BE-1", type: "C-BATH-TEST", serial: "77", maker: "Julabo", country: "Đức", site: "BV",
                putInUseOn: "2018-01-02"),
            by: bench.people.reception)
        let done = try await bench.measure(measured(["37.41", "37.42", "37.43"]))
        #expect(done.outcome == "tested" && done.validUntil == nil)
        // 0.42 °C with U = 0.05 °C against 0.5 °C less a guard band of U.
        let line = try #require(done.evaluation.first)
        #expect(line.value == "0.420" && line.guardBand == "0.0500" && line.verdict == "pass")
        let beyond = try await bench.measure(measured(["37.47", "37.47", "37.47"]))
        #expect(beyond.outcome == "tested" && beyond.evaluation.map(\.verdict) == ["fail"])
        for id in [done.id, beyond.id] {
            #expect(try await bench.ask(ReplayShow.self, id).verdict == "identical")
        }
        let refused = try await refusal {
            try await bench.act(CertificateIssue.self, IssueCertificate(measurement: done.id), by: bench.people.technician)
        }
        #expect(refused.codes == ["not-concluded-pass"])
    }

    @Test func `a version is loaded once, changed never, and ended by the next one`() async throws {
        let bench = try await Bench.open()
        _ = try await load(Self.file(), on: bench)
        #expect(try await load(Self.file(), on: bench).state == "unchanged")
        await #expect(throws: ActError.self) { try await load(Self.file(limit: "0.6"), on: bench) }
        let next = try await load(Self.file(version: "TN-BATH:2018a", from: "2018-06-01", limit: "0.6"), on: bench)
        #expect(next.closes == "TN-BATH:2018")
        let shown = try await bench.ask(ProcedureShow.self, (code: "TN-BATH", on: "2018-05-31"))
        #expect(shown.version == "TN-BATH:2018" && shown.validTo == "2018-05-31")
        #expect(try await bench.ask(ProcedureShow.self, (code: "TN-BATH", on: "2018-06-01")).version == "TN-BATH:2018a")
        let listed = try await bench.ask(ProcedureList.self, (kind: "test", type: nil, on: nil))
        #expect(listed.items.map(\.version) == ["TN-BATH:2018a", "TN-BATH:2018"])
        // The daemon may do this and nothing else with the catalogue.
        await #expect(throws: (any Error).self) {
            try await bench.database.script("update catalogue.procedure set version = 'x'", as: "etalon")
        }
    }

    @Test func `a version comes after the work that followed another, and between no others`() async throws {
        let bench = try await Bench.open()
        _ = try await load(Self.file(), on: bench)
        try await bench.act(
            InstrumentAdd.self,
            AddInstrument(
                code: "BE-1", type: "C-BATH-TEST", serial: "77", maker: "Julabo", country: "Đức", site: "BV",
                putInUseOn: "2018-01-02"),
            by: bench.people.reception)
        try await bench.measure(measured(["37.41", "37.42", "37.43"]))
        let backdated = try await refusal { try await load(Self.file(version: "TN-BATH:2018a", from: "2018-02-01"), on: bench) }
        #expect(backdated.fields == ["bath.yaml: valid_from"])
        _ = try await load(Self.file(version: "TN-BATH:2018b", from: "2018-06-01"), on: bench)
        let between = try await refusal { try await load(Self.file(version: "TN-BATH:2017", from: "2017-06-01"), on: bench) }
        #expect(between.fields == ["bath.yaml: valid_from"])
        let renamed = Self.file(version: "TN-BATH:2019", from: "2019-01-01").replacing(
            "en: \"Stirred bath\"", with: "en: \"Bath\"")
        #expect(try await refusal { try await load(renamed, on: bench) }.fields == ["bath.yaml: instrument_types"])
        let retitled = Self.file().replacing("Stirred baths – Test", with: "Baths – Test")
        #expect(try await refusal { try await load(retitled, on: bench) }.fields == ["bath.yaml: version"])
    }

    @Test func `a file with a fault changes nothing and tells every place`() async throws {
        let bench = try await Bench.open()
        let planted = Self.file().replacing("mean(I - R)", with: "mean(I)*mean(R)")
        let refused = try await refusal { try await load(planted, on: bench) }
        #expect(refused.fields.first?.hasPrefix("bath.yaml:24:") == true, "\(refused.fields)")
        #expect(try await bench.ask(ProcedureList.self, (kind: "test", type: nil, on: nil)).items.isEmpty)
        let nowhere = Self.file().replacing("types: [\"C-BATH-TEST\"]", with: "types: [\"C-NONE\"]")
        let unknown = try await refusal { try await load(nowhere, on: bench) }
        #expect(unknown.fields == ["bath.yaml: types"])
    }

    @Test func `a technician may check a file and not load it`() async throws {
        let bench = try await Bench.open()
        let checked = try await bench.act(
            ProcedureCheck.self, CheckProcedure(file: "bath.yaml", text: Self.file()), by: bench.people.technician)
        #expect(checked.state == "checked")
        await #expect(throws: ActError.self) { try await load(Self.file(), on: bench, by: bench.people.technician) }
        #expect(try await bench.ask(ProcedureList.self, (kind: "test", type: nil, on: nil)).items.isEmpty)
    }

    @Test func `what was recorded is replayed; a characteristic changed since does not matter, a changed record does`()
        async throws
    {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        try await bench.addScale("CAN-1")
        let pump = try await bench.measure(.dispenser("COT-1", on: "2018-03-01", evidence: .stamped("00001", seal: "001")))
        let scale = try await bench.measure(.scale("CAN-1", on: "2018-03-01", evidence: .marked("00002")))
        try await bench.database.script(
            "update work.instrument set characteristics = '{\"max_kg\":\"30\",\"e_g\":\"100\",\"accuracy_class\":\"III\"}'")
        let page = try await bench.ask(ReplayList.self, Page(limit: 10))
        #expect(page.items.map(\.id) == [pump.id, scale.id])
        #expect(page.items.allSatisfy { $0.verdict == "identical" }, "\(page.items)")
        try await bench.database.script(
            "update record.reading set indicated = 20.111 where measurement_id = \(pump.id) and point = 'qmin' and repetition = 1"
        )
        let altered = try await bench.ask(ReplayShow.self, pump.id)
        #expect(altered.verdict == "different")
        #expect(altered.differences.contains { $0.hasPrefix("error 1/qmin/1: ") }, "\(altered.differences)")
    }
}
