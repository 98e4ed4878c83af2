// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Postgres

@Suite("Rows in batches")
struct CursorTests {
    struct Stop: Error {}

    private let numbers = Statement<Int64>(
        name: "cursor_numbers", sql: "select n::bigint as n from generate_series(1, $1::bigint) n order by n")

    private func batches(_ size: Int, upTo last: Int64, _ connection: Connection) async throws -> [[Int64]] {
        try await connection.perform { [numbers] database in
            try database.transaction { database in
                var batches: [[Int64]] = []
                try database.eachBatch(of: size, numbers, parameters: [last]) { batches.append($0) }
                return batches
            }
        }
    }

    @Test func `every row comes once and in order, however the batches fall`() async throws {
        let connection = try await Connection.open(try TestCluster.shared.get().settings())
        #expect(try await batches(3, upTo: 7, connection) == [[1, 2, 3], [4, 5, 6], [7]])
        #expect(try await batches(3, upTo: 6, connection) == [[1, 2, 3], [4, 5, 6]])
        #expect(try await batches(3, upTo: 0, connection) == [])
        #expect(try await batches(100, upTo: 2, connection) == [[1, 2]])
    }

    @Test func `between two batches other statements may run, and a body that stops leaves the transaction usable`() async throws
    {
        let connection = try await Connection.open(try TestCluster.shared.get().settings())
        let sums = try await connection.perform { [numbers] database in
            try database.transaction { database in
                var sums: [Int64] = []
                try database.eachBatch(of: 2, numbers, parameters: [Int64(4)]) { batch in
                    sums += try database.rows(
                        Statement<Int64>(name: "cursor_sum", sql: "select sum(n)::bigint as sum from unnest($1::bigint[]) n"),
                        batch)
                }
                #expect(throws: Stop.self) {
                    try database.eachBatch(of: 2, numbers, parameters: [Int64(4)]) { _ in throw Stop() }
                }
                try database.eachBatch(of: 5, numbers, parameters: [Int64(1)]) { sums += $0 }
                return sums
            }
        }
        #expect(sums == [3, 7, 1])
    }

    @Test func `without a transaction there is no cursor`() async throws {
        let connection = try await Connection.open(try TestCluster.shared.get().settings())
        await #expect(throws: PostgresError.self) {
            try await connection.perform { [numbers] database in
                try database.eachBatch(of: 2, numbers, parameters: [Int64(1)]) { _ in }
            }
        }
    }
}
