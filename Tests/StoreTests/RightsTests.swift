// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import Testing

@Suite("Rights of the daemon's role")
struct RightsTests {
    /// Every table of schema `record`, sorted by what it holds; a new one fails until it stands here.
    static let records: Set<String> = [
        "deadline_reconciliation", "reminder_notice", "reminder_preference", "plan_decision", "plan_move", "plan_proposal",
        "accreditation", "deadline_override", "deadline_suspension", "interval_agreement", "interval_decision",
        "interval_proposal",
        "audit_entry", "audit_seal", "check_result", "conclusion", "designation", "designation_suspension", "document",
        "document_event", "document_result", "due_alarm", "due_alarm_end", "due_run", "due_run_file", "due_run_part", "fuel_lot",
        "fuel_lot_withdrawal", "inspection_campaign",
        "inspection_visit", "instrument_event", "job_intervention", "measurement", "measurement_standard", "reading", "reminder",
        "rendering",
        "request", "result", "result_review", "sample", "sample_event", "signature", "signing_authority", "stamp",
        "stamp_event", "standard_certificate", "verifier_card", "verifier_card_event", "work_order", "year_plan",
        "mail", "mail_address_event", "mail_event", "mail_message", "webhook_attempt", "webhook_delivery", "webhook_event",
    ]

    @Test func `the daemon cannot change or delete a record`() async throws {
        let database = try await LaboratoryDatabase.make()
        let tables = try await database.texts(
            "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'record' and c.relkind in ('r', 'p')"
        )
        #expect(Set(tables) == Self.records)
        let excess = try await database.texts(
            """
            select c.relname || ' ' || p.right from pg_class c join pg_namespace n on n.oid = c.relnamespace
            cross join unnest(array['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES']) as p("right")
            where n.nspname in ('record', 'catalogue') and c.relkind in ('r', 'p', 'v') and has_table_privilege('etalon', c.oid, p.right)
            """)
        #expect(excess.isEmpty, "\(excess)")
        let columns = try await database.texts(
            """
            select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'record' and c.relkind in ('r', 'p') and has_any_column_privilege('etalon', c.oid, 'UPDATE')
            """)
        #expect(columns.isEmpty, "\(columns)")
    }

    @Test func `the daemon cannot forge an audit entry or a seal`() async throws {
        let database = try await LaboratoryDatabase.make()
        let forgeable = try await database.texts(
            """
            select t from unnest(array['record.audit_entry', 'record.audit_seal']) t where has_table_privilege('etalon', t, 'INSERT')
            """)
        #expect(forgeable.isEmpty)
    }

    @Test func `every record table leaves an audit entry`() async throws {
        let database = try await LaboratoryDatabase.make()
        let audited = try await database.texts(
            "select c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid where t.tgname = 'leave_audit_entry'")
        #expect(Set(audited) == Self.records.subtracting(["audit_entry", "audit_seal"]))
    }
}
