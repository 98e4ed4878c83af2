// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import LabOperations
import LaboratoryModel
import Testing

@Suite("Rows of next moments")
struct DeadlineRowTests {
    /// A dispenser verified on 2018-05-10: valid through 2019-05-31.
    private func dispenser() async throws -> (bench: Bench, traveller: DeadlineTraveller) {
        let bench = try await Bench.open(on: "2018-12-31")
        try await bench.addDispenser("COT-1")
        try await bench.measure(.dispenser("COT-1", on: "2018-05-10", evidence: .stamped("00001", seal: "001")))
        return (bench, try await DeadlineTraveller(bench, at: "2018-12-31 12:00+07"))
    }

    @Test func `every table that due reads refreshes the rows, or says why it need not`() async throws {
        let bench = try await Bench.open()
        let unwatched = try await bench.database.texts(
            """
            with recursive reads(classid, objid) as (
                select 'pg_proc'::regclass::oid, 'work.wanted_deadlines'::regproc::oid
                union
                select d.refclassid, d.refobjid from reads r join pg_depend d on d.classid = r.classid and d.objid = r.objid
                where d.refclassid in ('pg_proc'::regclass, 'pg_class'::regclass))
            select n.nspname || '.' || c.relname from reads r join pg_class c on r.classid = 'pg_class'::regclass and c.oid = r.objid
            join pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'r' and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname like 'deadlines%')
            order by 1
            """)
        #expect(
            unwatched == [
                "catalogue.deadline_class",  // written by migrations alone
                "catalogue.grace",  // decides what is overdue, not when it is due
                "catalogue.procedure",  // a version never changes, and nothing refers to a new one yet
                "record.interval_proposal",  // counts with its decision
                "record.measurement",  // counts with its conclusion
                "record.reminder",  // written by the tick, which moves the row itself
                "record.work_order",  // comes before its samples
            ])
    }

    @Test func `each of six stages comes once, at seven in the morning of its day`() async throws {
        let (_, traveller) = try await dispenser()
        #expect(try await traveller.next("COT-1") == "2019-04-01 00:00")
        for (day, stage) in [
            ("2019-04-01", "60_days"), ("2019-05-01", "30_days"), ("2019-05-24", "7_days"), ("2019-06-01", "overdue"),
            ("2019-06-14", "14_days_over"), ("2019-06-30", "30_days_over"),
        ] {
            try await traveller.travel(to: "\(day) 06:59:59+07")
            #expect(try await traveller.tick() == 0)
            #expect(try await traveller.untilNext() == .seconds(1))
            try await traveller.travel(to: "\(day) 07:00+07")
            #expect(try await traveller.tick() == 1)
            #expect(try await traveller.tick() == 0)
            #expect(try await traveller.reminders("COT-1").last == "\(stage) \(day)")
            #expect(try await traveller.differences() == [])
        }
        #expect(try await traveller.reminders("COT-1").count == 6)
        #expect(try await traveller.next("COT-1") == "infinity")
    }

    @Test func `after a long stop only the newest stage comes, and the passed ones are named in it`() async throws {
        let (_, traveller) = try await dispenser()
        try await traveller.travel(to: "2019-06-20 03:00+07")
        #expect(try await traveller.tick() == 1)
        #expect(try await traveller.reminders("COT-1") == ["14_days_over 2019-06-20 60_days,30_days,7_days,overdue"])
        #expect(try await traveller.next("COT-1") == "2019-06-30 00:00")
    }

    @Test func `a new verification begins a new round, a decision another one`() async throws {
        let (bench, traveller) = try await dispenser()
        try await traveller.travel(to: "2019-04-01 07:00+07")
        try await traveller.tick()
        try await bench.act(
            DeadlineOverride.self, OverrideDeadline(code: "COT-1", dueOn: "2019-05-20", reason: "sớm"), by: bench.people.manager)
        // Sixty days before 2019-05-20 have passed: the row waits for a tick and says so.
        #expect(try await traveller.next("COT-1") == "2019-03-21 00:00")
        try await traveller.tick()
        #expect(try await traveller.reminders("COT-1") == ["60_days 2019-04-01", "60_days 2019-04-01"])
        try await traveller.script(.verification(of: "COT-1", on: "2019-04-01", validUntil: "2020-04-30"))
        #expect(try await traveller.next("COT-1") == "2020-03-01 00:00")
        #expect(try await traveller.differences() == [])
    }

    @Test func `what is held is not reminded of, and resumed it catches up`() async throws {
        let (bench, traveller) = try await dispenser()
        try await bench.act(
            DeadlineSuspend.self, SuspendDeadline(code: "COT-1", from: "2019-03-01", until: "2019-05-09", reason: "cất kho"),
            by: bench.people.manager)
        #expect(try await traveller.next("COT-1") == "2019-04-01 00:00")
        try await traveller.travel(to: "2019-03-01 00:00+07")
        try await traveller.tick()
        #expect(try await traveller.next("COT-1") == "infinity cất kho")
        try await traveller.travel(to: "2019-05-09 23:59+07")
        #expect(try await traveller.tick() == 0)
        #expect(try await traveller.untilNext() == .seconds(60))
        try await traveller.travel(to: "2019-05-10 00:00+07")
        #expect(try await traveller.tick() == 1)
        #expect(try await traveller.reminders("COT-1") == ["30_days 2019-05-10 60_days"])
    }

    @Test func `the policy is the customer's, else the type's, else the subject's, else the general one`() async throws {
        let (bench, traveller) = try await dispenser()
        try await bench.database.script(
            """
            insert into catalogue.reminder_policy (code, name_vi, name_en, type_code, at, stage_days, stage_tells, valid, source)
            values ('dispensers', 'x', 'x', '19', '08:30', '{-45,5}', '[["customer"],["staff"]]', '[2000-01-01,)', 'test')
            """, as: "etalon_owner")
        #expect(try await traveller.next("COT-1") == "2019-04-16 01:30")
        try await bench.act(
            ReminderPreferenceSet.self,
            SetReminderPreference(customer: "XDHG", policy: "early", addresses: ["a@xdhg.vn"]), by: bench.people.reception)
        #expect(try await traveller.next("COT-1") == "2019-03-02 00:00")
        try await bench.act(
            ReminderPreferenceSet.self, SetReminderPreference(customer: "XDHG", addresses: ["a@xdhg.vn"], from: "2019-01-15"),
            by: bench.people.reception)
        #expect(try await traveller.next("COT-1") == "2019-03-02 00:00")
        try await traveller.travel(to: "2019-01-15 00:00+07")
        try await traveller.tick()
        #expect(try await traveller.next("COT-1") == "2019-04-16 01:30")
        let standards = try await traveller.texts(
            """
            select distinct p.code from work.deadline d join catalogue.deadline_class k on k.id = d.class
            join catalogue.reminder_policy p on p.id = d.policy where k.subject_type = 'standard'
            """)
        #expect(standards == ["own-standards"])
        #expect(
            try await refusal {
                try await bench.act(
                    ReminderPreferenceSet.self,
                    SetReminderPreference(customer: "XDHG", policy: "none", addresses: ["no address"]), by: bench.people.reception
                )
            }.fields == ["addresses[0]", "policy"])
    }

    /// New York: seven in the morning is 12:00 UTC in winter and 11:00 in summer; the clocks change on 2019-03-10.
    @Test func `the morning is that of the laboratory's zone, in winter and in summer`() async throws {
        let (bench, traveller) = try await dispenser()
        try await bench.database.script(
            """
            create or replace function work.time_zone() returns text language sql immutable parallel safe return 'America/New_York';
            select work.refresh_deadlines('instrument', null);
            """, as: "etalon_owner")
        #expect(try await traveller.next("COT-1") == "2019-04-01 11:00")
        try await traveller.script(.verification(of: "COT-1", on: "2018-05-20", validUntil: "2019-04-30"))
        #expect(try await traveller.next("COT-1") == "2019-03-01 12:00")
    }

    @Test func `rows that differ are found at night, mended and recorded`() async throws {
        let (bench, traveller) = try await dispenser()
        let before = try await bench.act(DeadlineReconcile.self, ReconcileDeadlines(), by: bench.people.administrator)
        #expect(before.differences == 0 && before.deadlines > 3)
        try await bench.database.script(
            "update work.deadline set due_on = due_on + 400 where class = 1; delete from work.deadline where class = 5",
            as: "etalon_owner")
        let seen = try await bench.act(DeadlineReconcile.self, ReconcileDeadlines(mend: false), by: bench.people.administrator)
        let found = try await bench.act(DeadlineReconcile.self, ReconcileDeadlines(), by: bench.people.administrator)
        #expect(seen.differences == 3 && found.differences == 3)
        #expect(try await traveller.differences() == [])
        let list = try await bench.ask(ReconciliationList.self, Page(), by: bench.people.quality).items
        #expect(list.map(\.differences) == [3, 3, 0])
        let told = try await traveller.texts(
            "select coalesce(sample -> 0 -> 'wanted' ->> 'due_on', '-') from record.deadline_reconciliation order by id")
        #expect(told.last == "2019-05-31")
    }

    @Test func `two acts about one instrument at the same time leave the row of both`() async throws {
        let (bench, traveller) = try await dispenser()
        let (first, second) = (
            try await DeadlineTraveller(bench, at: "2018-12-31 12:00+07"),
            try await DeadlineTraveller(bench, at: "2018-12-31 12:00+07")
        )
        try await first.script("begin")
        try await first.script(.event("seal_broken", of: "COT-1", on: "2018-12-20"))
        let other = Task { try await second.script(.event("taken_out", of: "COT-1", on: "2018-12-21")) }
        // The second waits for the first, and looks only then.
        while try await traveller.texts("select 1::text from pg_locks where locktype = 'advisory' and not granted").isEmpty {
            await Task.yield()
        }
        try await first.script("commit")
        try await other.value
        #expect(try await traveller.next("COT-1") == nil)
        #expect(try await traveller.differences() == [])
    }
}

extension String {
    /// A verification by another organisation, concluded pass.
    static func verification(of code: String, on day: String, validUntil: String?, outcome: String = "pass") -> String {
        """
        with m as (
            insert into record.measurement (instrument_id, kind, mode, worked_on, organisation, holder_id, site_id, place_code)
            select i.id, 'verification', 'periodic', '\(day)', 'VMI', s.customer_id, s.id, s.place_code
            from work.instrument i join work.site s on s.id = i.site_id where i.code = '\(code)' returning id)
        insert into record.conclusion (measurement_id, outcome, engine_version, valid_until, derivation)
        select id, '\(outcome)', '', \(validUntil.map { "'\($0)'" } ?? "null"), '[{"step": "anchor", "rule": "x"}]' from m;
        """
    }

    /// An event of an instrument.
    static func event(_ kind: String, of code: String, on day: String) -> String {
        """
        insert into record.instrument_event (instrument_id, kind, happened_on)
        select id, '\(kind)', '\(day)' from work.instrument where code = '\(code)';
        """
    }

    /// A move, as the act records it.
    static func move(of code: String, on day: String, to site: String) -> String {
        """
        insert into record.instrument_event (instrument_id, kind, happened_on, from_site_id, site_id)
        select i.id, 'moved', '\(day)', coalesce(was.site_id, i.site_id), s.id from work.instrument i
        left join record.placement('\(day)') was on was.instrument_id = i.id cross join work.site s
        where i.code = '\(code)' and s.code = '\(site)';
        update work.instrument i set site_id = was.site_id from record.placement('infinity') was
        where was.instrument_id = i.id and i.code = '\(code)';
        """
    }
}
