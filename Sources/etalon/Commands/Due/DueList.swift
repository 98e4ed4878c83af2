// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Lists what is due and overdue.
struct DueList: Verb {
    static let example = "etalon due list --overdue --as-of 2018-06-30"
    static let configuration = described("list", "Danh sách đến hạn, quá hạn", "What is due and overdue")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var selection: DueSelection

    func perform(_ session: Session) async throws {
        try await session.list("/due", selection.query, OversightTables.due)
    }
}
