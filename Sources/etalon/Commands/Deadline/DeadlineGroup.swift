// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// What people decide about deadlines.
struct DeadlineGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "deadline", "Tạm hoãn, cho tính lại, ấn định hạn", "Suspending, resuming and setting deadlines",
        [
            DeadlineSuspend.self, DeadlineResume.self, DeadlineOverride.self, DeadlineSuspensions.self,
            DeadlinePrefer.self, DeadlinePolicies.self, DeadlineNotices.self, DeadlineCompare.self,
        ])
}

/// Whose deadline it is.
struct DeadlineSubject: ParsableArguments {
    @Argument(help: .both("Mã hoặc số của đối tượng", "Code or number of the subject")) var code: String
    @Option(help: "instrument, standard, verifier_card, designation, accreditation, sample, customer") var subject: String?
    @Option(help: "verification, calibration, certification …") var kind: String?
}

/// Holds the deadlines of a subject.
struct DeadlineSuspend: Verb {
    static let example = #"etalon deadline suspend PTD-00001 --from 2018-07-01 --until 2018-12-31 --reason "cất kho""#
    static let configuration = described("suspend", "Tạm hoãn hạn", "Holds the deadlines of a subject")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var subject: DeadlineSubject
    @Option(help: .both("Từ ngày; mặc định hôm nay", "First day; today when absent")) var from: String?
    @Option(help: .both("Đến hết ngày; không có thì chưa định", "Last day; open when absent")) var until: String?
    @Option(help: .both("Lý do", "Reason")) var reason: String

    func perform(_ session: Session) async throws {
        let body = SuspendDeadline(
            subject: subject.subject, code: subject.code, kind: subject.kind, from: from, until: until, reason: reason)
        try session.show(record: try await session.post("/deadline-suspensions", body), PartyTables.acknowledgement)
    }
}

/// Lets the deadlines of a subject count again.
struct DeadlineResume: Verb {
    static let example = #"etalon deadline resume PTD-00001 --from 2018-10-01 --reason "dùng lại""#
    static let configuration = described("resume", "Cho tính lại hạn", "Lets the deadlines of a subject count again")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var subject: DeadlineSubject
    @Option(help: .both("Từ ngày; mặc định hôm nay", "First day that counts; today when absent")) var from: String?
    @Option(help: .both("Lý do", "Reason")) var reason: String

    func perform(_ session: Session) async throws {
        let body = ResumeDeadline(
            subject: subject.subject, code: subject.code, kind: subject.kind, from: from, reason: reason)
        try session.show(record: try await session.post("/deadline-resumptions", body), PartyTables.acknowledgement)
    }
}

/// Sets a deadline by decision, or lifts the decision.
struct DeadlineOverride: Verb {
    static let example = #"etalon deadline override PTD-00001 --due-on 2018-05-15 --reason "khách hàng đề nghị""#
    static let configuration = described(
        "override", "Ấn định hạn; không nêu ngày thì bỏ quyết định", "Sets a deadline by decision; without a date lifts it")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var subject: DeadlineSubject
    @Option(help: .both("Hạn mới", "The new date")) var dueOn: String?
    @Option(help: .both("Có hiệu lực từ ngày", "From which day it counts")) var from: String?
    @Option(help: .both("Lý do", "Reason")) var reason: String

    func perform(_ session: Session) async throws {
        let body = OverrideDeadline(
            subject: subject.subject, code: subject.code, kind: subject.kind, dueOn: dueOn, from: from, reason: reason)
        try session.show(record: try await session.post("/deadline-overrides", body), DeadlineTables.decision)
    }
}

/// Lists suspensions.
struct DeadlineSuspensions: Verb {
    static let example = "etalon deadline suspensions --code PTD-00001"
    static let configuration = described("suspensions", "Các lần tạm hoãn", "Suspensions")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions
    @Option(help: .both("Mã của đối tượng", "Code of the subject")) var code: String?
    @Option(help: "instrument, standard, verifier_card, designation, accreditation, sample, customer") var subject: String?

    func perform(_ session: Session) async throws {
        try await session.list(
            "/deadline-suspensions",
            ["subject": subject, "code": code, "limit": page.limitText, "cursor": page.cursor], DeadlineTables.suspensions)
    }
}
