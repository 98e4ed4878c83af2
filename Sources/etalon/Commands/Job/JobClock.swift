// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Shows how the guard of the clock stands.
struct JobClockShow: Verb {
    static let example = "etalon job clock"
    static let configuration = described(
        "show", "Đồng hồ của cơ sở dữ liệu có được tin không", "Whether the clock of the database is trusted")

    @OptionGroup var global: GlobalOptions

    func perform(_ session: Session) async throws {
        try session.show(record: try await session.get("/job-clock"), JobTables.clock, [JobTables.clockEvents])
    }
}

/// Lets schedules and deadlines go on.
struct JobClockRelease: Verb {
    static let example = "etalon job clock release --reason \"đã chỉnh NTP, giờ đúng\""
    static let configuration = described(
        "release", "Tin đồng hồ như nó đang chỉ; lịch và kỳ hạn chạy tiếp",
        "Trusts the clock as it is; schedules and deadlines go on")

    @OptionGroup var global: GlobalOptions
    @Option(help: .both("Lý do", "Why")) var reason: String

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/clock-releases", ReleaseClock(reason: reason))
        try session.show(act: answer) { _ in JobSentence.clockReleased }
    }
}
