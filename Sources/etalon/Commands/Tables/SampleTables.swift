// SPDX-License-Identifier: Apache-2.0

/// Tables of orders, samples and results.
enum SampleTables {
    static let order = [
        Column("number", vi: "Đơn hàng", en: "Order"), Column("customer_name", vi: "Khách hàng", en: "Customer"),
        Column("customer", vi: "Mã KH", en: "Customer code"), Column("site_name", vi: "Địa điểm", en: "Site"),
        Column("purpose", vi: "Mục đích", en: "Purpose"), Column("state_document", vi: "Văn bản", en: "Document"),
        Column("ministry", vi: "Bộ", en: "Ministry"), Column("received_on", vi: "Ngày nhận", en: "Received", .date),
        Column("promised_on", vi: "Hẹn trả", en: "Promised", .date),
    ]

    static let orderSamples = Section(
        "samples", vi: "Mẫu", en: "Samples",
        [
            Column("number", vi: "Số mẫu", en: "Sample"), Column("description", vi: "Mô tả", en: "Description"),
            Column("matrix", vi: "Nền mẫu", en: "Matrix"), Column("lot", vi: "Lô", en: "Lot"),
            Column("quantity", vi: "Lượng", en: "Quantity"), Column("specification", vi: "Quy chuẩn", en: "Specification"),
            Column("indicators", vi: "Chỉ tiêu", en: "Indicators"),
        ])

    static let lastOrder = [
        Column("matrix", vi: "Nền mẫu", en: "Matrix"), Column("description", vi: "Mô tả", en: "Description"),
        Column("specification", vi: "Quy chuẩn", en: "Specification"), Column("indicators", vi: "Chỉ tiêu", en: "Indicators"),
    ]

    static let samples = [
        Column("number", vi: "Số mẫu", en: "Sample"), Column("description", vi: "Mô tả", en: "Description"),
        Column("customer_name", vi: "Khách hàng", en: "Customer"),
        Column("received_on", vi: "Ngày nhận", en: "Received", .date),
        Column("promised_on", vi: "Hẹn trả", en: "Promised", .date),
        Column("state", vi: "Trạng thái", en: "State", emphasis: Wording.emphasis),
        Column("requested", vi: "Yêu cầu", en: "Requested", .number),
        Column("entered", vi: "Đã nhập", en: "Entered", .number),
        Column("approved", vi: "Đã duyệt", en: "Approved", .number), Column("report", vi: "Báo cáo", en: "Report"),
        Column("late", vi: "Trễ", en: "Late", emphasis: { ["có", "yes"].contains($0) ? .bad : nil }),
    ]

    static let sample = [
        Column("number", vi: "Số mẫu", en: "Sample"), Column("description", vi: "Mô tả", en: "Description"),
        Column("matrix", vi: "Nền mẫu", en: "Matrix"), Column("kind", vi: "Loại", en: "Kind"),
        Column("condition", vi: "Tình trạng", en: "Condition"), Column("lot", vi: "Lô", en: "Lot"),
        Column("quantity", vi: "Lượng", en: "Quantity"), Column("order", vi: "Đơn hàng", en: "Order"),
        Column("customer_name", vi: "Khách hàng", en: "Customer"),
        Column("received_on", vi: "Ngày nhận", en: "Received", .date),
        Column("specification", vi: "Quy chuẩn", en: "Specification"),
        Column("specification_version", vi: "Phiên bản", en: "Version"),
        Column("documents", vi: "Văn bản", en: "Documents"),
    ]

    static let lines = Section(
        "lines", vi: "Chỉ tiêu", en: "Indicators",
        [
            Column("indicator", vi: "Mã", en: "Code"), Column("name_vi", vi: "Tên", en: "Name"),
            Column("method", vi: "Phương pháp", en: "Method"), Column("result", vi: "Kết quả", en: "Result", .decimal),
            Column("unit", vi: "Đơn vị", en: "Unit"), Column("lower", vi: "≥", en: "≥", .decimal),
            Column("upper", vi: "≤", en: "≤", .decimal), Column("text_limit", vi: "Yêu cầu", en: "Required"),
            Column("flags", vi: "Dấu hiệu", en: "Flags", emphasis: Wording.emphasis),
            Column("state", vi: "Trạng thái", en: "State", emphasis: Wording.emphasis),
            Column("entered_by", vi: "Người nhập", en: "Entered by"),
            Column("tested_on", vi: "Ngày thử", en: "Tested", .date),
            Column("review_reason", vi: "Lý do trả lại", en: "Sent back because"),
        ])

    static let sampleEvents = Section(
        "events", vi: "Diễn biến", en: "Events",
        [
            Column("happened_at", vi: "Lúc", en: "At", .moment), Column("kind", vi: "Việc", en: "What"),
            Column("place", vi: "Nơi", en: "Place"), Column("by", vi: "Người", en: "By"),
            Column("reason", vi: "Lý do", en: "Reason"),
        ])

    static let workList = [
        Column("sample", vi: "Số mẫu", en: "Sample"), Column("indicator", vi: "Mã", en: "Code"),
        Column("name_vi", vi: "Chỉ tiêu", en: "Indicator"), Column("method", vi: "Phương pháp", en: "Method"),
        Column("unit", vi: "Đơn vị", en: "Unit"), Column("matrix", vi: "Nền mẫu", en: "Matrix"),
        Column("received_on", vi: "Ngày nhận", en: "Received", .date),
        Column("promised_on", vi: "Hẹn trả", en: "Promised", .date),
        Column("state", vi: "Trạng thái", en: "State", emphasis: Wording.emphasis),
        Column("reason", vi: "Lý do", en: "Reason"),
    ]

    static let entered = [
        Column("sample", vi: "Số mẫu", en: "Sample"), Column("indicator", vi: "Chỉ tiêu", en: "Indicator"),
        Column("text", vi: "Kết quả", en: "Result", .decimal), Column("unit", vi: "Đơn vị", en: "Unit"),
        Column("lower", vi: "≥", en: "≥", .decimal), Column("upper", vi: "≤", en: "≤", .decimal),
        Column("flags", vi: "Dấu hiệu", en: "Flags", emphasis: Wording.emphasis),
        Column("version", vi: "Lần", en: "Version", .number),
    ]

    static let versions = [
        Column("indicator", vi: "Chỉ tiêu", en: "Indicator"), Column("version", vi: "Lần", en: "Version", .number),
        Column("text", vi: "Kết quả", en: "Result", .decimal),
        Column("flags", vi: "Dấu hiệu", en: "Flags", emphasis: Wording.emphasis),
        Column("reason", vi: "Lý do sửa", en: "Reason"), Column("tested_on", vi: "Ngày thử", en: "Tested", .date),
        Column("entered_by", vi: "Người nhập", en: "Entered by"), Column("entered_at", vi: "Lúc", en: "At", .moment),
        Column("decision", vi: "Soát xét", en: "Review", emphasis: Wording.emphasis),
        Column("reviewed_by", vi: "Người soát xét", en: "Reviewed by"),
        Column("review_reason", vi: "Lý do trả lại", en: "Sent back because"),
    ]

    static let imported = [
        Column("line", vi: "Dòng", en: "Line", .number),
        Column("verdict", vi: "Kết quả", en: "Verdict", emphasis: Wording.emphasis),
        Column("message", vi: "Thông báo", en: "Message"),
    ]
}
