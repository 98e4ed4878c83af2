// SPDX-License-Identifier: Apache-2.0

/// Tables of deadlines and audit.
enum OversightTables {
    static let due = [
        Column("class", vi: "Hạng", en: "Class", emphasis: Wording.emphasis), Column("due_on", vi: "Hạn", en: "Due", .date),
        Column("days", vi: "Ngày", en: "Days", .number), Column("code", vi: "Mã", en: "Code"),
        Column("type", vi: "Loại", en: "Type"), Column("serial", vi: "Số hiệu", en: "Serial"),
        Column("customer", vi: "Khách hàng", en: "Customer"), Column("site", vi: "Địa điểm", en: "Site"),
        Column("district", vi: "Quận, huyện", en: "District"), Column("reason", vi: "Vì", en: "Reason"),
        Column("last_done_on", vi: "Lần trước", en: "Last done", .date),
        Column("last_certificate", vi: "Giấy trước", en: "Last certificate"),
        Column("plan_by", vi: "Làm trước", en: "Plan by", .date),
        Column("held", vi: "Tạm hoãn vì", en: "Held"),
    ]

    static let explanation = [
        Column("instrument", vi: "Phương tiện đo", en: "Instrument"), Column("serial", vi: "Số hiệu", en: "Serial"),
        Column("kind", vi: "Việc", en: "Kind"), Column("as_of", vi: "Tính đến", en: "As of", .date),
        Column("due_on", vi: "Hạn", en: "Due", .date),
        Column("class", vi: "Hạng", en: "Class", emphasis: Wording.emphasis), Column("reason", vi: "Vì", en: "Reason"),
        Column("legal_on", vi: "Hạn theo luật, giấy", en: "By law, on paper", .date),
        Column("plan_by", vi: "Làm trước", en: "Plan by", .date), Column("held", vi: "Tạm hoãn vì", en: "Held"),
    ]

    static let steps = Section(
        "steps", vi: "Từng bước", en: "Steps",
        [
            Column("step", vi: "Bước", en: "Step"), Column("rule", vi: "Quy tắc", en: "Rule"),
            Column("rule_version", vi: "Phiên bản", en: "Version"), Column("in", vi: "Vào", en: "In", .date),
            Column("out", vi: "Ra", en: "Out", .date), Column("source", vi: "Nguồn", en: "Source", .citation),
            Column("confidence", vi: "Độ tin cậy", en: "Confidence"),
        ])

    static let reminders = [
        Column("reminded_on", vi: "Nhắc ngày", en: "Reminded", .date), Column("subject_type", vi: "Về", en: "About"),
        Column("subject", vi: "Mã", en: "Code"), Column("kind", vi: "Việc", en: "Kind"),
        Column("due_on", vi: "Hạn", en: "Due", .date), Column("stage", vi: "Lần nhắc", en: "Stage"),
        Column("skipped", vi: "Bỏ qua", en: "Skipped"),
    ]

    static let audit = [
        Column("id", vi: "Số", en: "Number", .number), Column("at", vi: "Lúc", en: "At", .moment),
        Column("actor", vi: "Người", en: "Person"), Column("act", vi: "Việc", en: "Act"),
        Column("table", vi: "Bảng", en: "Table"), Column("row", vi: "Dòng", en: "Row"),
        Column("sha256", vi: "SHA-256", en: "SHA-256"),
    ]

    static let auditHead = [
        Column("entries", vi: "Dấu vết", en: "Entries", .number), Column("seals", vi: "Lần niêm", en: "Seals", .number),
        Column("unsealed", vi: "Chưa niêm", en: "Unsealed", .number), Column("head", vi: "Mã niêm cuối", en: "Head"),
    ]

    static let auditVerification =
        [
            Column(
                "intact", vi: "Nguyên vẹn", en: "Intact", emphasis: { ["có", "yes"].contains($0) ? .good : .bad })
        ] + auditHead

    static let faults = Section(
        "faults", vi: "Sai lệch", en: "Faults",
        [
            Column("table", vi: "Bảng", en: "Table"), Column("row", vi: "Dòng", en: "Row"),
            Column("fault", vi: "Sai lệch", en: "Fault", emphasis: Wording.emphasis),
            Column("entry", vi: "Dấu vết", en: "Entry", .number), Column("actor", vi: "Người", en: "Person"),
            Column("at", vi: "Lúc", en: "At", .moment),
        ])
}
