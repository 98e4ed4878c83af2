// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import LabStore
import Postgres
import Testing

/// Plans of questions about little among much, as the daemon's connection makes them.
@Suite("Plans of questions")
struct QuestionPlanTests {
    /// The plan of a named statement.
    private func plan(_ bench: Bench, _ name: String, _ parameters: String) async throws -> [String] {
        let connection = try await bench.database.connection(as: "etalon")
        let sql = try #require(EmbeddedSQL.queries[name])
        try await connection.script("prepare plan as \(sql)")
        let lines = try await connection.rows(Statement<String>(name: "", sql: "explain (costs off) execute plan(\(parameters))"))
        await connection.close()
        return lines
    }

    @Test func `the gate reads the moves of its instrument and nobody else's`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        try await bench.database.script(
            """
            set session_replication_role = replica;
            insert into record.instrument_event (instrument_id, kind, happened_on, from_site_id, site_id)
            select 1000 + n, 'moved', date '2017-01-01' + n % 900, 1, 2 from generate_series(1, 20000) n;
            analyze record.instrument_event;
            """)
        let plan = try await plan(bench, "gate_instrument", "'COT-1', '2018-05-10'")
        let scan = try #require(
            plan.firstIndex { $0.contains("instrument_event_place on instrument_event") }, "\(plan.joined(separator: "\n"))")
        #expect(plan[scan + 1].contains("Index Cond: (instrument_id = i.id)"), "\(plan.joined(separator: "\n"))")
        #expect(!plan.contains { $0.contains("Seq Scan on instrument_event") })
    }
}
