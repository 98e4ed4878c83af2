// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Shows who the daemon takes the caller for.
struct WhoAmI: Verb {
    static let example = "etalon whoami"
    static let configuration = described("whoami", "Hệ thống nhận bạn là ai", "Who the daemon takes you for")

    @OptionGroup var global: GlobalOptions

    func perform(_ session: Session) async throws {
        try session.show(record: try await session.get("/me"), PartyTables.caller)
    }
}
