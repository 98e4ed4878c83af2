// SPDX-License-Identifier: Apache-2.0
internal import Certificates
internal import LabStore
internal import LaboratoryModel

/// Composes the frozen content of a test report (ISO/IEC 17025:2017, 7.8.2).
enum TestReportContent {
    static func make(_ facts: ReportFacts, _ frame: DocumentFrame, identity: DocumentIdentity) -> DocumentContent {
        let judged = facts.lines.contains { $0.lower != nil || $0.upper != nil || $0.textLimit != nil }
        let days = facts.lines.compactMap(\.testedOn).sorted()
        var item = [
            LabelledValue(.object, facts.matrixVi, en: facts.matrixEn),
            LabelledValue(.sampleCode, facts.number),
            LabelledValue(.description, facts.description),
            LabelledValue(.condition, facts.condition ?? "Bình thường", en: facts.condition == nil ? "Normal" : nil),
            LabelledValue(.receivedOn, printed(facts.receivedOn)),
            LabelledValue(.performedOn, period(days, frame)),
            LabelledValue(.placeOfWork, "Tại Trung tâm", en: "At the Centre"),
        ]
        if let quantity = facts.quantity { item.append(LabelledValue(.quantity, quantity)) }
        var statements = [StandingStatements.itemsOnly, StandingStatements.reproduction]
        if judged { statements.append(StandingStatements.simpleAcceptance) }
        if facts.lines.contains(where: \.subcontracted) {
            statements.append(
                DocumentStatement(
                    .subcontracted,
                    BilingualText("(*) Chỉ tiêu do nhà thầu phụ thử nghiệm.", en: "(*) Tested by a subcontractor.")))
        }
        return DocumentContent(
            kind: .testReport, number: identity.label, issuedPlace: frame.place, issuedOn: "\(frame.day)",
            laboratory: frame.laboratory,
            customer: CustomerParty(name: facts.customerName, address: facts.customerAddress, site: facts.siteName),
            item: item, sections: [DocumentSection(table: table(facts, judged: judged))], statements: statements,
            notes: specification(facts),
            signatures: [
                frame.signature("laboratory_head", role: .laboratoryHead), frame.signature("head", role: .head),
            ].compactMap { $0 },
            amendment: frame.amendment, accessCode: identity.code, checkURL: identity.checkURL)
    }

    private static func period(_ days: [String], _ frame: DocumentFrame) -> String {
        guard let first = days.first, let last = days.last else { return printed("\(frame.day)") }
        return first == last ? printed(first) : "\(printed(first)) – \(printed(last))"
    }

    private static func specification(_ facts: ReportFacts) -> [BilingualText] {
        guard let name = facts.specificationVi else { return [] }
        return [
            BilingualText(
                "Mức quy định: \(name) (\(facts.specificationVersion ?? ""))",
                en: "Limits: \(facts.specificationEn ?? "") (\(facts.specificationVersion ?? ""))")
        ]
    }

    private static func table(_ facts: ReportFacts, judged: Bool) -> DocumentTable {
        var columns = [
            TableColumn(key: .indicator, heading: BilingualText("Chỉ tiêu", en: "Indicator"), alignment: .left, weight: 3),
            TableColumn(key: .method, heading: BilingualText("Phương pháp", en: "Method"), alignment: .left, weight: 2),
            TableColumn(key: .unit, heading: BilingualText("Đơn vị", en: "Unit"), alignment: .center, weight: 1),
            TableColumn(key: .result, heading: BilingualText("Kết quả", en: "Result"), alignment: .right, weight: 1.4),
        ]
        if judged {
            columns.append(
                TableColumn(key: .limit, heading: BilingualText("Mức quy định", en: "Limit"), alignment: .right, weight: 1.4))
            columns.append(
                TableColumn(
                    key: .conformity, heading: BilingualText("Đánh giá", en: "Conformity"), alignment: .center, weight: 1.2))
        }
        let rows = facts.lines.map { line in
            let name = "\(line.nameVi)\(line.subcontracted ? " (*)" : "")\n\(line.nameEn)"
            var cells = [name, line.method, line.unit, result(line)]
            if judged { cells += [limit(line), conformity(line)] }
            return cells
        }
        return DocumentTable(columns: columns, rows: rows)
    }

    private static func result(_ line: ReportLine) -> String {
        switch line.kind {
        case nil: "–"
        case "not_measured": "Không thử (\(line.reason ?? ""))"
        case "below_lod":
            if let lod = line.lod, !(line.text ?? "").contains("LOD") {
                "KPH (LOD: \(printedDecimal(lod)))"
            } else {
                printedDecimal(line.text)
            }
        default: printedDecimal(line.text)
        }
    }

    private static func limit(_ line: ReportLine) -> String {
        switch (line.lower, line.upper) {
        case (let lower?, let upper?): "\(printedDecimal(lower)) – \(printedDecimal(upper))"
        case (let lower?, nil): "≥ \(printedDecimal(lower))"
        case (nil, let upper?): "≤ \(printedDecimal(upper))"
        case (nil, nil): line.textLimit ?? "–"
        }
    }

    private static func conformity(_ line: ReportLine) -> String {
        guard line.lower != nil || line.upper != nil || line.textLimit != nil, let flags = line.flags, line.kind != "not_measured"
        else {
            return "–"
        }
        if flags.contains("outside_limit") { return "Không đạt" }
        return flags.contains("limit_undecidable") ? "–" : "Đạt"
    }
}
