// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Calendars of due dates that calendar programs subscribe to.
struct CalendarGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "calendar", "Lịch đến hạn để đăng ký trong ứng dụng lịch", "Calendars of due dates to subscribe to",
        [CalendarAdd.self, CalendarList.self, CalendarRevoke.self])
}

/// Makes a calendar; its address is shown once.
struct CalendarAdd: Verb {
    static let example = #"etalon calendar add --customer XDHG --label "Xăng dầu Hậu Giang" --alarm 14"#
    static let configuration = described(
        "add", "Tạo lịch; địa chỉ chỉ hiện một lần", "Makes a calendar; its address is shown once")

    @OptionGroup var global: GlobalOptions
    @Option(help: .both("Tên của lịch", "Name of the calendar")) var label: String
    @Option(help: .both("Mã khách hàng", "Code of a customer")) var customer: String?
    @Option(help: .both("Mã đơn vị hành chính", "Code of a place")) var district: String?
    @Option(help: .both("Người, với những gì người ấy theo dõi", "A person, with what they answer for")) var person: String?
    @Option(help: .both("Ngôn ngữ: vi, en", "Language: vi, en")) var language: String?
    @Option(help: .both("Nhắc trước bao nhiêu ngày", "Days before, at which to remind")) var alarm: Int?

    func perform(_ session: Session) async throws {
        let body = AddCalendarFeed(
            label: label, customer: customer, district: district, person: person, language: language, alarmDays: alarm)
        try session.show(record: try await session.post("/calendar-feeds", body), DueRunTables.madeCalendar)
    }
}

/// Lists calendars.
struct CalendarList: Verb {
    static let example = "etalon calendar list"
    static let configuration = described("list", "Các lịch đã tạo", "Lists calendars")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions

    func perform(_ session: Session) async throws {
        try await session.list("/calendar-feeds", ["limit": page.limitText, "cursor": page.cursor], DueRunTables.calendars)
    }
}

/// Revokes a calendar.
struct CalendarRevoke: Verb {
    static let example = "etalon calendar revoke 3"
    static let configuration = described("revoke", "Hủy lịch", "Revokes a calendar")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số của lịch", "Number of the calendar")) var calendar: Int64

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/calendar-feed-revocations", EndTelling(id: calendar))
        try session.show(record: answer, PartyTables.acknowledgement)
    }
}
