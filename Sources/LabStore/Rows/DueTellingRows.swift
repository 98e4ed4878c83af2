// SPDX-License-Identifier: Apache-2.0

/// Somebody who may get the due list by mail.
package struct DueToldRow: Decodable, Sendable {
    package let id: Int64
    package let name: String
    package let email: String
    /// Whether it is the whole list.
    package let whole: Bool
}

/// Whom an instrument concerns: a person, or a subscription of a customer.
package struct DueConcernedRow: Decodable, Sendable {
    package let instrumentId: Int64
    package let personId: Int64?
    package let subscriptionId: Int64?
}

/// A calendar as it may be read.
package struct CalendarFeedRow: Decodable, Sendable {
    package let id: Int64
    package let label: String
    package let language: String
    package let alarmDays: Int?
    package let customerId: Int64?
    package let placeCode: String?
    package let personId: Int64?
}

/// A deadline in a calendar.
package struct CalendarEntryRow: Decodable, Sendable {
    package let id: Int64
    package let code: String
    package let serial: String
    package let nameVi: String
    package let nameEn: String
    package let site: String
    package let address: String?
    package let customer: String
    package let kind: String
    package let dueOn: String
    package let reason: String
    package let dayAfter: String
    package let sequence: Int
    /// Moment of the last change in UTC, `20180630T020000Z`.
    package let changed: String

    package init(
        id: Int64, code: String, serial: String, nameVi: String, nameEn: String, site: String, address: String?, customer: String,
        kind: String, dueOn: String, reason: String, dayAfter: String, sequence: Int, changed: String
    ) {
        (self.id, self.code, self.serial, self.nameVi, self.nameEn) = (id, code, serial, nameVi, nameEn)
        (self.site, self.address, self.customer, self.kind) = (site, address, customer, kind)
        (self.dueOn, self.reason, self.dayAfter) = (dueOn, reason, dayAfter)
        (self.sequence, self.changed) = (sequence, changed)
    }
}
