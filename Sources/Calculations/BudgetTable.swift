// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
internal import Metrology

/// Budgets of cases as tables for people: aligned columns and a bar for each contribution.
package struct BudgetTable: Sendable {
    /// Identifier of the case, where it has one.
    package let id: String?
    /// Lines in Vietnamese: title, table, result, statement, remarks.
    package let vietnamese: [String]
    /// The same in English.
    package let english: [String]

    /// A document of cases, or a single case.
    private struct Document: Decodable {
        let cases: [Attempt]

        private enum CodingKeys: String, CodingKey {
            case cases
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            cases =
                container.contains(.cases) ? try container.decode([Attempt].self, forKey: .cases) : [try Attempt(from: decoder)]
        }
    }

    /// One case with what only people read.
    private struct Attempt: Decodable {
        let id: String?
        let title: String?
        let budget: GumBudgetCase

        private enum CodingKeys: String, CodingKey {
            case id, title
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.decodeIfPresent(String.self, forKey: .id)
            title = try container.decodeIfPresent(String.self, forKey: .title)
            budget = try GumBudgetCase(from: decoder)
        }
    }

    /// Tables of every output of every case.
    ///
    /// - Parameters:
    ///   - json: A case of the kind `gum_budgets`, or a document of them.
    ///   - id: Only the case with this identifier.
    /// - Throws: ``CalculationError`` for the first case that cannot be evaluated, naming it.
    package static func tables(_ json: [UInt8], id: String? = nil) throws(CalculationError) -> [BudgetTable] {
        let document: Document
        do {
            document = try JSONDecoder().decode(Document.self, from: Data(json))
        } catch let error as DecodingError {
            throw CalculationError(reading: error)
        } catch {
            throw .invalid("document", "\(error)")
        }
        let wanted = document.cases.filter { id == nil || $0.id == id }
        guard !wanted.isEmpty else { throw .invalid("cases", id.map { "no case has the id '\($0)'" } ?? "is empty") }
        var tables: [BudgetTable] = []
        for attempt in wanted {
            do throws(CalculationError) {
                for report in try attempt.budget.reports() {
                    tables.append(BudgetTable(report, id: attempt.id, title: attempt.title))
                }
            } catch {
                guard let id = attempt.id else { throw error }
                throw CalculationError(code: error.code, message: "\(id): \(error.message)")
            }
        }
        return tables
    }

    private init(_ report: BudgetReport, id: String?, title: String?) {
        self.id = id
        let heading = [id, title].compactMap(\.self).joined(separator: " · ")
        vietnamese = Self.lines(report, heading, BudgetTableLayout.vietnamese) { $0.vietnamese }
        english = Self.lines(report, heading, BudgetTableLayout.english) { $0.english }
    }

    private static func lines(
        _ report: BudgetReport, _ heading: String, _ layout: BudgetTableLayout, _ word: (BilingualWording) -> String
    ) -> [String] {
        var lines = heading.isEmpty ? [] : [heading, ""]
        lines += layout.table(report, word)
        lines += ["", word(report.result), word(report.statement)]
        lines += report.warnings.filter { $0 != .correlatedDegreesOfFreedom || report.output.coverageFactor != nil }
            .map { "! \(word($0.sentence))" }
        if let remark = report.dominanceRemark { lines.append("· \(word(remark))") }
        return lines
    }
}

/// Columns of a budget table in one language.
struct BudgetTableLayout: Sendable {
    private let headings: [String]
    private let sum: String
    private let decimalSign: Character

    static let vietnamese = BudgetTableLayout(
        headings: ["Đại lượng", "Ước lượng", "u", "Phân bố", "ν", "c", "|c|·u", "%", "Đóng góp"], sum: "Tổng hợp",
        decimalSign: ",")
    static let english = BudgetTableLayout(
        headings: ["Quantity", "Estimate", "u", "Distribution", "ν", "c", "|c|·u", "%", "Contribution"], sum: "Combined",
        decimalSign: ".")

    /// Columns with words, which stand at the left.
    private static let wordColumns: Set<Int> = [0, 3, 8]
    /// Blocks of the longest bar.
    private static let longestBar = 24

    /// Head, a row for each input, and the combined uncertainty.
    func table(_ report: BudgetReport, _ word: (BilingualWording) -> String) -> [String] {
        let largest = report.rows.map(\.contribution).max() ?? 0
        var cells = [headings]
        for row in report.rows {
            cells.append([
                name(row.name, row.unit), number(row.estimate, digits: 10), number(row.standardUncertainty),
                word(row.distribution),
                number(row.degreesOfFreedom), number(row.sensitivity), number(row.contribution), percent(row.share),
                bar(row.contribution, of: largest),
            ])
        }
        let output = report.output
        cells.append([
            sum, number(output.value, digits: 10), number(output.combinedStandardUncertainty), name(report.name, report.unit),
            output.effectiveDegreesOfFreedom.map { number($0) } ?? "–", "", number(output.combinedStandardUncertainty),
            percent(output.combinedStandardUncertainty > 0 ? 1 : 0), "",
        ])
        var lines = aligned(cells)
        let rule = String(repeating: "─", count: lines.map(\.count).max() ?? 0)
        lines.insert(rule, at: 1)
        lines.insert(rule, at: lines.count - 1)
        return lines
    }

    private func aligned(_ cells: [[String]]) -> [String] {
        let widths = headings.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        return cells.map { row in
            var line = ""
            for (column, text) in row.enumerated() {
                let padding = String(repeating: " ", count: widths[column] - text.count)
                line += (column > 0 ? "  " : "") + (Self.wordColumns.contains(column) ? text + padding : padding + text)
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    private func name(_ name: String, _ unit: String) -> String { unit.isEmpty ? name : "\(name) [\(unit)]" }

    private func number(_ value: Double, digits: Int = 4) -> String {
        BudgetNumber(value, digits: digits).text(decimalSign: decimalSign)
    }

    /// Share with one decimal place.
    private func percent(_ share: Double) -> String {
        // A share that is no number is shown as a dash.
        guard let decimal = try? DecimalNumber(approximating: share * 100, significantDigits: 12, mode: .halfEven),
            let rounded = try? decimal.rounded(toScale: 1, mode: .halfEven)
        else { return number(share * 100) }
        return rounded.text(decimalSign: decimalSign)
    }

    /// Bar in proportion to the contribution; one block at least for whatever contributes a hundredth of the largest.
    private func bar(_ contribution: Double, of largest: Double) -> String {
        guard largest > 0, contribution >= largest / 100 else { return "" }
        let blocks = (contribution / largest * Double(Self.longestBar)).rounded()
        return String(repeating: "█", count: max(1, Int(blocks)))
    }
}
