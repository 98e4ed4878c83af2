// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Lists what is due and overdue.
struct DueList: Verb {
    static let example = "etalon due list --overdue --as-of 2018-06-30"
    static let configuration = described("list", "Danh sách đến hạn, quá hạn", "What is due and overdue")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var selection: DueSelection
    @OptionGroup var page: PageOptions

    func perform(_ session: Session) async throws {
        guard page.limit != nil || page.cursor != nil else {
            return try await session.list("/due", selection.query, OversightTables.due)
        }
        let query: Query = [
            "as_of": selection.asOf, "within": selection.within.map { String($0.days) }, "overdue": selection.overdue.parameter,
            "type": selection.type, "district": selection.district, "customer": selection.customer, "site": selection.site,
            "subject": selection.subject, "held": selection.held.parameter, "limit": page.limitText, "cursor": page.cursor,
        ]
        try await session.list("/due", query, OversightTables.due)
    }
}
