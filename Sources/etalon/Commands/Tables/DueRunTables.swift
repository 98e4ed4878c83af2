// SPDX-License-Identifier: Apache-2.0

/// Tables of the runs of the due list, their nights and alarms.
enum DueRunTables {
    static let runs = [
        Column("run_id", vi: "Lần chạy", en: "Run"), Column("as_of", vi: "Tính đến", en: "As of", .date),
        Column("emitted_at", vi: "Lúc", en: "Emitted at", .moment), Column("origin", vi: "Vì", en: "Because"),
        Column("overdue", vi: "Quá hạn", en: "Overdue", .number), Column("due", vi: "Đến hạn", en: "Due", .number),
        Column("alarm", vi: "Cảnh báo", en: "Alarm", emphasis: Wording.emphasis),
        Column("previous", vi: "Lần trước", en: "Previous"), Column("manifest_sha256", vi: "SHA-256", en: "SHA-256"),
    ]

    static let emitted = [
        Column("run_id", vi: "Lần chạy", en: "Run"), Column("as_of", vi: "Tính đến", en: "As of", .date),
        Column("origin", vi: "Vì", en: "Because"),
        Column("counts.overdue", vi: "Quá hạn", en: "Overdue", .number), Column("counts.due", vi: "Đến hạn", en: "Due", .number),
        Column("sha256.csv", vi: "SHA-256 csv", en: "SHA-256 csv"), Column("sha256.json", vi: "SHA-256 json", en: "SHA-256 json"),
        Column("sha256.xlsx", vi: "SHA-256 xlsx", en: "SHA-256 xlsx"),
        Column("previous.run_id", vi: "Lần trước", en: "Previous"),
    ]

    static let run = [
        Column("run_id", vi: "Lần chạy", en: "Run"), Column("as_of", vi: "Tính đến", en: "As of", .date),
        Column("within_days", vi: "Số ngày tới", en: "Days ahead", .number),
        Column("emitted_at", vi: "Lúc", en: "Emitted at", .moment), Column("origin", vi: "Vì", en: "Because"),
        Column("overdue", vi: "Quá hạn", en: "Overdue", .number), Column("due", vi: "Đến hạn", en: "Due", .number),
        Column("previous", vi: "Lần trước", en: "Previous"), Column("manifest_sha256", vi: "SHA-256", en: "SHA-256"),
    ]

    static let files = Section(
        "files", vi: "Các tệp", en: "Files",
        [
            Column("name", vi: "Tệp", en: "File"), Column("bytes", vi: "Số byte", en: "Bytes", .number),
            Column("sha256", vi: "SHA-256", en: "SHA-256"), Column("engine", vi: "Làm bằng", en: "Made by"),
        ])

    static let difference = [
        Column("before", vi: "Lần trước", en: "Before"), Column("after", vi: "Lần sau", en: "After"),
        Column("total", vi: "Số thay đổi", en: "Changes", .number),
    ]

    static let changes = Section(
        "changes", vi: "Thay đổi", en: "Changes",
        [
            Column("change", vi: "Thay đổi", en: "Change"), Column("code", vi: "Mã", en: "Code"),
            Column("kind", vi: "Việc", en: "Kind"), Column("customer", vi: "Khách hàng", en: "Customer"),
            Column("class_before", vi: "Trước", en: "Before"), Column("class_after", vi: "Sau", en: "After"),
            Column("due_on_before", vi: "Hạn trước", en: "Due before", .date),
            Column("due_on_after", vi: "Hạn sau", en: "Due after", .date),
            Column("reason_before", vi: "Lý do trước", en: "Reason before"),
            Column("reason_after", vi: "Lý do sau", en: "Reason after"),
        ])

    static let verification = [
        Column("intact", vi: "Nguyên vẹn", en: "Intact", emphasis: { ["có", "yes"].contains($0) ? .good : .bad }),
        Column("runs", vi: "Số lần chạy", en: "Runs", .number),
    ]

    static let faults = Section(
        "faults", vi: "Sai lệch", en: "Faults",
        [
            Column("run_id", vi: "Lần chạy", en: "Run"), Column("as_of", vi: "Tính đến", en: "As of", .date),
            Column("faults", vi: "Sai lệch", en: "Faults", emphasis: Wording.emphasis),
        ])

    static let nights = [
        Column("policy", vi: "Chạy bù", en: "Catch-up"), Column("today", vi: "Hôm nay", en: "Today", .date),
        Column("make", vi: "Cần làm", en: "To be made"),
    ]

    static let night = Section(
        "nights", vi: "Các đêm", en: "Nights",
        [Column("night", vi: "Đêm", en: "Night", .date), Column("run_id", vi: "Lần chạy", en: "Run")])

    static let alarms = [
        Column("night", vi: "Đêm", en: "Night", .date), Column("kind", vi: "Cảnh báo", en: "Alarm", emphasis: Wording.emphasis),
        Column("lines", vi: "Số dòng", en: "Lines", .number), Column("usual", vi: "Thường có", en: "Usual", .number),
        Column("raised_at", vi: "Từ lúc", en: "Raised at", .moment), Column("ended_at", vi: "Hết lúc", en: "Ended at", .moment),
        Column("run_id", vi: "Lần chạy", en: "Run"), Column("ended_by", vi: "Hết nhờ", en: "Ended by"),
    ]

    static let assignments = [
        Column("id", vi: "Số", en: "Number", .number), Column("person", vi: "Người", en: "Person"),
        Column("email", vi: "Địa chỉ thư", en: "Mail address"), Column("district", vi: "Quận, huyện", en: "District"),
        Column("type", vi: "Loại", en: "Type"), Column("customer", vi: "Khách hàng", en: "Customer"),
    ]

    static let subscriptions = [
        Column("id", vi: "Số", en: "Number", .number), Column("customer", vi: "Khách hàng", en: "Customer"),
        Column("customer_name", vi: "Tên", en: "Name"), Column("email", vi: "Địa chỉ thư", en: "Mail address"),
        Column("language", vi: "Ngôn ngữ", en: "Language"), Column("agreed_on", vi: "Đồng ý ngày", en: "Agreed on", .date),
        Column("agreed_by", vi: "Người đồng ý", en: "Agreed by"),
    ]

    static let madeCalendar = [
        Column("id", vi: "Số", en: "Number", .number), Column("label", vi: "Tên", en: "Name"),
        Column("address", vi: "Địa chỉ", en: "Address"),
    ]

    static let calendars = [
        Column("id", vi: "Số", en: "Number", .number), Column("label", vi: "Tên", en: "Name"),
        Column("customer", vi: "Khách hàng", en: "Customer"), Column("district", vi: "Quận, huyện", en: "District"),
        Column("person", vi: "Người", en: "Person"), Column("language", vi: "Ngôn ngữ", en: "Language"),
        Column("alarm_days", vi: "Nhắc trước", en: "Alarm days", .number),
        Column("made_at", vi: "Tạo lúc", en: "Made at", .moment),
        Column("revoked_at", vi: "Hủy lúc", en: "Revoked at", .moment),
    ]
}
