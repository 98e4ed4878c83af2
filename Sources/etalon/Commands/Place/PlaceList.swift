// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Lists administrative units as they were on a day.
struct PlaceList: Verb {
    static let example = "etalon place list --on 2017-06-30"
    static let configuration = described(
        "list", "Đơn vị hành chính vào một ngày", "Administrative units as they were on a day")

    @OptionGroup var global: GlobalOptions
    @Option(help: .both("Ngày; mặc định hôm nay", "Day; today when absent")) var on: String?

    func perform(_ session: Session) async throws {
        try await session.list("/places", ["on": on], PartyTables.places)
    }
}
