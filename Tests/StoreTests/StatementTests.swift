// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import Jobs
import LabStore
import Postgres
import Testing

@Suite("Named statements against the migrated schema")
struct StatementTests {
    @Test func `every statement can be prepared by the daemon and gives the columns that its rows read`() async throws {
        let database = try await LaboratoryDatabase.make()
        let daemon = try await database.connection(as: "etalon")
        let owner = try await database.connection(as: "etalon_owner")
        var checked: Set<String> = []
        for statement in Statements.checked {
            checked.insert(statement.name)
            #expect(!statement.sql.isEmpty, "\(statement.name) is not in sql/queries")
            let connection = statement.name.hasPrefix("catalogue_load") ? owner : daemon
            do {
                let description = try await connection.describe(name: statement.name, sql: statement.sql)
                let columns = Set(description.columns.map(\.name))
                for column in statement.columns {
                    #expect(columns.contains(column.name), "\(statement.name): column \(column.name) is missing")
                }
            } catch {
                Issue.record("\(statement.name): \(String(reflecting: error))")
            }
        }
        let unnamed = EmbeddedSQL.queries.keys.filter { !checked.contains($0) && !$0.hasPrefix("demo_year") }
        #expect(unnamed.isEmpty, "statements that nobody names: \(unnamed.sorted())")
        await daemon.close()
        await owner.close()
    }

    @Test func `a parameter has one type in a statement`() {
        for (name, text) in EmbeddedSQL.queries {
            var types: [String: Set<String>] = [:]
            for match in text.matches(of: /\$(\d+)::([a-z]+)/) {
                let type = String(match.2)
                types[String(match.1), default: []].insert(["integer": "int", "boolean": "bool"][type] ?? type)
            }
            for (parameter, found) in types {
                #expect(found.count == 1, "\(name): $\(parameter) is \(found.sorted())")
            }
        }
    }
}
