// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// One CSV file sent whole: the daemon gives a verdict on every row, and writes all rows or none.
struct BulkImport {
    let kind: String
    /// The file; without one the example is printed.
    let file: String?
    let apply: Bool

    private struct Summary: Decodable {
        let applied: Bool
        let ok: Int
        let errors: Int
    }

    /// Checks that either a file or `--example` is given.
    ///
    /// - Throws: `ValidationError`.
    static func check(file: String?, example: Bool) throws {
        guard (file == nil) == example else {
            throw ValidationError.both("nêu một tệp, hoặc --example", "name a file, or --example")
        }
    }

    /// Sends the file and shows the verdicts; in tables only rows that are not plainly good.
    ///
    /// - Throws: ``Failure``; the exit code 65 when a row has errors.
    func perform(_ session: Session) async throws {
        guard let file else {
            return session.output(String(decoding: try await session.get("/imports/\(kind)/example"), as: UTF8.self))
        }
        let request = session.request(
            .post, Paths.v1 + "/imports/\(kind)", ["apply": apply ? "true" : "false"],
            content: .file(path: file, type: Wire.csv))
        let answer = try await session.answer(request)
        let summary = try session.read(Summary.self, answer)
        let verdicts = try session.parsed(answer)["rows"]?.array ?? []
        let isTable = session.presentation.format == .table
        let shown = isTable ? verdicts.filter { $0["verdict"]?.string != "ok" } : verdicts
        if !isTable || !shown.isEmpty {
            try session.show(
                rows: shown.map { flattened($0, session.language) }, SampleTables.imported, document: answer)
        }
        let sentence =
            summary.applied ? Phrase.imported : apply ? Phrase.importRefused : Phrase.importChecked
        session.note(sentence.filled(["ok": "\(summary.ok)", "errors": "\(summary.errors)"]))
        if summary.errors > 0 { throw end(.badInput) }
    }

    /// A row with its messages as one text.
    private func flattened(_ row: JSONValue, _ language: Language) -> JSONValue {
        let messages = (row["messages"]?.array ?? []).map { message in
            let text = message[language.rawValue]?.string ?? ""
            let field = message["field"]?.string ?? ""
            return field.isEmpty ? text : "\(field): \(text)"
        }
        return .object([
            JSONMember("line", row["line"] ?? .null), JSONMember("verdict", row["verdict"] ?? .null),
            JSONMember("message", .string(messages.joined(separator: "; "))),
        ])
    }
}
