// SPDX-License-Identifier: Apache-2.0
internal import JobsTesting
internal import Postgres

/// What the database says when the simulation is over.
struct Findings: Sendable {
    /// A reminder on record.
    struct Reminder: Decodable, Sendable {
        let subject: String
        let kind: String
        let anchorId: Int64
        let dueOn: String
        let stage: String
        let skipped: String
        let remindedOn: String
    }

    /// A run of the due list for a night.
    struct Night: Decodable, Sendable {
        let night: String
        let origin: String
    }

    /// A slot of a schedule.
    struct Slot: Decodable, Sendable {
        let schedule: String
        let slot: String
        let fate: String
    }

    let reminders: [Reminder]
    let nights: [Night]
    let slots: [Slot]
    /// Things of which there must be none, with how many there are.
    let mustBeNone: [(what: String, count: Int)]
    /// Things worth knowing.
    let counts: [(what: String, count: Int)]
    /// Runs whose files, manifest or chain do not agree.
    var brokenRuns: [String] = []
    /// Mails handed over, and those handed over more than once.
    var mails = 0
    var mailedTwice = 0

    init(on database: isolated Connection) throws {
        reminders = try database.rows(Self.remindersText)
        nights = try database.rows(Self.nightsText)
        slots = try database.rows(Self.slotsText)
        var none: [(String, Int)] = []
        for (what, text) in Self.none { none.append((what, try database.one(Self.count(text)).count)) }
        var counts: [(String, Int)] = []
        for (what, text) in Self.told { counts.append((what, try database.one(Self.count(text)).count)) }
        (mustBeNone, self.counts) = (none, counts)
    }

    private static func count(_ text: String) -> Statement<CountedRow> {
        Statement(name: "simulated_count_\(String(UInt(bitPattern: text.hashValue), radix: 36))", sql: text)
    }

    private static let remindersText = Statement<Reminder>(
        name: "simulated_reminders",
        sql: """
            select coalesce(i.code, s.code, r.subject_type) as subject, r.kind, r.anchor_id, r.due_on::text as due_on, r.stage,
                   array_to_string(r.skipped, ',') as skipped, r.reminded_on::text as reminded_on
            from record.reminder r
            left join work.instrument i on r.subject_type = 'instrument' and i.id = r.subject_id
            left join work.standard s on r.subject_type = 'standard' and s.id = r.subject_id
            order by r.id
            """)
    private static let nightsText = Statement<Night>(
        name: "simulated_nights",
        sql: "select as_of::text as night, origin from record.due_night order by id")
    private static let slotsText = Statement<Slot>(
        name: "simulated_slots",
        sql: """
            select s.key as schedule, r.slot::text as slot, coalesce(r.cause, r.outcome) as fate
            from jobs.schedule_run r join jobs.schedule s on s.id = r.schedule_id order by s.key, r.slot
            """)

    /// What must not be there, as a count.
    private static let none: KeyValuePairs<String, String> = [
        "jobs left over": "select count(*) as count from jobs.job where run_at <= jobs.now()",
        "jobs given up": "select count(*) as count from jobs.job_dead",
        "jobs of a slot that are not on record as done": """
        select count(*) as count from jobs.schedule_run r
        where r.outcome = 'enqueued' and r.slot >= to_char(jobs.now() - interval '60 days', 'YYYY-MM-DD')
          and not exists (select from jobs.job_done d where d.id = r.job_id)
        """,
        "history outside its months": "select count(*) as count from jobs.job_done_other",
        "slots outside their years": "select count(*) as count from jobs.schedule_run_other",
        "nightly comparisons that found a difference":
            "select count(*) as count from record.deadline_reconciliation where differences > 0",
        "groups of reminders that nobody was told": "select count(*) as count from work.reminder_group where taken_at is null",
        "reminders not told exactly once to each audience": """
        with said as (
            select n.on_day, n.stage, n.audience, n.customer_id, t.reminder_id
            from record.reminder_notice n
            cross join lateral (select distinct x.id from unnest(n.told || n.superseded) x(id)) t(reminder_id)
        ), times as (
            select count(s.reminder_id) as said
            from record.reminder r
            cross join lateral unnest(r.tells) a(audience)
            left join said s on s.reminder_id = r.id and s.audience = a.audience and s.on_day = r.reminded_on and s.stage = r.stage
                and (s.audience <> 'customer' or s.customer_id = r.customer_id)
            where a.audience <> 'customer' or r.customer_id is not null
            group by r.id, a.audience
        )
        select count(*) as count from times where said <> 1
        """,
    ]

    private static let told: KeyValuePairs<String, String> = [
        "jobs in the history": "select count(*) as count from jobs.job_done",
        "months of history kept": """
        select count(*) as count from pg_inherits where inhparent = 'jobs.job_done'::regclass
        """,
        "messages to customers and staff": "select count(*) as count from record.reminder_notice",
        "nightly comparisons of all deadlines": "select count(*) as count from record.deadline_reconciliation",
        "jumps of the clock held": "select count(*) as count from jobs.clock_event where what = 'held'",
        "moves of the clock noted": "select count(*) as count from jobs.clock_event where what = 'moved'",
        "audit entries": "select count(*) as count from record.audit_entry",
    ]
}

extension Connection {
    /// Makes a migrated database one of the simulation: its clock, and its zone as loading the master data sets it.
    func prepare(zone: SimulatedZone) throws {
        try VirtualClock.install(on: self)
        try script(
            """
            update catalogue.laboratory set value = to_jsonb('\(zone.rawValue)'::text) where key = 'time_zone';
            create or replace function work.moment() returns timestamptz language sql stable parallel safe return jobs.now();
            """)
    }
}
