// SPDX-License-Identifier: Apache-2.0

/// Tables of decisions about deadlines, of intervals, forecasts and plans.
enum DeadlineTables {
    static let suspensions = [
        Column("id", vi: "Số", en: "Number", .number), Column("subject_type", vi: "Về", en: "About"),
        Column("subject", vi: "Mã", en: "Code"), Column("kind", vi: "Việc", en: "Kind"),
        Column("starts_on", vi: "Từ", en: "From", .date), Column("ends_on", vi: "Đến hết", en: "Until", .date),
        Column("resumed_on", vi: "Tính lại từ", en: "Resumed on", .date), Column("reason", vi: "Lý do", en: "Reason"),
        Column("recorded_by", vi: "Người", en: "By"),
    ]

    static let decision = [
        Column("id", vi: "Số", en: "Number", .number), Column("code", vi: "Mã", en: "Code"),
        Column("kind", vi: "Việc", en: "Kind"), Column("replaces", vi: "Hạn cũ", en: "Before", .date),
        Column("due_on", vi: "Hạn mới", en: "Due", .date),
    ]

    static let proposal = [
        Column("id", vi: "Số", en: "Number", .number), Column("code", vi: "Mã", en: "Code"),
        Column("method", vi: "Phương pháp", en: "Method"),
        Column("current_days", vi: "Chu kỳ nay (ngày)", en: "Days now", .number),
        Column("days", vi: "Đề xuất (ngày)", en: "Days advised", .number),
    ]

    static let proposalReasons = Section("reasons", vi: "Vì sao", en: "Why", [Column("vi", vi: "Lý do", en: "Reason")])

    static let signed = [
        Column("proposal", vi: "Đề xuất", en: "Proposal", .number), Column("decision", vi: "Quyết định", en: "Decision"),
    ]

    static let intervals = [
        Column("source", vi: "Nguồn", en: "Source"), Column("id", vi: "Số", en: "Number", .number),
        Column("subject", vi: "Mã", en: "Code"), Column("kind", vi: "Việc", en: "Kind"),
        Column("state", vi: "Trạng thái", en: "State"), Column("months", vi: "Tháng", en: "Months", .number),
        Column("days", vi: "Ngày", en: "Days", .number), Column("starts_on", vi: "Từ", en: "From", .date),
        Column("reason", vi: "Căn cứ", en: "Reference"), Column("recorded_by", vi: "Người ghi", en: "By"),
        Column("decided_by", vi: "Người ký", en: "Signed by"),
    ]

    static let forecast = [
        Column("week", vi: "Tuần từ", en: "Week from", .date), Column("key", vi: "Mã", en: "Code"),
        Column("name_vi", vi: "Tên", en: "Name"), Column("count", vi: "Số việc", en: "Pieces of work", .number),
        Column("standards", vi: "Chuẩn đang có", en: "Standards there", .number),
    ]

    static let calendar = [
        Column("d1", vi: "T2", en: "Mon"), Column("d2", vi: "T3", en: "Tue"), Column("d3", vi: "T4", en: "Wed"),
        Column("d4", vi: "T5", en: "Thu"), Column("d5", vi: "T6", en: "Fri"), Column("d6", vi: "T7", en: "Sat"),
        Column("d7", vi: "CN", en: "Sun"),
    ]

    static let plan = [
        Column("plan.id", vi: "Số", en: "Number", .number), Column("plan.as_of", vi: "Từ", en: "From", .date),
        Column("plan.weeks", vi: "Số tuần", en: "Weeks", .number),
        Column("plan.capacity", vi: "Sức làm mỗi tuần", en: "Capacity a week", .number),
        Column("plan.team", vi: "Đội", en: "Team"), Column("plan.deadlines", vi: "Số hạn", en: "Deadlines", .number),
        Column("plan.moved", vi: "Chuyển sớm", en: "Moved", .number),
        Column("plan.over", vi: "Vượt sức", en: "Above capacity", .number),
        Column("plan.state", vi: "Trạng thái", en: "State"), Column("plan.decided_by", vi: "Người duyệt", en: "Decided by"),
    ]

    static let planLoads = Section(
        "loads", vi: "Theo tuần", en: "By week",
        [
            Column("team", vi: "Đội", en: "Team"), Column("week", vi: "Tuần từ", en: "Week from", .date),
            Column("capacity", vi: "Sức làm", en: "Capacity", .number), Column("before", vi: "Trước", en: "Before", .number),
            Column("after", vi: "Sau", en: "After", .number),
        ])

    static let plans = [
        Column("id", vi: "Số", en: "Number", .number), Column("as_of", vi: "Từ", en: "From", .date),
        Column("weeks", vi: "Số tuần", en: "Weeks", .number), Column("capacity", vi: "Sức làm", en: "Capacity", .number),
        Column("team", vi: "Đội", en: "Team"), Column("moved", vi: "Chuyển sớm", en: "Moved", .number),
        Column("over", vi: "Vượt sức", en: "Above capacity", .number), Column("state", vi: "Trạng thái", en: "State"),
        Column("recorded_by", vi: "Người lập", en: "By"), Column("decided_by", vi: "Người duyệt", en: "Decided by"),
    ]

    static let planMoves = [
        Column("code", vi: "Mã", en: "Code"), Column("kind", vi: "Việc", en: "Kind"),
        Column("customer", vi: "Khách hàng", en: "Customer"), Column("site", vi: "Địa điểm", en: "Site"),
        Column("due_on", vi: "Hạn", en: "Due", .date), Column("was", vi: "Kế hoạch cũ", en: "Planned before", .date),
        Column("plan_by", vi: "Kế hoạch mới", en: "Plan by", .date),
    ]

    static let policies = [
        Column("code", vi: "Mã", en: "Code"), Column("name_vi", vi: "Tên", en: "Name"),
        Column("subject", vi: "Cho", en: "For"), Column("at", vi: "Lúc", en: "At"),
        Column(
            "stages", vi: "Các lần nhắc (ngày sau hạn) và ai được báo", en: "Stages (days after the due date) and who is told"),
    ]

    static let notices = [
        Column("id", vi: "Số", en: "Number", .number), Column("on_day", vi: "Ngày", en: "Day", .date),
        Column("stage", vi: "Lần nhắc", en: "Stage"), Column("audience", vi: "Ai", en: "Who"),
        Column("customer", vi: "Khách hàng", en: "Customer"), Column("outcome", vi: "Kết quả", en: "Outcome"),
        Column("told", vi: "Số hạn", en: "Told", .number), Column("superseded", vi: "Không còn đúng", en: "Superseded", .number),
    ]

    static let comparison = [
        Column("deadlines", vi: "Số hạn", en: "Deadlines", .number),
        Column("differences", vi: "Lệch", en: "Differences", .number),
    ]
}
