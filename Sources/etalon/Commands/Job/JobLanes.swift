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

/// Changes the rules of a lane.
struct JobLaneRule: Verb {
    static let example = "etalon job lane mail --rate 30/m --fair yes --reason \"máy chủ thư giới hạn\""
    static let configuration = described(
        "lane", "Đặt giới hạn, tốc độ và chia lượt của một làn, tính mọi tiến trình",
        "Sets a lane's limit, rate and fairness in all processes together")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Làn", "Lane")) var lane: String
    @Option(
        help: .both(
            "Nhiều nhất bao nhiêu việc chạy cùng lúc; `none` là không giới hạn", "How many run at most; `none` is no limit"))
    var limit: String?
    @Option(
        help: .both(
            "Bắt đầu nhiều nhất bao nhiêu việc trong một thời gian: `5/s`, `30/m`, `100/2h`; `none` là không giới hạn",
            "How many start at most within a time: `5/s`, `30/m`, `100/2h`; `none` is any number"))
    var rate: String?
    @Option(help: .both("Khách hàng thay lượt nhau: `yes` hoặc `no`", "Whether tenants take turns: `yes` or `no`"))
    var fair: String?
    @Option(help: .both("Lý do", "Why")) var reason: String?

    func validate() throws { _ = try request() }

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/lane-rules", try request())
        try session.show(act: answer) { _ in JobSentence.ruled(lane) }
    }

    private func request() throws -> RuleLane {
        var request = RuleLane(lane: lane, reason: reason)
        var without: [String] = []
        if limit == "none" { without.append("limit") } else { request.maxRunning = try limit.map(Self.number) }
        if rate == "none" {
            without.append("rate")
        } else if let rate = try rate.map(Self.rate) {
            (request.rateCount, request.rateSeconds) = (rate.count, rate.seconds)
        }
        request.isFair = try fair.map(Self.answer)
        guard limit != nil || rate != nil || fair != nil else {
            throw ValidationError.both(
                "nêu --limit, --rate hoặc --fair; `etalon job lanes` cho xem hiện tại",
                "name --limit, --rate or --fair; `etalon job lanes` shows the present rules")
        }
        request.without = without.isEmpty ? nil : without
        return request
    }

    private static func number(_ text: String) throws -> Int {
        guard let number = LaneLimitChoice(argument: text)?.number else {
            throw ValidationError.both(
                "--limit “\(text)” phải là một số từ 1, hoặc none", "--limit “\(text)” must be a number from 1, or none")
        }
        return number
    }

    private static func rate(_ text: String) throws -> (count: Int, seconds: Int) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let count = LaneLimitChoice(argument: parts[0])?.number,
            let span = TimeSpan(argument: parts[1].count == 1 ? "1" + parts[1] : parts[1]), span.seconds > 0
        else {
            throw ValidationError.both(
                "--rate “\(text)” phải có dạng SỐ/THỜI-GIAN như 5/s, 30/m, 100/2h, hoặc none",
                "--rate “\(text)” must be NUMBER/TIME as in 5/s, 30/m, 100/2h, or none")
        }
        return (count, span.seconds)
    }

    private static func answer(_ text: String) throws -> Bool {
        guard ["yes", "no"].contains(text) else {
            throw ValidationError.both("--fair “\(text)” phải là yes hoặc no", "--fair “\(text)” must be yes or no")
        }
        return text == "yes"
    }
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
        try session.show(act: answer) { _ in JobSentence.paused(lane) }
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
        try session.show(act: answer) { _ in JobSentence.resumed(lane) }
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
        try session.show(act: answer) { _ in JobSentence.limited(lane, most.number) }
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
