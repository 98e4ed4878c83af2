// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Shows a measurement: raw readings, checks, evidence, evaluation.
struct MeasurementShow: Verb {
    static let example = "etalon measurement show 1042"
    static let configuration = described(
        "show", "Xem một lần đo: số đọc, kiểm tra, tem niêm, đánh giá",
        "Shows a measurement: raw readings, checks, evidence, evaluation")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số lần đo", "Number of the measurement")) var id: Int64

    func perform(_ session: Session) async throws {
        try session.show(
            record: try await session.get("/measurements/\(id)"), InstrumentTables.measurement,
            [
                InstrumentTables.evaluation, InstrumentTables.readings, InstrumentTables.checks,
                InstrumentTables.evidence,
            ])
    }
}
