// SPDX-License-Identifier: Apache-2.0

/// What a person of the staff may do.
package enum Role: String, Sendable, CaseIterable, Codable {
    /// Registers customers, sites, samples and instruments.
    case reception
    /// Enters results and readings; a verifier is a technician with a card.
    case technician
    /// Checks what another person entered.
    case reviewer
    /// Signs and issues.
    case signatory
    /// Sees what is due, overdue, late and against plan.
    case manager
    /// Audits, keeps standards, cards and competence.
    case quality
    /// Runs the system: staff, tokens, imports.
    case administrator
}

/// Who asks.
package struct Caller: Sendable, Equatable {
    /// Identity in the register of persons; nil for the system itself and for the first administrator.
    package let personID: Int64?
    /// User name; `system` for the daemon's own work.
    package let username: String
    /// Name as it is signed.
    package let name: String
    /// What the person may do.
    package let roles: Set<Role>

    package init(personID: Int64?, username: String, name: String, roles: Set<Role>) {
        (self.personID, self.username, self.name, self.roles) = (personID, username, name, roles)
    }

    /// The daemon's own work: jobs and timers.
    package static let system = Caller(personID: nil, username: "system", name: "Etalon", roles: Set(Role.allCases))
}
