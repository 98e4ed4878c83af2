// SPDX-License-Identifier: Apache-2.0

/// Tables of instruments, standards, measurements and stamps.
enum InstrumentTables {
    static let instruments = [
        Column("code", vi: "Mã", en: "Code"), Column("type", vi: "Loại", en: "Type"),
        Column("type_name_vi", vi: "Tên loại", en: "Type name"), Column("serial", vi: "Số hiệu", en: "Serial"),
        Column("model", vi: "Kiểu", en: "Model"), Column("customer_name", vi: "Khách hàng", en: "Customer"),
        Column("site_name", vi: "Địa điểm", en: "Site"), Column("place", vi: "Mã nơi", en: "Place"),
    ]

    static let instrument = [
        Column("code", vi: "Mã", en: "Code"), Column("type", vi: "Loại", en: "Type"),
        Column("type_name_vi", vi: "Tên loại", en: "Type name"), Column("serial", vi: "Số hiệu", en: "Serial"),
        Column("serial_assigned", vi: "Số do trung tâm cấp", en: "Number assigned"),
        Column("maker", vi: "Hãng", en: "Maker"), Column("country", vi: "Nước", en: "Country"),
        Column("model", vi: "Kiểu", en: "Model"), Column("made_in_year", vi: "Năm sản xuất", en: "Made in", .number),
        Column("type_approval", vi: "Phê duyệt mẫu", en: "Type approval"),
        Column("customer_name", vi: "Khách hàng", en: "Customer"), Column("site_name", vi: "Địa điểm", en: "Site"),
        Column("place", vi: "Mã nơi", en: "Place"), Column("in_trade_use", vi: "Dùng mua bán", en: "In trade use"),
        Column("put_in_use_on", vi: "Đưa vào sử dụng", en: "Put in use", .date),
        Column("calibration_months", vi: "Chu kỳ hiệu chuẩn (tháng)", en: "Calibration months", .number),
        Column("characteristics", vi: "Đặc tính", en: "Characteristics"),
    ]

    static let channels = Section(
        "channels", vi: "Vòi, kênh", en: "Channels",
        [
            Column("number", vi: "Số", en: "Number", .number), Column("name", vi: "Tên", en: "Name"),
            Column("characteristics", vi: "Đặc tính", en: "Characteristics"),
        ])

    static let history = [
        Column("on", vi: "Ngày", en: "On", .date), Column("what", vi: "Gì", en: "What"),
        Column("kind", vi: "Loại", en: "Kind"),
        Column("outcome", vi: "Kết luận", en: "Outcome", emphasis: Wording.emphasis),
        Column("measurement", vi: "Lần đo", en: "Measurement", .number),
        Column("valid_until", vi: "Có giá trị đến", en: "Valid until", .date), Column("by", vi: "Người", en: "By"),
        Column("note", vi: "Ghi chú", en: "Note"),
    ]

    static let standards = [
        Column("code", vi: "Mã", en: "Code"), Column("name_vi", vi: "Tên", en: "Name"),
        Column("kind", vi: "Loại", en: "Kind"), Column("serial", vi: "Số hiệu", en: "Serial"),
        Column("accuracy_class", vi: "Cấp chính xác", en: "Class"),
        Column("papers", vi: "Giấy chứng nhận", en: "Certificates", .dated),
    ]

    static let papers = [
        Column("standard", vi: "Chuẩn", en: "Standard"), Column("kind", vi: "Loại", en: "Kind"),
        Column("number", vi: "Số", en: "Number"), Column("organisation", vi: "Nơi cấp", en: "Organisation"),
        Column("issued_on", vi: "Ngày cấp", en: "Issued", .date),
        Column("valid_until", vi: "Có giá trị đến", en: "Valid until", .date),
        Column("state", vi: "Hiệu lực", en: "Validity", emphasis: Wording.emphasis),
    ]

    static let measurements = [
        Column("id", vi: "Lần đo", en: "Measurement", .number), Column("instrument", vi: "Phương tiện đo", en: "Instrument"),
        Column("serial", vi: "Số hiệu", en: "Serial"), Column("kind", vi: "Loại", en: "Kind"),
        Column("mode", vi: "Chế độ", en: "Mode"), Column("worked_on", vi: "Ngày", en: "On", .date),
        Column("outcome", vi: "Kết luận", en: "Outcome", emphasis: Wording.emphasis),
        Column("valid_until", vi: "Có giá trị đến", en: "Valid until", .date),
        Column("measured_by", vi: "Người đo", en: "Measured by"),
    ]

    static let measurement = [
        Column("id", vi: "Lần đo", en: "Measurement", .number), Column("instrument", vi: "Phương tiện đo", en: "Instrument"),
        Column("serial", vi: "Số hiệu", en: "Serial"), Column("kind", vi: "Loại", en: "Kind"),
        Column("mode", vi: "Chế độ", en: "Mode"), Column("procedure", vi: "Quy trình", en: "Procedure"),
        Column("procedure_version", vi: "Phiên bản", en: "Version"),
        Column("worked_on", vi: "Ngày", en: "On", .date), Column("measured_by", vi: "Người đo", en: "Measured by"),
        Column("outcome", vi: "Kết luận", en: "Outcome", emphasis: Wording.emphasis),
        Column("reasons", vi: "Lý do", en: "Reasons"),
        Column("valid_until", vi: "Có giá trị đến", en: "Valid until", .date),
        Column("standards", vi: "Chuẩn", en: "Standards"), Column("documents", vi: "Văn bản", en: "Documents"),
    ]

    static let recorded = [
        Column("id", vi: "Lần đo", en: "Measurement", .number), Column("instrument", vi: "Phương tiện đo", en: "Instrument"),
        Column("outcome", vi: "Kết luận", en: "Outcome", emphasis: Wording.emphasis),
        Column("valid_until", vi: "Có giá trị đến", en: "Valid until", .date),
    ]

    static let evaluation = Section(
        "evaluation", vi: "Đánh giá", en: "Evaluation",
        [
            Column("channel", vi: "Vòi", en: "Channel", .number), Column("phase", vi: "Trạng thái đọc", en: "Phase"),
            Column("point", vi: "Điểm", en: "Point"), Column("repetition", vi: "Lần", en: "Repetition", .number),
            Column("name_vi", vi: "Đại lượng", en: "Quantity"),
            Column("indicated", vi: "Chỉ thị", en: "Indicated", .decimal),
            Column("reference", vi: "Chuẩn", en: "Reference", .decimal),
            Column("value", vi: "Kết quả", en: "Result", .decimal), Column("unit", vi: "Đơn vị", en: "Unit"),
            Column("lower", vi: "Từ", en: "From", .decimal), Column("upper", vi: "Đến", en: "To", .decimal),
            Column("expanded_uncertainty", vi: "U", en: "U", .decimal), Column("coverage_factor", vi: "k", en: "k", .decimal),
            Column("verdict", vi: "Kết luận", en: "Verdict", emphasis: Wording.emphasis),
        ])

    static let readings = Section(
        "readings", vi: "Số đọc", en: "Readings",
        [
            Column("channel", vi: "Vòi", en: "Channel", .number), Column("phase", vi: "Trạng thái đọc", en: "Phase"),
            Column("point", vi: "Điểm", en: "Point"), Column("repetition", vi: "Lần", en: "Repetition", .number),
            Column("indicated", vi: "Chỉ thị", en: "Indicated", .decimal),
            Column("reference", vi: "Chuẩn", en: "Reference", .decimal),
        ])

    static let checks = Section(
        "checks", vi: "Kiểm tra", en: "Checks",
        [
            Column("step", vi: "Bước", en: "Step"), Column("channel", vi: "Vòi", en: "Channel", .number),
            Column("outcome", vi: "Kết luận", en: "Outcome", emphasis: Wording.emphasis),
            Column("note", vi: "Ghi chú", en: "Note"),
        ])

    static let evidence = Section(
        "evidence", vi: "Tem, niêm, dấu", en: "Stamps, seals, marks",
        [
            Column("kind", vi: "Loại", en: "Kind"), Column("series", vi: "Ký hiệu", en: "Series"),
            Column("number", vi: "Số", en: "Number"), Column("place", vi: "Chỗ", en: "Place"),
        ])

    static let market = [
        Column("line", vi: "Dòng", en: "Line", .number), Column("instrument", vi: "Phương tiện đo", en: "Instrument"),
        Column("measurement", vi: "Lần đo", en: "Measurement", .number),
        Column("outcome", vi: "Kết luận", en: "Outcome", emphasis: Wording.emphasis),
        Column("valid_until", vi: "Có giá trị đến", en: "Valid until", .date),
        Column("why", vi: "Vì sao", en: "Why"),
    ]

    static let stamps = [
        Column("kind", vi: "Loại", en: "Kind"), Column("series", vi: "Ký hiệu", en: "Series"),
        Column("state", vi: "Trạng thái", en: "State", emphasis: Wording.emphasis),
        Column("holder", vi: "Người giữ", en: "Holder"), Column("first", vi: "Từ số", en: "First"),
        Column("last", vi: "Đến số", en: "Last"), Column("count", vi: "Số lượng", en: "Count", .number),
    ]

    static let reconciliation = [
        Column("kind", vi: "Loại", en: "Kind"), Column("series", vi: "Ký hiệu", en: "Series"),
        Column("first", vi: "Từ số", en: "First"), Column("last", vi: "Đến số", en: "Last"),
        Column("span", vi: "Phải có", en: "Expected", .number), Column("received", vi: "Trong kho", en: "In stock", .number),
        Column("assigned", vi: "Đã giao", en: "Assigned", .number), Column("affixed", vi: "Đã dán", en: "Affixed", .number),
        Column("returned", vi: "Trả lại", en: "Returned", .number), Column("void", vi: "Hủy", en: "Void", .number),
        Column("lost", vi: "Mất", en: "Lost", .number), Column("removed", vi: "Đã tháo", en: "Removed", .number),
        Column("verdict", vi: "Đối chiếu", en: "Balance", emphasis: Wording.emphasis),
    ]
}
