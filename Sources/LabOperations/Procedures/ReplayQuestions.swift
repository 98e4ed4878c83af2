// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import LabStore
package import LaboratoryModel
internal import Metrology
internal import Procedures

/// Evaluates one measurement again from what was stored with it.
package enum ReplayShow: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ id: Int64, in setting: ActSetting, on database: isolated Transaction
    ) throws -> ReplayLine {
        guard let row = try database.all(Statements.replayRows, id - 1, id, 1).first else {
            throw ActError.notFound(thing: .measurement, name: "\(id)")
        }
        return Replay(row).line()
    }
}

/// Evaluates measurements again, in the order they were recorded.
package enum ReplayList: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ page: Page, in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<ReplayLine> {
        let rows = try database.all(Statements.replayRows, page.after ?? 0, Int64.max, page.limit + 1)
        return page.list(rows.map { Replay($0).line() }, cursor: \.id)
    }
}

/// A measurement with everything its evaluation read, and what it came to.
struct Replay {
    let row: ReplayRow

    init(_ row: ReplayRow) {
        self.row = row
    }

    /// The comparison, result by result.
    func line() -> ReplayLine {
        let engine = MeasurementEvaluation.engineVersion
        guard row.engineVersion == engine, let content = row.content, let hash = row.sha256 else {
            return line(
                "not_evaluated", vi: "do “\(row.engineVersion)” ghi, không phải bộ tính \(engine)",
                en: "recorded by '\(row.engineVersion)', not by engine \(engine)")
        }
        do {
            let stored = try StrictJSON.decode(StoredEvaluation.self, from: Array(row.evaluation.utf8))
            guard let setting = stored.setting else {
                return line("not_evaluated", vi: "kết luận mà không tính", en: "concluded without an evaluation")
            }
            guard stored.procedure == hash else {
                return line(
                    "different", vi: "nội dung quy trình không phải nội dung lúc đo",
                    en: "the procedure's content is not the one it was judged by")
            }
            let compiled = try ProcedureInForce.compiled(content, sha256: hash)
            let found = MeasurementEvaluation(compiled, in: setting).evaluate(try observations(), steps: steps(setting))
            let lines = found.results.map { EvaluationLine($0, of: compiled.procedure) }
            var differences = Self.differences(stored.lines, lines)
            let outcome = StoredEvaluation.outcome(of: found, kind: row.kind)
            if outcome != row.outcome { differences.append("\(row.outcome) → \(outcome)") }
            return line(differences.isEmpty ? "identical" : "different", differences)
        } catch {
            return line("different", vi: "không tính lại được: “\(error)”", en: "cannot be evaluated again: \(error)")
        }
    }

    private func line(_ verdict: String, _ differences: [String] = [], vi: String? = nil, en: String? = nil) -> ReplayLine {
        ReplayLine(
            id: row.id, instrument: row.instrument, workedOn: row.workedOn, procedure: row.procedure,
            engineVersion: row.engineVersion, verdict: verdict, differences: differences, noteVi: vi, noteEn: en)
    }

    private func observations() throws -> [Observation] {
        try row.readings.map { reading in
            var values = try reading.extra.mapValues { try DecimalNumber(parsing: $0) }
            values["indicated"] = try DecimalNumber(parsing: reading.indicated)
            values["reference"] = try reading.reference.map { try DecimalNumber(parsing: $0) }
            return Observation(
                channel: reading.channel, phase: Phase(rawValue: reading.phase) ?? .asFound, point: reading.point,
                repetition: reading.repetition, values: values)
        }
    }

    /// Steps of channels that counted; the mark that was struck is no step of the procedure.
    private func steps(_ setting: EvaluationSetting) -> [JudgedStep] {
        row.checks.filter { check in
            check.channel.map { setting.instrument.channels[$0] != nil } ?? true
        }.map { JudgedStep(step: $0.step, channel: $0.channel, outcome: $0.outcome) }
    }

    /// Results by their place, before and now; one that is only on one side has a dash on the other.
    private static func differences(_ stored: [EvaluationLine], _ found: [EvaluationLine]) -> [String] {
        (0..<max(stored.count, found.count)).compactMap { index in
            let old = stored.indices.contains(index) ? stored[index] : nil
            let new = found.indices.contains(index) ? found[index] : nil
            guard old != new, let named = old ?? new else { return nil }
            let place = [named.channel.map(String.init), named.point, named.repetition.map(String.init)].compactMap(\.self)
            func said(_ line: EvaluationLine?) -> String { line.map { "\($0.value) \($0.verdict)" } ?? "–" }
            return "\(named.result) \(place.joined(separator: "/")): \(said(old)) → \(said(new))"
        }
    }
}
