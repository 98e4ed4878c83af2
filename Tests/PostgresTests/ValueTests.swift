// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Testing

@testable import Postgres

@Suite("Values to and from the server")
struct ValueTests {
    let cluster: TestCluster

    init() throws {
        cluster = try TestCluster.shared.get()
    }

    enum Verdict: String, Codable, CaseIterable, PostgresParameter { case pass, fail }

    struct SerialNumber: Codable, Sendable, Equatable {
        let text: String
        init(from decoder: any Decoder) throws { text = try decoder.singleValueContainer().decode(String.self) }
        init(_ text: String) { self.text = text }
    }

    struct Point: Decodable, Sendable, Equatable {
        let nominalLoad: String
        let repeatReadings: [String]
    }

    struct Wide: Decodable, Sendable, Equatable {
        let verdict: Verdict
        let serial: SerialNumber
        let readings: [String]
        let ids: [Int64]
        let gaps: [String?]
        let verdicts: [Verdict]
        let photo: [UInt8]
        let points: [Point]
        let firstPoint: Point?
        let rawPoints: String
        let small: Int32
        let number: Int
        let ratio: Double
        let missing: Int64?
        let measuredAt: String
        let performedOn: String
        let certificateURL: String
    }

    @Test func `every kind of column is read into its type`() async throws {
        let connection = try await Connection.open(cluster.settings())
        let row = try await connection.one(
            Statement<Wide>(
                """
                select 'pass' as verdict, 'SN-1' as serial, array['0.50', 'a "b" \\ c', '', 'NULL', 'Cần Thơ'] as readings,
                    array[1, -2]::bigint[] as ids, array['x', null, 'null'] as gaps, array['pass', 'fail'] as verdicts,
                    '\\x00ff10'::bytea as photo,
                    '[{"nominal_load": "1.0", "repeat_readings": ["1.01"]}]'::jsonb as points,
                    null::json as first_point, '[1]'::jsonb as raw_points, -7::int as small, 9::numeric as number,
                    0.25::float8 as ratio, null::bigint as missing,
                    '2017-03-01 09:00:00.5+07'::timestamptz as measured_at, '2017-03-01'::date as performed_on,
                    'x' as certificate_url
                """))
        #expect(
            row
                == Wide(
                    verdict: .pass, serial: SerialNumber("SN-1"),
                    readings: ["0.50", #"a "b" \ c"#, "", "NULL", "Cần Thơ"], ids: [1, -2], gaps: ["x", nil, "null"],
                    verdicts: [.pass, .fail], photo: [0, 255, 16],
                    points: [Point(nominalLoad: "1.0", repeatReadings: ["1.01"])], firstPoint: nil, rawPoints: "[1]",
                    small: -7, number: 9, ratio: 0.25, missing: nil, measuredAt: "2017-03-01T09:00:00.5+07:00",
                    performedOn: "2017-03-01", certificateURL: "x"))
    }

    @Test func `parameters arrive as they were given`() async throws {
        let connection = try await Connection.open(cluster.settings())
        let texts = [#"a,b"#, #"{"#, #"""#, #"\"#, "", "NULL", "dòng\nmới"]
        #expect(try await connection.one(Statement<[String]>("select $1::text[]"), texts) == texts)
        let gaps: [String?] = ["a", nil]
        #expect(try await connection.one(Statement<[String?]>("select $1::text[] as gaps"), gaps) == gaps)
        #expect(try await connection.one(Statement<[Int64]>("select $1::bigint[]"), [3, -4] as [Int64]) == [3, -4])
        #expect(try await connection.one(Statement<[String]>("select $1::text[] as none"), [String]()) == [])
        let bytes = (0...255).map { UInt8($0) }
        #expect(try await connection.one(Statement<[UInt8]>("select $1::bytea"), bytes) == bytes)
        #expect(try await connection.one(Statement<Int>("select octet_length($1::bytea)"), bytes) == 256)
        #expect(try await connection.one(Statement<Bool>("select $1::boolean"), true))
        #expect(try await connection.one(Statement<String>("select $1::text"), Verdict.fail) == "fail")
        #expect(try await connection.one(Statement<String?>("select $1::text as nothing"), Int64?.none) == nil)
        #expect(try await connection.one(Statement<Int64>("select $1::bigint"), Int64.min) == .min)
    }

    @Test func `a missing column, a null and a wrong type name statement and column`() async throws {
        struct Named: Decodable, Sendable {
            let validUntil: String?
            let reading: String
        }
        let connection = try await Connection.open(cluster.settings())
        let cases: [(sql: String, column: String)] = [
            ("select '1' as reading", "valid_until"),
            ("select null as valid_until, null as reading", "reading"),
        ]
        for (index, wanted) in cases.enumerated() {
            let error = await postgresError {
                _ = try await connection.rows(Statement<Named>(name: "named\(index)", sql: wanted.sql))
            }
            guard case .rowMismatch("named\(index)", wanted.column, _) = error else {
                Issue.record("\(String(reflecting: error))")
                continue
            }
        }
        let wrong: [(String, any (Decodable & Sendable).Type)] = [
            ("select 1.5 as value", Double.self), ("select 'x' as value", Int64.self),
            ("select 9223372036854775808 as value", Int64.self), ("select 300 as value", UInt8.self),
            ("select 'true'::text as value", Bool.self), ("select 'other' as value", Verdict.self),
            ("select '{{1,2},{3,4}}'::int[] as value", [Int64].self), ("select '{}'::jsonb as value", [Point].self),
        ]
        for (sql, type) in wrong {
            let error = await refusal(of: type, from: sql, on: connection)
            guard case .rowMismatch(_, "value", _) = error else {
                Issue.record("\(sql) as \(type): \(String(reflecting: error))")
                continue
            }
        }
    }

    private func refusal<Value: Decodable & Sendable>(
        of type: Value.Type, from sql: String, on connection: Connection
    ) async -> PostgresError? {
        await postgresError { _ = try await connection.one(Statement<Value>(sql)) }
    }

    @Test func `ten thousand rows of ten columns are read to the last`() async throws {
        struct Ten: Decodable, Sendable {
            let columnA, columnB, columnC, columnD: String
            let columnE, columnF, columnG: Int64
            let columnH: Bool
            let columnI: String?
            let columnJ: Int64?
        }
        let connection = try await Connection.open(cluster.settings())
        let statement = Statement<Ten>(
            """
            select 'a' || i as column_a, '0.50' as column_b, 'Cân phân tích số ' || i as column_c, i::numeric as column_d,
                i as column_e, i * 7 as column_f, -i as column_g, i % 2 = 0 as column_h,
                case when i % 3 = 0 then 'x' end as column_i, case when i % 3 = 0 then i end as column_j
            from generate_series(1::bigint, 10000) as i
            """)
        let rows = try await connection.rows(statement)
        #expect(rows.count == 10_000)
        #expect(rows.last?.columnG == -10_000)
    }

    @Test(arguments: [
        ("validUntil", "valid_until"), ("certificateURL", "certificate_url"), ("id", "id"), ("stage2Count", "stage2_count"),
        ("valid_until", "valid_until"), ("URLOfPage", "url_of_page"), ("isOK", "is_ok"),
    ])
    func `a property has the column of its name`(key: String, column: String) {
        #expect(ColumnName.of(key) == column)
    }

    @Test func `a row type tells which columns it asks for`() {
        struct Named: Decodable {
            let validUntil: String?
            let id: Int64
            let isOpen: Bool
            let ratio: Double?
            let photo: [UInt8]
            let points: [Point]
            let verdict: Verdict
            let remark: SerialNumber?
        }
        let expected: [RequestedColumn] = [
            .init(name: "valid_until", kind: .string, isOptional: true),
            .init(name: "id", kind: .integer, isOptional: false),
            .init(name: "is_open", kind: .bool, isOptional: false),
            .init(name: "ratio", kind: .double, isOptional: true),
            .init(name: "photo", kind: .bytes, isOptional: false),
            .init(name: "points", kind: .other("Array<Point>"), isOptional: false),
            .init(name: "verdict", kind: .other("Verdict"), isOptional: false),
            .init(name: "remark", kind: .other("SerialNumber"), isOptional: true),
        ]
        #expect(requestedColumns(of: Named.self) == expected)
        #expect(requestedColumns(of: Int64.self) == [.init(name: "", kind: .integer, isOptional: false)])
    }

    @Test func `a type that cannot be probed says so`() {
        enum Closed: String, Decodable { case a }
        struct Named: Decodable {
            let first: String
            let second: Closed
        }
        let columns = requestedColumns(of: Named.self)
        #expect(columns.map(\.name) == ["first", "second", "?"])
        guard case .unreadable = columns.last?.kind else {
            Issue.record("\(columns)")
            return
        }
    }
}
