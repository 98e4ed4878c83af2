// SPDX-License-Identifier: Apache-2.0

extension DemoGenerator {
    /// The orders of 2017 that the published figures count, exactly as many samples and indicators as they say.
    mutating func plannedOrders() throws(DemoYearError) -> [OrderPlan] {
        var slots = fieldSlots()
        spreadOutside(&slots)
        var months: [Int] = []
        for (index, count) in year.months.enumerated() { months += Array(repeating: index + 1, count: count) }
        random.shuffle(&months)
        for index in slots.indices { slots[index].month = months[index] }
        for target in year.fields {
            let places = slots.indices.filter { slots[$0].field == target.field }
            try spreadIndicators(target, over: places, in: &slots)
        }
        return orders(of: slots, year: 2017)
    }

    /// One slot a sample: first those that ministries ordered, then the rest of each field.
    private func fieldSlots() -> [SampleSlot] {
        var slots: [SampleSlot] = []
        for target in year.ministries {
            slots += Array(
                repeating: SampleSlot(field: target.field, ministry: target.ministry), count: target.samples)
        }
        for target in year.fields {
            let ordered = year.ministries.filter { $0.field == target.field }.reduce(0) { $0 + $1.samples }
            slots += Array(
                repeating: SampleSlot(field: target.field, ministry: nil), count: target.samples - ordered)
        }
        return slots
    }

    /// Marks the samples from outside the city, among the state's and among the others.
    private mutating func spreadOutside(_ slots: inout [SampleSlot]) {
        let parts = [
            (0..<year.stateManagement, year.outsideAndState),
            (year.stateManagement..<slots.count, year.outsideCity - year.outsideAndState),
        ]
        for (range, count) in parts {
            var places = Array(range)
            random.shuffle(&places)
            for place in places.prefix(count) { slots[place].isOutside = true }
        }
    }

    /// Draws a matrix and a number of indicators for each slot of a field, so that they sum to the target.
    private mutating func spreadIndicators(
        _ target: FieldTarget, over places: [Int], in slots: inout [SampleSlot]
    )
        throws(DemoYearError)
    {
        let matrices = catalogue.matrices[target.field, default: []]
        // A matrix with many lines is asked for more often.
        let weighted = matrices.indices.flatMap { Array(repeating: $0, count: matrices[$0].lines.count) }
        var left = target.indicators
        var room = 0
        let mean = target.indicators / max(target.samples, 1)
        for place in places {
            let matrix = random.pick(weighted)
            let most = matrices[matrix].lines.count
            let drawn = min(most, max(1, mean + random.within(-2...3)))
            slots[place].matrix = matrix
            slots[place].indicators = drawn
            left -= drawn
            room += most
        }
        let largest = matrices.indices.max { matrices[$0].lines.count < matrices[$1].lines.count } ?? 0
        let most = matrices[largest].lines.count
        guard target.indicators <= most * places.count, target.indicators >= places.count else {
            throw .tooFewLines(
                field: target.field.rawValue, planned: target.indicators, possible: most * places.count)
        }
        // Where the matrices drawn have no room for the target, samples move to the matrix with most lines.
        while room < target.indicators + places.count / 50 {
            let place = random.pick(places)
            room += most - matrices[slots[place].matrix].lines.count
            slots[place].matrix = largest
            if room >= most * places.count { break }
        }
        while left != 0 {
            let place = random.pick(places)
            let step = left > 0 ? 1 : -1
            let next = slots[place].indicators + step
            guard next >= 1, next <= matrices[slots[place].matrix].lines.count else { continue }
            slots[place].indicators = next
            left -= step
        }
    }

    /// Orders of one to six samples each, of one customer, field and month.
    mutating func orders(of slots: [SampleSlot], year: Int) -> [OrderPlan] {
        let sorted = slots.indices.sorted { (slots[$0].group, $0) < (slots[$1].group, $1) }
        var found: [OrderPlan] = []
        var next = 0
        while next < sorted.count {
            let group = slots[sorted[next]].group
            let wanted = random.within(1...6)
            var members: [SampleSlot] = []
            while next < sorted.count, members.count < wanted, slots[sorted[next]].group == group {
                members.append(slots[sorted[next]])
                next += 1
            }
            found.append(order(of: members, year: year))
        }
        return found
    }

    private mutating func order(of members: [SampleSlot], year: Int) -> OrderPlan {
        let first = members[0]
        let issued = random.pick(calendar.workingDays(year: year, month: first.month))
        let received = calendar.step(issued, by: -random.within(4...9))
        let party = customer(ministry: first.ministry, isOutside: first.isOutside)
        let matrices = catalogue.matrices[first.field, default: []]
        let samples = members.map { slot in
            SamplePlan(
                field: slot.field, matrix: matrices[slot.matrix], lines: slot.indicators, issued: issued)
        }
        return OrderPlan(
            received: received, customer: party.id, place: party.place, isOutside: first.isOutside,
            purpose: first.ministry == nil ? "customer" : "state_management", ministry: first.ministry,
            samples: samples)
    }

    private mutating func customer(ministry: Ministry?, isOutside: Bool) -> Party {
        if let ministry {
            return random.pick(
                (isOutside ? parties.stateBodiesOutside : parties.stateBodies)[ministry, default: []])
        }
        return random.pick(isOutside ? parties.firmsOutside : parties.firmsInCity)
    }

    /// Orders of the neighbouring years: fewer, drawn freely.
    mutating func neighbouringOrders(year: Int, months: ClosedRange<Int>, samples: Int) -> [OrderPlan] {
        var slots: [SampleSlot] = []
        for _ in 0..<samples {
            let target = random.chance(perMille: 223) ? random.pick(self.year.ministries) : nil
            let field = target?.field ?? random.pick(TestingField.allCases)
            let matrices = catalogue.matrices[field, default: []]
            var slot = SampleSlot(field: field, ministry: target?.ministry)
            slot.isOutside = random.chance(perMille: 437)
            slot.month = random.within(months)
            slot.matrix = random.below(matrices.count)
            slot.indicators = random.within(1...min(6, matrices[slot.matrix].lines.count))
            slots.append(slot)
        }
        return orders(of: slots, year: year)
    }
}
