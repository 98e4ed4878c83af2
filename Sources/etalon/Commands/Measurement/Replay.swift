// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Evaluates recorded measurements again and compares every digit.
struct Replay: Verb {
    static let example = "etalon replay --all"
    static let configuration = described(
        "replay", "Tính lại các lần đo đã ghi và so từng chữ số; thoát 1 nếu khác",
        "Evaluates recorded measurements again and compares every digit; exit 1 when one differs")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số lần đo", "Number of the measurement")) var measurement: Int64?
    @Flag(help: .both("Mọi lần đo", "Every measurement")) var all = false

    func validate() throws {
        guard all != (measurement != nil) else {
            throw ValidationError.both("nêu một lần đo, hoặc --all", "name one measurement, or --all")
        }
    }

    func perform(_ session: Session) async throws {
        if let measurement {
            let answer = try await session.get("/replays/\(measurement)")
            try session.show(record: answer, ProcedureTables.replay)
            if try session.read(ReplayLine.self, answer).verdict == "different" { throw end(.refused) }
            return
        }
        var counts: [String: Int] = [:]
        var different: [ReplayLine] = []
        var cursor: String?
        repeat {
            let page = try session.read(
                List<ReplayLine>.self, try await session.get("/replays", ["limit": "1000", "cursor": cursor]))
            for line in page.items { counts[line.verdict, default: 0] += 1 }
            different += page.items.filter { $0.verdict == "different" }
            cursor = page.next
            if cursor != nil { session.note(Phrase.replayed.filled(["count": "\(counts.values.reduce(0, +))"])) }
        } while cursor != nil
        let summary = Summary(
            identical: counts["identical"] ?? 0, different: counts["different"] ?? 0, notEvaluated: counts["not_evaluated"] ?? 0,
            items: different)
        try session.show(
            record: try StrictJSON.encode(summary), ProcedureTables.replayed,
            [Section("items", vi: "Khác nhau", en: "Differences", ProcedureTables.replay)])
        if summary.different > 0 { throw end(.refused) }
    }

    private struct Summary: Encodable {
        let identical: Int
        let different: Int
        let notEvaluated: Int
        let items: [ReplayLine]
    }
}
