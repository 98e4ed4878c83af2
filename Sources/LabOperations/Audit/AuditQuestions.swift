// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import LabStore
package import LaboratoryModel

/// Audit entries by person, table and row, newest first.
package enum AuditLog: Question {
    package static let roles: Set<Role> = [.quality, .administrator, .manager]

    package static func answer(
        _ parameters: (person: String?, table: String?, row: String?, page: Page), in setting: ActSetting,
        on database: isolated Transaction
    ) throws -> List<AuditEntryView> {
        let rows = try database.all(
            Statements.auditLog, parameters.person, parameters.table, parameters.row, parameters.page.after ?? Int64.max,
            parameters.page.limit + 1)
        if rows.isEmpty { try database.requireKnown([.person: parameters.person]) }
        return parameters.page.list(rows, cursor: \.id)
    }
}

/// Compares every record with its audit entry and every seal with its entries.
package enum AuditVerify: Question {
    package static let roles: Set<Role> = [.quality, .administrator]

    package static func answer(_ nothing: Void, in setting: ActSetting, on database: isolated Transaction) throws
        -> AuditVerification
    {
        try database.verifiedAudit()
    }
}

/// Counts of the audit and its newest seal.
package enum AuditHead: Question {
    package static let roles: Set<Role> = []

    package static func answer(_ nothing: Void, in setting: ActSetting, on database: isolated Transaction) throws -> AuditHeadRow
    {
        try database.only(Statements.auditHead)
    }
}
