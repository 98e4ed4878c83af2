// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Calculations

/// Answers a document of cases of one kind: JSON in, JSON out.
struct MetrologySolve: Verb {
    static let example = "etalon metrology solve gum_budgets budgets.json"
    static let configuration = described(
        "solve", "Giải tệp bài toán JSON của một loại; bài hỏng có lỗi riêng, các bài khác vẫn được giải",
        "Answers a JSON document of cases of one kind; a bad case has its own error, the others are answered")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Loại bài toán", "Kind of calculation")) var kind: CalculationKind
    @Argument(help: .both("Tệp JSON; - là đầu vào chuẩn", "JSON file; - is standard input")) var file: String = "-"

    func perform(_ session: Session) async throws {
        let bytes = try WrittenFile.contents(file)
        do {
            session.output(String(decoding: try kind.solve(bytes), as: UTF8.self) + "\n")
        } catch {
            throw Failure(Phrase.calculationUnreadable.filled(["file": file, "why": error.message]))
        }
    }
}

extension CalculationKind: ExpressibleByArgument {}
