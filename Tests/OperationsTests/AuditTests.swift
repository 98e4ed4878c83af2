// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import LabOperations
import LaboratoryModel
import Testing

@Suite("The audit")
struct AuditTests {
    private func verified(_ bench: Bench) async throws -> AuditVerification {
        try await bench.ask(AuditVerify.self, (), by: bench.people.quality)
    }

    private func sealed(_ bench: Bench) async throws {
        _ = try await bench.database.texts("select record.seal_audit()::text")
    }

    @Test func `what was recorded honestly is intact, and every entry says who did what`() async throws {
        let bench = try await Bench.open()
        let sample = try await bench.receive()
        try await bench.enter("0.08", of: sample)
        try await sealed(bench)
        let verification = try await verified(bench)
        #expect(verification.intact)
        #expect(verification.unsealed == 0)
        #expect(verification.faults.isEmpty)
        let log = try await bench.ask(
            AuditLog.self, (person: "minh", table: "result", row: nil, page: Page()), by: bench.people.quality)
        #expect(log.items.map(\.act) == ["result.enter"])
    }

    @Test func `a row that the owner of the database altered is named, with who had entered it`() async throws {
        let bench = try await Bench.open()
        let sample = try await bench.receive()
        try await bench.enter("0.08", of: sample)
        try await sealed(bench)
        try await bench.database.script("update record.result set text = '0.02', value = 0.02", as: "etalon_owner")
        let verification = try await verified(bench)
        #expect(!verification.intact)
        #expect(verification.faults.map { "\($0.table) \($0.row) \($0.fault) \($0.actor ?? "")" } == ["result 1 altered minh"])
        try await bench.database.script("update record.result set text = '0.08', value = 0.08", as: "etalon_owner")
        #expect(try await verified(bench).intact)
    }

    @Test func `a row that was removed, and one that was put in past the trigger, are named`() async throws {
        let bench = try await Bench.open()
        let sample = try await bench.receive()
        try await bench.enter("0.08", of: sample)
        try await bench.database.script(
            """
            delete from record.result;
            alter table record.year_plan disable trigger leave_audit_entry;
            insert into record.year_plan (year, version, samples, decision, decided_on) values (2018, 1, 5, 'QĐ', '2018-01-02');
            """)
        let faults = try await verified(bench).faults.map { "\($0.table) \($0.fault)" }
        #expect(Set(faults) == ["result missing", "year_plan no entry"])
    }

    @Test func `an entry that was altered together with its row breaks the chain`() async throws {
        let bench = try await Bench.open()
        let sample = try await bench.receive()
        try await bench.enter("0.08", of: sample)
        try await sealed(bench)
        try await bench.enter("0.07", of: sample, reason: "Đo lại")
        try await sealed(bench)
        try await bench.database.script(
            """
            update record.result set text = '0.02', value = 0.02 where version = 1;
            set timezone = 'UTC';
            update record.audit_entry a set row_sha256 = record.canonical(to_jsonb(r))
            from record.result r where r.version = 1 and a.table_name = 'result' and a.row_key = r.id::text;
            """, as: "etalon_owner")
        let verification = try await verified(bench)
        #expect(!verification.intact)
        #expect(verification.faults.contains { $0.table == "audit_seal" && $0.fault == "entries altered" })
    }

    @Test func `a seal taken out of the chain is missed`() async throws {
        let bench = try await Bench.open()
        for _ in 1...3 {
            _ = try await bench.receive()
            try await sealed(bench)
        }
        try await bench.database.script(
            """
            alter table record.audit_seal disable trigger all;
            delete from record.audit_seal where id = 2;
            update record.audit_seal set previous_id = 1 where id = 3;
            """)
        #expect(try await !verified(bench).intact)
    }

    @Test func `a technician may not ask what everybody did`() async throws {
        let bench = try await Bench.open()
        let refused = try await refusal {
            try await bench.ask(AuditVerify.self, (), by: bench.people.technician)
        }
        guard case .notPermitted = refused else { throw NotRefused() }
    }
}
