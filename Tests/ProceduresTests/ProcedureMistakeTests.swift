// SPDX-License-Identifier: Apache-2.0
import Catalogue
import Procedures
import Testing

@Suite("Mistakes in a procedure file")
struct ProcedureMistakeTests {
    static let file = """
        code: HC-X
        version: "HC-X:2026"
        vi: "Thước"
        en: "Ruler"
        kind: calibration
        types: ["C-RULER"]
        valid_from: 2026-01-01
        source: "test"
        confidence: low
        standards:
          - {kind: gauge_block, vi: "Căn mẫu", en: "Gauge block", required: true}
        characteristics:
          - {key: span_mm, symbol: span, unit: mm, vi: "Phạm vi", en: "Range"}
        readings:
          - {name: indicated, symbol: I, unit: mm, vi: "Số chỉ", en: "Indication"}
          - {name: reference, symbol: R, unit: mm, vi: "Chuẩn", en: "Reference"}
        points:
          - {code: p, nominal: span/2, unit: mm, repetitions: 2, vi: "Giữa", en: "Middle"}
        results:
          - code: error
            vi: "Sai số"
            en: "Error"
            of: point
            model: mean(I - R) - d
            unit: mm
            inputs:
              - {symbol: d, from: certificate, standard: gauge_block, unit: mm, vi: "Chuẩn", en: "Standard"}
            coverage: {factor: "2"}
        examples:
          - name: "two readings"
            source: "by hand"
            instrument: {span_mm: 100}
            standards: {gauge_block: {expanded_uncertainty: "0.002", coverage_factor: 2}}
            readings:
              - {point: p, repetition: 1, indicated: "50.010", reference: "50.000"}
              - {point: p, repetition: 2, indicated: "50.012", reference: "50.000"}
            outcome: calibrated
            results:
              - {result: error, point: p, value: "0.0110", expanded_uncertainty: "0.0020", coverage_factor: "2.00"}
        """

    @Test func `the file without a mistake is read`() throws {
        let version = try ProcedureFile.read(Self.file, name: "x.yaml")
        #expect(version.content.results.map(\.code) == ["error"])
    }

    @Test(arguments: [
        ("unit: mm, vi: \"Số chỉ\"", "unit: mmm, vi: \"Số chỉ\"", 15, "no unit 'mmm'"),
        ("model: mean(I - R) - d", "model: mean(I - R) - e", 24, "'e' is no input"),
        ("model: mean(I - R) - d", "model: mean(I - R - d", 24, "parenthesis"),
        ("model: mean(I - R) - d", "model: mean(I)*mean(R) - d", 24, "mm"),
        ("model: mean(I - R) - d", "model: I - R - d", 24, "series of readings"),
        ("    unit: mm\n    inputs", "    unit: kg\n    inputs", 24, "not kg"),
        ("standard: gauge_block, unit", "standard: ruler, unit", 27, "name a kind of standard"),
        ("coverage: {factor: \"2\"}", "coverage: {factor: \"0\"}", 28, "greater than 0"),
        ("nominal: span/2", "nominal: spam/2", 18, "'spam' is no input"),
        ("repetitions: 2, vi", "repetition: 2, vi", 18, "unknown key 'repetition', nearest known key 'repetitions'"),
        ("nominal: span/2", "nominal: 0.5", 18, "quote it"),
        ("value: \"0.0110\"", "value: \"0.0111\"", 39, "comes out as 0.0110, not 0.0111"),
        ("expanded_uncertainty: \"0.0020\"", "expanded_uncertainty: \"0.0021\"", 39, "comes out as 0.0020"),
        ("outcome: calibrated", "outcome: pass", 37, "calibrated"),
        ("{point: p, repetition: 2, indicated", "{point: q, repetition: 2, indicated", 36, "no point 'q'"),
        ("  - {name: reference, symbol: R", "  - {name: reference, symbol: I", 16, "already stands for another quantity"),
        ("  - {name: indicated", "  - {name: shown", 15, "no reading is named 'indicated'"),
    ])
    func `a mistake is told with its line and what would help`(
        right: String, wrong: String, line: Int, words: String
    ) throws {
        let planted = Self.file.replacing(right, with: wrong)
        #expect(planted != Self.file)
        let error = try #require(throws: CatalogueError.self) { try ProcedureFile.read(planted, name: "x.yaml") }
        let found = error.findings.contains { $0.line == line && $0.problem.sentence.contains(words) && $0.column > 0 }
        #expect(found, "\(error)")
    }

    @Test func `a formula that would take the machine down is refused`() {
        let deep = String(repeating: "(", count: 100_000)
        let planted = Self.file.replacing("model: mean(I - R) - d", with: "model: \"\(deep)\"")
        #expect(throws: CatalogueError.self) { try ProcedureFile.read(planted, name: "x.yaml") }
    }

    @Test(arguments: [
        "? *a9\n: 1\n", "{*a9: 1}: 1\n", "statements: *a9\n", "examples: [{instrument: *a9}]\n", "x: \"&\"\n", "x: \"it's\"\n",
    ])
    func `aliases that blow a file up are refused before they are counted`(tail: String) throws {
        var bomb = "\u{FEFF}a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            bomb += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ","))]\n"
        }
        let error = try #require(throws: CatalogueError.self) { try ProcedureFile.read(bomb + tail, name: "x.yaml") }
        #expect(error.findings.map(\.line) == [1] && error.description.contains("anchors and aliases"), "\(error)")
    }

    @Test func `an ampersand in a text is no anchor`() throws {
        let text = Self.file.replacing("en: \"Ruler\"", with: "en: \"Ruler & R&D\"")
        #expect(try ProcedureFile.read(text, name: "x.yaml").nameEn == "Ruler & R&D")
    }
}

extension ProcedureMistakeTests {
    @Test(arguments: [
        ("repetitions: 2", "repetitions: 9223372036854775807", "a whole number from 1 to 1000"),
        ("repetitions: 2", "repetitions: 0", "a whole number from 1 to 1000"),
        ("repetitions: 2", "repetitions: \"1.5\"", "a whole number from 1 to 1000"),
        ("model: mean(I - R) - d", "model: mean(I - R)", "the model does not use 'd'"),
        ("coverage: {factor: \"2\"}", "coverage: {factor: \"2\", probability: \"0.95\"}", "not both"),
        (
            "    inputs:\n      - {symbol: d, from: certificate, standard: gauge_block, unit: mm, vi: \"Chuẩn\", en: \"Standard\"}\n",
            "", "no 'inputs'"
        ),
    ])
    func `what would be left out in silence, or take the machine down, is a fault`(
        right: String, wrong: String, words: String
    ) throws {
        let planted = Self.file.replacing(right, with: wrong)
        #expect(planted != Self.file)
        let error = try #require(throws: CatalogueError.self) { try ProcedureFile.read(planted, name: "x.yaml") }
        #expect(error.findings.contains { $0.problem.sentence.contains(words) }, "\(error)")
    }

    @Test func `kelvins are not degrees Celsius`() throws {
        let warm = Self.file.replacing("unit: mm, vi: \"Số chỉ\"", with: "unit: K, vi: \"Số chỉ\"")
            .replacing("unit: mm, vi: \"Chuẩn\"", with: "unit: K, vi: \"Chuẩn\"")
            .replacing("model: mean(I - R) - d", with: "model: mean(I) - d").replacing(
                "    unit: mm\n    inputs", with: "    unit: \"°C\"\n    inputs")
        let error = try #require(throws: CatalogueError.self) { try ProcedureFile.read(warm, name: "x.yaml") }
        #expect(error.description.contains("not °C"), "\(error)")
    }

    @Test func `a certificate without k is not taken for k = 2`() throws {
        let planted = Self.file.replacing(", coverage_factor: 2}}", with: ", unit: mm}}")
        let error = try #require(throws: CatalogueError.self) { try ProcedureFile.read(planted, name: "x.yaml") }
        #expect(error.description.contains("`coverage_factor`"), "\(error)")
    }
}
