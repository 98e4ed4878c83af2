// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import LabOperations
import LaboratoryModel
import Testing

/// Suspensions, decisions, agreements, advice, grace and the calendar, with dates calculated by hand.
@Suite("What moves a deadline")
struct DeadlineRuleTests {
    /// A dispenser verified on 2018-05-10: valid through 2019-05-31, a Friday.
    private func dispenser() async throws -> Bench {
        let bench = try await Bench.open(on: "2018-12-31")
        try await bench.addDispenser("COT-1")
        try await bench.measure(.dispenser("COT-1", on: "2018-05-10", evidence: .stamped("00001", seal: "001")))
        return bench
    }

    /// An instrument whose calibrations are recorded as they are told, months agreed at registration.
    private func weight(_ code: String, months: Int?, calibrated days: [String]) async throws -> Bench {
        let bench = try await Bench.open(on: "2018-12-31")
        try await bench.act(
            InstrumentAdd.self,
            AddInstrument(
                code: code, type: "C-PH", serial: code, site: "BV", putInUseOn: "2016-01-04", calibrationMonths: months),
            by: bench.people.reception)
        for day in days { try await bench.calibrated(code, on: day) }
        return bench
    }

    private func state(_ bench: Bench, _ code: String, on day: String, kind: String? = nil) async throws -> String {
        let why = try await bench.ask(DueWhy.self, (code, day, nil, kind))
        return [why.class, why.reason, why.dueOn].compactMap(\.self).joined(separator: " ")
    }

    private func steps(_ bench: Bench, _ code: String, on day: String, kind: String? = nil) async throws -> [DueStep] {
        try await bench.ask(DueWhy.self, (code, day, nil, kind)).steps
    }

    // MARK: Suspension

    @Test func `a suspended deadline is held from its first day to its last, and neither due nor overdue`() async throws {
        let bench = try await dispenser()
        let manager = bench.people.manager
        try await bench.act(
            DeadlineSuspend.self,
            SuspendDeadline(code: "COT-1", from: "2019-05-01", until: "2019-07-31", reason: "cất kho"), by: manager)
        #expect(try await state(bench, "COT-1", on: "2019-04-30") == "due expired 2019-05-31")
        #expect(try await state(bench, "COT-1", on: "2019-05-01") == "on_hold expired 2019-05-31")
        #expect(try await state(bench, "COT-1", on: "2019-07-31") == "on_hold expired 2019-05-31")
        #expect(try await state(bench, "COT-1", on: "2019-08-01") == "overdue expired 2019-05-31")
        let list = try await bench.ask(DueList.self, DueSelection(asOf: "2019-07-01"))
        #expect(list.items.isEmpty)
        let held = try await bench.ask(DueList.self, DueSelection(asOf: "2019-07-01", held: true))
        #expect(held.items.map { "\($0.code) \($0.class) \($0.held ?? "")" } == ["COT-1 on_hold cất kho"])
        let last = try #require(try await steps(bench, "COT-1", on: "2019-07-01").last)
        #expect(last.step == "suspended" && last.in == "2019-05-01" && last.out == "2019-07-31")
        #expect(last.source == "phuc: cất kho")
    }

    @Test func `resuming is a row of its own, and before its day the deadline stays held`() async throws {
        let bench = try await dispenser()
        let manager = bench.people.manager
        try await bench.act(
            DeadlineSuspend.self, SuspendDeadline(code: "COT-1", from: "2018-06-01", reason: "cất kho"), by: manager)
        let twice = try await refusal {
            try await bench.act(
                DeadlineSuspend.self, SuspendDeadline(code: "COT-1", from: "2018-07-01", reason: "nữa"), by: manager)
        }
        #expect(twice.codes == ["already-suspended"])
        try await bench.act(
            DeadlineResume.self, ResumeDeadline(code: "COT-1", from: "2018-09-01", reason: "dùng lại"), by: manager)
        #expect(try await state(bench, "COT-1", on: "2018-08-31") == "on_hold expired 2019-05-31")
        #expect(try await state(bench, "COT-1", on: "2018-09-01") == "due expired 2019-05-31")
        let nothing = try await refusal {
            try await bench.act(DeadlineResume.self, ResumeDeadline(code: "COT-1", reason: "lại"), by: manager)
        }
        #expect(nothing.codes == ["not-suspended"])
        let told = try await bench.ask(SuspensionList.self, (nil, "COT-1", Page())).items
        #expect(told.map(\.resumedOn) == ["2018-09-01"] && told.map(\.resumedReason) == ["dùng lại"])
    }

    @Test func `a customer's pause holds all of its instruments, and no other's`() async throws {
        let bench = try await dispenser()
        try await bench.addDispenser("COT-9", at: "TRAM-3")
        try await bench.act(
            DeadlineSuspend.self,
            SuspendDeadline(subject: "customer", code: "XDHG", from: "2018-06-01", reason: "ngừng kinh doanh"),
            by: bench.people.manager)
        #expect(try await state(bench, "COT-1", on: "2018-06-30") == "on_hold expired 2019-05-31")
        #expect(try await state(bench, "COT-9", on: "2018-06-30") == "overdue never-verified 2016-01-03")
    }

    // MARK: Decisions

    @Test func `a decision sets a verification earlier and never later than the law`() async throws {
        let bench = try await dispenser()
        let manager = bench.people.manager
        let later = try await refusal {
            try await bench.act(
                DeadlineOverride.self, OverrideDeadline(code: "COT-1", dueOn: "2019-06-01", reason: "xin lùi"), by: manager)
        }
        #expect(later.codes == ["override-beyond-law"])
        let decided = try await bench.act(
            DeadlineOverride.self,
            OverrideDeadline(code: "COT-1", dueOn: "2019-02-28", reason: "khách đề nghị"), by: manager)
        #expect(decided.replaces == "2019-05-31" && decided.dueOn == "2019-02-28")
        #expect(try await state(bench, "COT-1", on: "2018-12-30") == "due expired 2019-05-31")
        #expect(try await state(bench, "COT-1", on: "2019-02-28") == "due overridden 2019-02-28")
        #expect(try await state(bench, "COT-1", on: "2019-03-01") == "overdue overridden 2019-02-28")
        let step = try #require(try await steps(bench, "COT-1", on: "2019-03-01").first { $0.step == "overridden" })
        #expect(step.in == "2019-05-31" && step.out == "2019-02-28" && step.source == "phuc: khách đề nghị")
        // What the paper says is untouched: nobody who scans it is told that it ended.
        #expect(try await bench.ask(DueWhy.self, ("COT-1", "2019-03-01", nil, nil)).legalOn == "2019-05-31")
        try await bench.act(
            DeadlineOverride.self, OverrideDeadline(code: "COT-1", reason: "rút lại"), by: manager)
        #expect(try await state(bench, "COT-1", on: "2019-03-01") == "due expired 2019-05-31")
    }

    @Test func `a decision belongs to its anchor: the next verification makes it void`() async throws {
        let bench = try await dispenser()
        try await bench.act(
            DeadlineOverride.self, OverrideDeadline(code: "COT-1", dueOn: "2018-12-31", reason: "sớm"), by: bench.people.manager)
        try await bench.measure(.dispenser("COT-1", on: "2018-12-20", evidence: .stamped("00002", seal: "002")))
        #expect(try await state(bench, "COT-1", on: "2019-01-01") == "due expired 2019-12-31")
    }

    @Test func `a calibration may be set later, by whom and why is told`() async throws {
        let bench = try await weight("CAN-9", months: 12, calibrated: ["2017-12-10"])
        try await bench.act(
            DeadlineOverride.self,
            OverrideDeadline(code: "CAN-9", kind: "calibration", dueOn: "2019-03-10", reason: "chờ phụ tùng"),
            by: bench.people.quality)
        #expect(try await state(bench, "CAN-9", on: "2018-12-31") == "due overridden 2019-03-10")
        #expect(try await state(bench, "CAN-9", on: "2018-12-30") == "overdue expired 2018-12-10")
    }

    // MARK: Intervals and their precedence

    @Test func `an agreement goes before the signed advice, and the advice before nothing`() async throws {
        let bench = try await weight("CAN-9", months: nil, calibrated: ["2017-12-10"])
        #expect(try await state(bench, "CAN-9", on: "2018-12-31") == "not_under_control")
        let agree = { (basis: String, months: Int?, from: String) in
            try await bench.act(
                IntervalAgree.self,
                AgreeInterval(code: "CAN-9", months: months, basis: basis, from: from, reference: "HĐ 7"),
                by: bench.people.reception)
        }
        _ = try await agree("as_advised", nil, "2018-01-01")
        let proposal = try await bench.act(
            IntervalPropose.self,
            ProposeInterval(
                code: "CAN-9", limit: "1.0",
                history: [.init(on: "2017-12-10", asFound: "0.2", standardUncertainty: "0.05")]), by: bench.people.quality)
        // Without a drift to be seen the staircase extends the present year by a quarter: 365 × 1.25 = 456 days.
        #expect(proposal.days == 456 && proposal.currentDays == 365 && proposal.method == "staircase")
        #expect(try await state(bench, "CAN-9", on: "2018-12-31") == "not_under_control")
        try await bench.setPIN(of: bench.people.laboratoryHead)
        try await bench.act(
            IntervalDecide.self, DecideInterval(proposal: proposal.id, decision: "approved", from: "2018-06-01", pin: Bench.pin),
            by: bench.people.laboratoryHead)
        #expect(try await state(bench, "CAN-9", on: "2018-05-31") == "not_under_control")
        #expect(try await state(bench, "CAN-9", on: "2018-12-31") == "due expired 2019-03-11")
        _ = try await agree("agreed", 6, "2018-10-01")
        #expect(try await state(bench, "CAN-9", on: "2018-12-31") == "overdue expired 2018-06-10")
        #expect(
            try await steps(bench, "CAN-9", on: "2018-12-31").map { "\($0.step ?? "") \($0.rule) \($0.out ?? "")" } == [
                "anchor calibration concluded 2017-12-10", "interval agreed interval 2018-06-10", "not_used advised interval ",
                "plan_by working day before 2018-06-08",
            ])
        #expect(try await state(bench, "CAN-9", on: "2018-09-30") == "due expired 2019-03-11")
        _ = try await agree("none", nil, "2018-12-01")
        #expect(try await state(bench, "CAN-9", on: "2018-12-31") == "not_under_control")
    }

    @Test func `whoever proposed an interval does not sign it, and it is signed once with the PIN`() async throws {
        let bench = try await weight("CAN-9", months: 12, calibrated: ["2017-12-10"])
        let proposal = try await bench.act(
            IntervalPropose.self,
            ProposeInterval(
                code: "CAN-9", limit: "1.0",
                history: [.init(on: "2017-12-10", asFound: "1.4", standardUncertainty: "0.05")]), by: bench.people.quality)
        #expect(proposal.days == 292)
        let head = bench.people.laboratoryHead
        try await bench.setPIN(of: head)
        let wrong = try await refusal {
            try await bench.act(
                IntervalDecide.self, DecideInterval(proposal: proposal.id, decision: "approved", pin: "000000"), by: head)
        }
        #expect(wrong.codes == ["wrong-pin"])
        try await bench.act(
            IntervalDecide.self, DecideInterval(proposal: proposal.id, decision: "approved", pin: Bench.pin), by: head)
        let again = try await refusal {
            try await bench.act(
                IntervalDecide.self, DecideInterval(proposal: proposal.id, decision: "refused", reason: "x", pin: Bench.pin),
                by: head)
        }
        #expect(again.codes == ["interval-decided"])
        let own = Caller(personID: bench.people.quality.personID, username: "ha", name: "Huỳnh Thu Hà", roles: [.signatory])
        try await bench.setPIN(of: own)
        let second = try await bench.act(
            IntervalPropose.self,
            ProposeInterval(
                code: "CAN-9", limit: "1.0",
                history: [.init(on: "2017-12-10", asFound: "1.4", standardUncertainty: "0.05")]), by: bench.people.quality)
        let refused = try await refusal {
            try await bench.act(
                IntervalDecide.self, DecideInterval(proposal: second.id, decision: "approved", pin: Bench.pin), by: own)
        }
        #expect(refused.codes == ["entered-and-signed-by-same-person", "no-signing-authority"])
        let waiting = try await bench.ask(IntervalList.self, (nil, nil, true, 10)).items
        #expect(waiting.map(\.id) == [second.id])
    }

    @Test func `an agreement about a verification only shortens what the law gives`() async throws {
        let bench = try await dispenser()
        let agree = { (months: Int, from: String) in
            try await bench.act(
                IntervalAgree.self,
                AgreeInterval(code: "COT-1", kind: "verification", months: months, from: from, reference: "HĐ 8"),
                by: bench.people.reception)
        }
        _ = try await agree(24, "2018-06-01")
        #expect(try await state(bench, "COT-1", on: "2018-12-31") == "due expired 2019-05-31")
        _ = try await agree(6, "2018-07-01")
        #expect(try await state(bench, "COT-1", on: "2018-06-30") == "due expired 2019-05-31")
        #expect(try await state(bench, "COT-1", on: "2018-12-31") == "overdue agreed 2018-11-10")
        let steps = try await steps(bench, "COT-1", on: "2018-12-31")
        #expect(steps.map { $0.step ?? "" } == ["anchor", "interval", "last_day", "interval", "plan_by"])
        #expect(steps.last?.in == "2018-11-10" && steps.last?.out == "2018-11-09")
    }

    @Test func `an interval agreed to the end of the month ends with the month`() async throws {
        let bench = try await weight("CAN-9", months: 12, calibrated: ["2018-01-31"])
        try await bench.act(
            IntervalAgree.self,
            AgreeInterval(code: "CAN-9", months: 1, policy: "END_OF_MONTH", from: "2018-01-31", reference: "HĐ 9"),
            by: bench.people.reception)
        #expect(try await state(bench, "CAN-9", on: "2018-02-28") == "due expired 2018-02-28")
        #expect(try await state(bench, "CAN-9", on: "2018-03-01") == "overdue expired 2018-02-28")
    }

    @Test func `the cycle after a first verification may have a length of its own`() async throws {
        let bench = try await Bench.open(on: "2018-12-31")
        try await bench.database.script(
            "update catalogue.interval_rule set initial_cycle_months = 36, after_repair_cycle_months = 6 where type_code = '19'",
            as: "etalon_owner")
        try await bench.addDispenser("COT-1", inUse: "2018-01-04")
        let first = try await bench.measure(
            .dispenser("COT-1", on: "2018-01-04", mode: "initial", evidence: .stamped("00001", seal: "001")))
        #expect(first.validUntil == "2021-01-31")
        let repaired = try await bench.measure(
            .dispenser("COT-1", on: "2018-03-05", mode: "after_repair", evidence: .stamped("00002", seal: "002")))
        #expect(repaired.validUntil == "2018-09-30")
        let periodic = try await bench.measure(
            .dispenser("COT-1", on: "2018-09-05", evidence: .stamped("00003", seal: "003")))
        #expect(periodic.validUntil == "2019-09-30")
    }

    // MARK: Calendar and grace

    /// 2018-09-02 is a Sunday and the National Day, made up on Monday; before it lie Saturday and, on 31 August, a Friday.
    @Test(arguments: [
        ("2018-09-03", "2018-08-31"), ("2018-09-02", "2018-08-31"), ("2018-09-04", "2018-09-04"), ("2018-02-20", "2018-02-13"),
        ("2018-05-01", "2018-04-27"),
    ])
    func `what is planned moves to the working day before, never later`(due: String, plan: String) async throws {
        let bench = try await Bench.open()
        let found = try await bench.database.texts("select catalogue.working_day('\(due)')::text")
        #expect(found == [plan])
    }

    @Test func `grace is for calibrations where data give it, and never for a verification`() async throws {
        let bench = try await weight("CAN-9", months: 12, calibrated: ["2017-12-10"])
        try await bench.addDispenser("COT-1")
        try await bench.measure(.dispenser("COT-1", on: "2017-11-10", evidence: .stamped("00001", seal: "001")))
        try await bench.database.script(
            """
            delete from catalogue.grace;
            insert into catalogue.grace (code, days, valid, source) values
                ('instrument/calibration', 7, '[2018-01-01,)', 'test'), ('instrument/verification', 7, '[2018-01-01,)', 'test')
            """, as: "etalon_owner")
        #expect(try await state(bench, "CAN-9", on: "2018-12-17") == "due expired 2018-12-10")
        #expect(try await state(bench, "CAN-9", on: "2018-12-18") == "overdue expired 2018-12-10")
        #expect(try await state(bench, "COT-1", on: "2018-12-01") == "overdue expired 2018-11-30")
    }

    @Test func `a standard, an accreditation and a card are explained as well`() async throws {
        let bench = try await Bench.open(on: "2018-12-31")
        let standard = try await bench.ask(DueWhy.self, ("VM20", nil, "standard", "calibration"))
        #expect(standard.dueOn == "2030-12-31" && standard.steps.first?.rule == "paper")
        try await bench.act(
            AccreditationAdd.self,
            AddAccreditation(number: "VILAS 086", body: "BoA", issuedOn: "2015-02-08", expiresOn: "2018-02-08"),
            by: bench.people.quality)
        let list = try await bench.ask(DueList.self, DueSelection(onlyOverdue: true, subject: "accreditation"))
        #expect(list.items.map { "\($0.code) \($0.dueOn) \($0.days)" } == ["VILAS 086 2018-02-08 -326"])
        #expect(try await bench.ask(DueWhy.self, ("KDV-minh", nil, "verifier_card", nil)).dueOn == "2029-12-31")
    }

    @Test func `the list comes in pages that join without a gap`() async throws {
        let bench = try await Bench.open(on: "2018-12-31")
        for number in 1...7 { try await bench.addDispenser("COT-\(number)") }
        let whole = try await bench.ask(DueList.self, DueSelection()).items.map(\.code)
        var paged: [String] = []
        var cursor: String?
        repeat {
            let page = try await bench.ask(DueList.self, DueSelection(limit: 3, cursor: cursor))
            paged += page.items.map(\.code)
            cursor = page.next
        } while cursor != nil
        #expect(paged == whole && whole.count == 7)
        let text = try await DueListText(DueSelection(), in: bench.database.laboratory, by: bench.people.manager)
        var document = ""
        for number in 0..<text.pieces { document += try await text.piece(number) }
        let streamed = try StrictJSON.decode(List<DueLine>.self, from: Array(document.utf8))
        #expect(streamed.items.map(\.code) == whole && streamed.next == nil)
        #expect(try await refusal { _ = try await bench.ask(DueList.self, DueSelection(cursor: "1 2018")) }.fields == ["cursor"])
    }
}

extension Bench {
    /// A calibration as another organisation's record, without readings.
    func calibrated(_ code: String, on day: String) async throws {
        try await database.script(
            """
            with m as (
                insert into record.measurement (instrument_id, kind, worked_on, organisation, holder_id, site_id, place_code)
                select i.id, 'calibration', '\(day)', 'VMI', s.customer_id, s.id, s.place_code
                from work.instrument i join work.site s on s.id = i.site_id where i.code = '\(code)' returning id)
            insert into record.conclusion (measurement_id, outcome, engine_version) select id, 'calibrated', '' from m
            """, as: "etalon")
    }

    /// Sets somebody's PIN to the one of the tests.
    func setPIN(of caller: Caller) async throws {
        try await act(PINSet.self, SetPIN(pin: Self.pin), by: caller)
    }
}
