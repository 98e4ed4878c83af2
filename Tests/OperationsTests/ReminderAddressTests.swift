// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import Jobs
import LabOperations
import LabStore
import LaboratoryModel
import Testing

/// Two dispensers of XDHG, in districts 916 and 918, one of XDTD in 916, all valid through 2019-05-31.
@Suite("Who is reminded")
struct ReminderAddressTests {
    private func laboratory(unassigned: String? = "chua-giao@kd.vn") async throws -> (bench: Bench, traveller: DeadlineTraveller)
    {
        let bench = try await Bench.open(on: "2018-12-31")
        for (code, site) in [("COT-1", "TRAM-1"), ("COT-3", "TRAM-2"), ("COT-4", "TRAM-3")] {
            try await bench.addDispenser(code, at: site)
        }
        let traveller = try await DeadlineTraveller(bench, at: "2019-03-31 12:00+07")
        for code in ["COT-1", "COT-3", "COT-4"] {
            try await traveller.script(.verification(of: code, on: "2018-05-10", validUntil: "2019-05-31"))
        }
        if let unassigned {
            // A sender that is no address: mails are kept as texts, which the tests read.
            try await bench.database.script(
                "insert into work.mail_origin (sender, sender_name, unassigned, is_on) values ('-', 'Etalon', '\(unassigned)', false)"
            )
        }
        return (bench, traveller)
    }

    /// The stage of 60 days, told in the course of the morning.
    private func remind(_ traveller: DeadlineTraveller, on day: String = "2019-04-01") async throws {
        try await traveller.travel(to: "\(day) 07:00+07")
        try await traveller.tick()
        try await traveller.tell(at: "\(day) 08:00+07")
        try await traveller.tell(at: "\(day) 09:30+07")
    }

    private func outcomes(_ bench: Bench, of customer: String? = nil) async throws -> [String] {
        try await bench.ask(ReminderNoticeList.self, (customer, Page())).items.map {
            "\($0.audience) \($0.customer ?? "-") \($0.outcome) \($0.told)"
        }.sorted()
    }

    /// What the doctor says about reminders.
    private func reach(_ bench: Bench) async throws -> JobCheckView {
        let examined = try await bench.ask(JobDoctor.self, DoctorEvidence(.heard), by: bench.people.administrator)
        return try #require(examined.checks.first { $0.check == "reminders" })
    }

    private func mails(_ bench: Bench) async throws -> [String] {
        try await bench.database.texts("select recipient || ': ' || subject from record.mail order by 1")
    }

    @Test func `a customer without a preference is told where it agreed to be told, at each address in its language`()
        async throws
    {
        let (bench, traveller) = try await laboratory(unassigned: nil)
        for (email, language) in [("kt@xdhg.vn", "vi"), ("office@xdhg.vn", "en")] {
            try await bench.act(
                DueSubscriptionAdd.self,
                AddDueSubscription(customer: "XDHG", email: email, language: language, agreedBy: "Lê Văn Tám"),
                by: bench.people.manager)
        }
        try await bench.act(
            ReminderPreferenceSet.self, SetReminderPreference(customer: "XDTD", addresses: ["tram@xdtd.vn"]),
            by: bench.people.reception)
        try await bench.act(
            DueSubscriptionAdd.self, AddDueSubscription(customer: "XDTD", email: "khac@xdtd.vn", agreedBy: "Tư"),
            by: bench.people.manager)
        try await remind(traveller)
        #expect(
            try await mails(bench) == [
                "kt@xdhg.vn: 2 phương tiện đo sẽ đến hạn trong 60 ngày tới",
                "office@xdhg.vn: 2 measuring instruments due within 60 days",
                "tram@xdtd.vn: 1 phương tiện đo sẽ đến hạn trong 60 ngày tới",
            ])
    }

    @Test func `customers without an address come together in one mail to the named default, to be phoned or written to`()
        async throws
    {
        let (bench, traveller) = try await laboratory()
        try await bench.database.script("update work.customer set phone = '0292 3 830 000' where code = 'XDHG'")
        try await remind(traveller)
        #expect(
            try await outcomes(bench) == [
                "customer XDHG handed_over 2", "customer XDTD handed_over 1", "staff - named_default 3",
                "unaddressed - named_default 3",
            ])
        let mails = try await traveller.letters(to: "chua-giao@kd.vn")
        let told = try #require(mails.first { $0.subject.hasPrefix("2 khách hàng chưa có địa chỉ thư: 3 phương tiện đo") })
        #expect(mails.count == 2 && told.text.contains("đề nghị gọi điện hoặc gửi công văn"))
        let order = [
            "Công ty TNHH Xăng dầu Hậu Giang (XDHG), 0292 3 830 000", "COT-1", "COT-3", "DNTN Xăng dầu Tây Đô (XDTD)", "COT-4",
        ]
        let places = order.map { told.text.firstRange(of: $0)?.lowerBound }
        #expect(!places.contains(nil) && places.compactMap(\.self) == places.compactMap(\.self).sorted())
        // Told again, nothing is said twice.
        try await traveller.script("update work.reminder_group set taken_at = null")
        try await traveller.tell(at: "2019-04-01 11:00+07")
        #expect(try await traveller.letters(to: "chua-giao@kd.vn").count == 2)
    }

    @Test func `a verifier is told of the district they answer for, the staff's address of the rest`() async throws {
        let (bench, traveller) = try await laboratory()
        let (people, manager) = (bench.people, bench.people.manager)
        for (person, district) in [(people.technician, "916"), (people.colleague, "916")] {
            try await bench.act(
                PersonMailSet.self, SetPersonMail(person: person.username, email: "phong@kd.vn"), by: people.administrator)
            try await bench.act(
                DueAssignmentAdd.self, AddDueAssignment(person: person.username, district: district), by: manager)
        }
        for (customer, address) in [("XDHG", "kt@xdhg.vn"), ("XDTD", "tram@xdtd.vn")] {
            try await bench.act(
                ReminderPreferenceSet.self, SetReminderPreference(customer: customer, addresses: [address]), by: people.reception)
        }
        try await remind(traveller)
        // One mailbox for both: each has a mail of their own.
        let own = try await traveller.letters(to: "phong@kd.vn")
        #expect(
            own.map { $0.text.split(separator: "\n").first }.map { $0 ?? "" }.sorted() == [
                "Kính gửi: Lê Quốc Hùng", "Kính gửi: Nguyễn Văn Minh",
            ])
        for mail in own { #expect(mail.text.contains("COT-1") && mail.text.contains("COT-4") && !mail.text.contains("COT-3")) }
        #expect(
            try await traveller.letters(to: "chua-giao@kd.vn").map { $0.text.contains("COT-3") && !$0.text.contains("COT-1") }
                == [true])
        #expect(
            try await outcomes(bench) == [
                "customer XDHG mailed 2", "customer XDTD mailed 1", "staff - mailed 2", "staff - named_default 1",
            ])
        try await bench.database.script(
            "update catalogue.reminder_audience set addresses = array['kd@kd.vn'] where code = 'staff'", as: "etalon_owner")
        try await remind(traveller, on: "2019-05-01")
        #expect(
            try await traveller.letters(to: "kd@kd.vn").map { $0.text.contains("COT-3") && !$0.text.contains("COT-1") } == [true])
    }

    @Test func `an escalation finds the manager and the head by their own addresses where the audience has none`() async throws {
        let (bench, traveller) = try await laboratory()
        for (person, address) in [(bench.people.manager, "phuc@kd.vn"), (bench.people.head, "dung@kd.vn")] {
            try await bench.act(
                PersonMailSet.self, SetPersonMail(person: person.username, email: address), by: bench.people.administrator)
        }
        try await remind(traveller, on: "2019-06-30")
        for address in ["phuc@kd.vn", "dung@kd.vn"] {
            #expect(try await traveller.letters(to: address).map(\.subject) == ["3 phương tiện đo đã quá hạn 30 ngày"])
        }
    }

    @Test func `whom nobody could be told for is counted, and the doctor says what to do`() async throws {
        let (bench, traveller) = try await laboratory(unassigned: nil)
        try await bench.database.script(
            "insert into work.mail_origin (sender, sender_name, unassigned, is_on) values ('e@kd.vn', 'Etalon', 'k@kd.vn', true)")
        #expect(try await reach(bench).level == "ok")
        try await bench.database.script("update work.mail_origin set unassigned = null")
        let before = try await reach(bench)
        #expect(before.level == "warning" && before.figure == 0 && before.en.hasPrefix("Nobody is named for what is unassigned"))
        try await remind(traveller)
        #expect(
            try await outcomes(bench) == [
                "customer XDHG handed_over 2", "customer XDTD handed_over 1", "staff - no_address 3",
                "unaddressed - no_address 3",
            ])
        #expect(try await outcomes(bench, of: "XDHG") == ["customer XDHG handed_over 2", "unaddressed - no_address 3"])
        #expect(try await outcomes(bench, of: "BQL").isEmpty)
        #expect(try await mails(bench).isEmpty)
        let found = try await reach(bench)
        #expect(found.level == "warning" && found.figure == 6)
        #expect(found.en == "6 reminders of the last seven days reached nobody: customers without an address, staff")
        #expect(found.vi.hasPrefix("6 lời nhắc trong bảy ngày qua không đến được ai: khách hàng không có địa chỉ"))
        for key in ["`mail.sender`", "`mail.unassigned`"] {
            #expect(found.remedyEn?.contains(key) == true && found.remedyVi?.contains(key) == true)
        }
        #expect(try await bench.ask(QueueSighting.self, ()).dueRun.unreached == [3, 3, 0, 0])
    }

    @Test(arguments: [false, true])
    func `where no mail goes out that is said once, and no reminder counts as missed`(isSwitchedOff: Bool) async throws {
        let (bench, traveller) = try await laboratory(unassigned: nil)
        if isSwitchedOff {
            try await bench.database.script(
                "insert into work.mail_origin (sender, sender_name, is_on) values ('etalon@kd.vn', 'Etalon', false)")
        }
        try await remind(traveller)
        #expect(try await outcomes(bench).contains("unaddressed - no_address 3"))
        #expect(try await bench.ask(QueueSighting.self, ()).dueRun.unreached == [0, 0, 0, 0])
        let found = try await reach(bench)
        #expect(found.level == "warning" && found.figure == 6)
        #expect(found.en == "Mail is not set up, or switched off: reminders and due lists are sent to nobody")
        for key in ["`mail.sender`", "`mail.unassigned`"] {
            #expect(found.remedyEn?.contains(key) == true && found.remedyVi?.contains(key) == true)
        }
    }
}
