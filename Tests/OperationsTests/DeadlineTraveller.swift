// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import LabOperations
import Postgres

/// A session of the daemon's role that travels through time; what it records and what it ticks happens then.
struct DeadlineTraveller: Sendable {
    let connection: Connection

    init(_ bench: Bench, at instant: String) async throws {
        connection = try await bench.database.connection(as: "etalon")
        try await travel(to: instant)
    }

    /// Sets the present: `2019-04-01 07:00+07`.
    func travel(to instant: String) async throws {
        try await connection.script("set etalon.now = '\(instant)'")
    }

    /// Ticks until nothing is left.
    /// - Returns: how many deadlines were dealt with.
    @discardableResult
    func tick() async throws -> Int {
        var total = 0
        while true {
            let dealt = try await connection.transaction { try DeadlineTick.run(on: $0) }
            if dealt == 0 { return total }
            total += dealt
        }
    }

    /// Hands over what is to be told by then and tells it.
    func tell(at instant: String) async throws {
        try await travel(to: instant)
        while try await connection.transaction({ try ReminderNotices.take(on: $0) }) > 0 {}
        let jobs = try await texts(
            "select payload ->> 'group' from jobs.job where kind = 'reminder' order by (payload ->> 'group')::bigint")
        for group in jobs.compactMap({ Int64($0) }) {
            _ = try await connection.transaction { try ReminderNotices.tell(group: group, on: $0) }
        }
        try await script("delete from jobs.job where kind = 'reminder'")
    }

    /// Subject and text of the letters to an address, by subject; they are kept as texts while no sender is configured.
    func letters(to address: String) async throws -> [(subject: String, text: String)] {
        let texts = try await texts(
            """
            select m.subject || E'\\x1f' || (m.letter ->> 'text') from record.mail m where m.recipient = '\(address)' order by m.subject, m.id
            """)
        return texts.map { text in
            let parts = text.split(separator: "\u{1f}", maxSplits: 1).map(String.init)
            return (parts.first ?? "", parts.last ?? "")
        }
    }

    /// Time until the tick has to look again.
    func untilNext() async throws -> Duration? {
        try await connection.transaction { try DeadlineTick.untilNext(on: $0) }
    }

    /// The texts that a query gives, at the present of this session.
    func texts(_ sql: String) async throws -> [String] {
        // A session prepares a statement once, by its name.
        try await connection.rows(Statement<String>(name: "texts_\(UInt(bitPattern: sql.hashValue))", sql: sql))
    }

    func script(_ sql: String) async throws { try await connection.script(sql) }

    /// Reminders of an instrument in the order in which they were recorded.
    func reminders(_ code: String) async throws -> [String] {
        try await texts(
            """
            select r.stage || ' ' || r.reminded_on || coalesce(' ' || nullif(array_to_string(r.skipped, ','), ''), '')
            from record.reminder r join work.instrument i on i.id = r.subject_id and r.subject_type = 'instrument'
            where i.code = '\(code)' order by r.id
            """)
    }

    /// Rows that differ from what they should be.
    func differences() async throws -> [String] {
        try await texts(
            """
            select coalesce(w.class, d.class) || '/' || coalesce(w.subject_id, d.subject_id) || ' wanted ' || coalesce(w::text, '-')
                   || ' stored ' || coalesce(d::text, '-')
            from work.wanted_deadlines() w full join work.deadline d on d.class = w.class and d.subject_id = w.subject_id
            where (w.due_on, w.anchor_id, w.policy, w.stage, w.next_at, w.held)
                  is distinct from (d.due_on, d.anchor_id, d.policy, d.stage, d.next_at, d.held)
            """)
    }

    /// The next moment of an instrument's deadline in UTC, with what holds it.
    func next(_ code: String, kind: String = "verification") async throws -> String? {
        try await texts(
            """
            select case when isfinite(d.next_at) then to_char(d.next_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') else 'infinity' end
                   || coalesce(' ' || d.held, '')
            from work.deadline d join catalogue.deadline_class k on k.id = d.class
            join work.instrument i on i.id = d.subject_id and k.subject_type = 'instrument' and k.kind = '\(kind)'
            where i.code = '\(code)'
            """
        ).first
    }
}
