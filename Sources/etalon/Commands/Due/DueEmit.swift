// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser
import Glibc
import Vocabulary

/// Emits the due list of a date into three files, chained to the run before.
struct DueEmit: Verb {
    static let example = "etalon due emit --on 2018-06-30 --within 30d --out /var/lib/etalon/due"
    static let configuration = described(
        "emit", "Ghi danh sách đến hạn của một ngày ra csv, json và manifest",
        "Writes the due list of a date as csv, json and manifest")

    @OptionGroup var global: GlobalOptions
    @Option(help: .both("Ngày; mặc định hôm nay", "Date; today when absent")) var on: String?
    @Option(help: .both("Số ngày tới, ví dụ 30d", "Days ahead, such as 30d")) var within: DaySpan?
    @Option(help: .both("Thư mục ghi vào", "Folder to write into")) var out: String

    func perform(_ session: Session) async throws {
        // A run that cannot be written would still stand in the chain.
        try WrittenFile.makeFolder(out)
        guard access(out, W_OK | X_OK) == 0 else {
            throw Failure(Phrase.fileUnwritable.filled(["file": out], why: SystemReason.text(errno)))
        }
        let answer = try await session.post("/due-runs", EmitDueList(on: on, within: within?.days))
        let files = try session.read(DueRunFiles.self, answer)
        guard Self.isDate(files.asOf) else { throw Failure.unexpectedAnswer }
        // The manifest comes last: where it stands, what it vouches for is complete.
        for (ending, text) in [("csv", files.csv), ("json", files.json), ("manifest.json", files.manifest)] {
            try session.write(Array(text.utf8), to: "\(out)/due-\(files.asOf).\(ending)")
        }
        try session.show(record: Array(files.manifest.utf8), OversightTables.emitted)
    }

    /// Whether a text can stand in a file's name as a date.
    private static func isDate(_ text: String) -> Bool {
        text.utf8.count == 10 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
    }
}
