// SPDX-License-Identifier: Apache-2.0

extension DemoGenerator {
    /// Everything that happens to samples but is not the ordinary case, on the orders of 2017.
    mutating func seedEdges(in orders: inout [OrderPlan]) {
        var places: [(order: Int, sample: Int)] = []
        for (order, plan) in orders.enumerated() {
            for sample in plan.samples.indices { places.append((order, sample)) }
        }
        random.shuffle(&places)
        var position = 0
        func take(_ count: Int, needsSpareLine: Bool = false, _ change: (inout SamplePlan) -> Void) {
            var left = count
            while left > 0, position < places.count {
                let place = places[position]
                position += 1
                let plan = orders[place.order].samples[place.sample]
                guard !needsSpareLine || plan.lines < plan.matrix.lines.count else { continue }
                change(&orders[place.order].samples[place.sample])
                left -= 1
            }
        }
        let calendar = calendar
        take(34) { $0.fate = .amended(calendar.step($0.issued, by: 8)) }
        take(3) { $0.fate = .voidedBefore }
        take(60) { $0.isRetested = true }
        take(45, needsSpareLine: true) { $0.hasSubcontracted = true }
        take(28, needsSpareLine: true) { $0.hasUnmeasured = true }
        position = 0
        while position < places.count, let place = places[position...].first {
            position += 1
            let plan = orders[place.order].samples[place.sample]
            guard case .issued = plan.fate, plan.lines >= 2, !plan.isRetested else { continue }
            if plan.field == .petroleum && position % 9 == 0 {
                orders[place.order].samples[place.sample].isRetained = true
            } else if plan.field == .food && position % 60 == 0 {
                orders[place.order].samples[place.sample].isPartitioned = true
            }
        }
    }

    /// Orders whose samples no published figure counts.
    mutating func uncountedOrders() throws(DemoYearError) -> [OrderPlan] {
        var found: [OrderPlan] = []
        for index in 0..<9 {
            var order = extraOrder(.food, month: index + 2, kind: "customer")
            let issued = order.samples[0].issued
            order.samples[0].fate = .withdrawn(calendar.step(issued, by: 10))
            found.append(order)
        }
        for index in 0..<12 {
            var order = extraOrder(.environment, month: index + 1, kind: "customer")
            order.samples[0].isRejected = true
            order.samples[0].fate = .none
            found.append(order)
        }
        for index in 0..<36 {
            let kind = index < 24 ? "control" : index < 30 ? "proficiency" : "internal"
            var order = extraOrder(index % 2 == 0 ? .food : .petroleum, month: index % 12 + 1, kind: kind)
            // Reports of proficiency tests are written like any other, and are not counted all the same.
            order.samples[0].fate = kind == "proficiency" ? .issued : .none
            found.append(order)
        }
        return found
    }

    private mutating func extraOrder(_ field: TestingField, month: Int, kind: String) -> OrderPlan {
        let issued = random.pick(calendar.workingDays(year: 2017, month: month))
        let matrix = random.pick(catalogue.matrices[field, default: []])
        let isOwn = kind != "customer"
        let party =
            isOwn ? parties.centre ?? random.pick(parties.firmsInCity) : random.pick(parties.firmsInCity)
        var sample = SamplePlan(
            field: field, matrix: matrix, lines: min(3, matrix.lines.count), issued: issued)
        sample.kind = kind
        return OrderPlan(
            received: calendar.step(issued, by: -5), customer: party.id, place: party.place, isOutside: false,
            purpose: isOwn ? "internal" : "customer", ministry: nil, samples: [sample])
    }

    /// Some reports of late December that were replaced in the first days of the year after: they stay with the old year.
    func amendAcrossNewYear(_ orders: inout [OrderPlan], count: Int) {
        var left = count
        for index in orders.indices where left > 0 {
            let sample = orders[index].samples[0]
            guard sample.issued.civil.month == 12, sample.issued.civil.day > 15, case .issued = sample.fate
            else { continue }
            let newYear = Day(sample.issued.year + 1, 1, 5)
            orders[index].samples[0].fate = .amended(calendar.step(newYear, by: left))
            left -= 1
        }
    }
}
