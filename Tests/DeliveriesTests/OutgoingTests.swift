// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import Jobs
import LabOperations
import LabStore
import Testing

@testable import Deliveries

@Suite("What is recorded to be sent", .timeLimit(.minutes(2)))
struct OutgoingTests {
    private let letter = Letter(
        .reminder, to: ["An@Khach.example", "binh@khach.example"], subject: "Đến hạn", text: "Hạn: 25/06/2018\n",
        attachments: [MailAttachment(name: "a.csv", type: "text/csv", bytes: Array("x".utf8))], about: "instrument:42")

    @Test func `a mail is recorded once for each recipient, with its job, however often it is told`() async throws {
        let database = try await LaboratoryDatabase.make()
        try await database.configureMail()
        let letter = letter
        let first = try await database.laboratory.work("test") { connection, _ in
            try Outgoing.record(letter, key: "reminder:42", on: connection)
        }
        #expect(first.count == 2)
        let again = try await database.laboratory.work("test") { connection, _ in
            try Outgoing.record(letter, key: "reminder:42", on: connection)
                + Outgoing.record(
                    Letter(.reminder, to: ["an@khach.EXAMPLE"], subject: "", text: "", about: ""), key: "reminder:42",
                    on: connection)
        }
        #expect(again.isEmpty)
        #expect(
            try await database.texts(
                "select recipient || ' ' || stage from record.mail m join record.mail_event e on e.mail_id = m.id order by m.id")
                == ["An@khach.example recorded", "binh@khach.example recorded"])
        #expect(try await database.texts("select count(distinct (message_id, token))::text from record.mail_message") == ["2"])
        #expect(try await database.jobKeys() == first.map { "mail:\($0)" })
    }

    @Test func `without the record there is no mail and no job`() async throws {
        let database = try await LaboratoryDatabase.make()
        try await database.configureMail()
        let letter = letter
        await #expect(throws: GivenUp.self) {
            try await database.laboratory.work("test") { connection, _ in
                try Outgoing.record(letter, key: "reminder:42", on: connection)
                throw GivenUp()
            }
        }
        #expect(try await database.texts("select count(*)::text from record.mail") == ["0"])
        #expect(try await database.jobKeys().isEmpty)
    }

    @Test func `without a configured sender a mail is held with the reason and keeps what it says`() async throws {
        let database = try await LaboratoryDatabase.make()
        let letter = letter
        try await database.laboratory.work("test") { connection, _ in
            #expect(try Outgoing.unassigned(on: connection) == nil)
            try Outgoing.record(letter, key: "reminder:42", on: connection)
        }
        #expect(
            try await database.texts("select stage || ' ' || reason from record.mail_event")
                == ["held not_configured", "held not_configured"])
        #expect(try await database.texts("select distinct letter ->> 'text' from record.mail") == ["Hạn: 25/06/2018\n"])
        #expect(try await database.jobKeys().isEmpty)
    }

    @Test func `an address that is none holds its own mail and no other`() async throws {
        let database = try await LaboratoryDatabase.make()
        try await database.configureMail()
        let recorded = try await database.laboratory.work("test") { connection, _ in
            try Outgoing.record(
                Letter(
                    .dueList, to: ["0292 3820 000", "an@khach.example", "x\r\nBcc: y@z.vn"], subject: "a\0b", text: "c\0d",
                    about: ""),
                key: "due", on: connection)
        }
        #expect(recorded.count == 3)
        #expect(
            try await database.texts("select stage || coalesce(' ' || reason, '') from record.mail_event order by mail_id")
                == ["held address_invalid", "recorded", "held address_invalid"])
    }
}

/// A transaction that is given up.
struct GivenUp: Error {}

extension LaboratoryDatabase {
    /// Keys of the unfinished jobs, oldest first.
    func jobKeys() async throws -> [String] {
        try await laboratory.work("test") { connection, _ in
            try JobInspection.list(state: nil, on: connection).sorted { $0.id < $1.id }.compactMap(\.key)
        }
    }

    /// Tells the database that mails come from `etalon@kd.example.vn`.
    func configureMail() async throws {
        let sender = MailSender(
            address: try MailAddress(parsing: "etalon@kd.example.vn"), name: "Trung tâm Kỹ thuật",
            bounces: try MailAddress(parsing: "bounce@kd.example.vn"))
        let unassigned = try MailAddress(parsing: "phong-kd@kd.example.vn")
        try await laboratory.work("mail.configure") { connection, _ in
            try Outgoing.tell(sender, unassigned: unassigned, on: connection)
        }
    }
}
