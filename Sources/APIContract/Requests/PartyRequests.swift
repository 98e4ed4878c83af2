// SPDX-License-Identifier: Apache-2.0

/// Adds a customer. `POST /v1/customers`
package struct AddCustomer: Codable, Sendable {
    /// Short code, unique; made from the running number when absent.
    package var code: String?
    /// Full legal name.
    package var name: String
    /// `enterprise`, `state_body` or `individual`.
    package var kind: String
    package var taxCode: String?
    package var address: String?
    package var phone: String?

    package init(
        code: String? = nil, name: String, kind: String, taxCode: String? = nil, address: String? = nil, phone: String? = nil
    ) {
        (self.code, self.name, self.kind) = (code, name, kind)
        (self.taxCode, self.address, self.phone) = (taxCode, address, phone)
    }
}

/// Changes a customer; absent fields stay. `PATCH /v1/customers` with `If-Match`
package struct EditCustomer: Codable, Sendable {
    /// Code of the customer.
    package var customer: String
    package var name: String?
    package var taxCode: String?
    package var address: String?
    package var phone: String?

    package init(customer: String, name: String? = nil, taxCode: String? = nil, address: String? = nil, phone: String? = nil) {
        (self.customer, self.name, self.taxCode, self.address, self.phone) = (customer, name, taxCode, address, phone)
    }
}

/// Says that a customer is the same legal person as another, which stays. `POST /v1/customer-merges`
package struct MergeCustomer: Codable, Sendable {
    package var customer: String
    package var into: String

    package init(customer: String, into: String) {
        (self.customer, self.into) = (customer, into)
    }
}

/// Adds a site of a customer. `POST /v1/sites`
package struct AddSite: Codable, Sendable {
    package var code: String?
    /// Code of the customer who holds the site.
    package var customer: String
    package var name: String
    /// `fuel_station`, `wholesale_market`, `retail_market`, `hospital`, `pharmacy`, `laboratory`, `factory`, `office` or `other`.
    package var kind: String
    /// Code of the administrative unit today.
    package var place: String
    package var address: String?

    package init(code: String? = nil, customer: String, name: String, kind: String, place: String, address: String? = nil) {
        (self.code, self.customer, self.name, self.kind) = (code, customer, name, kind)
        (self.place, self.address) = (place, address)
    }
}

/// Adds a person of the staff. `POST /v1/staff`
package struct AddPerson: Codable, Sendable {
    package var username: String
    package var name: String
    package var title: String?
    /// Account of the operating system by which the Unix socket knows the person.
    package var osUser: String?
    package var roles: [String]

    package init(username: String, name: String, title: String? = nil, osUser: String? = nil, roles: [String]) {
        (self.username, self.name, self.title, self.osUser, self.roles) = (username, name, title, osUser, roles)
    }
}

/// Grants or revokes a role. `POST /v1/role-grants`
package struct ChangeRole: Codable, Sendable {
    package var person: String
    package var role: String
    /// True grants, false revokes.
    package var granted: Bool

    package init(person: String, role: String, granted: Bool) {
        (self.person, self.role, self.granted) = (person, role, granted)
    }
}

/// Makes a token for a person; the answer shows it once. `POST /v1/tokens`
package struct MakeToken: Codable, Sendable {
    package var person: String
    package var label: String

    package init(person: String, label: String) {
        (self.person, self.label) = (person, label)
    }
}

/// Revokes a token. `POST /v1/token-revocations`
package struct RevokeToken: Codable, Sendable {
    package var token: Int64

    package init(token: Int64) {
        self.token = token
    }
}

/// Sets one's own PIN, the personal secret asked at each signature. `POST /v1/pin`
package struct SetPIN: Codable, Sendable {
    /// 6 to 64 characters.
    package var pin: String
    /// The PIN so far; required once one is set.
    package var current: String?

    package init(pin: String, current: String? = nil) {
        (self.pin, self.current) = (pin, current)
    }
}

/// Forgets a person's PIN, so that they set a new one. `POST /v1/pin-resets`
package struct ResetPIN: Codable, Sendable {
    package var person: String

    package init(person: String) {
        self.person = person
    }
}

/// Records a verifier card (Circular 24/2013 Art. 32). `POST /v1/verifier-cards`
package struct AddVerifierCard: Codable, Sendable {
    package var person: String
    package var number: String
    /// Instrument families that the card covers, as in the instrument types.
    package var families: [String]
    package var issuedOn: String
    package var expiresOn: String

    package init(person: String, number: String, families: [String], issuedOn: String, expiresOn: String) {
        (self.person, self.number, self.families) = (person, number, families)
        (self.issuedOn, self.expiresOn) = (issuedOn, expiresOn)
    }
}

/// Records who may sign at which level, from when to when, and in which form. `POST /v1/signing-authorities`
package struct AddSigningAuthority: Codable, Sendable {
    package var person: String
    /// `laboratory_head` or `head`.
    package var level: String
    /// Empty for the holder of the office, else `KT.`, `TL.` or `TUQ.`.
    package var form: String
    package var titleVi: String
    package var titleEn: String
    package var validFrom: String
    package var validUntil: String?
    package var decision: String

    package init(
        person: String, level: String, form: String, titleVi: String, titleEn: String, validFrom: String,
        validUntil: String? = nil, decision: String
    ) {
        (self.person, self.level, self.form, self.titleVi, self.titleEn) = (person, level, form, titleVi, titleEn)
        (self.validFrom, self.validUntil, self.decision) = (validFrom, validUntil, decision)
    }
}

/// Records a designation decision (Circular 24/2013 Art. 15). `POST /v1/designations`
package struct AddDesignation: Codable, Sendable {
    package var number: String
    /// Instrument types of the group-2 table that the decision covers.
    package var types: [String]
    package var issuedOn: String
    package var expiresOn: String
    package var range: String?

    package init(number: String, types: [String], issuedOn: String, expiresOn: String, range: String? = nil) {
        (self.number, self.types, self.issuedOn, self.expiresOn, self.range) = (number, types, issuedOn, expiresOn, range)
    }
}
