// SPDX-License-Identifier: Apache-2.0

extension DemoGenerator {
    /// Dispensers of the city's stations with their verifications from 2015 to the middle of 2018.
    mutating func addDispensers() throws(DemoYearError) {
        let type = try catalogue.type("19")
        let counts = shares(of: year.dispensers, over: parties.stations.count, from: 1, to: 9)
        let sealed = totaliserShares(counts)
        for station in parties.stations.indices {
            let visit = stationVisit(station)
            for position in 0..<counts[station] {
                addCounted(type, station: station, visit: visit, seals: position < sealed[station])
            }
        }
        try addUncountedDispensers(type)
    }

    /// Splits a total over so many places, each within bounds.
    mutating func shares(of total: Int, over places: Int, from least: Int, to most: Int) -> [Int] {
        var counts = [Int](repeating: total / places, count: places)
        for index in 0..<(total % places) { counts[index] += 1 }
        for _ in 0..<(places * 4) {
            let giver = random.below(places)
            let taker = random.below(places)
            if giver != taker && counts[giver] > least && counts[taker] < most {
                counts[giver] -= 1
                counts[taker] += 1
            }
        }
        return counts
    }

    /// How many totalisers are sealed at each station: none at the smallest, at least one at the others.
    private func totaliserShares(_ counts: [Int]) -> [Int] {
        let largest = counts.indices.sorted { (counts[$0], $0) > (counts[$1], $1) }.prefix(
            year.totaliserSites)
        var sealed = [Int](repeating: 0, count: counts.count)
        var surplus = -year.totalisers
        for station in largest {
            sealed[station] = counts[station]
            surplus += counts[station]
        }
        var position = 0
        let order = Array(largest)
        while surplus > 0 {
            let station = order[position % order.count]
            if sealed[station] > 1 {
                sealed[station] -= 1
                surplus -= 1
            }
            position += 1
        }
        return sealed
    }

    /// The day on which a station is visited in 2017: spread over the year, the holidays left out.
    private mutating func stationVisit(_ station: Int) -> Day {
        let spread = station * 336 / parties.stations.count
        return calendar.onOrAfter(Day(2017, 1, 3) + spread + random.below(7))
    }

    private mutating func addCounted(_ type: TypeRow, station: Int, visit: Day, seals: Bool) {
        let site = parties.stations[station]
        let isNew = random.chance(perMille: 25)
        let instrument = addDispenser(
            type, site: site, putInUse: isNew ? visit - 3 : Day(2013, 1, 10) + random.below(600))
        let holder = parties.stationHolders[station]
        let before = parties.formerHolder?.station == station ? parties.formerHolder?.party : nil
        if !isNew { addEarlier(instrument, visit: visit, holder: before ?? holder) }
        var work = Work(
            instrument: instrument, day: visit, person: verifier(on: visit), holder: before ?? holder)
        work.mode = isNew ? "initial" : "periodic"
        work.sealsTotaliser = seals
        dispensersSeen += 1
        var last = addYear(work, after: dispensersSeen)
        if before != nil { last = addChangeOfOwner(instrument, visit: visit, holder: holder) }
        addLater(instrument, after: last, holder: holder)
    }

    /// The work of 2017 itself, with its troubles; returns the day of the last pass, nil when there is none.
    private mutating func addYear(_ planned: Work, after count: Int) -> Day? {
        var work = planned
        if count % 31 == 7 {
            // Failed, repaired, verified again some days later: two verifications, one dispenser.
            work.outcome = "fail"
            works.append(work)
            let repaired = calendar.step(work.day, by: 4)
            event(work.instrument, "repaired", on: repaired, note: "Thay bộ đếm, hiệu chỉnh bầu đong")
            return again(work, on: calendar.step(repaired, by: 1), mode: "after_repair")
        }
        if count % 290 == 11 {
            // Refused for a switch outside the cabinet (Circular 15/2015 Art. 25), verified once it was gone.
            work.outcome = "refused"
            works.append(work)
            return again(work, on: calendar.step(work.day, by: 7), mode: work.mode)
        }
        if count == 1_150 || count == 1_154 || count == 1_158 {
            work.outcome = "fail"
            works.append(work)
            return nil
        }
        works.append(work)
        if count % 97 == 40 {
            let lost = calendar.step(work.day, by: 60)
            if lost < Horizon.last {
                event(
                    work.instrument, random.pick(["seal_broken", "stamp_lost"]), on: lost,
                    note: "Khách hàng báo")
            }
            let next = calendar.step(lost, by: 6)
            // Every other one has not been verified since: overdue, ended early.
            return count % 194 == 40 && next < Horizon.last
                ? again(work, on: next, mode: "after_repair") : nil
        }
        return work.day
    }

    private mutating func again(_ work: Work, on day: Day, mode: String?) -> Day {
        var second = Work(
            instrument: work.instrument, day: day, person: verifier(on: day), holder: work.holder)
        second.mode = mode
        works.append(second)
        return day
    }

    private mutating func addChangeOfOwner(_ instrument: Int, visit: Day, holder: Int) -> Day {
        let sold = calendar.step(visit, by: 40)
        event(instrument, "owner_changed", on: sold, note: "Chuyển nhượng cửa hàng")
        let second = calendar.step(sold, by: 10)
        works.append(
            Work(
                instrument: instrument, day: second, mode: "after_repair", person: verifier(on: second),
                holder: holder))
        return second
    }

    private mutating func addEarlier(_ instrument: Int, visit: Day, holder: Int) {
        // One in twenty lets the year run out before it asks for the next visit: something is overdue on any day.
        let lateNow = random.chance(perMille: 50) ? random.within(45...90) : 0
        let lateBefore = random.chance(perMille: 50) ? random.within(45...90) : 0
        let before = min(
            calendar.onOrAfter(visit - 365 - lateNow + random.within(-5...10)), Day(2016, 12, 30))
        let first = calendar.onOrAfter(before - 365 - lateBefore + random.within(-8...6))
        for day in [first, before] {
            works.append(
                Work(
                    instrument: instrument, day: day, person: verifier(on: day), holder: holder,
                    detail: .takenOver))
        }
    }

    private mutating func addLater(_ instrument: Int, after last: Day?, holder: Int) {
        let passed = last ?? Day(2017, 12, 20)
        let isForgotten =
            last == nil ? passed.year == 2017 && random.chance(perMille: 700) : random.chance(perMille: 45)
        let next = max(calendar.onOrAfter(passed + 365 + random.within(-25...6)), Day(2018, 1, 3))
        guard !isForgotten, next <= Horizon.last, last != nil else { return }
        works.append(Work(instrument: instrument, day: next, person: verifier(on: next), holder: holder))
    }

    /// Dispensers that the figure leaves out: refused only, verified by others, outside the city, and LPG.
    private mutating func addUncountedDispensers(_ type: TypeRow) throws(DemoYearError) {
        for index in 0..<3 {
            let site = parties.stations[40 + index]
            let id = addDispenser(type, site: site, putInUse: Day(2017, 5, 2))
            let day = calendar.onOrAfter(Day(2017, 5, 8) + index * 30)
            var work = Work(
                instrument: id, day: day, person: verifier(on: day),
                holder: parties.stationHolders[40 + index])
            work.mode = "initial"
            work.outcome = "refused"
            works.append(work)
        }
        for index in 0..<20 {
            let site = parties.stations[100 + index]
            let id = addDispenser(type, site: site, putInUse: Day(2014, 3, 1))
            for start in [Day(2015, 3, 10), Day(2016, 3, 8), Day(2017, 3, 7), Day(2018, 3, 6)] {
                let day = calendar.onOrAfter(start + index)
                var work = Work(instrument: id, day: day, holder: parties.stationHolders[100 + index])
                work.organisation = "Trung tâm Kỹ thuật Tiêu chuẩn Đo lường Chất lượng 3"
                work.detail = .takenOver
                works.append(work)
            }
        }
        for (index, site) in parties.stationsOutside.enumerated() {
            for _ in 0..<2 {
                let id = addDispenser(type, site: site, putInUse: Day(2015, 6, 1))
                for start in [Day(2016, 7, 4), Day(2017, 7, 3)] {
                    let day = calendar.onOrAfter(start + index * 2)
                    var work = Work(instrument: id, day: day, person: verifier(on: day), holder: site.owner)
                    work.detail = day < Horizon.firstOfYear ? .takenOver : .full
                    works.append(work)
                }
            }
        }
        try addGasDispensers()
    }

    private mutating func addGasDispensers() throws(DemoYearError) {
        let type = try catalogue.type("20")
        for index in 0..<12 {
            let station = 200 + index
            let id = addDispenser(type, site: parties.stations[station], putInUse: Day(2016, 2, 1))
            for start in [Day(2016, 2, 15), Day(2017, 2, 13), Day(2018, 2, 12)] {
                let day = calendar.onOrAfter(start + index)
                var work = Work(
                    instrument: id, day: day, person: verifier(on: day),
                    holder: parties.stationHolders[station])
                work.detail = .takenOver
                if catalogue.procedure(kind: "verification", type: type.code, on: day) == nil {
                    work.person = nil
                    work.organisation = "Trung tâm Kỹ thuật Tiêu chuẩn Đo lường Chất lượng 3"
                }
                works.append(work)
            }
        }
    }

    private mutating func addDispenser(_ type: TypeRow, site: SitePlan, putInUse: Day) -> Int {
        let makers: [(maker: String, country: String, model: String)] = [
            ("Tatsuno", "Nhật Bản", "SUNNY-XE"), ("Tokico", "Nhật Bản", "FUELPLUS"),
            ("Gilbarco", "Trung Quốc", "SK56"),
            ("Công ty CP Cơ khí Piacom", "Việt Nam", "PIA-2"), ("Hồng Dương", "Việt Nam", "HD-1000"),
        ]
        let chosen = random.pick(makers)
        let fuels = ["RON 95-III", "RON 92-II", "E5 RON 92-II", "DO 0,05S-II"]
        let nozzles = random.chance(perMille: 450) ? 2 : 1
        var made = NewInstrument(type: type, site: site, putInUse: putInUse)
        made.maker = chosen.maker
        made.country = chosen.country
        made.model = chosen.model
        let flow = random.pick(["40", "45", "70"])
        made.characteristics = #"{"division_l":"0.01"}"#
        made.channels = (1...nozzles).map { number in
            let fuel = random.pick(fuels)
            return ("Vòi \(number)", #"{"fuel":"\#(fuel)","qmax_l_min":"\#(flow)","qmin_l_min":"5","vmin_l":"2"}"#)
        }
        return addInstrument(made)
    }
}
