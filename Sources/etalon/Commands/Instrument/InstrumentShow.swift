// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Shows an instrument with its channels.
struct InstrumentShow: Verb {
    static let example = "etalon instrument show PTD-00001"
    static let configuration = described("show", "Xem phương tiện đo", "Shows an instrument with its channels")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Mã phương tiện đo", "Code of the instrument")) var code: String

    func perform(_ session: Session) async throws {
        let answer = try await session.get("/instruments/\(step(code))")
        try session.show(record: answer, InstrumentTables.instrument, [InstrumentTables.channels])
    }
}
