// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Freezes the test report of a sample under the next number.
struct ReportIssue: Verb {
    static let example = "etalon report issue M18-00012"
    static let configuration = described(
        "issue", "Lập phiếu kết quả với số tiếp theo", "Freezes a sample's report under the next number")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số mẫu", "Number of the sample")) var sample: String

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/reports", IssueReport(sample: sample))
        try session.show(record: answer, DocumentTables.document)
    }
}
