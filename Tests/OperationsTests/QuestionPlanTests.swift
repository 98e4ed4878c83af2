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

    @Test(arguments: [true, false])
    func `a group finds what was handed over, and what it has said, each by one hash`(isAnalyzed: Bool) async throws {
        let bench = try await Bench.open()
        try await bench.database.script(
            """
            set session_replication_role = replica;
            insert into work.reminder_group (audience, customer_id, days, on_day, notify_at)
            values ('unaddressed', 0, -60, '2018-12-31', now());
            insert into record.reminder (subject_type, subject_id, kind, anchor_id, due_on, stage, reminded_on, customer_id, tells)
            select 'instrument', n, 'verification', n, '2019-03-01', '60_days', '2018-12-31', n % 200, array['customer']
            from generate_series(1, 20000) n;
            insert into record.reminder_notice (group_id, audience, customer_id, stage, on_day, outcome, told, superseded, mails)
            select 1000 + customer_id, 'customer', customer_id, stage, reminded_on, 'handed_over', array_agg(id), '{}', '{}'
            from record.reminder group by customer_id, stage, reminded_on;
            \(isAnalyzed ? "analyze record.reminder; analyze record.reminder_notice; analyze work.reminder_group;" : "")
            """)
        let group = try #require(try await bench.database.texts("select id::text from work.reminder_group").first)
        let plan = try await plan(bench, "reminder_group_lines", group)
        for hash in ["NOT (hashed SubPlan", "OR (hashed SubPlan"] {
            #expect(plan.contains { $0.contains(hash) }, "\(plan.joined(separator: "\n"))")
        }
        // Each list is read when its hash is made, and by nothing else.
        for list in ["handed h", "said s"] {
            #expect(plan.filter { $0.contains("CTE Scan on \(list)") }.count == 1, "\(plan.joined(separator: "\n"))")
        }
    }
}
