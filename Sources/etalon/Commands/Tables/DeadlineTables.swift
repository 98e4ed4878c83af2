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
}
