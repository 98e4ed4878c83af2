// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Shows everything that happened to an instrument.
struct InstrumentHistory: Verb {
    static let example = "etalon instrument history PTD-00001"
    static let configuration = described("history", "Mọi sự kiện và lần đo", "Every event and measurement")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Mã phương tiện đo", "Code of the instrument")) var code: String

    func perform(_ session: Session) async throws {
        try await session.list("/instruments/\(step(code))/history", InstrumentTables.history)
    }
}
