// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import Certificates
internal import Deliveries
internal import Jobs
internal import LabStore
internal import LaboratoryModel
internal import Logging

/// Tells those concerned of a night's run by mail, once: each person what they answer for, a manager the whole, the customers who agreed
/// what is theirs, and who takes what nobody answers for the rest. Who has nothing to read gets nothing.
enum DueMail {
    /// What the job carries.
    struct Payload: Codable, Sendable {
        /// The run's id.
        let run: String
    }

    /// The kind of the job.
    ///
    /// A statement for each thousand lines and a workbook for each reader: minutes for the list of a large register.
    static let kind = JobKind("due_run_mail", lane: .list, maxAttempts: 10, timeLimit: .seconds(1800))
    /// Lines looked at together.
    private static let batch = 1000

    /// Asks for the mails, in the transaction that makes the run.
    static func enqueue(run: String, on database: isolated Transaction) throws {
        try Jobs.enqueue(kind, payload: Payload(run: run), key: "due_mail:\(run)", on: database)
    }

    /// Records the mails of a run; recorded a second time, nothing is added.
    static func perform(_ payload: Payload, on database: isolated Transaction, logger: Logger) throws -> JobOutcome {
        _ = try Laboratory.begin("due.mail", caller: .system, centre: Centre(), revision: nil, on: database)
        let run = try database.dueRun(payload.run)
        let shares = try shares(of: run, on: database)
        let author = try database.laboratory().name.vi.filter { !$0.isNewline }
        for person in shares.people {
            // Several may share a mailbox, and a mail is told under a key once for each address: each their own list, the whole once.
            try send(
                person.share, of: run, to: person.told.email,
                reader: person.told.whole ? .manager : .person(name: person.told.name),
                person.told.whole ? "" : ":person:\(person.told.id)", author, on: database)
        }
        for customer in shares.customers {
            try send(
                customer.share, of: run, to: customer.view.email, reader: .customer(language: customer.view.language),
                ":customer:\(customer.view.id)", author, on: database)
        }
        if shares.rest.total > 0 {
            if let address = try Outgoing.unassigned(on: database) {
                try send(shares.rest, of: run, to: address, reader: .unassigned, ":unassigned", author, on: database)
            } else {
                logger.warning(
                    "Due lines are assigned to nobody, and nobody takes what is unassigned",
                    metadata: ["due.run": "\(run.runId)", "due.lines": "\(shares.rest.total)"])
            }
        }
        return .succeeded
    }

    private static func send(
        _ share: DueShare, of run: DueRunDetail, to address: String, reader: DueListLetter.Reader, _ part: String,
        _ author: String,
        on database: isolated Transaction
    ) throws {
        guard share.total > 0 else { return }
        let writer = DueListLetter(asOf: run.asOf, within: run.withinDays, reader: reader)
        let text = writer.text(of: share)
        var language = "vi"
        if case .customer(let chosen) = reader { language = chosen }
        let letter = Letter(
            .dueList, to: [address], language: language, subject: text.subject, text: text.body,
            attachments: try writer.files(of: share, author: author).map {
                MailAttachment(name: $0.name, type: $0.type, bytes: $0.bytes)
            }, about: "due_run:\(run.runId)")
        try Outgoing.record(letter, key: "due_run:\(run.runId)\(part)", on: database)
    }

    /// Everybody's share of a run.
    private struct Shares {
        var people: [(told: DueToldRow, share: DueShare)] = []
        var customers: [(view: DueSubscriptionView, share: DueShare)] = []
        /// What no person answers for.
        var rest = DueShare()
    }

    private static func shares(of run: DueRunDetail, on database: isolated Transaction) throws -> Shares {
        var shares = Shares()
        let told = try database.all(Statements.dueToldPeople)
        shares.people = told.map { ($0, DueShare()) }
        shares.customers = try database.all(Statements.dueSubscriptionList, Int64(0), Int(Int32.max)).map { ($0, DueShare()) }
        let personAt = Dictionary(uniqueKeysWithValues: told.enumerated().map { ($1.id, $0) })
        let customerAt = Dictionary(uniqueKeysWithValues: shares.customers.enumerated().map { ($1.view.id, $0) })
        try DueRunLines.each(batch, of: run.runId, on: database) { lines in
            let concerned = Dictionary(
                grouping: try database.all(Statements.dueConcerned, Array(Set(lines.map(\.instrumentId)))), by: \.instrumentId)
            for line in lines {
                for index in shares.people.indices where shares.people[index].told.whole { shares.people[index].share.add(line) }
                var isAnswered = false
                for row in concerned[line.instrumentId] ?? [] {
                    if let person = row.personId, let index = personAt[person] {
                        isAnswered = true
                        if !shares.people[index].told.whole { shares.people[index].share.add(line) }
                    }
                    if let index = row.subscriptionId.flatMap({ customerAt[$0] }) { shares.customers[index].share.add(line) }
                }
                if !isAnswered { shares.rest.add(line) }
            }
        }
        return shares
    }
}
