// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Who is told of what is due.
struct DueTellGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "tell", "Ai được báo những gì đến hạn", "Who is told of what is due",
        [
            DueAssign.self, DueAssignments.self, DueUnassign.self, DueSubscribe.self, DueSubscriptions.self,
            DueUnsubscribe.self,
        ])
}

/// Says which instruments a person answers for.
struct DueAssign: Verb {
    static let example = "etalon tell assign ktv.hoa --district 916 --type 19"
    static let configuration = described(
        "assign", "Giao một người theo dõi quận, loại hay khách hàng", "Says which instruments a person answers for")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Tài khoản", "User name")) var person: String
    @Option(help: .both("Mã đơn vị hành chính", "Code of a place")) var district: String?
    @Option(help: .both("Mã loại phương tiện đo", "Code of a type")) var type: String?
    @Option(help: .both("Mã khách hàng", "Code of a customer")) var customer: String?

    func perform(_ session: Session) async throws {
        let body = AddDueAssignment(person: person, district: district, type: type, customer: customer)
        try session.show(record: try await session.post("/due-assignments", body), PartyTables.acknowledgement)
    }
}

/// Lists who answers for what.
struct DueAssignments: Verb {
    static let example = "etalon tell assignments"
    static let configuration = described("assignments", "Ai theo dõi gì", "Who answers for what")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions

    func perform(_ session: Session) async throws {
        try await session.list(
            "/due-assignments", ["limit": page.limitText, "cursor": page.cursor], DueRunTables.assignments)
    }
}

/// Takes an assignment back.
struct DueUnassign: Verb {
    static let example = "etalon tell unassign 7"
    static let configuration = described("unassign", "Thôi giao", "Takes an assignment back")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số của phân công", "Number of the assignment")) var assignment: Int64

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/due-assignment-removals", EndTelling(id: assignment))
        try session.show(record: answer, PartyTables.acknowledgement)
    }
}

/// Records a customer's agreement.
struct DueSubscribe: Verb {
    static let example = #"etalon tell subscribe XDHG --email kt@xdhg.example --agreed-by "Lê Văn Tám""#
    static let configuration = described(
        "subscribe", "Ghi việc khách hàng đồng ý nhận danh sách", "Records that a customer agreed to be told")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Mã khách hàng", "Code of the customer")) var customer: String
    @Option(help: .both("Địa chỉ thư", "Mail address")) var email: String
    @Option(name: .customLong("agreed-by"), help: .both("Ai đồng ý", "Who agreed")) var agreedBy: String
    @Option(name: .customLong("agreed-on"), help: .both("Ngày đồng ý; mặc định hôm nay", "Day of it; today when absent"))
    var agreedOn: String?
    @Option(help: .both("Ngôn ngữ của thư: vi, en", "Language of the mails: vi, en")) var language: String?

    func perform(_ session: Session) async throws {
        let body = AddDueSubscription(
            customer: customer, email: email, language: language, agreedBy: agreedBy, agreedOn: agreedOn)
        try session.show(record: try await session.post("/due-subscriptions", body), PartyTables.acknowledgement)
    }
}

/// Lists customers who are told.
struct DueSubscriptions: Verb {
    static let example = "etalon tell subscriptions"
    static let configuration = described("subscriptions", "Khách hàng nhận danh sách", "Customers who are told")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions

    func perform(_ session: Session) async throws {
        try await session.list(
            "/due-subscriptions", ["limit": page.limitText, "cursor": page.cursor], DueRunTables.subscriptions)
    }
}

/// Ends a customer's agreement.
struct DueUnsubscribe: Verb {
    static let example = "etalon tell unsubscribe 3"
    static let configuration = described("unsubscribe", "Thôi gửi cho khách hàng", "Ends a customer's agreement")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số của đăng ký", "Number of the subscription")) var subscription: Int64

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/due-subscription-removals", EndTelling(id: subscription))
        try session.show(record: answer, PartyTables.acknowledgement)
    }
}
