// SPDX-License-Identifier: Apache-2.0

extension DemoGenerator {
    /// Scales of the wholesale markets, weighed market by market in two campaigns, and scales elsewhere.
    mutating func addScales() throws(DemoYearError) {
        let spring = try catalogue.type("8a")
        let platform = try catalogue.type("8b")
        let counts = shares(of: year.marketScales, over: parties.wholesaleMarkets.count, from: 22, to: 110)
        var seen = 0
        for (market, site) in parties.wholesaleMarkets.enumerated() {
            let start = market % 2 == 0 ? Day(2017, 3, 4) + market * 4 : Day(2017, 9, 9) + market * 2
            for position in 0..<counts[market] {
                seen += 1
                let visit = calendar.marketDay(start + (position * 2 / counts[market]))
                let type = position % 20 < 3 ? platform : spring
                addMarketScale(type, site: site, visit: visit, seen: seen)
            }
        }
        addOtherScales(spring, platform)
    }

    private mutating func addMarketScale(_ type: TypeRow, site: SitePlan, visit: Day, seen: Int) {
        let isNew = seen % 83 == 5
        let id = addScale(
            type, site: site, putInUse: isNew ? visit - 20 : Day(2013, 3, 1) + random.below(500))
        let cycle = type.code == "8a" ? 730 : 365
        var day = visit - 730
        while !isNew && day < visit {
            let met = calendar.marketDay(day + random.within(-6...6))
            var earlier = Work(instrument: id, day: met, person: verifier(on: met), holder: site.owner)
            earlier.detail = .takenOver
            works.append(earlier)
            day = day + cycle
        }
        var work = Work(instrument: id, day: visit, person: verifier(on: visit), holder: site.owner)
        work.mode = isNew ? "initial" : "periodic"
        work.hasCertificate = seen % 260 == 17
        if seen % 43 == 9 {
            work.outcome = "fail"
            works.append(work)
            guard seen % 86 == 9 else { return }
            event(id, "repaired", on: visit + 7, note: "Thay lò xo, chỉnh vạch không")
            let again = calendar.marketDay(visit + 15)
            work = Work(instrument: id, day: again, person: verifier(on: again), holder: site.owner)
            work.mode = "after_repair"
            work.hasCertificate = false
        }
        works.append(work)
        guard type.code == "8b" else { return }
        let next = calendar.marketDay(visit + 365 - random.below(20))
        guard next <= Horizon.last, !random.chance(perMille: 60) else { return }
        work = Work(instrument: id, day: next, person: verifier(on: next), holder: site.owner)
        work.hasCertificate = false
        works.append(work)
    }

    /// Scales that the figure of the markets leaves out: retail markets, not in trade use, verified by others.
    private mutating func addOtherScales(_ spring: TypeRow, _ platform: TypeRow) {
        for (index, site) in parties.retailMarkets.enumerated() {
            let visit = calendar.onOrAfter(Day(2017, 6, 5) + index * 5)
            for position in 0..<22 {
                let id = addScale(
                    position % 5 == 0 ? platform : spring, site: site, putInUse: Day(2014, 8, 1))
                let before = calendar.onOrAfter(visit - 365)
                var work = Work(instrument: id, day: before, person: verifier(on: before), holder: site.owner)
                work.detail = .takenOver
                works.append(work)
                work = Work(instrument: id, day: visit, person: verifier(on: visit), holder: site.owner)
                work.hasCertificate = false
                works.append(work)
            }
            addForgottenScales(platform, site: site, order: index)
        }
        for index in 0..<15 {
            let site = parties.wholesaleMarkets[index]
            let id = addScale(platform, site: site, putInUse: Day(2016, 8, 1), inTradeUse: false)
            let visit = calendar.onOrAfter(Day(2017, 8, 1) + index)
            works.append(Work(instrument: id, day: visit, person: verifier(on: visit), holder: site.owner))
        }
        for index in 0..<10 {
            let site = parties.wholesaleMarkets[20 + index]
            let id = addScale(spring, site: site, putInUse: Day(2015, 8, 1))
            let visit = calendar.onOrAfter(Day(2017, 7, 3) + index)
            var work = Work(instrument: id, day: visit, holder: site.owner)
            work.organisation = "Công ty CP Kiểm định Đo lường Miền Tây"
            work.detail = .takenOver
            works.append(work)
        }
    }

    /// Scales whose holders come late every time: overdue in the middle of 2016 and around the New Year of 2018.
    private mutating func addForgottenScales(_ platform: TypeRow, site: SitePlan, order: Int) {
        for position in 0..<2 {
            let id = addScale(platform, site: site, putInUse: Day(2014, 8, 1))
            var days = [Day(2015, 2, 9), Day(2016, 8, 15)]
            // One of the two has not been seen since.
            if position == 0 { days.append(Day(2018, 3, 12)) }
            for day in days.map({ calendar.onOrAfter($0 + order) }) {
                var work = Work(instrument: id, day: day, person: verifier(on: day), holder: site.owner)
                work.detail = day < Horizon.firstOfYear ? .takenOver : .full
                work.hasCertificate = false
                works.append(work)
            }
        }
    }

    private mutating func addScale(_ type: TypeRow, site: SitePlan, putInUse: Day, inTradeUse: Bool = true)
        -> Int
    {
        let isSpring = type.code == "8a"
        let sizes: [(max: Int, division: Int)] =
            isSpring
            ? [(5, 20), (12, 50), (15, 50), (30, 100), (60, 200), (100, 200)]
            : [(60, 20), (150, 50), (300, 100)]
        let size = random.pick(sizes)
        var made = NewInstrument(type: type, site: site, putInUse: putInUse)
        made.maker =
            isSpring ? random.pick(["Nhơn Hòa", "Tân Hưng"]) : random.pick(["Nhơn Hòa", "Vĩnh Phát", "CAS"])
        made.model = isSpring ? "CĐH-\(size.max)" : "BDI-\(size.max)"
        made.inTradeUse = inTradeUse
        made.division = size.division
        made.capacity = size.max
        let scaleClass = isSpring ? "IIII" : "III"
        made.characteristics =
            #"{"max_kg":"\#(size.max)","min_kg":"\#(thousandths(size.division * 10))","d_g":"\#(size.division)","#
            + #""e_g":"\#(size.division)","accuracy_class":"\#(scaleClass)"}"#
        return addInstrument(made)
    }
}

/// A number of thousandths as a decimal, without zeros at the end.
func thousandths(_ number: Int) -> String {
    var text = "\(number / 1000).\(padded(number % 1000, 3))"
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
}
