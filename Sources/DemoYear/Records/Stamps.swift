// SPDX-License-Identifier: Apache-2.0

extension DemoGenerator {
    /// Stamp and seals for an instrument that passed, each with its way from the stock; the seal of the tax scheme goes on the
    /// totaliser whatever the verification came to.
    mutating func affix(_ work: Work, id: Int, plan: InstrumentPlan) -> Evidence {
        guard let person = work.person else { return Evidence() }
        let short = twoDigits(work.day.year % 100)
        var evidence = Evidence()
        if work.outcome == "pass" {
            let stamp = addStamp(kind: "stamp", series: "\(short)A", from: work.day)
            follow(stamp.id, to: person, work: work, measurement: id, place: "Mặt trước")
            evidence.series = "\(short)A"
            evidence.stamp = stamp.number
            guard plan.type == "19" else { return evidence }
            let seal = addStamp(kind: "seal", series: "NC\(short)", from: work.day)
            follow(seal.id, to: person, work: work, measurement: id, place: "Bầu đong")
            evidence.seals.append("NC\(short) \(seal.number)")
        }
        guard work.sealsTotaliser else { return evidence }
        let totaliser = addStamp(kind: "totaliser_seal", series: "DHT\(short)", from: work.day)
        follow(totaliser.id, to: person, work: work, measurement: id, place: "Đồng hồ tổng")
        evidence.totaliser = "DHT\(short) \(totaliser.number)"
        return evidence
    }

    /// Stamps that were spoilt or lost, and those that lie in stock or in a verifier's case at the end.
    mutating func writeUnusedStamps() {
        let fates: [(kind: String, count: Int)] = [
            ("void", 12), ("lost", 3), ("returned", 5), ("assigned", 240), ("received", 600),
        ]
        for fate in fates {
            for index in 0..<fate.count {
                let day =
                    fate.kind == "assigned" || fate.kind == "received"
                    ? Day(2018, 6, 4) : Day(2017, 4, 10) + index * 9
                let short = twoDigits(day.year % 100)
                let seal = fate.kind == "assigned" && index % 4 == 3
                let stamp = addStamp(
                    kind: seal ? "seal" : "stamp", series: seal ? "NC\(short)" : "\(short)A", from: day)
                guard fate.kind != "received" else { continue }
                let person = index % 2 == 0 ? Staff.technician : Staff.technician2
                stampEvent(stamp.id, "assigned", on: day, person: person)
                guard fate.kind != "assigned" else { continue }
                let reason =
                    fate.kind == "void"
                    ? "Tem rách khi bóc" : fate.kind == "lost" ? "Thất lạc khi đi hiện trường" : nil
                stampEvent(stamp.id, fate.kind, on: day + 6, person: person, reason: reason)
            }
        }
        sealAgain()
    }

    /// Two totalisers were sealed twice in the year after the tax office had opened them: still two dispensers.
    private mutating func sealAgain() {
        for entry in papers.works.filter({ $0.work.sealsTotaliser && $0.evidence.totaliser != nil }).prefix(2) {
            let day = entry.work.day + 45
            let seal = addStamp(kind: "totaliser_seal", series: "DHT17", from: day)
            stampEvent(seal.id, "assigned", on: day, person: Staff.technician)
            stampEvent(
                seal.id, "affixed", on: day, person: Staff.technician, instrument: entry.work.instrument,
                place: "Đồng hồ tổng")
        }
    }

    private mutating func addStamp(kind: String, series: String, from day: Day) -> (id: Int, number: String) {
        stampCount += 1
        let number = padded(stampCount, 6)
        tables.stamps.add(
            .number(stampCount), .text(kind), .text(series), .text(number), .number(Staff.quality))
        stampEvent(stampCount, "received", on: min(day, Day(day.year, 1, 3)), person: nil)
        return (stampCount, number)
    }

    private mutating func follow(_ stamp: Int, to person: Int, work: Work, measurement: Int, place: String) {
        let civil = work.day.civil
        let handedOut = min(work.day, max(Day(civil.year, civil.month, 1), Day(civil.year, 1, 3)))
        stampEvent(stamp, "assigned", on: handedOut, person: person)
        stampEvent(
            stamp, "affixed", on: work.day, person: person, measurement: measurement,
            instrument: work.instrument,
            place: place)
    }

    private mutating func stampEvent(
        _ stamp: Int, _ kind: String, on day: Day, person: Int?, measurement: Int? = nil,
        instrument: Int? = nil,
        place: String? = nil, reason: String? = nil
    ) {
        stampEventCount += 1
        tables.stampEvents.add(
            .number(stampEventCount), .number(stamp), .text(kind), .day(day), .optional(person),
            .optional(measurement),
            .optional(instrument), .optional(place), .optional(reason), .number(person ?? Staff.quality))
    }
}
