// SPDX-License-Identifier: Apache-2.0
package import Jobs
package import Postgres

/// The clock of a queue in a test database, which stands or goes where a test puts it; every connection sees it at once.
///
/// `jobs.now()` is replaced, so everything that the queue decides by time follows. Leases live in real time and do not.
package struct VirtualClock: Sendable {
    private let owner: DedicatedConnection

    /// Takes over the clock of a database in which it was installed.
    ///
    /// - Parameter owner: how the owner of the queue's schema reaches the database.
    package init(as owner: ConnectionSettings) {
        self.owner = DedicatedConnection(settings: owner)
    }

    /// Replaces the clock in a database, or in a template of databases; it goes with the real time until it is moved.
    package static func install(on owner: isolated Connection) throws(PostgresError) {
        try owner.script(
            """
            create table jobs.virtual_clock (
                one   boolean primary key default true check (one),
                at    timestamptz,
                ahead interval not null default '0'
            );
            comment on column jobs.virtual_clock.at is 'where the clock stands; null: it goes, so far ahead of the real one';
            insert into jobs.virtual_clock default values;
            create or replace function jobs.now() returns timestamptz language sql stable parallel safe
                return (select coalesce(at, pg_catalog.now() + ahead) from jobs.virtual_clock);
            """)
    }

    /// Stops the clock at an instant, RFC 3339 with offset.
    package func stand(at instant: String) async throws {
        try await set("update jobs.virtual_clock set at = $1::timestamptz", instant)
    }

    /// Stops the clock at an instant in milliseconds from 1970-01-01T00:00Z.
    package func stand(atMilliseconds instant: Int64) async throws {
        try await set("update jobs.virtual_clock set at = to_timestamp($1::bigint / 1000.0)", instant)
    }

    /// Stops the clock at a civil time of a zone; one that the clocks of the zone skip or repeat is resolved as schedules do.
    package func stand(at slot: CivilSlot, in timeZone: String) async throws {
        try await set("update jobs.virtual_clock set at = jobs.slot_instant($1::text, $2::text)", slot.description, timeZone)
    }

    /// Moves the clock, forward or back; one that stands goes on standing.
    package func move(by duration: Duration) async throws {
        let (seconds, attoseconds) = duration.components
        let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        try await set(
            """
            update jobs.virtual_clock
            set at = at + $1::bigint * interval '1 microsecond',
                ahead = case when at is null then ahead + $1::bigint * interval '1 microsecond' else ahead end
            """, microseconds)
    }

    /// Lets a clock that stood go on from where it stands.
    package func go() async throws {
        try await set("update jobs.virtual_clock set ahead = coalesce(at - pg_catalog.now(), ahead), at = null")
    }

    /// What the clock shows, RFC 3339 in UTC to the millisecond.
    package func now() async throws -> String {
        let statement = Statement<String>(
            name: "virtual_now", sql: "select to_char(jobs.now() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') as now")
        return try await owner.use { try $0.one(statement) }
    }

    /// Closes its connection.
    package func close() async { await owner.close() }

    private func set(_ sql: String, _ parameters: any PostgresParameter...) async throws {
        let name = "virtual_clock_\(String(UInt(bitPattern: sql.hashValue), radix: 36))"
        let command = Command(name: name, sql: sql)
        _ = try await owner.use { database in
            try database.transaction { database in try database.execute(command, parameters: parameters) }
        }
    }
}
