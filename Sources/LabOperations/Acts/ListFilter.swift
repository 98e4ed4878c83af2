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
        case .customer: try find(Statements.customerByCode, value) != nil
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
}
