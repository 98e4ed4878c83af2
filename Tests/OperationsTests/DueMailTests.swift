// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import LaboratoryModel
import Logging
import Testing

@testable import LabOperations

/// Two dispensers of XDHG in district 916 and one in 918, one of XDTD in 916, one scale of BQL in 919: all overdue on the day.
@Suite("Mails of the due list")
struct DueMailTests {
    private func laboratory() async throws -> Bench {
        let bench = try await Bench.open(on: "2018-12-31")
        for (code, site) in [("COT-1", "TRAM-1"), ("COT-2", "TRAM-1"), ("COT-3", "TRAM-2"), ("COT-4", "TRAM-3")] {
            try await bench.addDispenser(code, at: site)
        }
        try await bench.addScale("CAN-1", at: "CHO-1")
        try await bench.database.script(
            """
            insert into work.mail_origin (sender, sender_name, bounces, unassigned, is_on)
            values ('etalon@kd.example', 'Etalon', 'tra-lai@kd.example', 'chua-giao@kd.example', true)
            """)
        return bench
    }

    private func address(_ person: Caller, _ email: String, _ bench: Bench) async throws {
        try await bench.act(
            PersonMailSet.self, SetPersonMail(person: person.username, email: email), by: bench.people.administrator)
    }

    private func mail(_ run: String, _ bench: Bench) async throws {
        _ = try await bench.database.laboratory.work("due.mail") { database, _ in
            try DueMail.perform(.init(run: run), on: database, logger: .silent)
        }
    }

    /// Recipient and subject of each mail.
    private func told(_ bench: Bench) async throws -> [String] {
        try await bench.database.texts(
            "select recipient || ': ' || subject from record.mail where kind = 'due_list' order by recipient")
    }

    @Test func `each gets what concerns them, the manager the whole, and what nobody answers for goes to the named default`()
        async throws
    {
        let bench = try await laboratory()
        let (people, manager) = (bench.people, bench.people.manager)
        try await address(people.technician, "ktv@kd.example", bench)
        try await address(people.colleague, "dong-nghiep@kd.example", bench)
        try await address(manager, "lanh-dao@kd.example", bench)
        try await bench.act(
            DueAssignmentAdd.self, AddDueAssignment(person: people.technician.username, district: "916", type: "19"), by: manager)
        // Nothing of what the colleague answers for is due.
        try await bench.act(
            DueAssignmentAdd.self, AddDueAssignment(person: people.colleague.username, district: "923"), by: manager)
        try await bench.act(
            DueSubscriptionAdd.self,
            AddDueSubscription(customer: "XDHG", email: "kt@xdhg.example", language: "en", agreedBy: "Lê Văn Tám"), by: manager)
        let run = try await bench.emit(on: nil, night: true)
        #expect(try await bench.database.texts("select kind from jobs.job where kind = 'due_run_mail'").count == 1)
        for _ in 1...2 { try await mail(run.runId, bench) }
        let day = "31/12/2018"
        func subject(_ lines: Int) -> String {
            "Đến hạn tính đến \(day): \(lines) quá hạn, 0 đến hạn / Due as of 2018-12-31: \(lines) overdue, 0 due"
        }
        #expect(
            try await told(bench) == [
                "chua-giao@kd.example: \(subject(2))", "kt@xdhg.example: Due as of 2018-12-31: 3 overdue, 0 due",
                "ktv@kd.example: \(subject(3))", "lanh-dao@kd.example: \(subject(5))",
            ])
    }

    @Test func `people with one office mailbox each get their own list, which says whose it is, and managers the whole once`()
        async throws
    {
        let bench = try await laboratory()
        let (people, manager) = (bench.people, bench.people.manager)
        try await bench.database.script(
            """
            insert into work.role_grant (person_id, role)
            select id, 'manager' from work.person where username = '\(people.head.username)'
            """)
        for person in [people.technician, people.colleague, manager, people.head] {
            try await address(person, "phong@kd.example", bench)
        }
        for (person, district) in [(people.technician, "916"), (people.colleague, "918")] {
            try await bench.act(
                DueAssignmentAdd.self, AddDueAssignment(person: person.username, district: district), by: manager)
        }
        let run = try await bench.emit(on: nil, night: true)
        for _ in 1...2 { try await mail(run.runId, bench) }
        let lists = try await bench.database.texts(
            """
            select trim(split_part(split_part(m.subject, ' quá hạn', 1), ': ', 2)) from record.mail m
            where m.recipient = 'phong@kd.example' order by 1
            """)
        #expect(lists == ["1", "3", "5"])
        let writer = DueListLetter(asOf: "2018-12-31", within: 30, reader: .person(name: "Nguyễn Văn Minh"))
        let body = writer.text(of: DueShare()).body
        #expect(body.contains("thuộc phần Nguyễn Văn Minh theo dõi") && body.contains("assigned to Nguyễn Văn Minh"))
    }

    @Test func `a list without a line is told to nobody, and a customer who ended the agreement gets nothing more`() async throws
    {
        let bench = try await laboratory()
        let manager = bench.people.manager
        let subscription = try await bench.act(
            DueSubscriptionAdd.self, AddDueSubscription(customer: "XDHG", email: "kt@xdhg.example", agreedBy: "Tám"), by: manager)
        let early = try await bench.act(DueEmit.self, EmitDueList(on: "2015-06-30"), by: manager)
        #expect(early.overdue + early.due == 0)
        try await mail(early.runId, bench)
        #expect(try await told(bench).isEmpty)
        try await bench.act(DueSubscriptionEnd.self, EndTelling(id: subscription.id), by: manager)
        await #expect(throws: ActError.self) {
            try await bench.act(DueSubscriptionEnd.self, EndTelling(id: subscription.id), by: manager)
        }
        try await mail(try await bench.emit(on: nil, night: true).runId, bench)
        #expect(try await told(bench).map { $0.prefix { $0 != ":" } } == ["chua-giao@kd.example"])
    }

    @Test func `only tonight's own run is mailed, not a forecast and not a night that was made up for`() async throws {
        let bench = try await laboratory()
        _ = try await bench.emit(on: "2018-12-30", night: true)
        _ = try await bench.emit(on: nil)
        #expect(try await bench.database.texts("select kind from jobs.job where kind = 'due_run_mail'").isEmpty)
    }

    @Test func `an address that is none, and an assignment of nothing, are refused`() async throws {
        let bench = try await laboratory()
        await #expect(throws: ActError.self) { try await address(bench.people.technician, "ktv kd.example", bench) }
        await #expect(throws: ActError.self) {
            try await bench.act(
                DueAssignmentAdd.self, AddDueAssignment(person: bench.people.technician.username), by: bench.people.manager)
        }
    }

    @Test func `lines are read from the json wherever its parts are cut`() throws {
        let json = Array(#"{"as_of":"2018-06-30","items":[{"a":"}{\"\\"},{"b":{"c":1}},{"d":"x"}]}"#.utf8)
        let whole = [#"{"a":"}{\"\\"}"#, #"{"b":{"c":1}}"#, #"{"d":"x"}"#]
        for cut in 0...json.count {
            var reader = DueRunLines()
            let objects = reader.take(Array(json[..<cut])) + reader.take(Array(json[cut...]))
            #expect(objects.map { String(decoding: $0, as: UTF8.self) } == whole)
        }
    }

    @Test func `a letter lists the first lines, counts the others, and brings all of them as csv and xlsx`() throws {
        var share = DueShare()
        for number in 1...50 {
            share.add(
                try StrictJSON.decode(
                    DueLine.self,
                    from: Array(
                        #"{"class":"overdue","reason":"expired","due_on":"2018-05-31","days":-30,"subject_type":"instrument","instrument_id":\#(number),"code":"COT-\#(number)","type":"19","serial":"S","customer":"Cty","site":"Trạm","district":"Ninh Kiều","kind":"verification","rule":"r","why":"w"}"#
                            .utf8)))
        }
        let writer = DueListLetter(asOf: "2018-06-30", within: 30, reader: .customer(language: "en"))
        let text = writer.text(of: share)
        #expect(text.body.hasPrefix("As of 2018-06-30: 50 overdue, 0 due within 30 days.\nThese instruments of yours"))
        #expect(text.body.contains("2018-05-31 (-30) · COT-40 · 19 · S · Cty, Trạm, Ninh Kiều · "))
        #expect(!text.body.contains("COT-41 ") && text.body.hasSuffix("… and 10 more.\n"))
        let files = try writer.files(of: share, author: "Trung tâm")
        #expect(files.map(\.name) == ["due-2018-06-30.csv", "due-2018-06-30.xlsx"])
        #expect(String(decoding: files[0].bytes, as: UTF8.self).split(separator: "\r\n").count == 51)
        #expect(files[1].bytes.prefix(2) == [0x50, 0x4B])
    }
}
