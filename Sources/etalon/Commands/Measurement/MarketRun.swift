// SPDX-License-Identifier: Apache-2.0

import APIContract

/// Records the scales of a market one after the other, and tells what each came to.
///
/// A scale that is refused does not hold up the others; its line can be run again alone.
struct MarketRun {
    let sheet: MarketSheet
    /// Only these lines; empty: all.
    let lines: Set<Int>
    let dryRun: Bool

    private struct Outcome {
        let row: JSONValue
        let exitCode: ExitCode
    }

    /// Does it and shows one row a scale.
    ///
    /// - Throws: ``TransportError`` or ``Failure`` when the daemon cannot go on; the exit code of the worst row.
    func perform(_ session: Session) async throws {
        for line in lines.sorted() where !sheet.scales.contains(where: { $0.line == line }) {
            throw Failure(Phrase.lineNotThere.filled(["line": "\(line)"]))
        }
        var outcomes: [Outcome] = []
        var stop: Failure?
        for scale in sheet.scales where lines.isEmpty || lines.contains(scale.line) {
            let (outcome, failure) = try await outcome(of: scale, session)
            outcomes.append(outcome)
            stop = failure
            if stop != nil { break }
        }
        let list = JSONValue.object([JSONMember("items", .array(outcomes.map(\.row))), JSONMember("next", .null)])
        try session.show(list: list.bytes, InstrumentTables.market)
        let failed = outcomes.filter { $0.exitCode != .done }
        let counts = ["done": "\(outcomes.count - failed.count)", "failed": "\(failed.count)"]
        if !dryRun { session.note((failed.isEmpty ? Phrase.rowsDone : Phrase.rowsLeft).filled(counts)) }
        if let stop { throw stop }
        if let worst = failed.map(\.exitCode).max(by: { $0.rawValue < $1.rawValue }) { throw end(worst) }
    }

    /// What one scale came to, and why to stop when the daemon would take no other either.
    private func outcome(of scale: MarketSheet.Scale, _ session: Session) async throws -> (Outcome, Failure?) {
        do {
            if dryRun {
                let reasons = try await GateQuestion(scale.request).reasons(session)
                let why = reasons.map { session.language == .vi ? $0.vi : $0.en }
                let row = row(scale, why: why, refused: !reasons.isEmpty)
                return (Outcome(row: row, exitCode: reasons.isEmpty ? .done : .refused), nil)
            }
            let answer = try await session.post("/measurements", scale.request)
            let recorded = try session.read(RecordedMeasurement.self, answer)
            return (Outcome(row: row(scale, recorded, session.language), exitCode: .done), nil)
        } catch let failure as Failure {
            let why = sentences(failure.problem, session.language)
            let outcome = Outcome(row: row(scale, why: why, refused: true), exitCode: failure.exitCode)
            let concernsAll = failure.exitCode == .unavailable || failure.exitCode == .notPermitted
            return (outcome, concernsAll ? failure : nil)
        }
    }

    private func sentences(_ problem: Problem, _ language: Language) -> [String] {
        let reasons = (problem.reasons ?? []).map { language == .vi ? $0.vi : $0.en }
        let detail = language == .vi ? problem.detailVi : problem.detail
        return reasons.isEmpty ? [detail ?? problem.title] : reasons
    }

    private func row(_ scale: MarketSheet.Scale, why: [String], refused: Bool) -> JSONValue {
        .object([
            JSONMember("line", .number("\(scale.line)")), JSONMember("instrument", .string(scale.request.instrument)),
            JSONMember("measurement", .null), JSONMember("outcome", .string(refused ? "error" : "ok")),
            JSONMember("valid_until", .null), JSONMember("why", .string(why.joined(separator: "; "))),
        ])
    }

    private func row(_ scale: MarketSheet.Scale, _ recorded: RecordedMeasurement, _ language: Language) -> JSONValue {
        let why = recorded.reasons.map { language == .vi ? $0.vi : $0.en }
        return .object([
            JSONMember("line", .number("\(scale.line)")), JSONMember("instrument", .string(recorded.instrument)),
            JSONMember("measurement", .number("\(recorded.id)")), JSONMember("outcome", .string(recorded.outcome)),
            JSONMember("valid_until", recorded.validUntil.map { .string($0) } ?? .null),
            JSONMember("why", .string(why.joined(separator: "; "))),
        ])
    }
}
