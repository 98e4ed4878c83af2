// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Compares every record with its audit entry and every seal with its entries.
struct AuditVerify: Verb {
    static let example = "etalon audit verify"
    static let configuration = described(
        "verify", "So mọi bản ghi với dấu vết; thoát 1 nếu có sai lệch",
        "Compares every record with its entry; exit 1 when one differs")

    @OptionGroup var global: GlobalOptions

    func perform(_ session: Session) async throws {
        let answer = try await session.get("/audit-verification")
        let isIntact = try session.read(AuditVerification.self, answer).intact
        try session.show(record: answer, OversightTables.auditVerification, isIntact ? [] : [OversightTables.faults])
        if !isIntact { throw end(.refused) }
    }
}
