// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import LabOperations
import LaboratoryModel
import Testing

/// Due and overdue, against a calculation by hand: validity ends with the last day of the last month of the cycle, is never
/// shifted and has no grace.
@Suite("What is due")
struct DueTests {
    private func overdue(_ bench: Bench, on day: String) async throws -> [String] {
        let list = try await bench.ask(DueList.self, DueSelection(asOf: day, onlyOverdue: true))
        return list.items.map { "\($0.code) \($0.reason) \($0.dueOn) \($0.days)" }
    }

    private func why(_ bench: Bench, _ instrument: String, on day: String) async throws -> DueExplanation {
        try await bench.ask(DueWhy.self, (instrument, day, nil, nil))
    }

    @Test func `the list of 2018-06-30 is the one calculated by hand`() async throws {
        let bench = try await Bench.open()
        // Dispenser, 12 months: 2017-05-10 → 2018-05-31, 30 days ago. 2017-06-02 → 2018-06-30, the last day itself.
        for (code, day, number) in [("COT-1", "2017-05-10", "1"), ("COT-2", "2017-06-02", "2")] {
            try await bench.addDispenser(code)
            try await bench.measure(.dispenser(code, on: day, evidence: .stamped("0000\(number)", seal: "00\(number)")))
        }
        // Spring scale, 24 months: 2016-05-31 → 2018-05-31. 2016-07-01 → 2018-07-31.
        for (code, day, number) in [("CAN-1", "2016-05-31", "3"), ("CAN-2", "2016-07-01", "4")] {
            try await bench.addScale(code)
            try await bench.measure(.scale(code, on: day, evidence: .marked("0000\(number)")))
        }
        // Infrared thermometer, 12 months: 2017-10-02 → 2018-10-31. In use since 2018-06-25 and never verified: due the day before.
        try await bench.addThermometer("NK-1", inUse: "2016-01-04")
        try await bench.measure(
            .thermometer("NK-1", on: "2017-10-02", evidence: [NewEvidence(kind: "stamp", series: "17B", number: "00005")]))
        try await bench.addThermometer("NK-2", inUse: "2018-06-25")

        #expect(
            try await overdue(bench, on: "2018-06-30") == [
                "COT-1 expired 2018-05-31 -30", "CAN-1 expired 2018-05-31 -30", "NK-2 never-verified 2018-06-24 -6",
            ])
        #expect(try await overdue(bench, on: "2018-05-31") == [])
        #expect(try await overdue(bench, on: "2018-07-01").contains("COT-2 expired 2018-06-30 -1"))
        let near = try await bench.ask(DueList.self, DueSelection(asOf: "2018-06-30", within: 31))
        #expect(near.items.filter { $0.class == "due" }.map(\.code) == ["COT-2", "CAN-2"])
    }

    @Test func `why refuses a kind that the subject cannot have, and names those it can`() async throws {
        let bench = try await Bench.open()
        try await bench.addScale("CAN-1")
        for (subject, code, kind, choices) in [
            (nil, "CAN-1", "verificaton", "`verification`, `calibration`"),
            ("standard", "VM20", "verification", "`calibration`, `certification`"),
        ] {
            do {
                _ = try await bench.ask(DueWhy.self, (code, nil, subject, kind))
                Issue.record("\(kind) was answered")
            } catch ActError.invalid(let faults) {
                #expect(faults.map(\.field) == ["kind"])
                #expect(faults.map(\.message.en) == ["“\(kind)” is not known; choose one of: \(choices)"])
            }
        }
        #expect(try await bench.ask(DueWhy.self, ("CAN-1", nil, nil, "calibration")).class == "not_under_control")
    }

    @Test func `why names the anchor, the cycle with its rule, and the last day`() async throws {
        let bench = try await Bench.open()
        try await bench.addScale("CAN-1")
        try await bench.measure(.scale("CAN-1", on: "2016-05-31", evidence: .marked("00003")))
        let explanation = try await why(bench, "CAN-1", on: "2018-06-30")
        #expect(explanation.class == "overdue")
        #expect(explanation.reason == "expired")
        #expect(explanation.steps.map(\.step) == ["anchor", "interval", "last_day"])
        #expect(explanation.steps.map(\.out) == ["2016-05-31", "2018-05-31", "2018-05-31"])
        #expect(explanation.steps[1].ruleVersion == "23/2013")
        #expect(explanation.steps[2].rule == "END_OF_MONTH")
        #expect(explanation.steps.allSatisfy { !($0.source ?? "").isEmpty })
    }

    @Test func `a broken seal makes the dispenser overdue at once, and why says so`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        try await bench.measure(.dispenser("COT-1", on: "2018-05-10", evidence: .stamped("00001", seal: "001")))
        #expect(try await overdue(bench, on: "2018-06-15") == [])
        try await bench.report("seal_broken", of: "COT-1", on: "2018-06-15", note: "Dây niêm đứt")
        #expect(try await overdue(bench, on: "2018-06-14") == [])
        #expect(try await overdue(bench, on: "2018-06-15") == ["COT-1 ended-early 2018-06-14 -1"])
        let explanation = try await why(bench, "COT-1", on: "2018-06-15")
        let last = try #require(explanation.steps.last)
        #expect(last.step == "ended_early")
        #expect(last.rule == "seal_broken")
        #expect(last.in == "2019-05-31")
        #expect(last.out == "2018-06-14")
        #expect(last.source?.contains("Art. 20(7)") == true)
        #expect(last.source?.contains("Dây niêm đứt") == true)
        // Verified again, it is valid again.
        try await bench.measure(
            .dispenser("COT-1", on: "2018-06-20", mode: "after_repair", evidence: .stamped("00002", seal: "002")))
        #expect(try await overdue(bench, on: "2018-06-20") == [])
    }

    @Test(arguments: ["stamp_lost", "mark_lost", "repaired", "changed", "failed_inspection"])
    func `validity ends early`(event: String) async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        try await bench.measure(.dispenser("COT-1", on: "2018-05-10", evidence: .stamped("00001", seal: "001")))
        try await bench.report(event, of: "COT-1", on: "2018-06-15")
        #expect(try await overdue(bench, on: "2018-06-30") == ["COT-1 ended-early 2018-06-14 -16"])
    }

    @Test func `evidence that was recalled leaves the instrument invalid, and the reason is kept`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        try await bench.measure(.dispenser("COT-1", on: "2018-05-10", evidence: .stamped("00001", seal: "001")))
        #expect(
            try await refusal { try await bench.report("evidence_recalled", of: "COT-1", on: "2018-05-12") }.fields == ["note"])
        try await bench.report("evidence_recalled", of: "COT-1", on: "2018-05-12", note: "Không ký: sai số hiệu chuẩn")
        #expect(try await overdue(bench, on: "2018-05-12") == ["COT-1 ended-early 2018-05-11 -1"])
        #expect(try await why(bench, "COT-1", on: "2018-05-12").steps.last?.source?.contains("Không ký") == true)
    }

    @Test func `a new owner, a failure, a dispenser taken out of use`() async throws {
        let bench = try await Bench.open()
        for (code, number) in [("COT-1", "1"), ("COT-2", "2")] {
            try await bench.addDispenser(code)
            try await bench.measure(.dispenser(code, on: "2018-05-10", evidence: .stamped("0000\(number)", seal: "00\(number)")))
        }
        try await bench.act(
            InstrumentEventRecord.self,
            RecordInstrumentEvent(instrument: "COT-1", kind: "owner_changed", happenedOn: "2018-06-01", site: "TRAM-3"),
            by: bench.people.reception)
        #expect(try await overdue(bench, on: "2018-06-30") == [])
        try await bench.measure(.dispenser("COT-2", on: "2018-06-20", measured: "19.500"))
        #expect(try await overdue(bench, on: "2018-06-30") == ["COT-2 failed 2018-06-19 -11"])
        #expect(try await why(bench, "COT-2", on: "2018-06-30").steps.last?.step == "failed")
        try await bench.report("taken_out", of: "COT-2", on: "2018-06-25")
        #expect(try await overdue(bench, on: "2018-06-30") == [])
        #expect(try await overdue(bench, on: "2018-06-24") == ["COT-2 failed 2018-06-19 -5"])
        try await bench.report("put_back", of: "COT-2", on: "2018-06-28")
        #expect(try await overdue(bench, on: "2018-06-30") == ["COT-2 failed 2018-06-19 -11"])
    }

    @Test func `work entered late never moves a later anchor`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        try await bench.measure(.dispenser("COT-1", on: "2018-05-10", evidence: .stamped("00001", seal: "001")))
        try await bench.measure(.dispenser("COT-1", on: "2017-05-12", measured: "19.500"))
        #expect(try await overdue(bench, on: "2018-06-30") == [])
        #expect(try await overdue(bench, on: "2017-06-30") == ["COT-1 failed 2017-05-11 -50"])
    }

    @Test func `another organisation's verification counts`() async throws {
        let bench = try await Bench.open()
        try await bench.addThermometer("NK-1", inUse: "2016-01-04")
        try await bench.database.script(
            """
            with m as (
                insert into record.measurement (instrument_id, kind, mode, worked_on, organisation, holder_id, site_id, place_code)
                select i.id, 'verification', 'periodic', '2017-05-20', 'VMI', s.customer_id, s.id, s.place_code
                from work.instrument i join work.site s on s.id = i.site_id where i.code = 'NK-1' returning id)
            insert into record.conclusion (measurement_id, outcome, engine_version, valid_until, derivation, last_certificate)
            select id, 'pass', '', '2018-05-31', '[{"step": "other organisation", "rule": "certificate", "out": "2018-05-31"}]', 'VMI 17/99' from m
            """, as: "etalon")
        #expect(try await overdue(bench, on: "2018-06-30") == ["NK-1 expired 2018-05-31 -30"])
        let list = try await bench.ask(DueList.self, DueSelection(asOf: "2018-06-30"))
        #expect(list.items.map(\.lastCertificate) == ["VMI 17/99"])
    }

    @Test func `a newer rule leaves the stored derivation as it is`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        try await bench.measure(.dispenser("COT-1", on: "2017-05-10", evidence: .stamped("00001", seal: "001")))
        let before = try await why(bench, "COT-1", on: "2018-06-30")
        try await bench.database.script(
            """
            update catalogue.interval_rule set valid = daterange(lower(valid), '2018-01-01') where type_code = '19' and valid @> date '2018-01-01';
            insert into catalogue.interval_rule (code, version, type_code, cycle_months, type_approval, initial, periodic, after_repair,
                                                 valid, source, confidence)
            select code, 'newer', type_code, 24, type_approval, initial, periodic, after_repair, '[2018-01-01,2020-01-01)', 'test', 'low'
            from catalogue.interval_rule where type_code = '19' and version = '23/2013';
            """, as: "etalon_owner")
        let after = try await why(bench, "COT-1", on: "2018-06-30")
        #expect(after.dueOn == "2018-05-31")
        #expect(after.steps.map(\.ruleVersion) == before.steps.map(\.ruleVersion))
        #expect(after.steps.map(\.out) == before.steps.map(\.out))
        // What is concluded from then on follows the newer rule.
        let next = try await bench.measure(.dispenser("COT-1", on: "2018-07-02", evidence: .stamped("00002", seal: "002")))
        #expect(next.validUntil == "2020-07-31")
    }

    @Test func `in 2017, 2021 and 2025 three versions of the table answer`() async throws {
        let bench = try await Bench.open(on: "2025-06-20")
        try await bench.addDispenser("COT-1")
        var versions: [String?] = []
        for (day, number) in [("2017-05-10", "1"), ("2021-05-10", "2"), ("2025-05-12", "3")] {
            try await bench.measure(.dispenser("COT-1", on: day, evidence: .stamped("0000\(number)", seal: "00\(number)")))
            versions.append(try await why(bench, "COT-1", on: day).steps.first { $0.step == "interval" }?.ruleVersion)
        }
        #expect(versions == ["23/2013", "07/2019", "03/2024"])
        // As of a day of each year, the verification of that year answers.
        #expect(try await why(bench, "COT-1", on: "2017-12-31").dueOn == "2018-05-31")
        #expect(try await why(bench, "COT-1", on: "2021-12-31").dueOn == "2022-05-31")
        #expect(try await why(bench, "COT-1", on: "2025-12-31").dueOn == "2026-05-31")
    }

    @Test func `standards and cards expire like instruments`() async throws {
        let bench = try await Bench.open()
        try await bench.addStandard("VM20-B", named: "Bình chuẩn", kind: "volume_measure", calibratedUntil: "2018-06-15")
        let list = try await bench.ask(DueList.self, DueSelection(asOf: "2018-06-30", onlyOverdue: true, subject: "all"))
        #expect(
            list.items.map { "\($0.subjectType) \($0.code) \($0.kind) \($0.dueOn)" } == ["standard VM20-B calibration 2018-06-15"]
        )
    }
}
