// SPDX-License-Identifier: Apache-2.0

/// Identity and what people call the thing.
package struct KeyRow: Decodable, Sendable {
    package let id: Int64
    package let code: String?
}

/// A person with the roles granted.
package struct PersonRow: Decodable, Sendable {
    package let id: Int64
    package let username: String
    package let name: String
    package let roles: [String]
}

/// Whether something is there.
package struct FoundRow: Decodable, Sendable {
    package let found: Bool
}

/// The beginning of an act: today's civil date.
package struct SessionRow: Decodable, Sendable {
    package let actor: String?
    package let act: String?
    package let today: String
}

/// An answer that was kept.
package struct IdempotencyRow: Decodable, Sendable {
    package let requestHash: String
    package let answer: String
}

/// A lock that is held until the transaction ends.
package struct LockRow: Decodable, Sendable {
    package let locked: String?
}

/// A stored PIN and its wrong tries.
package struct PINRow: Decodable, Sendable {
    package let scrypt: String
    package let failures: Int
}

/// A customer as the acts need it.
package struct CustomerRow: Decodable, Sendable {
    package let id: Int64
    package let code: String
    package let name: String
    package let mergedInto: String?
    package let revision: Int
}

/// A site as the acts need it.
package struct SiteRow: Decodable, Sendable {
    package let id: Int64
    package let code: String
    package let customerId: Int64
    package let placeCode: String
    package let kind: String
}

/// An administrative unit on a day.
package struct PlaceRow: Codable, Sendable {
    package let code: String
    package let name: String
    package let inCity: Bool
}

/// A code with the field or family it belongs to.
package struct CodeRow: Decodable, Sendable {
    package let code: String
    package let field: String
}

/// A version of something in force.
package struct VersionRow: Decodable, Sendable {
    package let id: Int64
    package let code: String
    package let version: String
}

/// A name.
package struct NameRow: Decodable, Sendable {
    package let name: String
}

/// A code alone.
package struct CodeOnlyRow: Decodable, Sendable {
    package let code: String
}
