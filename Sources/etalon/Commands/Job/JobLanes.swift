// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Shows how the lanes are set.
struct JobLanes: Verb {
    static let example = "etalon job lanes"
    static let configuration = described("lanes", "Các làn và giới hạn", "The lanes and their limits")

    @OptionGroup var global: GlobalOptions

    func perform(_ session: Session) async throws { try await session.list("/job-lanes", JobTables.lanes) }
}

/// Pauses a lane.
struct JobPause: Verb {
    static let example = "etalon job pause mail --reason \"bảo trì máy chủ thư\""
    static let configuration = described(
        "pause", "Tạm dừng một làn; việc đang chạy vẫn chạy", "Pauses a lane; jobs that run go on")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Làn", "Lane")) var lane: String
    @Option(help: .both("Lý do", "Why")) var reason: String

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/lane-pauses", NameLane(lane: lane, reason: reason))
        try session.show(record: answer, PartyTables.acknowledgement)
    }
}

/// Lets a lane go on.
struct JobResume: Verb {
    static let example = "etalon job resume mail"
    static let configuration = described("resume", "Cho một làn chạy tiếp", "Lets a lane go on")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Làn", "Lane")) var lane: String
    @Option(help: .both("Lý do", "Why")) var reason: String?

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/lane-resumptions", NameLane(lane: lane, reason: reason))
        try session.show(record: answer, PartyTables.acknowledgement)
    }
}

/// Limits a lane.
struct JobLimit: Verb {
    static let example = "etalon job limit render 2 --reason \"máy chủ yếu\""
    static let configuration = described(
        "limit", "Giới hạn số việc chạy cùng lúc của một làn, tính mọi tiến trình",
        "Limits the running jobs of a lane in all processes together")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Làn", "Lane")) var lane: String
    @Argument(help: .both("Nhiều nhất bao nhiêu; `none` là không giới hạn", "How many at most; `none` is no limit"))
    var most: LaneLimitChoice
    @Option(help: .both("Lý do", "Why")) var reason: String?

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/lane-limits", LimitLane(lane: lane, maxRunning: most.number, reason: reason))
        try session.show(record: answer, PartyTables.acknowledgement)
    }
}

/// A limit as it is typed: a number from 1, or `none`.
struct LaneLimitChoice: ExpressibleByArgument, Hashable, Sendable {
    let number: Int?

    init?(argument: String) {
        if argument == "none" {
            number = nil
        } else {
            guard let number = Int(argument), number > 0 else { return nil }
            self.number = number
        }
    }
}
