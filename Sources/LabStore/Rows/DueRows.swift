// SPDX-License-Identifier: Apache-2.0
package import APIContract

/// A deadline with the derivation stored when it was set.
package struct DueWhyRow: Decodable, Sendable {
    package let id: Int64
    package let code: String
    package let serial: String
    package let kind: String?
    package let dueOn: String?
    package let `class`: String
    package let reason: String?
    package let derivation: [DueStep]
    package let validUntil: String?
    package let outcome: String?
    package let workedOn: String?
    package let organisation: String?
    package let eventKind: String?
    package let eventOn: String?
    package let eventNote: String?
    package let putInUseOn: String
}

/// Time until a moment, or nil when there is none.
package struct MomentRow: Decodable, Sendable {
    package let milliseconds: Int64?
}

/// Counts of the audit.
package struct AuditHeadRow: Codable, Sendable {
    package let entries: Int
    package let seals: Int
    package let unsealed: Int
    package let head: String?
}
