// SPDX-License-Identifier: Apache-2.0

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
