// SPDX-License-Identifier: Apache-2.0

/// An audit entry.
package struct AuditEntryView: Codable, Sendable {
    package var id: Int64
    package var at: String
    package var actor: String?
    package var act: String?
    package var table: String
    package var row: String
    package var sha256: String
}

/// What verifying the audit found.
package struct AuditVerification: Codable, Sendable {
    /// True when nothing is wrong.
    package var intact: Bool
    package var entries: Int
    package var seals: Int
    /// Entries not sealed yet.
    package var unsealed: Int
    /// Chain value of the newest seal, hexadecimal.
    package var head: String?
    package var faults: [AuditFault]

    package init(intact: Bool, entries: Int, seals: Int, unsealed: Int, head: String?, faults: [AuditFault]) {
        (self.intact, self.entries, self.seals) = (intact, entries, seals)
        (self.unsealed, self.head, self.faults) = (unsealed, head, faults)
    }
}

/// A row that is not what its entry says, or a broken seal.
package struct AuditFault: Codable, Sendable {
    package var table: String
    package var row: String
    /// `altered`, `missing`, `no entry`, `entries altered` …
    package var fault: String
    package var entry: Int64?
    package var actor: String?
    package var at: String?

    package init(table: String, row: String, fault: String, entry: Int64?, actor: String?, at: String?) {
        (self.table, self.row, self.fault) = (table, row, fault)
        (self.entry, self.actor, self.at) = (entry, actor, at)
    }
}
