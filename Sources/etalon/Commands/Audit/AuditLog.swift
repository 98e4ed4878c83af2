// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Lists audit entries by person, table and row.
struct AuditLog: Verb {
    static let example = "etalon audit log --person ktv.hoa --table result"
    static let configuration = described("log", "Ai đã làm gì, mới nhất trước", "Who did what, newest first")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions
    @Option(help: .both("Tài khoản", "User name")) var person: String?
    @Option(help: .both("Bảng", "Table")) var table: String?
    @Option(help: .both("Dòng", "Row")) var row: String?

    func perform(_ session: Session) async throws {
        try await session.list(
            "/audit-entries",
            ["person": person, "table": table, "row": row, "limit": page.limitText, "cursor": page.cursor],
            OversightTables.audit)
    }
}
