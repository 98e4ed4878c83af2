// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// How much work comes in the next weeks.
struct DueForecast: Verb {
    static let example = "etalon due forecast --by standard --weeks 12 --as-of 2018-06-30"
    static let configuration = described(
        "forecast", "Dự báo khối lượng các tuần tới", "Forecasts the work of the next weeks")

    @OptionGroup var global: GlobalOptions
    @Option(help: "week, type, district, standard") var by: String?
    @Option(help: .both("Số tuần; mặc định 12", "Weeks; 12 when absent")) var weeks: Int?
    @Flag(help: .both("Chia thêm theo tuần", "By week as well")) var weekly = false
    @Option(help: .both("Loại phương tiện đo", "Type of instrument")) var type: String?
    @Option(help: .both("Mã quận, huyện", "Code of the district")) var district: String?
    @Option(help: .both("Tính đến ngày; mặc định hôm nay", "As of that day; today when absent")) var asOf: String?

    func perform(_ session: Session) async throws {
        let query: Query = [
            "by": by, "weeks": weeks.map(String.init), "weekly": weekly.parameter, "type": type, "district": district,
            "as_of": asOf,
        ]
        try await session.list("/due-forecast", query, DeadlineTables.forecast)
    }
}
