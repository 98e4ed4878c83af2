// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import LabStore
package import LaboratoryModel
internal import Metrology
internal import Procedures

/// Records a calibration or verification: gate, readings, conclusion and evidence in one transaction.
package enum MeasurementRecord: Act {
    package static let name = "measurement.record"
    package static let roles: Set<Role> = [.technician]

    package static func perform(
        _ asked: RecordMeasurement, in setting: ActSetting, on database: isolated Transaction
    ) throws -> RecordedMeasurement {
        var request = asked
        var check = InputCheck(today: setting.today)
        let kind = check.word("kind", request.kind, of: ["verification", "calibration", "test"])
        if kind == "verification" {
            _ = check.word("mode", request.mode, of: ["initial", "periodic", "after_repair"])
        } else if request.mode != nil {
            check.fault("mode", vi: "chỉ kiểm định có chế độ", en: "only a verification has a mode")
        }
        let worked = check.date("worked_on", request.workedOn)
        if let outcome = request.outcome {
            _ = check.word("outcome", outcome, of: ["refused", "not_done"])
            if (request.reasons ?? []).isEmpty { check.fault("reasons", vi: "phải ghi lý do", en: "say why") }
        }
        let readings = RecordedReadings(request.readings, check: &check)
        for (index, step) in (request.checks ?? []).enumerated() {
            _ = check.word("checks[\(index)].outcome", step.outcome, of: ["pass", "fail", "not_applicable"])
        }
        try check.finish()

        let person = try request.measuredBy.map { try database.person($0).id } ?? setting.caller.personID
        let gate = try WorkGate(
            instrument: request.instrument, kind: kind, mode: request.mode, procedure: request.procedure, verifier: person,
            standards: request.standards, on: worked, database: database)
        try readings.checkChannels(of: gate.instrument, request: request)
        let putInUse = try CivilDate(parsing: gate.instrument.putInUseOn)
        if worked < putInUse, request.mode != "initial" {
            throw ActError.invalid(
                "worked_on", vi: "trước ngày đưa vào sử dụng \(putInUse.dayMonthYear)",
                en: "before the instrument was put in use on \(putInUse)")
        }
        guard gate.reasons.isEmpty, let procedure = gate.procedure, let plan = gate.plan else {
            throw ActError.refused(gate.reasons)
        }
        let faults = plan.faults(
            of: readings.observations,
            steps: (asked.checks ?? []).map { JudgedStep(step: $0.step, channel: $0.channel, outcome: $0.outcome) },
            conditions: asked.conditions ?? [:], mode: asked.mode)
        guard faults.isEmpty else { throw ActError.invalid(faults) }
        request.checks = plan.everyStep(asked.checks ?? [], mode: asked.mode, channels: gate.instrument.channels.map(\.number))
        let conclusion = try MeasurementConclusion(request, readings, gate: gate, plan: plan)
        let evidence = try EvidenceSet(
            request.evidence ?? [], verifier: gate.verifier, outcome: conclusion.outcome, plan: plan, on: database)

        let measurement = try database.only(
            Statements.measurementAdd, gate.instrument.id, kind, request.mode, procedure.id, "\(worked)", person, String?.none,
            gate.instrument.holderId, gate.instrument.siteId, gate.instrument.place, jsonText(request.conditions ?? [:]),
            setting.caller.personID)
        try database.run(Statements.measurementStandardsAdd, measurement.id, gate.standards.compactMap(\.id))
        try readings.insert(for: measurement.id, of: gate.instrument, by: setting.caller, on: database)
        try insertChecks(request.checks ?? [], evidence.marks, for: measurement.id, gate.instrument, setting, on: database)
        let concluded = try database.only(
            Statements.conclusionAdd, measurement.id, conclusion.outcome, jsonText(conclusion.sentences),
            conclusion.evaluationJSON(), conclusion.excluded(gate.instrument), MeasurementEvaluation.engineVersion, String?.none,
            setting.caller.personID)
        try evidence.affix(
            measurement: measurement.id, instrument: gate.instrument.id, on: worked, by: setting.caller, database: database)
        try DeadlineTick.hint(on: database)
        return RecordedMeasurement(
            id: measurement.id, instrument: gate.instrument.code, outcome: conclusion.outcome,
            reasons: conclusion.failures.map(ReasonView.init), validUntil: concluded.code,
            evaluation: conclusion.lines)
    }

    private static func insertChecks(
        _ checks: [NewCheck], _ marks: [NewEvidence], for measurement: Int64, _ instrument: GateInstrument, _ setting: ActSetting,
        on database: isolated Transaction
    ) throws {
        let rows =
            checks
            + marks.map {
                NewCheck(step: "mark_affixed", outcome: "pass", note: "\($0.series) \($0.number) \($0.place ?? "")".trimmed)
            }
        guard !rows.isEmpty else { return }
        let channels = Dictionary(uniqueKeysWithValues: instrument.channels.map { ($0.number, $0.id) })
        try database.run(
            Statements.checksAdd, measurement, rows.map(\.step), rows.map { row in row.channel.flatMap { channels[$0] } },
            rows.map(\.outcome), rows.map(\.note), setting.caller.personID)
    }
}

extension CompiledProcedure {
    /// Judged steps with `*` written out: "all other steps of the procedure", as a verifier says it. A step that each channel has for itself
    /// and that is named for some of them is written out for the others.
    func everyStep(_ checks: [NewCheck], mode: String?, channels: [Int]) -> [NewCheck] {
        guard let rest = checks.first(where: { $0.step == "*" }) else { return checks }
        var written = checks.filter { $0.step != "*" }
        for step in steps(mode: mode) {
            let named = written.filter { $0.step == step.code }
            if named.isEmpty {
                written.append(NewCheck(step: step.code, outcome: rest.outcome, note: rest.note))
            } else if step.perChannel, procedure.perChannel, !named.contains(where: { $0.channel == nil }) {
                for channel in channels where !named.contains(where: { $0.channel == channel }) {
                    written.append(NewCheck(step: step.code, channel: channel, outcome: rest.outcome, note: rest.note))
                }
            }
        }
        return written
    }
}

/// Texts as a JSON object or array for a jsonb parameter.
func jsonText(_ value: some Encodable) throws -> String {
    String(decoding: try StrictJSON.encode(value), as: UTF8.self)
}

/// Readings of a request, parsed.
struct RecordedReadings {
    private let rows: [NewReading]
    private(set) var observations: [Observation] = []

    init(_ rows: [NewReading], check: inout InputCheck) {
        self.rows = rows
        for (index, row) in rows.enumerated() {
            let field = "readings[\(index)]"
            let phase = check.word("\(field).phase", row.phase ?? "as_found", of: Phase.allCases.map(\.rawValue))
            _ = check.text("\(field).point", row.point, longest: 40)
            if (row.repetition ?? 1) < 1 { check.fault("\(field).repetition", vi: "từ 1 trở lên", en: "counts from 1") }
            var values: [String: DecimalNumber] = [:]
            values["indicated"] = check.decimal("\(field).indicated", row.indicated)
            if let reference = row.reference { values["reference"] = check.decimal("\(field).reference", reference) }
            for (name, text) in row.extra ?? [:] {
                if ["indicated", "reference"].contains(name) {
                    check.fault(
                        "\(field).extra.\(name)", vi: "ghi ở `\(name)` của lần đọc, không ở đây",
                        en: "belongs beside the point, not here")
                }
                if let value = check.decimal("\(field).extra.\(name)", text) { values[name] = value }
            }
            observations.append(
                Observation(
                    channel: row.channel, phase: Phase(rawValue: phase) ?? .asFound, point: row.point,
                    repetition: row.repetition ?? 1, values: values))
        }
        let keys = observations.map { "\($0.channel ?? 0)|\($0.phase)|\($0.point)|\($0.repetition)" }
        if Set(keys).count < keys.count {
            check.fault("readings", vi: "một lần đo được nhập hai lần", en: "the same point and repetition stands twice")
        }
    }

    func checkChannels(of instrument: GateInstrument, request: RecordMeasurement) throws {
        let known = Set(instrument.channels.map(\.number))
        let named = rows.compactMap(\.channel) + (request.excludedChannels ?? []) + (request.checks ?? []).compactMap(\.channel)
        if let unknown = named.first(where: { !known.contains($0) }) {
            throw ActError.invalid(
                "channel", vi: "\(instrument.code) không có vòi (kênh) \(unknown)",
                en: "\(instrument.code) has no channel \(unknown)")
        }
    }

    func insert(
        for measurement: Int64, of instrument: GateInstrument, by caller: Caller, on database: isolated Transaction
    ) throws {
        guard !rows.isEmpty else { return }
        let channels = Dictionary(uniqueKeysWithValues: instrument.channels.map { ($0.number, $0.id) })
        try database.run(
            Statements.readingsAdd, measurement, observations.map { row in row.channel.flatMap { channels[$0] } },
            observations.map(\.phase.rawValue), observations.map(\.point), observations.map(\.repetition),
            observations.map { "\($0.values["indicated"] ?? .zero)" },
            observations.map { $0.values["reference"].map { "\($0)" } },
            try rows.map { try jsonText($0.extra ?? [:]) }, caller.personID)
    }
}
