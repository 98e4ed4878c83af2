// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Explains why an instrument, or another subject, is due when it is.
struct DueWhy: Verb {
    static let example = "etalon due why PTD-00001 --as-of 2018-06-30"
    static let configuration = described("why", "Vì sao đến hạn vào ngày đó", "Why it is due when it is")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Mã phương tiện đo", "Code of the instrument")) var instrument: String
    @Option(help: .both("Tính đến ngày; mặc định hôm nay", "As of that day; today when absent")) var asOf: String?
    @Option(help: "instrument, standard, verifier_card, designation, accreditation, sample") var subject: String?
    @Option(help: "verification, calibration, certification …") var kind: String?

    func perform(_ session: Session) async throws {
        let answer = try await session.get("/due/\(step(instrument))", ["as_of": asOf, "subject": subject, "kind": kind])
        try session.show(record: answer, OversightTables.explanation, [OversightTables.steps])
    }
}
