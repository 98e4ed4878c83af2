// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Lists the recorded reminders.
struct DueReminders: Verb {
    static let example = "etalon due reminders"
    static let configuration = described("reminders", "Các lần nhắc đã ghi", "The recorded reminders")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions

    func perform(_ session: Session) async throws {
        try await session.list(
            "/reminders", ["limit": page.limitText, "cursor": page.cursor], OversightTables.reminders)
    }
}
