// SPDX-License-Identifier: Apache-2.0

/// A customer as shown.
package struct CustomerView: Codable, Sendable {
    package var id: Int64
    package var code: String
    package var name: String
    package var kind: String
    package var taxCode: String?
    package var address: String?
    package var phone: String?
    /// Code of the customer this one was merged into.
    package var mergedInto: String?
    package var revision: Int
}

/// A site as shown.
package struct SiteView: Codable, Sendable {
    package var id: Int64
    package var code: String
    package var name: String
    package var kind: String
    package var customer: String
    package var customerName: String
    package var place: String
    package var placeName: String?
    package var address: String?
}

/// A person of the staff as shown.
package struct PersonView: Codable, Sendable {
    package var id: Int64
    package var username: String
    package var name: String
    package var title: String?
    package var osUser: String?
    package var active: Bool
    package var roles: [String]
}

/// A token just made; the secret is shown this once.
package struct TokenView: Codable, Sendable {
    package var id: Int64
    package var person: String
    package var label: String
    package var token: String

    package init(id: Int64, person: String, label: String, token: String) {
        (self.id, self.person, self.label, self.token) = (id, person, label, token)
    }
}

/// The identity of a new or changed thing.
package struct Acknowledgement: Codable, Sendable {
    package var id: Int64
    /// What people call it: a code, a number, a label.
    package var code: String?

    package init(id: Int64, code: String? = nil) {
        (self.id, self.code) = (id, code)
    }
}

/// Who the daemon takes the caller for.
package struct CallerView: Codable, Sendable {
    package var username: String
    package var name: String
    package var roles: [String]

    package init(username: String, name: String, roles: [String]) {
        (self.username, self.name, self.roles) = (username, name, roles)
    }
}
