// SPDX-License-Identifier: Apache-2.0

extension DemoGenerator {
    /// Orders, samples, requests, results and reviews of the year and its neighbours.
    mutating func addSamples() throws {
        var before = neighbouringOrders(year: 2016, months: 1...12, samples: 1_500)
        amendAcrossNewYear(&before, count: 5)
        var counted = try plannedOrders()
        seedEdges(in: &counted)
        amendAcrossNewYear(&counted, count: 3)
        var all = before + counted
        all += try uncountedOrders()
        all += neighbouringOrders(year: 2018, months: 1...6, samples: 1_500)
        let order = all.indices.sorted { (all[$0].received, $0) < (all[$1].received, $1) }
        for position in order { write(all[position]) }
    }

    private mutating func write(_ plan: OrderPlan) {
        let id = tables.orders.count + 1
        let number = papers.next("order", year: plan.received.year)
        let isState = plan.purpose == "state_management"
        let document =
            isState ? "Quyết định số \(number % 900 + 12)/QĐ-\(plan.ministry?.rawValue ?? "")" : nil
        let isConformity =
            !isState && plan.purpose == "customer" && plan.samples[0].field == .petroleum && id % 7 == 0
        tables.orders.add(
            .number(id), .text("\(twoDigits(plan.received.year % 100))-\(padded(number, 5))"),
            .number(plan.customer),
            .text(plan.place), .flag(plan.isOutside), .text(isConformity ? "conformity" : plan.purpose),
            .optional(document), .optional(plan.ministry?.rawValue), .day(plan.received),
            .day(calendar.step(plan.received, by: 10)), .number(Staff.reception))
        for sample in plan.samples { write(sample, of: plan, order: id, isConformity: isConformity) }
    }

    private mutating func write(
        _ plan: SamplePlan, of order: OrderPlan, order orderID: Int, isConformity: Bool
    ) {
        let versions = catalogue.specifications(matrix: plan.matrix.code, on: order.received)
        let specification = versions.isEmpty ? nil : random.pick(versions)
        let id = addSample(plan, order: orderID, received: order.received, specification: specification?.id)
        if plan.isRejected { return }
        var report = SampleReport(sample: id, number: papers.lastSampleNumber, plan: plan, order: order)
        report.specification = specification
        let tester = Staff.testers[orderID % Staff.testers.count]
        custody(id, received: order.received, tester: tester)
        let start = random.below(plan.matrix.lines.count)
        let tested = calendar.step(order.received, by: 2)
        var partition: Int?
        if plan.isPartitioned {
            partition = addSample(
                plan, order: orderID, received: order.received, specification: nil, parent: id)
        }
        let extra = (plan.hasSubcontracted ? 1 : 0) + (plan.hasUnmeasured ? 1 : 0)
        for step in 0..<min(plan.lines + extra, plan.matrix.lines.count) {
            let line = plan.matrix.lines[(start + step) % plan.matrix.lines.count]
            let isExtra = step >= plan.lines
            let owner = step == 1 ? partition ?? id : id
            let job = LineWork(
                line: line, sample: owner, tested: tested, tester: tester,
                isSubcontracted: isExtra && plan.hasSubcontracted,
                isUnmeasured: isExtra && plan.hasUnmeasured,
                isRetested: plan.isRetested && step == 0)
            report.lines.append(writeLine(job, specification: specification?.id))
        }
        if plan.isRetained { addRetained(plan, order: orderID, received: order.received, parent: id) }
        if isConformity { papers.lotSamples.append((id, order.customer, plan.issued, specification?.id)) }
        if case .none = plan.fate { return }
        papers.add(report)
    }

    private mutating func addSample(
        _ plan: SamplePlan, order: Int, received: Day, specification: Int?, parent: Int? = nil,
        kind: String? = nil,
        retainUntil: Day? = nil
    ) -> Int {
        let id = tables.samples.count + 1
        let number = papers.next("sample", year: received.year)
        papers.lastSampleNumber = "M\(twoDigits(received.year % 100))-\(padded(number, 5))"
        tables.samples.add(
            .number(id), .text(papers.lastSampleNumber), .number(order), .optional(parent),
            .text(kind ?? plan.kind), .text(plan.matrix.code), .text(plan.matrix.name), "Nguyên niêm phong",
            .text(plan.field == .petroleum ? "2 L" : "500 g"), .optional(specification),
            retainUntil.map(Cell.day) ?? .null, .number(Staff.reception))
        if plan.isRejected {
            sampleEvent(
                id, "rejected", received, 500, place: "Quầy tiếp nhận", to: nil,
                reason: "Bao bì rách, mẫu rò rỉ")
        } else {
            sampleEvent(id, "accepted", received, 470 + id % 400, place: "Quầy tiếp nhận", to: nil)
        }
        return id
    }

    private mutating func addRetained(_ plan: SamplePlan, order: Int, received: Day, parent: Int) {
        let until = received + 30
        let id = addSample(
            plan, order: order, received: received, specification: nil, parent: parent, kind: "retained",
            retainUntil: until)
        sampleEvent(id, "stored", received, 960, place: "Kho lưu mẫu xăng dầu", to: nil)
        // Most are disposed of in time, the newest are still there.
        if until < Day(2018, 5, 15) && id % 25 != 0 {
            sampleEvent(
                id, "disposed", calendar.onOrAfter(until + 3), 600, place: "Kho lưu mẫu xăng dầu", to: nil,
                reason: "Hết thời hạn lưu")
        }
    }

    private mutating func custody(_ sample: Int, received: Day, tester: Int) {
        sampleEvent(
            sample, "handed_over", calendar.step(received, by: 1), 485, place: "Phòng Thử nghiệm", to: tester)
    }

    private mutating func sampleEvent(
        _ sample: Int, _ kind: String, _ day: Day, _ minutes: Int, place: String, to person: Int?,
        reason: String? = nil
    ) {
        tables.sampleEvents.add(
            .number(tables.sampleEvents.count + 1), .number(sample), .text(kind),
            .moment(day, minutes: minutes),
            .text(place), .optional(person), .optional(reason), .number(Staff.reception))
    }

    private mutating func writeLine(_ job: LineWork, specification: Int?) -> ReportLine {
        let request = tables.requests.count + 1
        tables.requests.add(
            .number(request), .number(job.sample), .number(job.line.id), .flag(job.isSubcontracted),
            .number(Staff.reception))
        var version = 1
        if job.isRetested {
            let first = drawResult(job.line, specification: specification)
            let id = addResult(first, request: request, version: 1, job: job, reason: nil)
            review(id, "sent_back", reason: "Hai lần thử lệch quá giới hạn lặp lại", tester: job.tester)
            version = 2
        }
        let drawn =
            job.isUnmeasured
            ? DrawnResult(text: "Không thử", kind: "not_measured", value: nil, isOutOfLimit: false)
            : drawResult(job.line, specification: specification)
        let reason =
            job.isUnmeasured
            ? "Không đủ lượng mẫu" : version > 1 ? "Thử lại theo yêu cầu người soát xét" : nil
        let id = addResult(drawn, request: request, version: version, job: job, reason: reason)
        review(id, "approved", reason: nil, tester: job.tester)
        return ReportLine(line: job.line, result: id, drawn: drawn, isSubcontracted: job.isSubcontracted)
    }

    private mutating func addResult(
        _ drawn: DrawnResult, request: Int, version: Int, job: LineWork, reason: String?
    ) -> Int {
        let id = tables.results.count + 1
        tables.results.add(
            .number(id), .number(request), .number(version), .text(drawn.text), .text(drawn.kind),
            .optional(drawn.value),
            drawn.isOutOfLimit ? "{out_of_limit}" : "{}", .optional(reason), .day(job.tested),
            .number(job.tester))
        return id
    }

    private mutating func review(_ result: Int, _ decision: String, reason: String?, tester: Int) {
        let reviewer = tester % 2 == 0 ? Staff.reviewer : Staff.secondReviewer
        tables.reviews.add(
            .number(tables.reviews.count + 1), .number(result), .text(decision), .optional(reason),
            .number(reviewer))
    }
}

/// One line to be tested for one sample.
struct LineWork {
    let line: CatalogueLine
    let sample: Int
    let tested: Day
    let tester: Int
    let isSubcontracted: Bool
    let isUnmeasured: Bool
    let isRetested: Bool
}
