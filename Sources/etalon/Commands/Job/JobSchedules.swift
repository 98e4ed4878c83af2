// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Lists the schedules.
struct JobScheduleList: Verb {
    static let example = "etalon job schedules list"
    static let configuration = described("list", "Các lịch chạy", "The schedules as they stand")

    @OptionGroup var global: GlobalOptions

    func perform(_ session: Session) async throws { try await session.list("/job-schedules", JobTables.schedules) }
}

/// Lists what became of the slots of a schedule.
struct JobScheduleRuns: Verb {
    static let example = "etalon job schedules runs due-list-watch --limit 14"
    static let configuration = described(
        "runs", "Các lần của một lịch: đã chạy, bỏ qua vì sao", "What became of the slots of a schedule")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Tên lịch", "Name of the schedule")) var schedule: String
    @Option(help: .both("Số dòng nhiều nhất, 1–1000", "At most that many rows, 1–1000")) var limit: Int?

    func perform(_ session: Session) async throws {
        try await session.list(
            "/job-schedules/\(step(schedule))/runs", ["limit": limit.map(String.init)], JobTables.scheduleRuns)
    }
}

/// Lists the slots that come next.
struct JobScheduleNext: Verb {
    static let example = "etalon job schedules next --from 2027-02-01 --count 14"
    static let configuration = described(
        "next", "Các lần sắp tới, của một lịch hoặc mọi lịch", "The slots that come next, of one schedule or of all")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Tên lịch", "Name of the schedule")) var schedule: String?
    @Option(help: .both("Từ ngày, hoặc ngày và giờ của lịch", "From this date, or date and civil time")) var from: String?
    @Option(help: .both("Bao nhiêu lần, 1–1000", "How many, 1–1000")) var count: Int?

    func perform(_ session: Session) async throws {
        try await session.list(
            "/job-forecast", ["schedule": schedule, "from": from, "count": count.map(String.init)], JobTables.forecast)
    }
}

/// Stops a schedule.
struct JobScheduleDisable: Verb {
    static let example = "etalon job schedules disable due-list-watch --reason \"chuyển máy chủ\""
    static let configuration = described(
        "disable", "Tắt một lịch cho đến khi bật lại", "Switches a schedule off until somebody switches it on")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Tên lịch", "Name of the schedule")) var schedule: String
    @Option(help: .both("Lý do", "Why")) var reason: String

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/schedule-stops", NameSchedule(schedule: schedule, reason: reason))
        try session.show(act: answer) { _ in JobSentence.disabled(schedule) }
    }
}

/// Starts a schedule that was stopped.
struct JobScheduleEnable: Verb {
    static let example = "etalon job schedules enable due-list-watch"
    static let configuration = described(
        "enable", "Bật lại một lịch; các lần đã qua được ghi là bỏ qua",
        "Switches a schedule on; the slots of the meantime are noted as skipped")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Tên lịch", "Name of the schedule")) var schedule: String
    @Option(help: .both("Lý do", "Why")) var reason: String?

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/schedule-starts", NameSchedule(schedule: schedule, reason: reason))
        try session.show(act: answer) { _ in JobSentence.enabled(schedule) }
    }
}

/// Runs a schedule out of turn.
struct JobScheduleRun: Verb {
    static let example = "etalon job schedules run due-list-watch --reason \"đã sửa dữ liệu\""
    static let configuration = described("run", "Chạy việc của một lịch ngay bây giờ", "Runs the job of a schedule at once")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Tên lịch", "Name of the schedule")) var schedule: String
    @Option(help: .both("Lý do", "Why")) var reason: String?

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/schedule-runs", NameSchedule(schedule: schedule, reason: reason))
        try session.show(act: answer) { JobSentence.ran(schedule, $0) }
    }
}
