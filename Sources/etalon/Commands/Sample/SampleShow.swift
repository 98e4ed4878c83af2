// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Shows a sample with everything requested and found.
struct SampleShow: Verb {
    static let example = "etalon sample show M18-00012"
    static let configuration = described("show", "Xem mẫu, chỉ tiêu, diễn biến", "Shows a sample, its indicators and events")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số mẫu", "Number of the sample")) var number: String

    func perform(_ session: Session) async throws {
        let answer = try await session.get("/samples/\(step(number))")
        try session.show(record: answer, SampleTables.sample, [SampleTables.lines, SampleTables.sampleEvents])
    }
}
