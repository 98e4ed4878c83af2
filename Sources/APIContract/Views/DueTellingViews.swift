// SPDX-License-Identifier: Apache-2.0

/// What a person answers for.
package struct DueAssignmentView: Codable, Sendable {
    package var id: Int64
    package var person: String
    package var email: String?
    package var district: String?
    package var type: String?
    package var customer: String?
}

/// A customer's agreement to be told.
package struct DueSubscriptionView: Codable, Sendable {
    package var id: Int64
    package var customer: String
    package var customerName: String
    package var email: String
    package var language: String
    package var agreedOn: String
    package var agreedBy: String
}

/// A calendar to subscribe to.
package struct CalendarFeedView: Codable, Sendable {
    package var id: Int64
    package var label: String
    package var customer: String?
    package var district: String?
    package var person: String?
    package var language: String
    package var alarmDays: Int?
    package var madeAt: String
    package var revokedAt: String?
}

/// A calendar that was made, with the address that is shown this once.
package struct MadeCalendarFeed: Codable, Sendable {
    package var id: Int64
    package var label: String
    package var address: String

    package init(id: Int64, label: String, address: String) { (self.id, self.label, self.address) = (id, label, address) }
}
