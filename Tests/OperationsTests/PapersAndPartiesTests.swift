// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import LabStore
import LaboratoryModel
import Testing

@testable import LabOperations

/// What keeps a date of its own beside others, and whose it is after parties and places have changed.
@Suite("Papers beside others, merged customers and reformed places")
struct PapersAndPartiesTests {
    private func codes(_ bench: Bench, _ selection: DueSelection) async throws -> [String] {
        try await bench.ask(DueList.self, selection).items.map { "\($0.code) \($0.dueOn)" }
    }

    private func calendar(_ bench: Bench, _ feed: AddCalendarFeed) async throws -> [String] {
        let made = try await bench.act(CalendarFeedAdd.self, feed, by: bench.people.manager)
        let secret = try #require(made.address.split(separator: "/").last).dropLast(4)
        return try await entries(bench, String(secret))
    }

    /// Codes of the instruments in a calendar.
    private func entries(_ bench: Bench, _ secret: String) async throws -> [String] {
        let text = String(decoding: try await bench.ask(CalendarFeedContent.self, secret).bytes, as: UTF8.self)
        return text.split(separator: "\r\n").filter { $0.hasPrefix("SUMMARY:") }
            .map { String($0.split(separator: ": ")[1].prefix { $0 != " " }) }.sorted()
    }

    // MARK: Papers

    @Test func `an accreditation of another scope and a card of other families keep their own dates`() async throws {
        let bench = try await Bench.open(on: "2018-12-31")
        let quality = bench.people.quality
        for (number, scope, from, to) in [
            ("VILAS 086", "testing", "2015-02-08", "2018-12-20"), ("VILAS 612", "calibration", "2016-06-01", "2019-01-20"),
            ("VILAS 612-2", "calibration", "2018-06-01", "2019-01-25"),
        ] {
            try await bench.act(
                AccreditationAdd.self,
                AddAccreditation(number: number, body: "BoA", scope: scope, issuedOn: from, expiresOn: to), by: quality)
        }
        #expect(
            try await codes(bench, DueSelection(subject: "accreditation"))
                == ["VILAS 086 2018-12-20", "VILAS 612-2 2019-01-25"])
        #expect(
            try await codes(bench, DueSelection(asOf: "2018-05-31", within: 365, subject: "accreditation"))
                == ["VILAS 086 2018-12-20", "VILAS 612 2019-01-20"])
        for (number, families, to) in [("A", ["electricity"], "2018-12-15"), ("B", ["electricity", "mass"], "2019-01-15")] {
            try await bench.act(
                VerifierCardAdd.self,
                AddVerifierCard(
                    person: bench.people.reviewer.username, number: number, families: families,
                    issuedOn: "2016-01-0\(number == "A" ? 1 : 2)",
                    expiresOn: to), by: quality)
        }
        try await bench.act(
            VerifierCardAdd.self,
            AddVerifierCard(
                person: bench.people.reviewer.username, number: "C", families: ["volume"], issuedOn: "2016-01-03",
                expiresOn: "2019-01-10"), by: quality)
        #expect(try await codes(bench, DueSelection(subject: "verifier_card")) == ["C 2019-01-10", "B 2019-01-15"])
    }

    @Test func `a paper that replaces one of the same last day takes its place`() async throws {
        let bench = try await Bench.open(on: "2018-12-31")
        for number in ["VILAS 1", "VILAS 2"] {
            try await bench.act(
                AccreditationAdd.self,
                AddAccreditation(number: number, body: "BoA", issuedOn: "2016-01-01", expiresOn: "2019-01-05"),
                by: bench.people.quality)
        }
        #expect(try await codes(bench, DueSelection(subject: "accreditation")) == ["VILAS 2 2019-01-05"])
    }

    @Test func `of a standard the newest paper counts, in the list and at the gate, also where it ends before an older one`()
        async throws
    {
        let bench = try await Bench.open(on: "2019-10-01")
        try await bench.addDispenser("COT-1")
        func gate(on day: String) async throws -> [String] {
            try await bench.ask(
                GateCheck.self,
                GateCheck.Parameters(
                    instrument: "COT-1", kind: "verification", mode: "periodic", procedure: "DLVN-10", workedOn: day,
                    verifier: "minh", standards: ["VM20"])
            ).items.map(\.code)
        }
        // Calibrated anew after a fall, for one year; the paper of 2015 would go on to 2030.
        try await bench.act(
            StandardCertificateAdd.self,
            AddStandardCertificate(
                standard: "VM20", kind: "calibration", number: "sau sự cố", organisation: "VMI", issuedOn: "2018-09-01",
                validUntil: "2019-09-01", content: ["expanded_uncertainty": "0.004", "coverage_factor": "2"]),
            by: bench.people.quality)
        for day in ["2018-08-31", "2019-09-01"] { #expect(try await gate(on: day) == []) }
        #expect(try await gate(on: "2019-09-02") == ["standard-not-calibrated"])
        #expect(try await codes(bench, DueSelection(onlyOverdue: true, subject: "standard")) == ["VM20 2019-09-01"])
        #expect(try await codes(bench, DueSelection(asOf: "2018-08-31", onlyOverdue: true, subject: "standard")) == [])
        // An older paper that is recorded late changes nothing.
        try await bench.act(
            StandardCertificateAdd.self,
            AddStandardCertificate(
                standard: "VM20", kind: "calibration", number: "cũ", organisation: "VMI", issuedOn: "2017-09-01",
                validUntil: "2031-09-01"), by: bench.people.quality)
        #expect(try await codes(bench, DueSelection(onlyOverdue: true, subject: "standard")) == ["VM20 2019-09-01"])
    }

    // MARK: Decisions

    @Test func `what is resumed for one kind of deadline stays held for the other`() async throws {
        let bench = try await Bench.open(on: "2018-12-31")
        let manager = bench.people.manager
        try await bench.addDispenser("COT-1")
        try await bench.act(
            DeadlineSuspend.self,
            SuspendDeadline(code: "COT-1", from: "2018-06-01", until: "2018-12-15", reason: "cất kho"), by: manager)
        try await bench.act(
            DeadlineResume.self, ResumeDeadline(code: "COT-1", kind: "verification", from: "2018-09-01", reason: "chỉ kiểm định"),
            by: manager)
        func held(on day: String) async throws -> [String] {
            try await bench.database.texts(
                """
                select k || coalesce(' ' || (select min(s.reason) from record.suspended('\(day)') s where coalesce(s.kind, k) = k), '')
                from unnest(array['verification', 'calibration']) k
                """)
        }
        #expect(try await held(on: "2018-08-31") == ["verification cất kho", "calibration cất kho"])
        #expect(try await held(on: "2018-09-01") == ["verification", "calibration cất kho"])
        #expect(try await held(on: "2018-12-16") == ["verification", "calibration"])
        let list = try await bench.ask(SuspensionList.self, (nil, "COT-1", Page())).items
        #expect(list.map(\.kind) == ["calibration", nil] && list.map(\.resumedOn) == [nil, "2018-09-01"])
    }

    // MARK: Parties and places

    @Test func `what a merged customer had is told to the one it became, and its old code is refused with the new one`()
        async throws
    {
        let bench = try await Bench.open(on: "2018-06-30")
        let manager = bench.people.manager
        for (code, site) in [("COT-1", "TRAM-1"), ("COT-3", "TRAM-3")] { try await bench.addDispenser(code, at: site) }
        for (customer, email) in [("XDTD", "a@xdtd.vn"), ("XDTD", "chung@xd.vn"), ("XDHG", "chung@xd.vn")] {
            try await bench.act(
                DueSubscriptionAdd.self, AddDueSubscription(customer: customer, email: email, agreedBy: "Ông Tám"), by: manager)
        }
        for customer in ["XDTD", "XDHG"] {
            try await bench.act(
                DueAssignmentAdd.self, AddDueAssignment(person: bench.people.technician.username, customer: customer), by: manager
            )
        }
        let made = try await bench.act(CalendarFeedAdd.self, AddCalendarFeed(label: "Tây Đô", customer: "XDTD"), by: manager)
        let secret = String(try #require(made.address.split(separator: "/").last).dropLast(4))
        try await bench.act(CustomerMerge.self, MergeCustomer(customer: "XDTD", into: "XDHG"), by: bench.people.reception)
        let of = try await bench.ask(DueList.self, DueSelection(customer: "XDHG")).items.map(\.code)
        #expect(of == ["COT-1", "COT-3"])
        let refused = try await refusal { try await bench.ask(DueList.self, DueSelection(customer: "XDTD")) }
        #expect(refused.codes == ["customer-merged"])
        #expect(try await entries(bench, secret) == ["COT-1", "COT-3"])
        #expect(
            try await bench.database.texts(
                """
                select c.code || ' ' || u.email from work.due_subscription u join work.customer c on c.id = u.customer_id
                where u.ended_at is null order by 1
                """) == ["XDHG a@xdtd.vn", "XDHG chung@xd.vn", "XDTD chung@xd.vn"])
        #expect(
            try await calendar(bench, AddCalendarFeed(label: "KTV", person: bench.people.technician.username))
                == ["COT-1", "COT-3"])
        try await bench.act(
            DeadlineSuspend.self, SuspendDeadline(subject: "customer", code: "XDHG", reason: "ngừng kinh doanh"), by: manager)
        #expect(try await codes(bench, DueSelection(held: true)).map { $0.prefix(5) } == ["COT-1", "COT-3"])
        // The rows of next moments went along.
        #expect(
            try await bench.database.texts("select (x).differences::text from (select work.reconcile_deadlines(false) x) r") == [
                "0"
            ])
    }

    @Test func `who answers for the city or an old district is told of sites that were registered before the reform`()
        async throws
    {
        let bench = try await Bench.open(on: "2018-06-30")
        try await bench.addDispenser("COT-1", at: "TRAM-1")
        try await bench.addDispenser("COT-2", at: "TRAM-2")
        try await bench.database.script("alter database \(bench.database.name) set etalon.today = '2026-01-05'")
        let now = try await DeadlineTraveller(bench, at: "2026-01-05 12:00+07")
        func inside(_ place: String) async throws -> [String] {
            try await now.texts(
                """
                select i.code from work.instrument i join work.site s on s.id = i.site_id
                where work.lies_in(s.place_code, '\(place)') order by i.code
                """)
        }
        #expect(try await inside("92") == ["COT-1", "COT-2"])
        #expect(try await inside("916") == ["COT-1"])
        #expect(try await inside("93") == [])
        // Both can still be named.
        for district in ["92", "916"] {
            try await bench.act(
                DueAssignmentAdd.self, AddDueAssignment(person: bench.people.technician.username, district: district),
                by: bench.people.manager)
        }
        let unknown = try await refusal {
            try await bench.act(
                CalendarFeedAdd.self, AddCalendarFeed(label: "x", district: "nope"), by: bench.people.manager)
        }
        guard case .notFound(.place, "nope", "district") = unknown else { throw NotRefused() }
    }
}
