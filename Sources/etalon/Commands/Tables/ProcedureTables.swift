// SPDX-License-Identifier: Apache-2.0

/// Tables of procedures and of repeated evaluations.
enum ProcedureTables {
    static let versions = [
        Column("code", vi: "Mã", en: "Code"), Column("version", vi: "Phiên bản", en: "Version"),
        Column("name_vi", vi: "Tên", en: "Name"), Column("kind", vi: "Loại việc", en: "Kind"),
        Column("types", vi: "Phương tiện đo", en: "Types"), Column("valid_from", vi: "Từ ngày", en: "From", .date),
        Column("valid_to", vi: "Đến ngày", en: "To", .date), Column("source", vi: "Nguồn", en: "Source"),
    ]

    static let version = versions + [Column("sha256", vi: "SHA-256", en: "SHA-256")]

    static let points = Section(
        "content.points", vi: "Điểm đo", en: "Points",
        [
            Column("code", vi: "Mã", en: "Code"), Column("vi", vi: "Tên", en: "Name"),
            Column("nominal", vi: "Giá trị danh nghĩa", en: "Nominal"), Column("unit", vi: "Đơn vị", en: "Unit"),
            Column("repetitions", vi: "Số lần", en: "Repetitions"),
        ])

    static let results = Section(
        "content.results", vi: "Kết quả", en: "Results",
        [
            Column("code", vi: "Mã", en: "Code"), Column("vi", vi: "Tên", en: "Name"),
            Column("model", vi: "Mô hình đo", en: "Model"),
            Column("unit", vi: "Đơn vị", en: "Unit"), Column("points", vi: "Điểm đo", en: "Points"),
        ])

    static let steps = Section(
        "content.steps", vi: "Bước kiểm tra", en: "Checks",
        [
            Column("code", vi: "Mã", en: "Code"), Column("clause", vi: "Điều", en: "Clause"),
            Column("vi", vi: "Tên", en: "Name"), Column("modes", vi: "Chế độ", en: "Modes"),
        ])

    static let outcome = [
        Column("code", vi: "Mã", en: "Code"), Column("version", vi: "Phiên bản", en: "Version"),
        Column("valid_from", vi: "Từ ngày", en: "From", .date), Column("points", vi: "Điểm đo", en: "Points", .number),
        Column("results", vi: "Kết quả", en: "Results", .number),
        Column("examples", vi: "Ví dụ đúng", en: "Examples that hold", .number), Column("state", vi: "Tình trạng", en: "State"),
        Column("closes", vi: "Kết thúc phiên bản", en: "Ends version"), Column("sha256", vi: "SHA-256", en: "SHA-256"),
    ]

    static let replay = [
        Column("id", vi: "Lần đo", en: "Measurement", .number), Column("instrument", vi: "Phương tiện đo", en: "Instrument"),
        Column("worked_on", vi: "Ngày đo", en: "Worked on", .date), Column("procedure", vi: "Quy trình", en: "Procedure"),
        Column("engine_version", vi: "Bộ tính", en: "Engine"),
        Column("verdict", vi: "So sánh", en: "Comparison", emphasis: Wording.emphasis),
        Column("differences", vi: "Khác nhau", en: "Differences"), Column("note_vi", vi: "Ghi chú", en: "Note"),
    ]

    static let replayed = [
        Column("identical", vi: "Giống từng chữ số", en: "Identical", .number),
        Column("different", vi: "Khác", en: "Different", .number),
        Column("not_evaluated", vi: "Không có phép tính để so", en: "Nothing to compare", .number),
    ]
}
