// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Lists stamps by series, state and holder.
struct SealList: Verb {
    static let example = "etalon seal list --holder kdv.nam"
    static let configuration = described("list", "Tồn kho tem, niêm", "Stamps by series, state and holder")

    @OptionGroup var global: GlobalOptions
    @Option(help: .both("Tài khoản người giữ", "User name of the holder")) var holder: String?

    func perform(_ session: Session) async throws {
        try await session.list("/stamps", ["holder": holder], InstrumentTables.stamps)
    }
}
