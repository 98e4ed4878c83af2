// SPDX-License-Identifier: Apache-2.0

extension DemoGenerator {
    /// Fuel lots certified as conforming: the year's by origin, two that were withdrawn, some of the years around.
    mutating func addFuelLots() throws(DemoYearError) {
        var origins: [String] = []
        for lot in year.lots { origins += Array(repeating: lot.origin, count: lot.count) }
        random.shuffle(&origins)
        let usable = papers.lotSamples.filter { $0.specification != nil }
        let ofYear = usable.filter { calendar.step($0.issued, by: 1).year == 2017 }
        let withdrawn = 2
        guard ofYear.count >= origins.count + withdrawn else {
            throw .missing(kind: "specification of petrol or diesel in force in", code: "2017")
        }
        for (index, origin) in (origins + ["domestic", "imported"]).enumerated() {
            let lot = addLot(ofYear[index], origin: origin)
            guard index >= origins.count else { continue }
            tables.fuelLotWithdrawals.add(
                .number(lot), .day(calendar.step(ofYear[index].issued, by: 20)), "Mẫu lưu không phù hợp",
                .number(Staff.quality))
        }
        for sample in usable.filter({ calendar.step($0.issued, by: 1).year != 2017 }).prefix(24) {
            _ = addLot(sample, origin: random.pick(["blended", "domestic", "imported"]))
        }
    }

    private mutating func addLot(
        _ sample: (sample: Int, customer: Int, issued: Day, specification: Int?), origin: String
    ) -> Int {
        let id = tables.fuelLots.count + 1
        let certified = calendar.step(sample.issued, by: 1)
        let number = papers.next("HQ", year: certified.year)
        let label = "\(padded(number, 3))/\(certified.year)"
        tables.fuelLots.add(
            .number(id), .text("LO \(label)"), .number(sample.customer), .text(origin),
            .text(
                random.pick(["Xăng RON 92-II", "Xăng RON 95-III", "Xăng E5 RON 92-II", "Dầu điêzen 0,05S-II"])
            ),
            .number(random.within(60...2_400)), .optional(sample.specification), .number(sample.sample),
            .text("GCNHQ \(label)"), .day(certified), .number(Staff.head))
        return id
    }

    /// Campaigns of inspection of the Department, each at a share of the establishments, a few of them visited twice.
    mutating func addInspections() {
        let subjects = ["measurement", "quality", "labels", "mixed"]
        let titles = [
            "Kiểm tra đo lường trong kinh doanh xăng dầu", "Kiểm tra chất lượng hàng hóa lưu thông",
            "Kiểm tra nhãn hàng hóa", "Kiểm tra đo lường, chất lượng và nhãn hàng hóa",
        ]
        var establishments = Array(parties.stations.indices)
        random.shuffle(&establishments)
        establishments = Array(establishments.prefix(year.inspectedEstablishments))
        let campaigns = year.campaigns
        for campaign in 0..<campaigns {
            let decided = calendar.onOrAfter(Day(2017, campaign + 2, 6))
            tables.campaigns.add(
                .number(campaign + 1), .text("\(120 + campaign * 31)/QĐ-SKHCN"), .day(decided),
                .text(titles[campaign % 4]),
                .text(subjects[campaign % 4]), .number(Staff.manager))
            let share = establishments.indices.filter { $0 % campaigns == campaign }
            // The last two of the campaign before are looked at again.
            let again =
                campaign == 0
                ? [] : establishments.indices.filter { $0 % campaigns == campaign - 1 }.suffix(2)
            for (position, index) in (share + again).enumerated() {
                let site = parties.stations[establishments[index]]
                tables.visits.add(
                    .number(tables.visits.count + 1), .number(campaign + 1), .number(site.owner),
                    .number(site.id),
                    .day(calendar.step(calendar.onOrAfter(decided), by: 3 + position / 4)),
                    position % 9 == 0 ? "Chưa tự kiểm tra định kỳ" : "Chưa phát hiện vi phạm",
                    .number(Staff.manager))
            }
        }
    }

    /// Plans of samples by version; the second of 2017 was in force when the year ended.
    mutating func addPlans() {
        let plans: [(year: Int, version: Int, samples: Int, decision: String, on: Day)] = [
            (2016, 1, 1_450, "Kế hoạch số 31/KH-KT3", Day(2016, 1, 8)),
            (2017, 1, 12_600, "Kế hoạch số 28/KH-KT3", Day(2017, 1, 6)),
            (2017, 2, year.plan, "Kế hoạch số 214/KH-KT3", Day(2017, 8, 15)),
            (2018, 1, 14_200, "Kế hoạch số 22/KH-KT3", Day(2018, 1, 9)),
        ]
        for (index, plan) in plans.enumerated() {
            tables.yearPlans.add(
                .number(index + 1), .number(plan.year), .number(plan.version), .number(plan.samples),
                .text(plan.decision),
                .day(plan.on), .number(Staff.manager))
        }
    }
}
