// SPDX-License-Identifier: Apache-2.0
internal import Deliveries
internal import LabStore
internal import LaboratoryModel

/// Who is told of which deadlines of a group. Whoever is concerned comes first, the person for what is unassigned last; every
/// deadline is in exactly one share.
enum ReminderShares {
    /// The audience that stands in for customers without an address.
    static let inPlaceOfCustomers = "unaddressed"

    /// The shares of a group.
    ///
    /// - Parameter lines: those that still hold, at least one.
    static func of(
        _ lines: [ReminderLineRow], in group: ReminderGroupRow, on database: isolated Transaction
    ) throws -> [ReminderShare] {
        switch group.audience {
        case "customer": [try customer(lines, group, on: database)]
        case "staff": try staff(lines, group, on: database)
        case "manager":
            [try audience(lines, group, else: database.all(Statements.personMailAddresses, Role.manager.rawValue), on: database)]
        case "head": [try audience(lines, group, else: database.all(Statements.reminderHeads), on: database)]
        default: [try unassigned(lines, group, .inPlaceOfCustomers, on: database)]
        }
    }

    /// The addresses that the customer chose, else those that it agreed to be told at. Without any a person has to phone or to
    /// write: the mail to them holds all such customers of the stage, since one for each would bury them.
    private static func customer(
        _ lines: [ReminderLineRow], _ group: ReminderGroupRow, on database: isolated Transaction
    ) throws -> ReminderShare {
        let reader = ReminderLetter.Reader.customer(name: group.customerName ?? group.customer ?? "")
        if !group.addresses.isEmpty {
            let letter = ReminderLetter(group: group, lines: lines, reader: reader, language: group.language)
            return ReminderShare(outcome: .mailed, lines: lines, letters: [("", letter.letter(to: group.addresses))])
        }
        let agreed = try database.all(Statements.reminderSubscriptions, group.customerId)
        guard !agreed.isEmpty else {
            _ = try database.only(Statements.reminderGroupHandOver, group.id)
            return ReminderShare(outcome: .handedOver, lines: lines)
        }
        let letters = Dictionary(grouping: agreed, by: \.language).sorted { $0.key < $1.key }.map { language, told in
            let letter = ReminderLetter(group: group, lines: lines, reader: reader, language: language)
            return ("", letter.letter(to: told.map(\.email)))
        }
        return ReminderShare(outcome: .mailed, lines: lines, letters: letters)
    }

    /// The people assigned to an instrument, each with their own lines; the rest goes to the audience's addresses.
    private static func staff(
        _ lines: [ReminderLineRow], _ group: ReminderGroupRow, on database: isolated Transaction
    ) throws -> [ReminderShare] {
        let instruments = Array(Set(lines.filter { $0.subjectType == "instrument" }.map(\.subjectId)))
        let concerned = Dictionary(grouping: try database.all(Statements.dueConcerned, instruments), by: \.instrumentId)
        func people(_ line: ReminderLineRow) -> [Int64] {
            line.subjectType == "instrument" ? (concerned[line.subjectId] ?? []).compactMap(\.personId) : []
        }
        var own: [Int64: [ReminderLineRow]] = [:]
        for line in lines {
            for person in people(line) { own[person, default: []].append(line) }
        }
        var shares: [ReminderShare] = []
        if !own.isEmpty {
            let letters = try database.all(Statements.dueToldPeople).compactMap { person -> (String, Letter)? in
                guard let lines = own[person.id] else { return nil }
                let letter = ReminderLetter(
                    group: group, lines: lines, reader: .person(name: person.name), language: group.language)
                return (":person:\(person.id)", letter.letter(to: [person.email]))
            }
            shares.append(ReminderShare(outcome: .mailed, lines: lines.filter { !people($0).isEmpty }, letters: letters))
        }
        let rest = lines.filter { people($0).isEmpty }
        if !rest.isEmpty { shares.append(try audience(rest, group, else: [], on: database)) }
        return shares
    }

    /// The addresses of the audience, else those of the people who are meant by it.
    private static func audience(
        _ lines: [ReminderLineRow], _ group: ReminderGroupRow, else people: [NameRow], on database: isolated Transaction
    ) throws -> ReminderShare {
        let addresses = group.addresses.isEmpty ? people.map(\.name) : group.addresses
        guard !addresses.isEmpty else { return try unassigned(lines, group, .unassigned, on: database) }
        let letter = ReminderLetter(group: group, lines: lines, reader: .audience, language: group.language)
        return ReminderShare(outcome: .mailed, lines: lines, letters: [("", letter.letter(to: addresses))])
    }

    private static func unassigned(
        _ lines: [ReminderLineRow], _ group: ReminderGroupRow, _ reader: ReminderLetter.Reader, on database: isolated Transaction
    ) throws -> ReminderShare {
        guard let address = try Outgoing.unassigned(on: database) else { return ReminderShare(outcome: .noAddress, lines: lines) }
        let letter = ReminderLetter(group: group, lines: lines, reader: reader, language: group.language)
        return ReminderShare(outcome: .namedDefault, lines: lines, letters: [(":unassigned", letter.letter(to: [address]))])
    }
}
