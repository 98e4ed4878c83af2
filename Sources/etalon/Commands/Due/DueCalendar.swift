// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Shows a month: what is due and what is planned on each day.
struct DueCalendar: Verb {
    static let example = "etalon due calendar --month 2018-07 --district 916"
    static let configuration = described(
        "calendar", "Lịch tháng: đến hạn và kế hoạch từng ngày", "A month: what is due and planned on each day")

    @OptionGroup var global: GlobalOptions
    @Option(help: .both("Tháng, ví dụ 2018-07; mặc định tháng này", "Month, such as 2018-07; this one when absent"))
    var month: String?
    @Option(help: .both("Loại phương tiện đo", "Type of instrument")) var type: String?
    @Option(help: .both("Mã quận, huyện", "Code of the district")) var district: String?
    @Option(help: .both("Tính đến ngày; mặc định hôm nay", "As of that day; today when absent")) var asOf: String?

    func perform(_ session: Session) async throws {
        let answer = try await session.get(
            "/due-calendar", ["month": month, "type": type, "district": district, "as_of": asOf])
        let month = try session.read(Month.self, answer)
        try session.show(rows: Self.weeks(of: month.items), DeadlineTables.calendar, document: answer)
    }

    private struct Month: Decodable {
        let items: [CalendarDay]
    }

    /// A row a week; a cell holds the day, what is due and what is planned: `31 · 12/40`, a holiday with a star.
    static func weeks(of days: [CalendarDay]) -> [JSONValue] {
        var weeks: [[JSONMember]] = []
        for day in days {
            if weeks.isEmpty || day.weekday == 1 { weeks.append([]) }
            let date = String(day.day.suffix(2)) + (day.holidayEn == nil ? "" : "*")
            let counts = day.due == 0 && day.planned == 0 ? "" : " · \(day.due)/\(day.planned)"
            weeks[weeks.count - 1].append(JSONMember("d\(day.weekday)", .string(date + counts)))
        }
        return weeks.map { .object($0) }
    }
}
