// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Lists standards with their papers.
struct StandardList: Verb {
    static let example = "etalon standard list"
    static let configuration = described("list", "Danh sách chuẩn và giấy chứng nhận", "Lists standards and their papers")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Chỉ chuẩn này", "This standard only")) var code: String?

    func perform(_ session: Session) async throws {
        let answer = try await session.get("/standards", ["code": code])
        let rows = (try session.parsed(answer)["items"]?.array ?? []).map(withPapers)
        try session.show(rows: rows, InstrumentTables.standards, document: answer)
    }

    /// The standard with its papers as one text: number and last day.
    private func withPapers(_ standard: JSONValue) -> JSONValue {
        let papers = (standard["certificates"]?.array ?? []).map { paper in
            "\(paper["number"]?.string ?? "") → \(paper["valid_until"]?.string ?? "")"
        }
        let text = JSONMember("papers", .string(papers.joined(separator: "; ")))
        return .object((standard.members ?? []) + [text])
    }
}
