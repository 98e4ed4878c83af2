// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Shows the newest seal of the audit.
struct AuditHead: Verb {
    static let example = "etalon audit head"
    static let configuration = described("head", "Mã niêm mới nhất", "The newest seal")

    @OptionGroup var global: GlobalOptions

    func perform(_ session: Session) async throws {
        try session.show(record: try await session.get("/audit-head"), OversightTables.auditHead)
    }
}
