// SPDX-License-Identifier: Apache-2.0
package import APIContract
internal import Deliveries
package import LabStore
package import LaboratoryModel

/// Says how a customer wants to be reminded: by which policy, at which addresses, in which language.
package enum ReminderPreferenceSet: Act {
    package static let name = "reminder.preference"
    package static let roles: Set<Role> = [.reception, .manager]

    package static func perform(
        _ request: SetReminderPreference, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let language = check.word("language", request.language ?? "vi", of: ["vi", "en"])
        let from = check.date("from", request.from, required: false, future: true)
        if request.addresses.count > 20 {
            check.fault("addresses", vi: "nhiều nhất 20 địa chỉ", en: "at most 20 addresses")
        }
        for (index, address) in request.addresses.enumerated() {
            do {
                _ = try MailAddress(parsing: address)
            } catch {
                check.fault(
                    "addresses[\(index)]", vi: "“\(address)” không phải địa chỉ thư", en: "“\(address)” is no mail address")
            }
        }
        if let policy = request.policy {
            let known = try database.all(Statements.reminderPolicyList, "\(from)").map(\.code)
            _ = check.word("policy", policy, of: known)
        }
        try check.finish()
        guard let customer = try database.find(Statements.dueSubject, "customer", request.customer) else {
            throw ActError.notFound(thing: .customer, name: request.customer)
        }
        let key = try database.only(
            Statements.reminderPreferenceAdd, customer.id, request.policy, request.addresses, language, "\(from)",
            setting.caller.personID)
        try DeadlineTick.hint(on: database)
        return Acknowledgement(id: key.id, code: customer.code)
    }
}

/// Policies of reminders in force on a day.
package enum ReminderPolicyList: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ day: String?, in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<ReminderPolicyView> {
        var check = InputCheck(today: setting.today)
        let day = check.date("on", day, required: false, future: true)
        try check.finish()
        return List(items: try database.all(Statements.reminderPolicyList, "\(day)").map(view))
    }

    private static func view(_ row: ReminderPolicyRow) throws -> ReminderPolicyView {
        let tells = try StrictJSON.decode([[String]].self, from: Array(row.stageTells.utf8))
        return ReminderPolicyView(
            code: row.code, nameVi: row.nameVi, nameEn: row.nameEn, subjectType: row.subjectType, kind: row.kind, type: row.type,
            byChoice: row.byChoice, at: row.at,
            stages: zip(row.stageDays, tells).map { ReminderPolicyView.Stage(days: $0, tells: $1) }, validFrom: row.validFrom,
            source: row.source)
    }
}

/// Messages about reminders, newest first.
package enum ReminderNoticeList: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ parameters: (customer: String?, page: Page), in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<ReminderNoticeView> {
        let rows = try database.all(
            Statements.reminderNoticeList, parameters.customer, parameters.page.after ?? Int64.max, parameters.page.limit + 1)
        if rows.isEmpty { try database.requireKnown([.customer: parameters.customer]) }
        return parameters.page.list(rows, cursor: \.id)
    }
}
