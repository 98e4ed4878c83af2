// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import Certificates
internal import LabStore
internal import LaboratoryModel
internal import Metrology

/// Composes records and certificates of measurements from what was stored about them.
struct VerificationContent {
    let facts: CertificateFacts
    let lines: [EvaluationLine]
    let frame: DocumentFrame
    let card: String?
    private let procedure: PrintedProcedure

    init(facts: CertificateFacts, lines: [EvaluationLine], frame: DocumentFrame, card: String?) {
        (self.facts, self.lines, self.frame, self.card) = (facts, lines, frame, card)
        procedure = PrintedProcedure(facts.procedureContent)
    }

    /// The record (biên bản): for pass and fail, with every reading evaluated.
    func record(_ identity: DocumentIdentity) -> DocumentContent {
        content(
            .verificationRecord, identity, conclusion: conclusion, sections: [DocumentSection(table: table)],
            signatures: [verifier].compactMap { $0 }, validUntil: facts.validUntil)
    }

    /// The certificate of a verification that passed; it copies the stamp.
    func verificationCertificate(_ identity: DocumentIdentity) -> DocumentContent {
        content(
            .verificationCertificate, identity,
            conclusion: BilingualText(DocumentContent.passedText, en: "Meets the metrological requirements"),
            sections: [], signatures: [verifier, frame.signature("head", role: .head)].compactMap { $0 },
            validUntil: facts.validUntil ?? "không thời hạn")
    }

    /// The certificate of a calibration: error, U and k at each point; conformity where the procedure has limits, with its rule.
    func calibrationCertificate(_ identity: DocumentIdentity) -> DocumentContent {
        var document = content(
            .calibrationCertificate, identity,
            conclusion: BilingualText("Xem kết quả tại trang kết quả", en: "See the results"),
            sections: calibrationSections,
            signatures: [
                frame.signature("laboratory_head", role: .laboratoryHead), frame.signature("head", role: .head),
            ].compactMap { $0 }, validUntil: nil)
        let version = facts.procedureVersion ?? facts.procedure ?? ""
        document.statements += procedure.decisionRules(printedLines, version: version) { limits($0) }
        document.statements += procedure.statements
        document.statements += [
            StandingStatements.itemsOnly, StandingStatements.reproduction, StandingStatements.traceability,
            DocumentStatement(
                .uncertainty,
                BilingualText(
                    "Độ không đảm bảo đo mở rộng U = k·u với xác suất phủ khoảng 95 %; k theo số bậc tự do hiệu dụng.",
                    en:
                        "Expanded uncertainty U = k·u, coverage probability approximately 95 %; k from the effective degrees of freedom."
                )),
        ]
        return document
    }

    private var verifier: SignatureBlock? {
        facts.verifier.map {
            SignatureBlock(role: .verifier, title: BilingualText("Kiểm định viên", en: "Verifier"), name: $0, card: card)
        }
    }

    private var conclusion: BilingualText {
        switch facts.outcome {
        case "pass": BilingualText("Đạt yêu cầu kỹ thuật đo lường", en: "Pass")
        case "calibrated", "tested": BilingualText("Xem bảng kết quả", en: "See the table of results")
        case "fail": BilingualText("Không đạt: \((facts.reasons ?? []).joined(separator: "; "))", en: "Fail")
        case "refused": BilingualText("Từ chối kiểm định: \((facts.reasons ?? []).joined(separator: "; "))", en: "Refused")
        default: BilingualText("Không thực hiện: \((facts.reasons ?? []).joined(separator: "; "))", en: "Not done")
        }
    }

    private func content(
        _ kind: DocumentKind, _ identity: DocumentIdentity, conclusion: BilingualText, sections: [DocumentSection],
        signatures: [SignatureBlock], validUntil: String?
    ) -> DocumentContent {
        DocumentContent(
            kind: kind, number: identity.label, issuedPlace: frame.place, issuedOn: "\(frame.day)", laboratory: frame.laboratory,
            customer: CustomerParty(name: facts.holder, address: facts.siteAddress ?? facts.site, site: facts.site),
            item: item,
            methods: [
                MethodCited(
                    number: facts.procedureVersion ?? facts.procedure ?? "",
                    name: BilingualText(facts.procedureVi ?? "", en: facts.procedureEn))
            ],
            standards: facts.standards.map {
                StandardUsed(
                    name: BilingualText($0.nameVi, en: $0.nameEn), identification: "\($0.code), \($0.serial)",
                    certificate: $0.certificate ?? "", validUntil: printed($0.validUntil))
            },
            sections: sections, conclusion: conclusion, evidence: evidence, validUntil: validUntil.map { printed($0) },
            statements: [], signatures: signatures, amendment: frame.amendment, accessCode: identity.code,
            checkURL: identity.checkURL)
    }

    private var evidence: VerificationEvidence? {
        guard facts.kind == "verification" else { return nil }
        let stamp = facts.evidence.first { $0.kind == "stamp" }
        return VerificationEvidence(
            stampSeries: stamp?.series, stampNumber: stamp?.number,
            seals: facts.evidence.filter { $0.kind != "stamp" }.map {
                SealAffixed(number: "\($0.series) \($0.number)", place: BilingualText($0.place ?? "–"))
            })
    }

    private var item: [LabelledValue] {
        var item = [
            LabelledValue(.object, facts.typeVi, en: facts.typeEn),
            LabelledValue(.serialNumber, facts.serial),
            LabelledValue(.manufacturer, [facts.maker, facts.country].compactMap { $0 }.joined(separator: ", ").ifEmpty("–")),
            LabelledValue(.characteristics, characteristics.vi, en: characteristics.en),
            LabelledValue(.performedOn, printed(facts.workedOn)),
            LabelledValue(.placeOfWork, facts.site),
            LabelledValue(.placeOfUse, facts.site),
            LabelledValue(.user, facts.holder),
        ]
        if let model = facts.model { item.append(LabelledValue(.type, model)) }
        if let year = facts.madeInYear { item.append(LabelledValue(.year, String(year))) }
        if let mode = facts.mode {
            item.append(LabelledValue(.verificationMode, Self.modes[mode]?.0 ?? mode, en: Self.modes[mode]?.1))
        }
        if facts.kind == "calibration" {
            item.append(LabelledValue(.receivedOn, printed(facts.workedOn)))
            item.append(LabelledValue(.condition, "Hoạt động bình thường", en: "In working order"))
            let ambient = procedure.conditions(facts.conditions)
            item.append(LabelledValue(.environment, ambient.vi.ifEmpty("–"), en: ambient.en))
        }
        return item
    }

    private static let modes = [
        "initial": ("Ban đầu", "Initial"), "periodic": ("Định kỳ", "Periodic"),
        "after_repair": ("Sau sửa chữa", "After repair"),
    ]

    private var characteristics: BilingualText {
        let own = procedure.characteristics(facts.characteristics)
        let channels = facts.channels.map { ($0.name, procedure.characteristics($0.characteristics)) }
        let vi = [own.vi] + channels.map { "\($0): \($1.vi)" }
        let en = [own.en ?? own.vi] + channels.map { "\($0): \($1.en ?? $1.vi)" }
        let isNamed = own.en != nil || channels.contains { $1.en != nil }
        return BilingualText(
            vi.filter { !$0.isEmpty }.joined(separator: "; ").ifEmpty("–"),
            en: isNamed ? en.filter { !$0.isEmpty }.joined(separator: "; ") : nil)
    }

    /// Lines that a document prints.
    private var printedLines: [EvaluationLine] { lines.filter(\.printed) }

    private var table: DocumentTable {
        let columns = [
            TableColumn(heading: BilingualText("Vòi", en: "Nozzle"), alignment: .center),
            TableColumn(heading: BilingualText("Điểm đo", en: "Point"), alignment: .left, weight: 2),
            TableColumn(heading: BilingualText("Đại lượng", en: "Quantity"), alignment: .left, weight: 2),
            TableColumn(heading: BilingualText("Chỉ thị", en: "Indication"), alignment: .right, weight: 1),
            TableColumn(heading: BilingualText("Chuẩn", en: "Reference"), alignment: .right, weight: 1),
            TableColumn(key: .result, heading: BilingualText("Kết quả", en: "Result"), alignment: .right, weight: 1),
            TableColumn(key: .limit, heading: BilingualText("Giới hạn", en: "MPE"), alignment: .right, weight: 1),
            TableColumn(heading: BilingualText("U", en: "U"), alignment: .right, weight: 1),
            TableColumn(heading: BilingualText("Kết luận", en: "Verdict"), alignment: .center, weight: 1),
        ]
        let rows = printedLines.map { line in
            [
                line.channel.map(String.init) ?? "–", point(line).vi, line.nameVi,
                printedDecimal(line.indicated).ifEmpty("–"), printedDecimal(line.reference).ifEmpty("–"),
                [printedDecimal(line.value), unit(line)].joined(separator: " ").trimmed, limits(line).vi,
                printedDecimal(line.expandedUncertainty).ifEmpty("–"), Self.verdicts[line.verdict]?.vi ?? "–",
            ]
        }
        return DocumentTable(columns: columns, rows: rows.isEmpty ? [["Không có lần đo nào / No readings"]] : rows)
    }

    private static let verdicts = [
        "pass": ConformityDecision.pass, "fail": .fail, "conditional_pass": .conditionalPass,
        "conditional_fail": .conditionalFail,
    ].mapValues { BilingualText($0.title.vietnamese, en: $0.title.english) }

    private func point(_ line: EvaluationLine) -> BilingualText {
        guard let code = line.point else { return BilingualText("–") }
        let name = procedure.point(code)
        let repetition = line.repetition.map { " (\($0))" } ?? ""
        let isAsLeft = line.phase == "as_left"
        return BilingualText(
            "\(name.vi)\(repetition)\(isAsLeft ? ", sau hiệu chỉnh" : "")",
            en: "\(name.en ?? name.vi)\(repetition)\(isAsLeft ? ", as left" : "")")
    }

    /// The number one is no unit that is printed.
    private func unit(_ line: EvaluationLine) -> String { line.unit == "1" ? "" : line.unit }

    private func limits(_ line: EvaluationLine) -> BilingualText {
        let text =
            switch (line.lower, line.upper) {
            case (let lower?, let upper?) where lower == "-\(upper)": "±\(upper)"
            case (let lower?, let upper?): "\(lower)…\(upper)"
            case (let lower?, nil): "≥ \(lower)"
            case (nil, let upper?): "≤ \(upper)"
            case (nil, nil): ""
            }
        guard !text.isEmpty else { return BilingualText("–") }
        return BilingualText("\(printedDecimal(text)) \(unit(line))".trimmed, en: "\(text) \(unit(line))".trimmed)
    }

    /// A table for each result, in the order of the procedure.
    private var calibrationSections: [DocumentSection] {
        var codes: [String] = []
        for line in printedLines where !codes.contains(line.result) { codes.append(line.result) }
        return codes.map { code in
            let own = printedLines.filter { $0.result == code }
            let name = BilingualText(own[0].nameVi, en: own[0].nameEn)
            return DocumentSection(title: codes.count > 1 ? name : nil, table: calibrationTable(own, name: name))
        }
    }

    private func calibrationTable(_ lines: [EvaluationLine], name: BilingualText) -> DocumentTable {
        let unit = lines.first.map { self.unit($0) }
        let isJudged = lines.contains { $0.verdict != "informative" }
        return DocumentTable(
            columns: [
                TableColumn(heading: BilingualText("Điểm hiệu chuẩn", en: "Point"), alignment: .left, weight: 2),
                TableColumn(
                    heading: BilingualText("Chỉ thị", en: "Indication"), unit: procedure.unit(of: "indicated", in: lines),
                    alignment: .right, weight: 1),
                TableColumn(
                    heading: BilingualText("Giá trị quy chiếu", en: "Reference"),
                    unit: procedure.unit(of: "reference", in: lines), alignment: .right, weight: 1),
                TableColumn(key: .result, heading: name, unit: unit, alignment: .right, weight: 1),
                TableColumn(
                    key: .expandedUncertainty, heading: BilingualText("U", en: "U"), unit: unit, alignment: .right, weight: 1),
                TableColumn(heading: BilingualText("k", en: "k"), alignment: .right, weight: 1),
            ]
                + (isJudged
                    ? [
                        TableColumn(heading: BilingualText("Giới hạn", en: "Limits"), alignment: .right, weight: 1),
                        TableColumn(heading: BilingualText("Phù hợp", en: "Conformity"), alignment: .center, weight: 1),
                    ] : []),
            rows: lines.map { line in
                [
                    Self.both(point(line)), printedDecimal(line.indicated).ifEmpty("–"),
                    printedDecimal(line.reference).ifEmpty("–"),
                    printedDecimal(line.value), printedDecimal(line.expandedUncertainty).ifEmpty("–"),
                    printedDecimal(line.coverageFactor).ifEmpty("–"),
                ] + (isJudged ? [limits(line).vi, Self.verdicts[line.verdict].map(Self.both) ?? "–"] : [])
            })
    }

    /// Both languages in one cell.
    private static func both(_ text: BilingualText) -> String {
        text.en.flatMap { $0 == text.vi ? nil : "\(text.vi) / \($0)" } ?? text.vi
    }
}

extension String {
    /// Another text where this one is empty.
    func ifEmpty(_ other: String) -> String { isEmpty ? other : self }
}
