// SPDX-License-Identifier: Apache-2.0
internal import Jobs
internal import LabStore
internal import LaboratoryModel

/// What a list can be narrowed by, named as the parameter that narrows it.
enum ListFilter: String {
    case customer, site, type, district, lane, kind, instrument, verifier, person, webhook

    /// What its value names.
    var thing: Thing {
        switch self {
        case .customer: .customer
        case .site: .site
        case .type: .instrumentType
        case .district: .place
        case .lane: .lane
        case .kind: .jobKind
        case .instrument: .instrument
        case .verifier, .person: .person
        case .webhook: .webhook
        }
    }
}

extension Transaction {
    /// Refuses filters that name nothing.
    ///
    /// “Nothing found” would be a false answer to a mistyped code. Where a list came back with lines, its filters are right and
    /// this need not be asked.
    /// - Throws: ``ActError/notFound(thing:name:field:)``.
    func requireKnown(_ filters: KeyValuePairs<ListFilter, String?>) throws {
        for (filter, value) in filters {
            guard let value, try !isKnown(filter, value) else { continue }
            throw ActError.notFound(thing: filter.thing, name: value, field: filter.rawValue)
        }
    }

    private func isKnown(_ filter: ListFilter, _ value: String) throws -> Bool {
        switch filter {
        case .customer: try isCustomer(value)
        case .site: try find(Statements.siteByCode, value) != nil
        case .type: try find(Statements.instrumentTypeByCode, value) != nil
        case .district: try find(Statements.placeEver, value) != nil
        case .lane: try LaneControl.figures(on: self).contains { $0.lane == value }
        case .kind: try JobInspection.knows(kind: value, on: self)
        case .instrument: try find(Statements.dueSubject, "instrument", value) != nil
        case .verifier, .person: try find(Statements.personByUsername, value) != nil
        case .webhook: try find(Statements.webhookByCode, value) != nil
        }
    }
    /// What was a merged customer's is that of the one it became, where it has to be looked for.
    private func isCustomer(_ code: String) throws -> Bool {
        guard let row = try find(Statements.customerByCode, code) else { return false }
        if let into = row.mergedInto { throw ActError.refused([.customerMerged(customer: code, into: into)]) }
        return true
    }
}
