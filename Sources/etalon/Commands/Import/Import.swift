// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Brings in registers from CSV files, after a dry run.
struct Import: Verb {
    /// What can be brought in.
    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case customers, sites, instruments, standards, cards, stamps
    }

    static let example = "etalon import customers khach-hang.csv --apply"
    static let configuration = described(
        "import", "Nhập danh bạ từ tệp CSV; không có --apply thì chỉ kiểm tra",
        "Brings in a register from a CSV file; without --apply only checks it")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Danh bạ nào", "Which register")) var kind: Kind
    @Argument(help: .both("Tệp CSV; - là đầu vào chuẩn", "CSV file; - is standard input")) var file: String?
    @Flag(help: .both("Ghi thật", "Write, all rows or none")) var apply = false
    @Flag(help: .both("In tệp mẫu", "Print an example file")) var example = false

    func validate() throws { try BulkImport.check(file: file, example: example) }

    func perform(_ session: Session) async throws {
        try await BulkImport(kind: kind.rawValue, file: file, apply: apply).perform(session)
    }
}
