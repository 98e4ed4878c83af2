// SPDX-License-Identifier: Apache-2.0

import Certificates
import DemoYear
import Postgres
import Testing

struct CountRow: Decodable, Sendable {
    let count: Int
}

struct DigestRow: Decodable, Sendable, Equatable {
    let digest: String?
}

struct FaultRow: Decodable, Sendable {
    let tableName: String
    let fault: String
}

struct NameRow: Decodable, Sendable {
    let name: String
}

/// An edge of the year: what it is, how to count it, and at least how many there are.
struct Edge: Sendable, CustomTestStringConvertible {
    let what: String
    let atLeast: Int
    let sql: String

    var testDescription: String { what }

    init(_ what: String, atLeast: Int = 1, _ sql: String) {
        self.what = what
        self.atLeast = atLeast
        self.sql = sql
    }
}

@Suite struct DemoYearTests {
    @Test(arguments: sampleEdges + instrumentEdges + peopleEdges)
    func `an edge of the year is really there`(_ edge: Edge) async throws {
        let database = try await DemoDatabase.filled.value.open()
        let name = "edge_" + edge.what.filter(\.isLetter)
        let row = try await database.first(
            Statement<CountRow>(name: name, sql: "select count(*) as count from \(edge.sql)"))
        let count = try #require(row).count
        #expect(count >= edge.atLeast, "\(edge.what): \(count)")
        await database.close()
    }

    @Test(arguments: ["2016-07-01", "2016-11-15", "2017-03-01", "2017-12-31", "2018-06-30", "2019-09-01"])
    func `something is overdue on any date asked`(_ day: String) async throws {
        let database = try await DemoDatabase.filled.value.open()
        let statement = Statement<CountRow>(
            name: "overdue",
            sql: """
                select count(*) as count from record.due($1::date) d
                where d.subject_type = 'instrument' and d.reason = 'expired' and d.due_on < $1::date
                """)
        let row = try await database.first(statement, day)
        #expect(try #require(row).count > 0)
        await database.close()
    }

    @Test(arguments: noneOf)
    func `what may not be is not there`(_ rule: Edge) async throws {
        let database = try await DemoDatabase.filled.value.open()
        let name = "none_" + rule.what.filter(\.isLetter)
        let row = try await database.first(
            Statement<CountRow>(name: name, sql: "select count(*) as count from \(rule.sql)"))
        #expect(try #require(row).count == 0)
        await database.close()
    }

    @Test func `every recorded row is what its audit entry says`() async throws {
        let database = try await DemoDatabase.filled.value.open()
        for table in try await recordTables(database) {
            let statement = Statement<FaultRow>(
                name: "faults", sql: "select table_name, fault from record.audit_faults($1::text) limit 5")
            #expect(try await database.rows(statement, table).isEmpty)
        }
        await database.close()
    }

    @Test(arguments: ["test_report", "verification_record", "verification_certificate", "calibration_certificate"])
    func `a document of the year says everything its kind must say`(_ kind: String) async throws {
        let database = try await DemoDatabase.filled.value.open()
        let statement = Statement<NameRow>(
            name: "contents",
            sql: "select content as name from record.document where kind = $1::text and id % 7 = 5 order by id limit 40")
        let contents = try await database.rows(statement, kind)
        #expect(!contents.isEmpty)
        for row in contents {
            let content = try DocumentContent(canonicalBytes: Array(row.name.utf8))
            #expect(content.deficiencies().map(\.code) == [])
            #expect(try content.canonicalBytes() == Array(row.name.utf8))
        }
        await database.close()
    }

    @Test func `the same seed gives the same rows again`() async throws {
        let first = try await DemoDatabase.filled.value
        let second = try await DemoDatabase(name: "again")
        try await second.fill()
        #expect(try await digests(first) == digests(second))
    }

    @Test func `a database with records is refused and stays as it was`() async throws {
        let database = try await DemoDatabase.filled.value
        await #expect(throws: DemoYearError.notEmpty) { try await database.fill() }
    }

    @Test func `the next sample after the year gets the next number of its table`() async throws {
        let database = try await DemoDatabase.filled.value.open()
        let statement = Statement<CountRow>(
            name: "next",
            sql: """
                select (nextval(pg_get_serial_sequence('record.sample', 'id')) - max(id))::bigint as count from record.sample
                """)
        #expect(try #require(try await database.first(statement)).count >= 1)
        await database.close()
    }

    @Test func `numbers go on where the year left them`() async throws {
        let database = try await DemoDatabase.filled.value.open()
        let statement = Statement<CountRow>(
            name: "numbers",
            sql: """
                select count(*) as count from (
                    select 'sample' as series, extract(year from o.received_on)::int as year, max(right(s.number, 5)::int) as last
                    from record.sample s join record.work_order o on o.id = s.order_id group by 2
                    union all
                    select 'order', extract(year from received_on)::int, max(right(number, 5)::int) from record.work_order group by 2
                    union all
                    select 'instrument', 0, max(right(code, 6)::int) from work.instrument) used
                left join work.number_series n using (series, year) where n.last is distinct from used.last
                """)
        #expect(try #require(try await database.first(statement)).count == 0)
        await database.close()
    }

    private func recordTables(_ database: Connection) async throws -> [String] {
        let statement = Statement<NameRow>(
            name: "tables",
            sql: """
                select tablename::text as name from pg_tables
                where schemaname = 'record' and tablename not like 'audit\\_%' order by 1
                """)
        return try await database.rows(statement).map(\.name)
    }

    private func digests(_ database: DemoDatabase) async throws -> [String: DigestRow?] {
        let connection = try await database.open()
        var found: [String: DigestRow?] = [:]
        let work = [
            "work.person", "work.customer", "work.site", "work.instrument", "work.channel",
            "work.number_series",
        ]
        for table in try await recordTables(connection).map({ "record.\($0)" }) + work {
            let statement = Statement<DigestRow>(
                name: "digest_\(table)",
                sql: """
                    select encode(sha256(convert_to(string_agg(r, E'\\n' order by r), 'UTF8')), 'hex') as digest
                    from (select (to_jsonb(t) - 'recorded_at')::text as r from \(table) t) rows
                    """)
            found[table] = try await connection.first(statement)
        }
        await connection.close()
        return found
    }
}
