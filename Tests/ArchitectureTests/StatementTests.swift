// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("SQL")
struct StatementTests {
    let project = SourceTree.project

    /// Postgres speaks of transactions, listening and sessions in words of its own; the tests' modules make and drop databases and
    /// move their clocks.
    private static let mayWriteSQL: Set<String> = ["Postgres", "EtalonTestSupport", "JobsTesting", "Simulation"]

    @Test func `SQL stands in sql and nowhere else`() {
        var places: [String] = []
        for file in project.files(below: "Sources", endings: ["swift"]) where !Self.mayWriteSQL.contains(file.module) {
            for (index, line) in file.lines.enumerated() where Self.isStatement(line) {
                places.append("\(file.path):\(index + 1): \(line.trimmingCharacters(in: .whitespaces))")
            }
        }
        #expect(places.isEmpty, "\(places.joined(separator: "\n"))")
    }

    @Test(arguments: [
        "let a = \"select id from record.sample\"", "run(\"INSERT INTO jobs.job\")", "\"update work.pin set failures = 0\"",
        "    select count(*) from record.audit_entry", "\"delete from work.site\"", "    create table record.x (",
    ])
    func `a statement is recognised in a text`(line: String) {
        #expect(Self.isStatement(line[...]))
    }

    @Test(arguments: [
        "// select a row from the list", "title: \"Select one from the list\"", "help: \"Update the customer\"",
        "/// Rows of a selection.", "let created = true",
    ])
    func `a sentence is not taken for a statement`(line: String) {
        #expect(!Self.isStatement(line[...]))
    }

    @Test func `every file of sql is embedded, and nothing else is`() throws {
        let list = try #require(project.file("Sources/CEtalonSQL/etalon_sql.c")).text
        let there = Set(project.files(below: "sql", endings: ["sql"]).map(\.path))
        let embedded = Set(list.components(separatedBy: "#embed \"../../").dropFirst().map { String($0.prefix { $0 != "\"" }) })
        let listed = Set(list.components(separatedBy: "    {\"").dropFirst().map { String($0.prefix { $0 != "\"" }) })
        #expect(there.subtracting(embedded) == [], "run scripts/embed-sql")
        #expect(embedded.subtracting(there) == [], "run scripts/embed-sql")
        #expect(listed == embedded)
    }

    @Test(arguments: ["sql/migrations", "sql/jobs/migrations"])
    func `migrations are numbered without a gap`(folder: String) {
        let names = project.files(below: folder, endings: ["sql"]).map { $0.path.dropFirst(folder.count + 1) }
        #expect(!names.isEmpty)
        #expect(names.map { Int($0.prefix(4)) } == (1...max(1, names.count)).map(Int?.some))
    }

    @Test func `no two named statements of a folder share a name`() {
        for folder in ["sql/queries", "sql/jobs/queries"] {
            var names: Set<Substring> = []
            for file in project.files(below: folder, endings: ["sql"]) {
                for line in file.lines where line.hasPrefix("-- name: ") {
                    let name = line.dropFirst(9).prefix { $0 != " " }
                    #expect(names.insert(name).inserted, "\(file.path): \(name) stands twice")
                }
            }
        }
    }

    /// A zone that is not said by whoever enqueues or schedules puts a job hours off elsewhere.
    @Test func `the queue has no time zone of its own`() {
        let code = project.files(below: "Sources/Jobs", endings: ["swift"]) + project.files(below: "sql/jobs", endings: ["sql"])
        let regions = ["Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/"]
        let places = code.flatMap { file in
            file.lines.enumerated().filter { _, line in
                !line.contains("for example") && regions.contains { line.contains($0) }
            }.map { "\(file.path):\($0.offset + 1)" }
        }
        #expect(places.isEmpty, "\(places.joined(separator: "\n"))")
    }

    /// The figures that the centre published for 2017 are results of queries; only the plan of the demonstration year aims at them.
    @Test func `no published figure is written where figures are counted`() {
        let code =
            project.files(below: "sql", endings: ["sql"])
            + project.files(below: "Sources", endings: ["swift"]).filter {
                $0.path != "Sources/DemoYear/Plan/PublishedYear.swift"
            }
        let published: Set<String> = [
            "13996", "13105", "68776", "6116", "3121", "1159", "983", "2077", "106.8", "43.7", "22.3",
        ]
        var places: [String] = []
        for file in code {
            for (index, line) in file.lines.enumerated() where !published.isDisjoint(with: Self.numbers(in: line)) {
                places.append("\(file.path):\(index + 1): \(line.trimmingCharacters(in: .whitespaces))")
            }
        }
        #expect(places.isEmpty, "\(places.joined(separator: "\n"))")
    }

    @Test func `a number is found however its digits are grouped`() {
        #expect(Self.numbers(in: "let a = 13_996 + f(106.8)").isSuperset(of: ["13996", "106.8"]))
    }

    /// Whether a line holds SQL: a verb of SQL at the beginning of a text, with the words that go with it, in lower or upper case.
    private static func isStatement(_ line: Substring) -> Bool {
        guard !line.drop(while: { $0 == " " }).hasPrefix("//") else { return false }
        let text = line.split(separator: "\"", omittingEmptySubsequences: false)
        return text.contains { piece in
            let words = piece.split { $0 == " " || $0 == "\\" }.prefix(6)
            guard let verb = words.first, verb == verb.lowercased() || verb == verb.uppercased() else { return false }
            let rest = words.dropFirst().map { $0.lowercased() }
            switch verb.lowercased() {
            case "select": return rest.contains("from") || rest.first?.contains("(") == true || piece.contains(" from ")
            case "insert": return rest.first == "into"
            case "update": return rest.dropFirst().contains("set")
            case "delete": return rest.first == "from"
            case "create", "alter", "drop":
                let things: Set<String> = ["table", "database", "schema", "role", "index", "function", "temp", "view"]
                return things.contains(rest.first ?? "")
            case "truncate", "grant", "revoke": return rest.contains { $0.contains(".") || $0 == "on" }
            case "lock": return rest.first == "table"
            case "begin", "commit", "rollback", "savepoint": return rest.isEmpty && text.count == 3 && piece == piece.uppercased()
            default: return false
            }
        }
    }

    /// The numbers of a line, grouping marks within them left out.
    private static func numbers(in line: Substring) -> Set<String> {
        guard line.contains(where: \.isNumber) else { return [] }
        let kept = line.replacing("_", with: "")
        return Set(
            kept.split { !($0.isNumber || $0 == "." || $0.isLetter) }.map { word in
                word.hasSuffix(".") ? String(word.dropLast()) : String(word)
            })
    }
}
