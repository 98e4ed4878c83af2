// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Spreading work over the weeks.
struct DuePlanGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "plan", "San tải: đề xuất làm sớm hơn, duyệt", "Levelling: proposals to do work earlier, and their acceptance",
        [DuePlanPropose.self, DuePlanAccept.self, DuePlanRefuse.self, DuePlanList.self, DuePlanShow.self, DuePlanMoves.self])
}

/// Proposes a plan.
struct DuePlanPropose: Verb {
    static let example = "etalon due plan propose --capacity 40 --team district --weeks 12"
    static let configuration = described("propose", "Đề xuất san tải", "Proposes to spread the work")

    @OptionGroup var global: GlobalOptions
    @Option(help: .both("Mỗi đội làm được bao nhiêu trong tuần đủ 5 ngày", "What a team does in a week of five days"))
    var capacity: Int
    @Option(help: .both("Số tuần; mặc định 26", "Weeks; 26 when absent")) var weeks: Int?
    @Option(help: "all, district, type") var team: String?
    @Option(help: .both("Loại phương tiện đo", "Type of instrument")) var type: String?
    @Option(help: .both("Mã quận, huyện", "Code of the district")) var district: String?
    @Option(help: .both("Từ tuần của ngày; mặc định hôm nay", "From the week of that day; today when absent")) var asOf: String?

    func perform(_ session: Session) async throws {
        let body = ProposePlan(
            capacity: capacity, weeks: weeks, team: team, type: type, district: district, asOf: asOf)
        try session.show(
            record: try await session.post("/work-plans", body), DeadlineTables.plan, [DeadlineTables.planLoads])
    }
}

/// Accepts a plan.
struct DuePlanAccept: Verb {
    static let example = "etalon due plan accept 3"
    static let configuration = described("accept", "Duyệt kế hoạch", "Accepts a plan")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số của kế hoạch", "Number of the plan")) var plan: Int64

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/work-plan-decisions", DecidePlan(plan: plan, decision: "accepted"))
        try session.show(record: answer, DeadlineTables.plan)
    }
}

/// Refuses a plan.
struct DuePlanRefuse: Verb {
    static let example = #"etalon due plan refuse 3 --reason "thiếu người""#
    static let configuration = described("refuse", "Không duyệt kế hoạch", "Refuses a plan")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số của kế hoạch", "Number of the plan")) var plan: Int64
    @Option(help: .both("Lý do", "Reason")) var reason: String

    func perform(_ session: Session) async throws {
        let answer = try await session.post(
            "/work-plan-decisions", DecidePlan(plan: plan, decision: "refused", reason: reason))
        try session.show(record: answer, DeadlineTables.plan)
    }
}

/// Lists plans.
struct DuePlanList: Verb {
    static let example = "etalon due plan list"
    static let configuration = described("list", "Các kế hoạch", "Lists plans")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions

    func perform(_ session: Session) async throws {
        try await session.list("/work-plans", ["limit": page.limitText, "cursor": page.cursor], DeadlineTables.plans)
    }
}

/// Shows a plan.
struct DuePlanShow: Verb {
    static let example = "etalon due plan show 3"
    static let configuration = described("show", "Một kế hoạch theo tuần", "Shows a plan by week")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số của kế hoạch", "Number of the plan")) var plan: Int64

    func perform(_ session: Session) async throws {
        try session.show(record: try await session.get("/work-plans/\(plan)"), DeadlineTables.plan, [DeadlineTables.planLoads])
    }
}

/// Lists what a plan moves.
struct DuePlanMoves: Verb {
    static let example = "etalon due plan moves 3"
    static let configuration = described("moves", "Những việc được chuyển sớm", "Lists what a plan moves")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions
    @Argument(help: .both("Số của kế hoạch", "Number of the plan")) var plan: Int64

    func perform(_ session: Session) async throws {
        try await session.list(
            "/work-plans/\(plan)/moves", ["limit": page.limitText, "cursor": page.cursor], DeadlineTables.planMoves)
    }
}
