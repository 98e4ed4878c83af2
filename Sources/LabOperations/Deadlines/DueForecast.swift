// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import LabStore
package import LaboratoryModel

/// How much work comes in the next weeks, by week, type, district or the standards that it needs.
package enum DueForecast: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ parameters: (by: String?, weeks: Int, weekly: Bool, type: String?, district: String?, asOf: String?),
        in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<ForecastLine> {
        var check = InputCheck(today: setting.today)
        let day = check.date("as_of", parameters.asOf, required: false, future: true)
        let by = check.word("by", parameters.by ?? "week", of: ["week", "type", "district", "standard"])
        try check.finish()
        try database.requireKnown([.type: parameters.type, .district: parameters.district])
        _ = try database.only(Statements.dueSettings)
        return List(
            items: try database.all(
                Statements.dueForecast, "\(day)", parameters.weeks, by, parameters.weekly, parameters.type, parameters.district))
    }
}

/// The days of a month with what is due and what is planned on each.
package enum DueCalendar: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ parameters: (month: String?, type: String?, district: String?, asOf: String?), in setting: ActSetting,
        on database: isolated Transaction
    ) throws -> List<CalendarDay> {
        var check = InputCheck(today: setting.today)
        let day = check.date("as_of", parameters.asOf, required: false, future: true)
        // Any day names its month, and so does the month alone.
        let month = check.date(
            "month", parameters.month.map { $0.utf8.count == 7 ? $0 + "-01" : $0 }, required: false, future: true)
        try check.finish()
        try database.requireKnown([.type: parameters.type, .district: parameters.district])
        _ = try database.only(Statements.dueSettings)
        let first = try CivilDate(year: month.year, month: month.month, day: 1)
        return List(
            items: try database.all(Statements.dueCalendar, "\(first)", "\(day)", parameters.type, parameters.district))
    }
}
