// SPDX-License-Identifier: Apache-2.0

import Certificates
import Testing

@Suite("Mandatory content of a certificate of verification (24/2013/TT-BKHCN, Art. 41)")
struct MandatoryContentTests {
    private func codes(_ change: (inout DocumentContent) -> Void) -> [String] {
        var document = ExampleDocuments.verificationCertificate
        change(&document)
        return document.deficiencies().map(\.code)
    }

    @Test func `a complete certificate lacks nothing`() {
        #expect(ExampleDocuments.verificationCertificate.deficiencies() == [])
    }

    @Test(arguments: [
        FieldKey.object, .serialNumber, .manufacturer, .characteristics, .verificationMode,
    ])
    func `a missing line of the instrument is named`(_ key: FieldKey) {
        #expect(codes { $0.item.removeAll { $0.key == key } } == [key.rawValue])
        #expect(
            codes { $0.item = $0.item.map { $0.key == key ? LabelledValue(key, "  ") : $0 } } == [
                key.rawValue
            ])
    }

    @Test func `the result must read word for word as the circular has it`() {
        #expect(codes { $0.conclusion = BilingualText("Đạt") } == ["result_text"])
        #expect(codes { $0.conclusion = nil } == ["result_text"])
        #expect(codes { $0.conclusion = BilingualText(DocumentContent.passedText + ".") } == ["result_text"])
    }

    @Test func `a stamp needs series and number, or neither`() {
        #expect(codes { $0.evidence = VerificationEvidence(stampNumber: "01439") } == ["stamp"])
        #expect(codes { $0.evidence = VerificationEvidence(stampSeries: "17B") } == ["stamp"])
        #expect(codes { $0.evidence = VerificationEvidence() } == [])
        #expect(codes { $0.evidence = nil } == [])
    }

    @Test func `a method needs its number and its name`() {
        #expect(codes { $0.methods[0].name.vi = "" } == ["method"])
        #expect(codes { $0.methods = [] } == ["method"])
    }

    @Test func `a verifier without a card does not count as a verifier`() {
        #expect(codes { $0.signatures[0].card = nil } == ["verifier"])
        #expect(codes { $0.signatures.removeLast() } == ["head"])
    }

    @Test func `everything missing is said at once, each with its clause`() {
        var document = ExampleDocuments.verificationCertificate
        document.item = []
        document.methods = []
        document.validUntil = nil
        document.signatures = []
        document.number = nil
        let found = document.deficiencies()
        #expect(found.count == 10)
        #expect(
            found.allSatisfy { !$0.clause.isEmpty && !$0.text.vi.isEmpty && $0.text.en?.isEmpty == false })
    }

    @Test func `an amended document has a number of its own, and says why`() {
        let reason = BilingualText("Sửa tên cơ sở")
        #expect(codes { $0.amendment = AmendmentNotice(replaces: "0401 – 17", reason: reason) } == [])
        #expect(
            codes { $0.amendment = AmendmentNotice(replaces: "0412 – 17", reason: reason) } == [
                "amendment_number"
            ])
        #expect(
            codes { $0.amendment = AmendmentNotice(replaces: "0401 – 17", reason: BilingualText(" ")) }
                == ["amendment"])
    }

    @Test func `a row with too few cells is found before it is printed`() {
        let table = DocumentTable(
            columns: [
                TableColumn(heading: BilingualText("A")), TableColumn(heading: BilingualText("B")),
                TableColumn(heading: BilingualText("C")),
            ],
            rows: [["Vòi 1"], ["1", "2", "3"], ["1", "2"]])
        #expect(codes { $0.sections = [DocumentSection(table: table)] } == ["table_shape"])
    }

    @Test(arguments: ["2017-13-01", "16/03/2017", "2017-3-16", "", "2017-00-10", "hôm nay"])
    func `a date of issue that is no date is found`(_ date: String) {
        #expect(codes { $0.issuedOn = date } == ["issued_on"])
    }
}

@Suite("Mandatory content of reports (ISO/IEC 17025:2017, 7.8)")
struct ReportContentTests {
    private func codes(_ change: (inout DocumentContent) -> Void) -> [String] {
        var document = ExampleDocuments.testReport
        change(&document)
        return document.deficiencies().map(\.code)
    }

    @Test func `a complete report lacks nothing`() {
        #expect(ExampleDocuments.testReport.deficiencies() == [])
    }

    @Test(arguments: [
        FieldKey.object, .sampleCode, .condition, .receivedOn, .performedOn, .placeOfWork,
    ])
    func `a missing line of the sample is named`(_ key: FieldKey) {
        #expect(codes { $0.item.removeAll { $0.key == key } } == [key.rawValue])
    }

    @Test func `conformity is not stated without its decision rule`() {
        let verdict = TableColumn(key: .conformity, heading: BilingualText("Đánh giá"))
        let rule = DocumentStatement(.decisionRule, BilingualText("Chấp nhận đơn giản (ILAC-G8:09/2019)."))
        let stated: (inout DocumentContent) -> Void = {
            $0.sections[0].table?.columns.append(verdict)
            $0.sections[0].table?.rows = [["Độ đục", "0,42", "NTU", "SMEWW 2130 B:2012", "Đạt"]]
        }
        #expect(codes { stated(&$0) } == ["decision_rule"])
        #expect(
            codes {
                stated(&$0)
                $0.statements.append(rule)
            } == [])
    }

    @Test func `a report without results, statements or signature says all of it`() {
        let found = codes {
            $0.sections = []
            $0.statements = []
            $0.signatures = []
        }
        #expect(
            Set(found).isSuperset(of: ["results", "items_only", "reproduction", "authorised_by", "method"]))
    }

    @Test func `a calibration certificate shows uncertainty, standards and traceability`() {
        let found = codes { $0.kind = .calibrationCertificate }
        #expect(
            Set(found)
                == [
                    "expanded_uncertainty", "uncertainty_statement", "environment", "standards",
                    "traceability",
                ])
    }

    @Test func `labels and request slips need only their number`() {
        #expect(codes { $0.kind = .sampleLabel } == [])
        #expect(
            codes {
                $0.kind = .requestSlip
                $0.number = nil
            } == ["number"])
    }

    @Test(arguments: DocumentKind.allCases)
    func `every kind has a heading in both languages`(_ kind: DocumentKind) {
        #expect(!kind.title.vi.isEmpty && kind.title.en?.isEmpty == false)
    }

    @Test(arguments: FieldKey.allCases)
    func `every field has a label in both languages`(_ key: FieldKey) {
        #expect(!key.label.vi.isEmpty && key.label.en?.isEmpty == false)
    }
}
