// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Lists measurements.
struct MeasurementList: Verb {
    static let example = "etalon measurement list --instrument PTD-00001"
    static let configuration = described("list", "Danh sách lần đo", "Lists measurements")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var page: PageOptions
    @Option(help: .both("Mã phương tiện đo", "Code of the instrument")) var instrument: String?
    @Option(help: .both("Tài khoản người đo", "User name of who measured")) var verifier: String?

    func perform(_ session: Session) async throws {
        try await session.list(
            "/measurements",
            ["instrument": instrument, "verifier": verifier, "limit": page.limitText, "cursor": page.cursor],
            InstrumentTables.measurements)
    }
}
