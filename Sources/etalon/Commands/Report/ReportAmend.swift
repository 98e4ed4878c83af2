// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Replaces a report by a new one; the first stays retrievable.
struct ReportAmend: Verb {
    static let example = #"etalon report amend 00012/TN-2018 --reason "sửa tên mẫu""#
    static let configuration = described(
        "amend", "Lập phiếu thay thế; phiếu cũ vẫn xem được", "Replaces a report; the first stays retrievable")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số phiếu được thay", "Label of the report that is replaced")) var label: String
    @Option(help: .both("Sửa gì và vì sao", "What changed and why")) var reason: String

    func perform(_ session: Session) async throws {
        let old = try session.read(DocumentView.self, try await session.get("/documents/\(step(label))"))
        guard let sample = old.sample else { throw Failure(Phrase.needsSample.filled(["label": label])) }
        let answer = try await session.post("/reports", IssueReport(sample: sample, amends: label, reason: reason))
        try session.show(record: answer, DocumentTables.document)
    }
}
