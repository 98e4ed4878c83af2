// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Enters results from a CSV file, after a dry run.
struct ResultImport: Verb {
    static let example = "etalon result import Examples/cli/results.csv --apply"
    static let configuration = described(
        "import", "Nhập kết quả từ tệp CSV; không có --apply thì chỉ kiểm tra",
        "Enters results from a CSV file; without --apply only checks it")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Tệp CSV; - là đầu vào chuẩn", "CSV file; - is standard input")) var file: String?
    @Flag(help: .both("Ghi thật", "Write, all rows or none")) var apply = false
    @Flag(help: .both("In tệp mẫu", "Print an example file")) var example = false

    func validate() throws { try BulkImport.check(file: file, example: example) }

    func perform(_ session: Session) async throws {
        try await BulkImport(kind: "results", file: file, apply: apply).perform(session)
    }
}
