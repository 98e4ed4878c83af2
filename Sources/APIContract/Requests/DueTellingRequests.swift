// SPDX-License-Identifier: Apache-2.0

/// Says under which address a person of the centre gets mail: `POST /v1/staff-addresses`.
package struct SetPersonMail: Codable, Sendable {
    package var person: String
    /// The address; none when absent.
    package var email: String?

    package init(person: String, email: String?) { (self.person, self.email) = (person, email) }
}

/// Says which instruments a person answers for: `POST /v1/due-assignments`.
package struct AddDueAssignment: Codable, Sendable {
    package var person: String
    /// Code of a place; what lies in it counts as well.
    package var district: String?
    package var type: String?
    package var customer: String?

    package init(person: String, district: String? = nil, type: String? = nil, customer: String? = nil) {
        (self.person, self.district, self.type, self.customer) = (person, district, type, customer)
    }
}

/// Records that a customer agreed to be told of what is due: `POST /v1/due-subscriptions`.
package struct AddDueSubscription: Codable, Sendable {
    package var customer: String
    package var email: String
    /// `vi` (when absent) or `en`.
    package var language: String?
    /// Who agreed.
    package var agreedBy: String
    /// When; today when absent.
    package var agreedOn: String?

    package init(customer: String, email: String, language: String? = nil, agreedBy: String, agreedOn: String? = nil) {
        (self.customer, self.email, self.language) = (customer, email, language)
        (self.agreedBy, self.agreedOn) = (agreedBy, agreedOn)
    }
}

/// Makes a calendar of one customer, one district or one person: `POST /v1/calendar-feeds`.
package struct AddCalendarFeed: Codable, Sendable {
    package var label: String
    package var customer: String?
    package var district: String?
    package var person: String?
    /// `vi` (when absent) or `en`.
    package var language: String?
    /// Days before, at which a calendar program reminds, 0 to 366; never when absent.
    package var alarmDays: Int?

    package init(
        label: String, customer: String? = nil, district: String? = nil, person: String? = nil, language: String? = nil,
        alarmDays: Int? = nil
    ) {
        (self.label, self.customer, self.district, self.person) = (label, customer, district, person)
        (self.language, self.alarmDays) = (language, alarmDays)
    }
}

/// Names an assignment, a subscription or a calendar that ends, by its number: `POST /v1/due-assignment-removals`,
/// `/v1/due-subscription-removals`, `/v1/calendar-feed-revocations`.
package struct EndTelling: Codable, Sendable {
    package var id: Int64

    package init(id: Int64) { self.id = id }
}
