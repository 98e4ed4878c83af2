// SPDX-License-Identifier: Apache-2.0
internal import Digests
package import LabStore
package import LaboratoryModel

/// What a calendar program reads: the dates behind a secret address. Whoever knows the address may read it.
package enum CalendarFeedContent: Question {
    /// A calendar and the mark by which its reader recognises it.
    package struct Answer: Encodable, Sendable {
        /// The calendar as text, `text/calendar`.
        package let bytes: [UInt8]
        /// Lower-case hexadecimal digits: equal calendars have equal marks.
        package let mark: String
    }

    package static let roles: Set<Role> = []

    package static func answer(_ secret: String, in setting: ActSetting, on database: isolated Transaction) throws -> Answer {
        guard let feed = try database.find(Statements.calendarFeedOpen, SHA256.hex(secret.lowercased())) else {
            throw ActError.notFound(thing: .calendar, name: "…")
        }
        let host = setting.centre.publicURL?.split(separator: "/").last.map(String.init) ?? "etalon"
        var text = CalendarText(label: feed.label, language: feed.language, alarmDays: feed.alarmDays, host: host)
        _ = try database.only(Statements.dueSettings)
        for entry in try database.all(Statements.calendarEntries, feed.customerId, feed.placeCode, feed.personId) {
            text.append(entry)
        }
        let bytes = text.finished()
        return Answer(bytes: bytes, mark: SHA256.hex(bytes))
    }
}
