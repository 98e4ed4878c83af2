// SPDX-License-Identifier: Apache-2.0

/// The annual report as tables.
enum AnnualTables {
    static let figures = [
        Column("year", vi: "Năm", en: "Year", .number), Column("as_of", vi: "Tính đến", en: "As of", .date),
        Column("samples_tested", vi: "Mẫu đã thử", en: "Samples tested", .number),
        Column("plan", vi: "Kế hoạch", en: "Plan", .number),
        Column("plan_decision", vi: "Quyết định kế hoạch", en: "Plan decision"),
        Column("plan_percent", vi: "Đạt kế hoạch (%)", en: "Of the plan (%)", .decimal),
        Column("indicators_tested", vi: "Lượt chỉ tiêu", en: "Indicators tested", .number),
        Column("indicators_subcontracted", vi: "Chỉ tiêu gửi ngoài", en: "Subcontracted", .number),
        Column("outside_city_percent", vi: "Mẫu ngoài thành phố (%)", en: "From outside the city (%)", .decimal),
        Column("state_management_percent", vi: "Mẫu quản lý nhà nước (%)", en: "State management (%)", .decimal),
        Column("fuel_lots_certified", vi: "Lô xăng dầu chứng nhận", en: "Fuel lots certified", .number),
        Column("fuel_dispensers_verified", vi: "Cột đo kiểm định", en: "Fuel dispensers verified", .number),
        Column("fuel_dispensers_verifications", vi: "Lượt kiểm định cột đo", en: "Dispenser verifications", .number),
        Column("fuel_dispensers_passed", vi: "Cột đo đạt", en: "Dispensers passed", .number),
        Column("fuel_dispensers_failed", vi: "Cột đo không đạt", en: "Dispensers failed", .number),
        Column("fuel_dispenser_enterprises", vi: "Doanh nghiệp có cột đo", en: "Dispenser enterprises", .number),
        Column("totalisers_sealed", vi: "Bộ đếm tổng đã niêm", en: "Totalisers sealed", .number),
        Column("totaliser_sites", vi: "Nơi niêm bộ đếm tổng", en: "Totaliser sites", .number),
        Column("scales_verified", vi: "Cân kiểm định ở chợ", en: "Scales verified in markets", .number),
        Column("other_scales_verified", vi: "Cân khác", en: "Other scales", .number),
        Column("markets", vi: "Chợ", en: "Markets", .number), Column("districts", vi: "Quận, huyện", en: "Districts", .number),
        Column("inspection_campaigns", vi: "Đợt thanh tra", en: "Inspection campaigns", .number),
        Column("inspected_establishments", vi: "Cơ sở được thanh tra", en: "Establishments inspected", .number),
        Column("inspection_visits", vi: "Lượt thanh tra", en: "Inspection visits", .number),
        Column("definition", vi: "Định nghĩa", en: "Definition"),
    ]

    static let sections = [
        part("by_field", vi: "Theo lĩnh vực", en: "By field"), part("by_month", vi: "Theo tháng", en: "By month"),
        part("by_ministry", vi: "Theo bộ", en: "By ministry"),
    ]

    private static func part(_ key: String, vi: String, en: String) -> Section {
        Section(
            key, vi: vi, en: en,
            [
                Column("key", vi: "Nhóm", en: "Group"), Column("samples", vi: "Mẫu", en: "Samples", .number),
                Column("indicators", vi: "Chỉ tiêu", en: "Indicators", .number),
                Column("outside_city", vi: "Ngoài thành phố", en: "Outside the city", .number),
                Column("state_management", vi: "Quản lý nhà nước", en: "State management", .number),
            ])
    }
}
