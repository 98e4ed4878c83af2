// SPDX-License-Identifier: Apache-2.0

import LaboratoryModel
import Metrology
import Testing

@Suite("Results as technicians type them")
struct ReportedValueTests {
    private func kind(_ typed: String, classes: [String] = []) throws -> ReportedValue.Kind {
        try ReportedValue(parsing: typed, classes: classes).kind
    }

    private func decimal(_ text: String) throws -> DecimalNumber { try DecimalNumber(parsing: text) }

    @Test func `numbers are values, with comma or point`() throws {
        #expect(try kind("0,05") == .value(decimal("0.05")))
        #expect(try kind(" 7.20 ") == .value(decimal("7.2")))
        #expect(try kind("-0,4") == .value(decimal("-0.4")))
        #expect(try kind("1,1×10^3") == .value(decimal("1100")))
        #expect(try kind("1e-3") == .value(decimal("0.001")))
    }

    @Test(arguments: ["<0.05", "< 0,05", "<0,050"])
    func `a value below the limit of quantification is no value`(typed: String) throws {
        #expect(try kind(typed) == .belowLOQ(limit: decimal("0.05")))
    }

    @Test func `LOQ and LOD may be written as words`() throws {
        #expect(try kind("<LOQ") == .belowLOQ(limit: nil))
        #expect(try kind("< LOQ (0,05)") == .belowLOQ(limit: decimal("0.05")))
        #expect(try kind("<LOD: 0,1") == .belowLOD(limit: decimal("0.1")))
        #expect(try kind("<LOD") == .belowLOD(limit: nil))
    }

    @Test(arguments: [
        "KPH", "kph", "ND", "nd", "Không phát hiện", "không phát hiện", "khong phat hien", "KPH/25 g",
        "Not detected",
    ])
    func `not detected is written in several ways`(typed: String) throws {
        #expect(try kind(typed) == .belowLOD(limit: nil))
    }

    @Test(arguments: [
        "KPH (LOD: 0,1)", "KPH (LOD=0.1)", "ND (LOD 0,1 mg/kg)", "KPH(<0,1)", "Không phát hiện (LOD: 0,1)",
    ])
    func `not detected may name its limit`(typed: String) throws {
        #expect(try kind(typed) == .belowLOD(limit: decimal("0.1")))
    }

    @Test func `a value above the range of the method`() throws {
        #expect(try kind(">10") == .above(limit: decimal("10")))
        #expect(try kind("> 1,5e3") == .above(limit: decimal("1500")))
    }

    @Test(arguments: ["10-12", "10÷12", "10 – 12", "10 ~ 12", "10,0÷12,0"])
    func `a range has two numbers`(typed: String) throws {
        #expect(try kind(typed) == .range(low: decimal("10"), high: decimal("12")))
    }

    @Test func `ranges of negative numbers and of powers of ten`() throws {
        #expect(try kind("-5--3") == .range(low: decimal("-5"), high: decimal("-3")))
        #expect(try kind("1e-3-2e-3") == .range(low: decimal("0.001"), high: decimal("0.002")))
        #expect(throws: ReportedValueError.rangeReversed("12-10")) { try kind("12-10") }
    }

    @Test(arguments: [
        ("Âm tính", QualitativeFinding.negative), ("A\u{302}m ti\u{301}nh", .negative),
        ("am tinh", .negative),
        ("neg", .negative), ("Dương tính", .positive), ("POS", .positive), ("Đạt", .passed), ("đạt", .passed),
        ("Không đạt", .failed), ("khong dat", .failed),
    ])
    func `findings in words`(typed: String, finding: QualitativeFinding) throws {
        #expect(try kind(typed) == .qualitative(finding))
    }

    @Test func `a class counts only where the method knows it`() throws {
        #expect(try kind("1A", classes: ["1a", "1b", "2a"]) == .classified("1a"))
        #expect(throws: ReportedValueError.unrecognised("1a")) { try kind("1a") }
    }

    @Test(arguments: ["Không thử", "n/a", "-", "—"])
    func `not measured is written, never left empty`(typed: String) throws {
        #expect(try kind(typed) == .notMeasured)
    }

    @Test(arguments: ["", "   ", "\t"])
    func `an empty field is an error and never zero`(typed: String) {
        #expect(throws: ReportedValueError.empty) { try ReportedValue(parsing: typed) }
    }

    @Test(arguments: ["≤0,05", "≥ 3", "<=5", ">= 5"])
    func `a limit is not a result`(typed: String) {
        #expect(throws: ReportedValueError.limitSign(typed)) { try ReportedValue(parsing: typed) }
    }

    @Test(arguments: [
        "5 mg", "abc", "<", ">", "KPH (0,1)", "KPH (LOD:)", "KPHx", "<abc", "10-", "1-2-x", "KPH/",
    ])
    func `anything else is refused`(typed: String) {
        #expect(throws: (any Error).self) { try ReportedValue(parsing: typed) }
    }

    @Test func `a number with thousands separators is refused with its remedy`() {
        #expect(throws: ReportedValueError.number(.ambiguousSeparator("1.234,5"))) { try kind("1.234,5") }
        #expect(throws: ReportedValueError.number(.ambiguousSeparator("1 000"))) { try kind("<1 000") }
    }

    @Test func `the text stays as typed`() throws {
        #expect(try ReportedValue(parsing: " KPH (LOD: 0,10) ").text == "KPH (LOD: 0,10)")
        #expect(try ReportedValue(parsing: "0,50").text == "0,50")
        #expect(try ReportedValue(parsing: "0,50").kind.number?.description == "0.50")
        #expect(try kind("10÷12").upperNumber == decimal("12"))
        #expect(try kind("KPH").code == "below_lod")
    }

    @Test func `numbers that cannot be are found`() throws {
        let acidity = PhysicalBounds(
            try LimitInterval(lower: .init(decimal("0")), upper: .init(decimal("14")))
        )
        for (typed, isPossible) in [
            ("7,2", true), ("14", true), ("14,1", false), ("-1", false), ("6-15", false), ("KPH", true),
        ] {
            #expect(try acidity.permits(ReportedValue(parsing: typed)) == isPossible, "\(typed)")
        }
    }
}

@Suite("Results against limits (simple acceptance)")
struct LimitCheckTests {
    private func interval(_ lower: String?, _ upper: String?, upperIncluded: Bool = true) throws
        -> SpecificationLimit
    {
        .interval(
            try LimitInterval(
                lower: lower.map { .init(try DecimalNumber(parsing: $0)) },
                upper: upper.map { .init(try DecimalNumber(parsing: $0), isIncluded: upperIncluded) }
            )
        )
    }

    private func verdict(_ typed: String, _ limit: SpecificationLimit, lod: String? = nil) throws
        -> LimitVerdict
    {
        let lod = try lod.map { try DecimalNumber(parsing: $0) }
        return try LimitCheck(limit: limit, detectionLimit: lod)
            .verdict(on: ReportedValue(parsing: typed, classes: ["1a", "1b", "2a"]))
    }

    @Test(arguments: [
        ("3", LimitVerdict.within), ("3,0", .within), ("3,01", .outside), ("<3", .within),
        ("<5", .undecidable),
        (">3", .outside), (">2", .undecidable), ("2-3", .within), ("2-4", .undecidable), ("4-5", .outside),
        ("KPH (LOD: 0,1)", .within), ("KPH (LOD: 5)", .undecidable), ("KPH", .undecidable),
        ("không thử", .notApplicable),
        ("Đạt", .undecidable),
    ])
    func `against at most 3`(typed: String, expected: LimitVerdict) throws {
        #expect(try verdict(typed, interval(nil, "3")) == expected)
    }

    @Test func `not detected without a limit takes the limit of the method`() throws {
        #expect(try verdict("KPH", interval(nil, "3"), lod: "0.5") == .within)
        #expect(try verdict("KPH", interval(nil, "3"), lod: "4") == .undecidable)
    }

    @Test(arguments: [
        ("3", LimitVerdict.outside), ("2,99", .within), ("<3", .within), ("<3,1", .undecidable),
    ])
    func `against less than 3`(typed: String, expected: LimitVerdict) throws {
        #expect(try verdict(typed, interval(nil, "3", upperIncluded: false)) == expected)
    }

    @Test(arguments: [
        ("92", LimitVerdict.within), ("91,9", .outside), (">95", .within), ("<92", .outside),
        ("<93", .undecidable),
    ])
    func `against at least 92`(typed: String, expected: LimitVerdict) throws {
        #expect(try verdict(typed, interval("92", nil)) == expected)
    }

    @Test(arguments: [("6", LimitVerdict.within), ("8,5", .within), ("8,6", .outside), ("5,99", .outside)])
    func `against 6,0 to 8,5`(typed: String, expected: LimitVerdict) throws {
        #expect(try verdict(typed, interval("6.0", "8.5")) == expected)
    }

    @Test(arguments: [
        ("KPH", LimitVerdict.within), ("Âm tính", .within), ("Dương tính", .outside), ("0,2", .outside),
        ("0", .undecidable),
        ("<0,1", .undecidable), (">10", .outside), (">0", .outside),
    ])
    func `against not detected`(typed: String, expected: LimitVerdict) throws {
        #expect(try verdict(typed, .notDetected) == expected)
    }

    @Test func `against findings, classes and nothing`() throws {
        #expect(try verdict("Đạt", .finding(.passed)) == .within)
        #expect(try verdict("Không đạt", .finding(.passed)) == .outside)
        #expect(try verdict("Âm tính", .finding(.passed)) == .undecidable)
        #expect(try verdict("KPH/25 g", .finding(.negative)) == .within)
        #expect(try verdict("1a", .classes(["1a"])) == .within)
        #expect(try verdict("2a", .classes(["1a", "1b"])) == .outside)
        #expect(try verdict("5", .reportOnly) == .notApplicable)
    }

    @Test func `an interval without a number is refused`() throws {
        #expect(throws: LimitError.empty) { try LimitInterval(lower: nil, upper: nil) }
        #expect(throws: LimitError.empty) { try LimitInterval(lower: .init(.one), upper: .init(.zero)) }
        #expect(throws: LimitError.empty) {
            try LimitInterval(lower: .init(.one), upper: .init(.one, isIncluded: false))
        }
    }
}
