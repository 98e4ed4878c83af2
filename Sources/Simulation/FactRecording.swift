// SPDX-License-Identifier: Apache-2.0
internal import Postgres

/// Writes facts set by set, as an import does.
struct FactRecording: Sendable {
    private let facts: [Fact]

    init(_ facts: [Fact]) { self.facts = facts }

    /// - Returns: for each fact, the identity under which deadlines know it as their anchor.
    func write(on database: isolated Connection) throws -> [Int64?] {
        var identities = [Int64?](repeating: nil, count: facts.count)
        try writeInstruments(on: database)
        try writeWork(&identities, on: database)
        try writeEvents(on: database)
        try writePapers(&identities, on: database)
        try writeHolds(on: database)
        try writeWishes(on: database)
        return identities
    }

    private func writeInstruments(on database: isolated Connection) throws {
        let new = facts.compactMap { fact -> SimulatedInstrument? in
            if case .instrument(let instrument) = fact { return instrument }
            return nil
        }
        guard !new.isEmpty else { return }
        try database.execute(
            SimulationStatements.instruments, new.map { "I-\($0.number)" }, new.map(\.type), new.map { "S-\($0.customer)" },
            new.map { "\($0.inUseFrom)" })
    }

    private func writeWork(_ identities: inout [Int64?], on database: isolated Connection) throws {
        let work = facts.enumerated().compactMap { index, fact -> (Int, String, String, String?)? in
            guard case .verification(let instrument, let day, let until) = fact else { return nil }
            return (index, "I-\(instrument)", "\(day)", until.map { "\($0)" })
        }
        guard !work.isEmpty else { return }
        let rows = try database.rows(
            SimulationStatements.verifications, work.map(\.0), work.map(\.1), work.map(\.2), work.map(\.3))
        for row in rows { identities[row.place] = row.id }
    }

    private func writeEvents(on database: isolated Connection) throws {
        let events = facts.compactMap { fact -> (String, String, String)? in
            guard case .event(let instrument, let kind, let day) = fact else { return nil }
            return ("I-\(instrument)", kind, "\(day)")
        }
        guard !events.isEmpty else { return }
        try database.execute(SimulationStatements.events, events.map(\.0), events.map(\.1), events.map(\.2))
    }

    private func writePapers(_ identities: inout [Int64?], on database: isolated Connection) throws {
        let papers = facts.enumerated().compactMap { index, fact -> (Int, String, String, String, String)? in
            guard case .paper(let standard, let kind, let issued, let until) = fact else { return nil }
            return (index, "E-\(standard)", kind.rawValue, "\(issued)", "\(until)")
        }
        guard !papers.isEmpty else { return }
        try database.execute(SimulationStatements.standards, papers.map(\.1))
        let rows = try database.rows(
            SimulationStatements.papers, papers.map(\.0), papers.map(\.1), papers.map(\.2), papers.map(\.3), papers.map(\.4))
        for row in rows { identities[row.place] = row.id }
    }

    private func writeHolds(on database: isolated Connection) throws {
        let holds = facts.compactMap { fact -> (String, String, String, String)? in
            guard case .suspension(let holder, let from, let through) = fact else { return nil }
            return switch holder {
            case .instrument(let number): ("instrument", "I-\(number)", "\(from)", "\(through)")
            case .customer(let number): ("customer", "C-\(number)", "\(from)", "\(through)")
            }
        }
        guard !holds.isEmpty else { return }
        try database.execute(
            SimulationStatements.suspensions, holds.map(\.0), holds.map(\.1), holds.map(\.2), holds.map(\.3))
    }

    private func writeWishes(on database: isolated Connection) throws {
        let wishes = facts.compactMap { fact -> (String, String?, String)? in
            guard case .preference(let customer, let early, let from) = fact else { return nil }
            return ("C-\(customer)", early ? "early" : nil, "\(from)")
        }
        guard !wishes.isEmpty else { return }
        try database.execute(SimulationStatements.preferences, wishes.map(\.0), wishes.map(\.1), wishes.map(\.2))
    }
}

/// A fact by its place in the list, and the identity that it got.
struct RecordedRow: Decodable, Sendable {
    let place: Int
    let id: Int64
}

/// A name that may be missing.
struct NameRow: Decodable, Sendable {
    let name: String?
}

/// The texts by which the simulation writes facts.
enum SimulationStatements {
    static let customers = Command(
        name: "simulated_customers",
        sql: """
            with c as (
                insert into work.customer (code, name, kind)
                select 'C-' || n, 'Khách hàng ' || n, 'enterprise' from generate_series(0, $1::int - 1) n returning id, code)
            insert into work.site (code, customer_id, name, kind, place_code, address)
            select 'S-' || substr(c.code, 3), c.id, 'Trạm ' || c.code, 'fuel_station', '916', 'Số 1' from c
            """)
    static let instruments = Command(
        name: "simulated_instruments",
        sql: """
            insert into work.instrument (code, type_code, serial, site_id, put_in_use_on)
            select v.code, v.type, v.code, s.id, v.in_use
            from unnest($1::text[], $2::text[], $3::text[], $4::date[]) with ordinality v(code, type, site, in_use, n)
            join work.site s on s.code = v.site order by v.n
            """)
    static let verifications = Statement<RecordedRow>(
        name: "simulated_verifications",
        sql: """
            with v as materialized (
                select * from unnest($1::int[], $2::text[], $3::date[], $4::date[]) v(place, code, worked_on, valid_until)),
            m as (
                insert into record.measurement (instrument_id, kind, mode, worked_on, organisation, holder_id, site_id, place_code)
                select i.id, 'verification', 'periodic', v.worked_on, 'VMI', s.customer_id, s.id, s.place_code
                from v join work.instrument i on i.code = v.code join work.site s on s.id = i.site_id order by v.place
                returning id, instrument_id, worked_on),
            k as (
                select v.place, m.id, v.valid_until
                from m join work.instrument i on i.id = m.instrument_id join v on v.code = i.code and v.worked_on = m.worked_on),
            c as (
                insert into record.conclusion (measurement_id, outcome, engine_version, valid_until, derivation)
                select k.id, case when k.valid_until is null then 'fail' else 'pass' end, '', k.valid_until,
                       '[{"step": "anchor", "rule": "as shown"}]'
                from k returning measurement_id)
            select k.place, k.id from k join c on c.measurement_id = k.id
            """)
    static let events = Command(
        name: "simulated_events",
        sql: """
            insert into record.instrument_event (instrument_id, kind, happened_on)
            select i.id, v.kind, v.day from unnest($1::text[], $2::text[], $3::date[]) with ordinality v(code, kind, day, n)
            join work.instrument i on i.code = v.code order by v.n
            """)
    static let standards = Command(
        name: "simulated_standards",
        sql: """
            insert into work.standard (code, name_vi, name_en, kind, serial)
            select distinct v.code, v.code, v.code, 'volume_measure', v.code from unnest($1::text[]) v(code) on conflict (code) do nothing
            """)
    static let papers = Statement<RecordedRow>(
        name: "simulated_papers",
        sql: """
            with v as materialized (
                select * from unnest($1::int[], $2::text[], $3::text[], $4::date[], $5::date[]) v(place, code, kind, issued, until)),
            c as (
                insert into record.standard_certificate (standard_id, kind, number, organisation, issued_on, valid_until)
                select s.id, v.kind, v.kind || ' ' || v.code || ' ' || v.until, 'VMI', v.issued, v.until
                from v join work.standard s on s.code = v.code order by v.place returning id, standard_id, kind, valid_until)
            select v.place, c.id from c join work.standard s on s.id = c.standard_id
            join v on v.code = s.code and v.kind = c.kind and v.until = c.valid_until
            """)
    static let suspensions = Command(
        name: "simulated_suspensions",
        sql: """
            insert into record.deadline_suspension (subject_type, subject_id, starts_on, ends_on, reason)
            select v.type, coalesce(i.id, c.id), v.since, v.until, 'cất kho'
            from unnest($1::text[], $2::text[], $3::date[], $4::date[]) with ordinality v(type, code, since, until, n)
            left join work.instrument i on v.type = 'instrument' and i.code = v.code
            left join work.customer c on v.type = 'customer' and c.code = v.code order by v.n
            """)
    static let preferences = Command(
        name: "simulated_preferences",
        sql: """
            insert into record.reminder_preference (customer_id, policy_code, addresses, language, starts_on)
            select c.id, v.policy, array[lower(c.code) || '@example.org'], 'vi', v.since
            from unnest($1::text[], $2::text[], $3::date[]) with ordinality v(code, policy, since, n)
            join work.customer c on c.code = v.code order by v.n
            """)
    static let partitions = Statement<CountedRow>(
        name: "simulated_partitions", sql: "select jobs.prepare_partitions()::bigint as count")
    static let dropped = Statement<NameRow>(name: "simulated_drop", sql: "select jobs.drop_old_partition() as name")
}

/// A number.
struct CountedRow: Decodable, Sendable {
    let count: Int
}
