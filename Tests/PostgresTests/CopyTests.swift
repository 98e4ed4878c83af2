// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Postgres

@Suite("COPY")
struct CopyTests {
    let cluster: TestCluster

    struct Stop: Error {}
    struct Row: Decodable, Sendable, Equatable {
        let a: String?
        let b: Int64?
    }

    init() throws {
        cluster = try TestCluster.shared.get()
    }

    private func connection() async throws -> Connection {
        let connection = try await Connection.open(cluster.settings())
        try await connection.script("create temporary table c (n serial, a text, b bigint)")
        return connection
    }

    private let all = Statement<Row>(name: "copied", sql: "select a, b from c order by n")

    @Test func `tabs, line ends, backslashes and nulls survive both ways`() async throws {
        let connection = try await connection()
        let texts: [String?] = ["a\tb", "a\nb", "a\r\nb", #"\N"#, #"a\b"#, #"\."#, "", nil, "Cần Thơ"]
        let count = try await connection.perform { database in
            try database.copyIn("copy c (a, b) from stdin") { writer in
                for (index, text) in texts.enumerated() {
                    try writer.row([text, index == 3 ? nil : Int64(index)])
                }
            }
        }
        #expect(count == texts.count)
        let rows = try await connection.rows(all)
        #expect(rows.map(\.a) == texts)
        #expect(rows.map(\.b) == [0, 1, 2, nil, 4, 5, 6, 7, 8])
        let copied = try await connection.copied("copy (select a, b from c order by n) to stdout")
        try await connection.script("truncate c")
        _ = try await connection.perform { try $0.copyIn("copy c (a, b) from stdin") { try $0.raw(copied) } }
        #expect(try await connection.rows(all) == rows)
    }

    @Test func `a hundred thousand rows go through in pieces`() async throws {
        let connection = try await connection()
        let count = try await connection.perform { database in
            try database.copyIn("copy c (a, b) from stdin") { writer in
                for number in 0..<100_000 {
                    try writer.row(["row \(number)", number])
                }
            }
        }
        #expect(count == 100_000)
        #expect(try await connection.one(Statement<Int64>("select sum(b)::bigint from c")) == 4_999_950_000)
        let copied = try await connection.copied("copy (select b from c order by n) to stdout")
        #expect(copied.count(where: { $0 == UInt8(ascii: "\n") }) == 100_000)
    }

    @Test func `a body that throws leaves no row behind and the connection usable`() async throws {
        let connection = try await connection()
        await #expect(throws: Stop.self) {
            try await connection.perform { database in
                _ = try database.copyIn("copy c (a) from stdin") { writer in
                    try writer.row(["x"])
                    throw Stop()
                }
            }
        }
        #expect(try await connection.rows(all).isEmpty)
        await #expect(throws: Stop.self) {
            try await connection.perform { database in
                try database.copyOut("copy (select generate_series(1, 10000000)) to stdout") { _ in throw Stop() }
            }
        }
        #expect(try await connection.rows(all).isEmpty)
    }

    @Test func `a row the server refuses is an error with its code`() async throws {
        let connection = try await connection()
        let error = await postgresError {
            try await connection.perform { database in
                _ = try database.copyIn("copy c (b) from stdin") { try $0.row(["not a number"]) }
            }
        }
        #expect(error?.sqlState == .invalidTextRepresentation)
        #expect(try await connection.rows(all).isEmpty)
    }

    @Test func `the wrong direction is refused`() async throws {
        let connection = try await connection()
        let inward = await postgresError {
            try await connection.perform { _ = try $0.copyIn("copy c to stdout") { _ in } }
        }
        #expect(inward == .misuse(.unexpectedCopy))
        for sql in ["copy c from stdin", "select 1"] {
            let outward = await postgresError { try await connection.perform { try $0.copyOut(sql) { _ in } } }
            #expect(outward == .misuse(.unexpectedCopy))
        }
        #expect(try await connection.rows(all).isEmpty)
    }

    @Test func `a failed COPY fails its transaction`() async throws {
        let connection = try await connection()
        let error = await postgresError {
            try await connection.transaction { database in
                try database.execute(Command("insert into c (a) values ('before')"))
                do {
                    try database.copyIn("copy c (a) from stdin") { _ in throw Stop() }
                } catch is Stop {}
            }
        }
        #expect(error?.sqlState == .queryCanceled)
        #expect(try await connection.rows(all).isEmpty)
    }
}

extension Connection {
    /// Everything a COPY sends.
    func copied(_ sql: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try copyOut(sql) { bytes.append(contentsOf: $0) }
        return bytes
    }
}
