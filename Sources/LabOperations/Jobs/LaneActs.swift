// SPDX-License-Identifier: Apache-2.0
package import APIContract
internal import Jobs
package import LabStore
package import LaboratoryModel

/// Takes no job of a lane until it is resumed.
package enum LanePause: Act {
    package static let name = "lane.pause"
    package static let roles: Set<Role> = [.administrator]

    package static func perform(
        _ request: NameLane, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let reason = check.text("reason", request.reason)
        try check.finish()
        let id = try database.changed(lane: request.lane) { lane, database in try LaneControl.pause(lane, on: database) }
        try database.note(name, request.lane, reason: reason, in: setting)
        return Acknowledgement(id: id, code: request.lane)
    }
}

/// Takes jobs of a lane again.
package enum LaneResume: Act {
    package static let name = "lane.resume"
    package static let roles: Set<Role> = [.administrator]

    package static func perform(
        _ request: NameLane, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let reason = check.reason(request.reason)
        try check.finish()
        let id = try database.changed(lane: request.lane) { lane, database in try LaneControl.resume(lane, on: database) }
        try database.note(name, request.lane, reason: reason, in: setting)
        return Acknowledgement(id: id, code: request.lane)
    }
}

/// Sets how many jobs of a lane may run at a time in all processes together.
package enum LaneLimit: Act {
    package static let name = "lane.limit"
    package static let roles: Set<Role> = [.administrator]
    /// Largest limit.
    package static let largest = 100_000

    package static func perform(
        _ request: LimitLane, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let reason = check.reason(request.reason)
        if let most = request.maxRunning, !(1...largest).contains(most) {
            check.fault("max_running", vi: "từ 1 đến \(largest)", en: "between 1 and \(largest)")
        }
        try check.finish()
        let most = request.maxRunning
        let id = try database.changed(lane: request.lane) { lane, database in
            try LaneControl.limit(lane, to: most, on: database)
        }
        try database.note(name, request.lane, detail: most.map(String.init), reason: reason, in: setting)
        return Acknowledgement(id: id, code: request.lane)
    }
}

/// Changes what holds for a lane in all processes together: most running jobs, most starts in a time, turns of tenants.
package enum LaneRuleSet: Act {
    package static let name = "lane.rule"
    package static let roles: Set<Role> = [.administrator]
    /// Largest number of starts.
    package static let mostStarts = 1_000_000
    /// Longest span of a rate, a day, in seconds.
    package static let longestSpan = 86_400
    /// What can be taken away.
    package static let removable = ["limit", "rate"]

    package static func perform(
        _ request: RuleLane, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let reason = check.reason(request.reason)
        judge(request, &check)
        try check.finish()
        let lane = Lane(rawValue: request.lane)
        guard let (id, present) = try LaneRule.read(of: lane, on: database) else {
            throw ActError.notFound(thing: .lane, name: request.lane)
        }
        let rule = request.changing(present)
        try rule.apply(to: lane, on: database)
        try database.note(name, request.lane, detail: rule.text, reason: reason, in: setting)
        return Acknowledgement(id: id, code: request.lane)
    }

    private static func judge(_ request: RuleLane, _ check: inout InputCheck) {
        let without = request.without ?? []
        for word in without { _ = check.word("without", word, of: removable) }
        if let most = request.maxRunning, !(1...LaneLimit.largest).contains(most) {
            check.fault(
                "max_running", vi: "từ 1 đến \(LaneLimit.largest); bỏ giới hạn bằng `without` (`--limit none`)",
                en: "between 1 and \(LaneLimit.largest); `without` (`--limit none`) takes the limit away")
        }
        if let count = request.rateCount, !(1...mostStarts).contains(count) {
            check.fault(
                "rate_count", vi: "từ 1 đến \(mostStarts); bỏ tốc độ bằng `without` (`--rate none`)",
                en: "between 1 and \(mostStarts); `without` (`--rate none`) takes the rate away")
        }
        if let span = request.rateSeconds, !(1...longestSpan).contains(span) {
            check.fault("rate_seconds", vi: "từ 1 đến \(longestSpan) giây", en: "between 1 and \(longestSpan) seconds")
        }
        if (request.rateCount == nil) != (request.rateSeconds == nil) {
            check.fault(
                request.rateCount == nil ? "rate_count" : "rate_seconds", vi: "`rate_count` và `rate_seconds` đi với nhau",
                en: "`rate_count` and `rate_seconds` go together")
        }
        if request.maxRunning != nil && without.contains("limit") || request.rateCount != nil && without.contains("rate") {
            check.fault("without", vi: "vừa đặt vừa bỏ: chọn một", en: "it is both set and taken away: choose one")
        }
        if without.isEmpty, request.maxRunning == nil, request.rateCount == nil, request.rateSeconds == nil, request.isFair == nil
        {
            check.fault(
                "lane", vi: "không có gì thay đổi: nêu `max_running`, `rate_count` với `rate_seconds`, `is_fair` hoặc `without`",
                en: "nothing changes: give `max_running`, `rate_count` with `rate_seconds`, `is_fair` or `without`")
        }
    }
}

extension RuleLane {
    /// The rule with what this request changes.
    fileprivate func changing(_ present: LaneRule) -> LaneRule {
        let without = without ?? []
        var rate = without.contains("rate") ? nil : present.rate
        if let rateCount, let rateSeconds { rate = StartRate(rateCount, per: .seconds(rateSeconds)) }
        return LaneRule(
            mostRunning: maxRunning ?? (without.contains("limit") ? nil : present.mostRunning), rate: rate,
            isFair: isFair ?? present.isFair)
    }
}

extension LaneRule {
    /// As the log shows it, in words of the command line.
    fileprivate var text: String {
        let rate = rate.map { "\($0.count)/\(Int(($0.period / .seconds(1)).rounded(.up)))s" } ?? "none"
        return "limit \(mostRunning.map(String.init) ?? "none"), rate \(rate), fair \(isFair ? "yes" : "no")"
    }
}

extension Transaction {
    /// - Returns: number of the lane.
    fileprivate func changed(
        lane name: String, by change: (Lane, isolated Transaction) throws -> Int64?
    ) throws -> Int64 {
        guard let id = try change(Lane(rawValue: name), self) else { throw ActError.notFound(thing: .lane, name: name) }
        return id
    }
}
