// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import Jobs
package import LabStore
package import LaboratoryModel

/// Stops a schedule until a person starts it again; one that is stopped stays so, with its first reason.
package enum ScheduleDisable: Act {
    package static let name = "schedule.disable"
    package static let roles: Set<Role> = [.administrator]

    package static func perform(
        _ request: NameSchedule, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let reason = check.text("reason", request.reason)
        try check.finish()
        try database.requireSchedule(request.schedule)
        _ = try ScheduleControl.disable(request.schedule, by: setting.caller.username, reason: reason, on: database)
        let id = try database.note(name, request.schedule, reason: reason, in: setting)
        return Acknowledgement(id: id, code: request.schedule)
    }
}

/// Starts a schedule that was stopped; the slots of the meantime are noted as skipped. One that runs goes on running.
package enum ScheduleEnable: Act {
    package static let name = "schedule.enable"
    package static let roles: Set<Role> = [.administrator]

    package static func perform(
        _ request: NameSchedule, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let reason = check.reason(request.reason)
        try check.finish()
        try database.requireSchedule(request.schedule)
        _ = try ScheduleControl.enable(request.schedule, on: database)
        let id = try database.note(name, request.schedule, reason: reason, in: setting)
        return Acknowledgement(id: id, code: request.schedule)
    }
}

/// Runs the job of a schedule at once, out of turn.
package enum ScheduleRunNow: Act {
    package static let name = "schedule.run_now"
    package static let roles: Set<Role> = [.administrator]

    package static func perform(
        _ request: NameSchedule, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let reason = check.reason(request.reason)
        try check.finish()
        try database.requireSchedule(request.schedule)
        guard let job = try ScheduleControl.runNow(request.schedule, by: setting.caller.username, on: database) else {
            throw ActError.conflict(
                BilingualSentence(
                    vi: "Việc của lần trước chưa xong, hoặc phút này đã chạy rồi",
                    en: "the job of an earlier slot is unfinished, or this minute has had its run"))
        }
        try database.note(name, request.schedule, detail: "\(job)", reason: reason, in: setting)
        return Acknowledgement(id: job.rawValue, code: request.schedule)
    }
}

/// Lets schedules and deadlines go on by the clock of the database as it is.
package enum ClockRelease: Act {
    package static let name = "clock.release"
    package static let roles: Set<Role> = [.administrator]

    package static func perform(
        _ request: ReleaseClock, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let reason = check.text("reason", request.reason)
        try check.finish()
        guard try ClockGuard.release(by: setting.caller.username, reason: reason, on: database) else {
            throw ActError.refused([.clockNotHeld])
        }
        return Acknowledgement(id: try database.note(name, "clock", reason: reason, in: setting))
    }
}

/// The guard of the clock and what happened to the clock lately.
package struct ClockFile: Codable, Sendable {
    package let clock: ClockReport
    package let events: [ClockEventView]
}

/// Something that happened to the clock.
package struct ClockEventView: Codable, Sendable {
    package let at: String
    /// `moved`, `held`, `released` or `returned`.
    package let code: String
    package let vi: String
    package let en: String
    /// Seconds by which the clock was ahead of what was expected.
    package let shiftSeconds: Int
    /// The process that noticed, or the person who released.
    package let who: String
    package let reason: String?

    init(_ event: ClockEventReport) {
        let words: [String: (vi: String, en: String)] = [
            "moved": ("đồng hồ bị chỉnh", "the clock was moved"),
            "held": ("đồng hồ nhảy, lịch và kỳ hạn bị giữ lại", "it jumped; schedules and deadlines are held"),
            "released": ("được cho chạy tiếp", "released"), "returned": ("đồng hồ đúng trở lại", "the clock is right again"),
        ]
        (at, code, shiftSeconds, who, reason) = (event.at, event.what, event.shiftSeconds, event.who, event.reason)
        (vi, en) = words[event.what] ?? (event.what, event.what)
    }
}

/// How the guard of the clock stands.
package enum ClockShow: Question {
    package static let roles = jobReaders

    package static func answer(_ nothing: Void, in setting: ActSetting, on database: isolated Transaction) throws -> ClockFile {
        ClockFile(
            clock: try ClockGuard.report(on: database),
            events: try ClockGuard.events(limit: 20, on: database).map(ClockEventView.init))
    }
}

/// Which slots to come are told.
package struct ForecastSelection: Sendable {
    let schedule: String?
    let from: String?
    let count: Int

    package init(schedule: String?, from: String?, count: Int) {
        (self.schedule, self.from, self.count) = (schedule, from, count)
    }
}

/// A slot to come, with its schedule.
package struct ForecastView: Codable, Sendable {
    package let schedule: String
    package let kind: String
    /// Civil time of the slot.
    package let slot: String
    /// When it is run.
    package let instant: String
    /// `gap`, `repeated` or `calendar_unknown`.
    package let note: String?
    package let noteVi: String?
    package let noteEn: String?

    init(_ slot: ForecastSlot, of schedule: ScheduleReport) {
        let words: [String: (vi: String, en: String)] = [
            "gap": ("giờ này không có vì đổi giờ mùa hè; chạy muộn hơn", "the clock skips this time; it runs later"),
            "repeated": ("giờ này có hai lần; chạy lần đầu", "the clock shows this time twice; it runs the first time"),
            "calendar_unknown": ("lịch nghỉ của năm này chưa có", "the calendar tells nothing of this year yet"),
        ]
        (self.schedule, kind, self.slot, instant) = (schedule.key, schedule.kind, slot.slot, slot.instant)
        note = slot.note
        noteVi = slot.note.map { words[$0]?.vi ?? $0 }
        noteEn = slot.note.map { words[$0]?.en ?? $0 }
    }
}

/// The slots that come next, of one schedule or of all that run.
package enum ScheduleForecast: Question {
    package static let roles = jobReaders

    package static func answer(
        _ selection: ForecastSelection, in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<ForecastView> {
        var check = InputCheck(today: setting.today)
        let start = selection.from.flatMap { CivilSlot($0.count == 10 ? $0 + "T00:00" : $0) }
        if selection.from != nil, start == nil {
            check.fault(
                "from", vi: "phải là ngày hoặc ngày và giờ, như 2026-11-21T02:00",
                en: "a date, or date and time as 2026-11-21T02:00")
        }
        try check.finish()
        if let schedule = selection.schedule { try database.requireSchedule(schedule) }
        var slots: [ForecastView] = []
        for schedule in try JobInspection.schedules(on: database)
        where selection.schedule.map({ $0 == schedule.key }) ?? schedule.isEnabled {
            let next = try ScheduleControl.forecast(schedule.key, selection.count, after: start, on: database) ?? []
            slots += next.map { ForecastView($0, of: schedule) }
        }
        // Schedules have zones of their own; the slot of one says little beside that of another, yet is what people read.
        return List(items: Array(slots.sorted { ($0.slot, $0.schedule) < ($1.slot, $1.schedule) }.prefix(selection.count)))
    }
}

extension Transaction {
    fileprivate func requireSchedule(_ key: String) throws {
        guard try JobInspection.schedules(on: self).contains(where: { $0.key == key }) else {
            throw ActError.notFound(thing: .schedule, name: key)
        }
    }
}
