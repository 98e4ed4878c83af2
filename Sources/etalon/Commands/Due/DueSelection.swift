// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Which part of the due list.
struct DueSelection: ParsableArguments {
    @Flag(help: .both("Chỉ quá hạn", "Overdue only")) var overdue = false
    @Option(help: .both("Số ngày tới, ví dụ 30d", "Days ahead, such as 30d")) var within: DaySpan?
    @Option(help: .both("Tính đến ngày; mặc định hôm nay", "As of that day; today when absent")) var asOf: String?
    @Option(help: .both("Loại phương tiện đo", "Type of instrument")) var type: String?
    @Option(help: .both("Mã quận, huyện", "Code of the district")) var district: String?
    @Option(help: .both("Mã khách hàng", "Code of the customer")) var customer: String?
    @Option(help: .both("Mã địa điểm", "Code of the site")) var site: String?
    @Option(help: "instrument, standard, verifier_card, designation, accreditation, sample, all") var subject: String?
    @Flag(help: .both("Chỉ những hạn đang tạm hoãn", "Only what is held by a suspension")) var held = false

    /// The selection as parameters.
    var query: Query {
        [
            "as_of": asOf, "within": within.map { String($0.days) }, "overdue": overdue.parameter, "type": type,
            "district": district, "customer": customer, "site": site, "subject": subject,
            "held": held.parameter,
        ]
    }
}
