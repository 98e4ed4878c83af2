// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Shows which papers of the standards are valid on a day.
struct StandardCheck: Verb {
    static let example = "etalon standard check B20-03 --on 2018-06-30"
    static let configuration = described(
        "check", "Giấy nào còn giá trị vào một ngày; thoát 1 nếu không có",
        "Which papers are valid on a day; exit 1 when none is")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Mã chuẩn", "Code of the standard")) var code: String
    @Option(help: .both("Ngày làm việc, YYYY-MM-DD", "Day of the work, YYYY-MM-DD")) var on: String

    func perform(_ session: Session) async throws {
        let answer = try await session.get("/standards", ["code": code])
        var isCovered = false
        var rows: [JSONValue] = []
        for standard in try session.read(List<StandardView>.self, answer).items {
            for paper in standard.certificates {
                // Days written YYYY-MM-DD are in the order of their texts.
                let isValid = paper.issuedOn <= on && on <= paper.validUntil
                isCovered = isCovered || isValid
                let members = try StrictJSON.value(of: paper).members ?? []
                rows.append(
                    .object(
                        [JSONMember("standard", .string(standard.code))] + members
                            + [JSONMember("state", .string(isValid ? "valid" : "expired"))]))
            }
        }
        let list = JSONValue.object([JSONMember("items", .array(rows)), JSONMember("next", .null)])
        try session.show(list: list.bytes, InstrumentTables.papers)
        if !isCovered { throw end(.refused) }
    }
}
