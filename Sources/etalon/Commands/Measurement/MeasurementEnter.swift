// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Records verifications and calibrations: one instrument, or a market of scales.
struct MeasurementEnter: Verb {
    static let example = """
        etalon measurement enter --instrument PTD-00001 --procedure DLVN-10 --mode periodic --worked-on 2018-07-03 \
        --standard B20-03 --readings Examples/cli/dispenser.csv --passed external,run_in,leak --evidence stamp:KD18:000123
        """
    static let configuration = described(
        "enter", "Ghi kiểm định, hiệu chuẩn: --readings CSV, --table chợ, --file YAML, hoặc hỏi từng vòi",
        "Records work: --readings CSV, --table for a market, --file YAML, or asked nozzle by nozzle")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var work: WorkOptions
    @Option(help: .both("Số đọc từ tệp CSV", "Readings from a CSV file")) var readings: String?
    @Option(help: .both("Bảng của cả chợ, mỗi dòng một cân", "Table of a market, one scale a line")) var table: String?
    @Option(name: .customLong("line"), help: .both("Chỉ những dòng này của bảng", "These lines of the table only"))
    var lines: [Int] = []
    @Option(help: .both("Cả biên bản từ tệp YAML hoặc JSON", "The whole record from a YAML or JSON file")) var file: String?
    @Flag(help: .both("Chỉ đọc tệp và hỏi điều kiện, không ghi", "Only read and ask the gate; record nothing"))
    var dryRun = false

    func validate() throws {
        guard [readings, table, file].compactMap(\.self).count <= 1 else {
            throw ValidationError.both("chỉ một trong --readings, --table, --file", "one of --readings, --table, --file")
        }
        guard file != nil || (work.procedure != nil && work.workedOn != nil) else {
            throw ValidationError.both("thiếu --procedure hoặc --worked-on", "--procedure or --worked-on is missing")
        }
        guard file != nil || table != nil || work.instrument != nil else {
            throw ValidationError.both("thiếu --instrument", "--instrument is missing")
        }
    }

    func perform(_ session: Session) async throws {
        if let table {
            let sheet = try MarketSheet(CSVSheet(file: table), template: work.request([]))
            return try await MarketRun(sheet: sheet, lines: Set(lines), dryRun: dryRun).perform(session)
        }
        guard let request = try await request(session) else { return session.note(Phrase.left) }
        if dryRun { return try await GateQuestion(request).show(session) }
        let answer = try await session.post("/measurements", request)
        try session.show(
            record: answer, InstrumentTables.recorded,
            [InstrumentTables.evaluation, Section("reasons", vi: "Lý do", en: "Reasons", session.reasonColumns)])
    }

    private func request(_ session: Session) async throws -> RecordMeasurement? {
        if let file {
            let bytes = try WrittenFile.contents(file)
            let record = try YAMLRecord.isYAML(file) ? YAMLRecord.value(bytes, file: file) : StrictJSON.parse(bytes)
            return try StrictJSON.decode(RecordMeasurement.self, from: record)
        }
        if let readings { return work.request(try ReadingSheet.readings(CSVSheet(file: readings))) }
        if work.outcome != nil { return work.request([]) }
        let answer = try await session.get("/instruments/\(step(work.instrument ?? ""))")
        let instrument = try session.read(InstrumentView.self, answer)
        return NozzleDialogue(session).readings(of: instrument).map(work.request)
    }
}
