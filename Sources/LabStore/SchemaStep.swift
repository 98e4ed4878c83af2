// SPDX-License-Identifier: Apache-2.0
package import APIContract
internal import Digests
package import Postgres

/// A count of applied steps.
struct SchemaStepRow: Decodable, Sendable {
    let step: Int
}

extension Connection {
    /// Steps of the laboratory's schema that this database has; 0 for an empty one.
    package func schemaStep() throws -> Int {
        do {
            return try only(Statements.schemaStep).step
        } catch PostgresError.server(let report) where report.sqlState == .undefinedTable {
            return 0
        }
    }

    /// The audit compared with the records.
    package func verifiedAudit() throws -> AuditVerification {
        var faults: [AuditFault] = []
        for table in try all(Statements.auditTables) { faults += try all(Statements.auditFaults, table.name) }
        faults += try all(Statements.auditBrokenSeals)
        let head = try only(Statements.auditHead)
        return AuditVerification(
            intact: faults.isEmpty, entries: head.entries, seals: head.seals, unsealed: head.unsealed, head: head.head,
            faults: faults)
    }
}

extension Connection {
    /// Makes a token for a person, as the owner: for the demonstration, where nobody can log in yet.
    /// - Returns: the secret; only its hash is kept.
    package func newToken(for username: String, label: String) throws -> String {
        let secret = "etalon_" + hexadecimal(try RandomCode.bytes(24))
        let person = try only(Statements.personByUsername, username)
        _ = try only(Statements.tokenAdd, person.id, SHA256.hex(secret), label)
        return secret
    }
}
