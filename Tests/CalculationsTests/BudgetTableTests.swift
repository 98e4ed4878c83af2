// SPDX-License-Identifier: Apache-2.0
internal import Calculations
internal import FoundationEssentials
import Testing

@Suite("Budgets as tables, and their speed") struct BudgetTableTests {
    private static let multimeter = """
        {"id": "ea-s9", "title": "Multimeter", "inputs": [
        {"name": "ViX", "value": "100.1", "unit": "V", "distribution": "constant"},
        {"name": "VS", "value": "100", "unit": "V", "distribution": "normal", "U": "0.002", "k": "2"},
        {"name": "dViX", "value": "0", "unit": "V", "distribution": "rectangular", "half_width": "0.05"},
        {"name": "dVS", "value": "0", "unit": "V", "distribution": "rectangular", "half_width": "0.011"}],
        "outputs": [{"name": "EX", "unit": "V", "model": "ViX - VS + dViX - dVS"}],
        "coverage": {"method": "t", "p": "0.95", "dof": "truncate"}}
        """

    @Test func `a table has a row and a bar for each contribution, in both languages`() throws {
        let tables = try BudgetTable.tables(Array(Self.multimeter.utf8))
        let table = try #require(tables.first)
        #expect(
            table.english.joined(separator: "\n") == """
                ea-s9 · Multimeter

                Quantity  Estimate         u  Distribution     ν   c     |c|·u      %  Contribution
                ───────────────────────────────────────────────────────────────────────────────────────────────
                ViX [V]      100.1         0  constant         ∞   1         0    0.0
                VS [V]         100     0.001  normal, U and k  ∞  -1     0.001    0.1  █
                dViX [V]         0   0.02887  rectangular      ∞   1   0.02887   95.3  ████████████████████████
                dVS [V]          0  0.006351  rectangular      ∞  -1  0.006351    4.6  █████
                ───────────────────────────────────────────────────────────────────────────────────────────────
                Combined       0.1   0.02957  EX [V]           ∞       0.02957  100.0

                EX = (0.100 ± 0.058) V
                The expanded uncertainty U is the combined standard uncertainty multiplied by the coverage factor k = 1.96, which for a \
                normal distribution corresponds to a coverage probability of about 95 %.
                · dViX (rectangular) outweighs the rest; k = p·√3 (EA-4/02, S9) may suit better.
                """)
        let vietnamese = table.vietnamese.joined(separator: "\n")
        for phrase in ["Đại lượng", "100,1", "chữ nhật", "EX = (0,100 ± 0,058) V", "hệ số phủ k = 1,96", "lấn át"] {
            #expect(vietnamese.contains(phrase), "\(phrase) in\n\(vietnamese)")
        }
    }

    @Test func `every case has a table in both languages`() throws {
        let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
        let bytes = Array(try Data(contentsOf: URL(filePath: "/\(folder)/Cases/gum_budgets.json")))
        let tables = try BudgetTable.tables(bytes)
        #expect(tables.count >= 47)
        #expect(tables.allSatisfy { $0.vietnamese.count == $0.english.count && $0.english.count > 6 })
        #expect(try BudgetTable.tables(bytes, id: "gum-h2").count == 3)
        #expect(throws: CalculationError.self) { try BudgetTable.tables(bytes, id: "none") }
    }

    @Test func `a bad case is named`() {
        let bad = Self.multimeter.replacing(#""half_width": "0.05""#, with: #""half_width": "-1""#)
        let error = #expect(throws: CalculationError.self) { try BudgetTable.tables(Array(bad.utf8)) }
        #expect(error?.message.contains("ea-s9") == true && error?.message.contains("half_width") == true)
        #expect(throws: CalculationError.self) { try BudgetTable.tables(Array("[]".utf8)) }
        #expect(throws: CalculationError.self) { try BudgetTable.tables(Array(#"{"cases": []}"#.utf8)) }
    }

    @Test func `the benchmark answers with the figures of the case`() throws {
        let given = try CaseFile.named("own-pressure-balance", of: "gum_budgets")
        let answer = try BudgetBenchmark.run(Array(try JSONEncoder().encode(given)), seconds: 0.02)
        let report = try JSONDecoder().decode(JSONNode.self, from: Data(answer))
        #expect((report["budgets_per_second"]?.number ?? 0) > 0)
        let expected = try #require(given["expected"]?["p"])
        for (found, key) in zip(report["result"]?.list ?? [], ["y", "u_c", "nu_eff", "k", "U"]) {
            let number = try #require(expected[key]?.number)
            #expect(abs((found.number ?? 0) - number) <= 1e-9 * number, "\(key)")
        }
        #expect(throws: CalculationError.self) { try BudgetBenchmark.run(Array("{}".utf8), seconds: 1) }
        #expect(throws: CalculationError.self) { try BudgetBenchmark.run([], seconds: .nan) }
    }
}
