// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Says how a customer wants to be reminded.
struct DeadlinePrefer: Verb {
    static let example = "etalon deadline prefer XDHG --address tram@xdhg.vn --policy early"
    static let configuration = described(
        "prefer", "Khách hàng muốn được nhắc thế nào", "Says how a customer wants to be reminded")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Mã khách hàng", "Code of the customer")) var customer: String
    @Option(help: .both("Địa chỉ thư; nhiều lần được", "Mail address; may be repeated")) var address: [String] = []
    @Option(help: .both("Quy tắc nhắc", "Policy of reminders")) var policy: String?
    @Option(help: .both("Ngôn ngữ của thư: vi, en", "Language of the mails: vi, en")) var mailLanguage: String?
    @Option(help: .both("Từ ngày; mặc định hôm nay", "First day; today when absent")) var from: String?

    func perform(_ session: Session) async throws {
        let body = SetReminderPreference(
            customer: customer, policy: policy, addresses: address, language: mailLanguage, from: from)
        try session.show(record: try await session.post("/reminder-preferences", body), PartyTables.acknowledgement)
    }
}

/// Lists the policies of reminders with their stages.
struct DeadlinePolicies: Verb {
    static let example = "etalon deadline policies"
    static let configuration = described("policies", "Các quy tắc nhắc", "Lists the policies of reminders")

    @OptionGroup var global: GlobalOptions
    @Option(help: .both("Có hiệu lực vào ngày", "In force on that day")) var on: String?

    func perform(_ session: Session) async throws {
        let answer = try await session.get("/reminder-policies", ["on": on])
        let rows = try session.read(Policies.self, answer).items.map(Self.row)
        try session.show(rows: rows, DeadlineTables.policies, document: answer)
    }

    private struct Policies: Decodable {
        let items: [ReminderPolicyView]
    }

    /// The policy with its stages as one text: `-60 customer, staff; …`.
    private static func row(_ policy: ReminderPolicyView) -> JSONValue {
        let stages = policy.stages.map { "\($0.days) \($0.tells.joined(separator: ", "))" }
        let subject = [policy.subjectType, policy.kind, policy.type].compactMap(\.self).joined(separator: " ")
        return .object([
            JSONMember("code", .string(policy.code)), JSONMember("name_vi", .string(policy.nameVi)),
            JSONMember("name_en", .string(policy.nameEn)), JSONMember("subject", .string(subject)),
            JSONMember("at", .string(policy.at)), JSONMember("stages", .string(stages.joined(separator: "; "))),
        ])
    }
}

/// Lists the messages about reminders.
struct DeadlineNotices: Verb {
    static let example = "etalon deadline notices --customer XDHG"
    static let configuration = described("notices", "Các thư nhắc", "Lists the messages about reminders")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions
    @Option(help: .both("Mã khách hàng", "Code of the customer")) var customer: String?

    func perform(_ session: Session) async throws {
        try await session.list(
            "/reminder-notices", ["customer": customer, "limit": page.limitText, "cursor": page.cursor],
            DeadlineTables.notices)
    }
}

/// Compares the stored deadlines with the records.
struct DeadlineCompare: Verb {
    static let example = "etalon deadline compare"
    static let configuration = described(
        "compare", "So các hạn đã lưu với hồ sơ, sửa chỗ lệch", "Compares the stored deadlines with the records, and mends")

    @OptionGroup var global: GlobalOptions
    @Flag(help: .both("Chỉ xem, không sửa", "Only looks")) var look = false

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/deadline-reconciliations", ReconcileDeadlines(mend: !look))
        try session.show(record: answer, DeadlineTables.comparison)
    }
}
