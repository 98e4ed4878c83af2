// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import Deliveries
internal import Jobs
internal import LabStore
internal import LaboratoryModel
internal import Logging

/// The watch over the nights: a run that is missing or suspicious is a record, an error in the log, and a mail to the administrators.
enum DueWatch {
    /// Looks whether the runs of today and of the nights before are there; scheduled for the hour by which today's must be.
    ///
    /// Four short statements and a letter, each of which the server ends after a minute.
    static let kind = JobKind("due_list_watch", lane: .list, maxAttempts: 3, timeLimit: .seconds(300))
    /// Tells of alarms that are open, at once; as short.
    static let telling = JobKind("due_alarm_tell", lane: .list, maxAttempts: 3, timeLimit: .seconds(300))

    /// By when the list of a day must be there, in the laboratory's civil time.
    static let hour = "04:00"

    private struct Nothing: Encodable {}

    /// Asks for the telling, in the transaction that raised an alarm.
    static func enqueue(on database: isolated Transaction) throws {
        try Jobs.enqueue(telling, payload: Nothing(), key: "due_alarm_tell", on: database)
    }

    /// Raises the alarms of missing nights, then tells.
    static func run(on database: isolated Transaction, logger: Logger) throws -> JobOutcome {
        _ = try Laboratory.begin("due.watch", caller: .system, centre: Centre(), revision: nil, on: database)
        for alarm in try database.all(Statements.dueAlarmMissingAdd, hour) {
            logger.error("Due list of a night is missing", metadata: ["due.as_of": "\(alarm.code ?? "")"])
        }
        return try tell(on: database, logger: logger)
    }

    /// Tells of every alarm that nothing has ended: each day by mail, and once more when another is raised; each time in the log.
    static func tell(on database: isolated Transaction, logger: Logger) throws -> JobOutcome {
        let setting = try Laboratory.begin("due.watch", caller: .system, centre: Centre(), revision: nil, on: database)
        let alarms = try database.all(Statements.dueAlarmList, Int64.max, 100, true)
        guard !alarms.isEmpty else { return .succeeded }
        for alarm in alarms {
            logger.error(
                "Alarm of the due list is open",
                metadata: [
                    "due.night": "\(alarm.night)", "due.alarm": "\(alarm.kind)", "due.lines": "\(alarm.lines ?? 0)",
                    "due.usual": "\(alarm.usual ?? 0)",
                ])
        }
        let text = DueLetters.alarm(alarms)
        let letter = Letter(
            .alarm, to: try database.mailAddresses(of: .administrator), subject: text.subject, text: text.body,
            about: "due_night:\(setting.today)")
        let newest = alarms.map(\.id).max() ?? 0
        try Outgoing.record(letter, key: "due_alarm:\(setting.today):\(newest)", on: database)
        return .succeeded
    }
}

extension Transaction {
    /// Addresses of everybody active who has a role; where nobody has one, that of the person for what has no recipient.
    func mailAddresses(of role: Role) throws -> [String] {
        let known = try all(Statements.personMailAddresses, role.rawValue).map(\.name)
        if !known.isEmpty { return known }
        return try Outgoing.unassigned(on: self).map { [$0] } ?? []
    }
}
