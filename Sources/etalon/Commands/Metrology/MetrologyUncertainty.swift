// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Calculations

/// Shows an uncertainty budget as a table with a bar for each contribution, the rounded result and the statement of coverage.
struct MetrologyUncertainty: Verb {
    static let example = "etalon metrology uncertainty Examples/metrology/end-gauge.json"
    static let configuration = described(
        "uncertainty", "Bảng độ không đảm bảo đo: từng thành phần, kết quả đã làm tròn, câu phát biểu",
        "An uncertainty budget as a table: each contribution, the rounded result, the statement")

    @OptionGroup var global: GlobalOptions
    @Argument(
        help: .both("Tệp JSON, bài gum_budgets; - là đầu vào chuẩn", "JSON file, a case of gum_budgets; - is standard input"))
    var file: String
    @Option(help: .both("Chỉ bài có mã này", "Only the case with this id")) var id: String?

    func perform(_ session: Session) async throws {
        let bytes = try WrittenFile.contents(file)
        do {
            if session.presentation.format == .json {
                let answer = try CalculationKind.gumBudgets.solve(bytes)
                return session.output(String(decoding: answer, as: UTF8.self) + "\n")
            }
            for table in try BudgetTable.tables(bytes, id: id) {
                let lines = session.language == .vi ? table.vietnamese : table.english
                session.output(lines.joined(separator: "\n") + "\n")
            }
        } catch {
            throw Failure(Phrase.calculationUnreadable.filled(["file": file, "why": error.message]))
        }
    }
}
