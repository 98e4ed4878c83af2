// SPDX-License-Identifier: Apache-2.0

/// Why a crontab line cannot become a pattern.
package struct CronRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// The sentence in English.
    package let english: String
    /// The sentence in Vietnamese.
    package let vietnamese: String

    /// The English sentence.
    package var description: String { english }
}

extension SchedulePattern {
    /// Takes over the five fields of a crontab line: minute, hour, day of month, month, day of week.
    ///
    /// It is read once; what is kept and shown is the pattern. Whatever a pattern would run at other times than cron is refused.
    /// - Throws: ``CronRefusal`` with what is wrong and what to write instead.
    package init(cron line: String) throws(CronRefusal) {
        let fields = (Self.cronNames[line] ?? line).split(separator: " ")
        guard fields.count == 5 else { throw Self.wrongCount(line, fields.count) }
        let minutes = try CronField(fields[0], 0...59)
        let hours = try CronField(fields[1], 0...23)
        let days = try CronField(fields[2], 1...31)
        let months = try CronField(fields[3], 1...12, names: Self.monthNames, firstName: 1)
        let weekdays = try CronField(
            fields[4], 0...7, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"], firstName: 0)
        self.init(
            try Self.cronDays(days, weekdays, months), Self.cronTimes(minutes, hours), months: months.isAll ? [] : months.values)
    }

    private static let cronNames = [
        "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0",
        "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
    ]

    private static func wrongCount(_ line: String, _ count: Int) -> CronRefusal {
        CronRefusal(
            english: "`\(line)` has \(count) fields; a crontab line has five: minute, hour, day of month, month, day of week",
            vietnamese: "`\(line)` có \(count) trường; một dòng crontab có năm: phút, giờ, ngày trong tháng, tháng, thứ")
    }

    private static func cronDays(_ days: CronField, _ weekdays: CronField, _ months: CronField) throws(CronRefusal) -> Days {
        guard days.isAll || weekdays.isAll else {
            throw CronRefusal(
                english: "a day of the month together with a day of the week means either of them; make two schedules of it",
                vietnamese: "ngày trong tháng cùng với thứ nghĩa là một trong hai; hãy lập hai lịch")
        }
        if !weekdays.isAll {
            return .weekly(Set(weekdays.values.map { Weekday.allCases[($0 + 6) % 7] }))
        }
        if days.isAll { return .every }
        let shortest = (months.isAll ? Set(1...12) : months.values).map { CivilDate.lastDay(year: 2026, month: $0) }.min() ?? 28
        guard let last = days.values.max(), last <= shortest else {
            throw CronRefusal(
                english:
                    "cron leaves out a month without such a day, a pattern takes its last day; write `month-end` or `monthly 31`",
                vietnamese:
                    "cron bỏ qua tháng không có ngày ấy, còn mẫu lịch lấy ngày cuối tháng; hãy viết `month-end` hoặc `monthly 31`"
            )
        }
        return .monthly(days.values.sorted())
    }

    private static func cronTimes(_ minutes: CronField, _ hours: CronField) -> SlotTimes {
        let ofHour = minutes.values.sorted()
        let ofDay = hours.values.sorted()
        if ofHour.count > 1, 60 % ofHour.count == 0, ofHour == Array(stride(from: 0, to: 60, by: 60 / ofHour.count)),
            ofDay.count == ofDay[ofDay.count - 1] - ofDay[0] + 1
        {
            let step = 60 / ofHour.count
            return ofDay.count == 24
                ? .wholeDay(step: step)
                : .steps(step: step, from: ofDay[0] * 60, through: ofDay[ofDay.count - 1] * 60 + 60 - step)
        }
        if ofHour == [0], ofDay.count == 24 { return .wholeDay(step: 60) }
        return .list(ofDay.flatMap { hour in ofHour.map { hour * 60 + $0 } })
    }
}

/// One field of a crontab line.
private struct CronField {
    let values: Set<Int>
    let isAll: Bool

    init(_ text: Substring, _ range: ClosedRange<Int>, names: [String] = [], firstName: Int = 0) throws(CronRefusal) {
        func number(_ word: Substring) throws(CronRefusal) -> Int {
            if let index = names.firstIndex(of: word.lowercased()) { return index + firstName }
            guard word.allSatisfy(\.isASCII), word.first?.isNumber == true, let value = Int(word), range.contains(value) else {
                throw CronRefusal(
                    english:
                        "`\(word)` in `\(text)` is none of \(range.lowerBound) to \(range.upperBound), of lists, ranges and steps",
                    vietnamese:
                        "`\(word)` trong `\(text)` không thuộc \(range.lowerBound) đến \(range.upperBound), danh sách, khoảng hay bước"
                )
            }
            return value
        }
        var found: Set<Int> = []
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = item.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            let step = parts.count == 2 ? try number(parts[1]) : 1
            let ends = parts[0].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            let low = parts[0] == "*" ? range.lowerBound : try number(ends[0])
            let isOpen = parts[0] == "*" || (ends.count == 1 && parts.count == 2)
            let high = isOpen ? range.upperBound : ends.count == 2 ? try number(ends[1]) : low
            guard step > 0, low <= high else {
                throw CronRefusal(english: "`\(item)` is no range", vietnamese: "`\(item)` không phải là khoảng")
            }
            found.formUnion(stride(from: low, through: high, by: step))
        }
        // Cron has two Sundays, 0 and 7.
        if range == 0...7, found.remove(7) != nil { found.insert(0) }
        values = found
        isAll = found.count == (range == 0...7 ? 7 : range.count)
    }
}
