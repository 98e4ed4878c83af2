// SPDX-License-Identifier: Apache-2.0
internal import Deliveries
internal import Digests
package import APIContract
package import LabStore
package import LaboratoryModel

/// Says under which address a person of the centre gets mail.
package enum PersonMailSet: Act {
    package static let name = "staff.mail"
    package static let roles: Set<Role> = [.administrator]

    package static func perform(
        _ request: SetPersonMail, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        let person = try database.person(request.person)
        let email = try request.email.map { try mailAddress("email", $0) }
        let key = try database.only(Statements.personMailSet, person.id, email)
        return Acknowledgement(id: key.id, code: key.code)
    }
}

/// Says which instruments a person answers for.
package enum DueAssignmentAdd: Act {
    package static let name = "due.assign"
    package static let roles: Set<Role> = [.manager, .administrator]

    package static func perform(
        _ request: AddDueAssignment, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        if request.district == nil, request.type == nil, request.customer == nil {
            throw ActError.invalid("district", vi: "cần quận, loại hoặc khách hàng", en: "name a district, a type or a customer")
        }
        // A place that was abolished may be named: sites that were registered with it keep it.
        try database.requireKnown([.district: request.district])
        if let type = request.type, try database.find(Statements.instrumentTypeByCode, type) == nil {
            throw ActError.notFound(thing: .instrumentType, name: type)
        }
        let key = try database.only(
            Statements.dueAssignmentAdd, try database.person(request.person).id, request.district, request.type,
            try request.customer.map { try database.customer($0).id }, setting.caller.personID)
        return Acknowledgement(id: key.id, code: request.person)
    }
}

/// Takes an assignment back.
package enum DueAssignmentRemove: Act {
    package static let name = "due.unassign"
    package static let roles: Set<Role> = [.manager, .administrator]

    package static func perform(
        _ request: EndTelling, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        guard try database.run(Statements.dueAssignmentRemove, request.id) == 1 else {
            throw ActError.notFound(thing: .dueAssignment, name: String(request.id))
        }
        return Acknowledgement(id: request.id)
    }
}

/// Records that a customer agreed to be told of what is due.
package enum DueSubscriptionAdd: Act {
    package static let name = "due.subscribe"
    package static let roles: Set<Role> = [.reception, .manager, .administrator]

    package static func perform(
        _ request: AddDueSubscription, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let by = check.text("agreed_by", request.agreedBy)
        let day = check.date("agreed_on", request.agreedOn, required: false)
        let language = check.word("language", request.language ?? "vi", of: ["vi", "en"])
        try check.finish()
        let key = try database.only(
            Statements.dueSubscriptionAdd, try database.customer(request.customer).id, try mailAddress("email", request.email),
            language, "\(day)", by, setting.caller.personID)
        return Acknowledgement(id: key.id, code: key.code)
    }
}

/// Ends a customer's agreement: from now on nothing is sent there.
package enum DueSubscriptionEnd: Act {
    package static let name = "due.unsubscribe"
    package static let roles: Set<Role> = [.reception, .manager, .administrator]

    package static func perform(
        _ request: EndTelling, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        guard try database.run(Statements.dueSubscriptionEnd, request.id, setting.caller.personID) == 1 else {
            throw ActError.notFound(thing: .dueSubscription, name: String(request.id))
        }
        return Acknowledgement(id: request.id)
    }
}

/// Makes a calendar; its address is shown once, and only the hash of its secret is kept.
package enum CalendarFeedAdd: Act {
    package static let name = "calendar.add"
    package static let roles: Set<Role> = [.reception, .manager, .administrator]

    package static func perform(
        _ request: AddCalendarFeed, in setting: ActSetting, on database: isolated Transaction
    ) throws -> MadeCalendarFeed {
        var check = InputCheck(today: setting.today)
        let label = check.text("label", request.label, longest: 120)
        let language = check.word("language", request.language ?? "vi", of: ["vi", "en"])
        if [request.customer, request.district, request.person].compactMap(\.self).count != 1 {
            check.fault(
                "customer", vi: "cần đúng một trong: khách hàng, quận, người", en: "name one of customer, district and person")
        }
        if let days = request.alarmDays, !(0...366).contains(days) {
            check.fault("alarm_days", vi: "từ 0 đến 366 ngày", en: "between 0 and 366 days")
        }
        try check.finish()
        // A place that was abolished may be named: sites that were registered with it keep it.
        try database.requireKnown([.district: request.district])
        let secret = try RandomCode.readable(length: 32).lowercased()
        let key = try database.only(
            Statements.calendarFeedAdd, SHA256.hex(secret), try request.customer.map { try database.customer($0).id },
            request.district, try request.person.map { try database.person($0).id }, language, request.alarmDays, label,
            setting.caller.personID)
        return MadeCalendarFeed(
            id: key.id, label: label, address: (setting.centre.publicURL ?? "") + "/calendars/\(secret).ics")
    }

    /// The address is shown once; a repetition shows it empty.
    package static func kept(_ answer: MadeCalendarFeed) -> MadeCalendarFeed {
        MadeCalendarFeed(id: answer.id, label: answer.label, address: "")
    }
}

/// Revokes a calendar: its address answers no more.
package enum CalendarFeedRevoke: Act {
    package static let name = "calendar.revoke"
    package static let roles: Set<Role> = [.reception, .manager, .administrator]

    package static func perform(
        _ request: EndTelling, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        guard try database.run(Statements.calendarFeedRevoke, request.id, setting.caller.personID) == 1 else {
            throw ActError.notFound(thing: .calendar, name: String(request.id))
        }
        return Acknowledgement(id: request.id)
    }
}

/// Who answers for what.
package enum DueAssignmentList: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ page: Page, in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<DueAssignmentView> {
        page.list(try database.all(Statements.dueAssignmentList, page.after ?? 0, page.limit + 1), cursor: \.id)
    }
}

/// Customers who are told.
package enum DueSubscriptionList: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ page: Page, in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<DueSubscriptionView> {
        page.list(try database.all(Statements.dueSubscriptionList, page.after ?? 0, page.limit + 1), cursor: \.id)
    }
}

/// Calendars, revoked ones as well.
package enum CalendarFeedList: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ page: Page, in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<CalendarFeedView> {
        page.list(try database.all(Statements.calendarFeedList, page.after ?? 0, page.limit + 1), cursor: \.id)
    }
}

/// A text as an address, as it was given.
private func mailAddress(_ field: String, _ text: String) throws -> String {
    do {
        return try MailAddress(parsing: text).description
    } catch {
        throw ActError.invalid(field, vi: error.sentence.vi, en: error.sentence.en)
    }
}
