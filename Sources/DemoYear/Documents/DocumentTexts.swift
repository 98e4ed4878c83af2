// SPDX-License-Identifier: Apache-2.0

import Certificates

/// What a document carries besides its own content.
struct PaperHead {
    let label: String
    let day: Day
    let accessCode: String
    /// Signing authority of the second signature.
    let authority: Int
    var replaces: (label: String, reason: String)?
}

extension DemoGenerator {
    /// Content of a test report.
    func testReport(_ report: SampleReport, head: PaperHead) -> DocumentContent {
        let party = parties.register.party(report.order.customer)
        let tested = calendar.step(report.order.received, by: 2)
        var content = letter(.testReport, head: head)
        content.customer = CustomerParty(name: party.name, address: party.address)
        content.item = [
            LabelledValue(.object, report.plan.matrix.name), LabelledValue(.sampleCode, report.number),
            LabelledValue(.description, report.plan.matrix.name),
            LabelledValue(.condition, "Nguyên niêm phong"),
            LabelledValue(.receivedOn, report.order.received.vietnameseText),
            LabelledValue(.performedOn, "\(tested.vietnameseText) ÷ \(head.day.vietnameseText)"),
            LabelledValue(.placeOfWork, catalogue.letterhead.address.vi),
        ]
        content.sections = [DocumentSection(table: resultTable(report))]
        if let specification = report.specification {
            let isConforming = !report.lines.contains { $0.drawn.isOutOfLimit }
            content.conclusion = BilingualText(
                "\(isConforming ? "Phù hợp" : "Không phù hợp") \(specification.nameVi) ở các chỉ tiêu đã thử",
                en:
                    "\(isConforming ? "Conforms" : "Does not conform") to \(specification.code) in the indicators tested"
            )
            content.statements.append(
                DocumentStatement(
                    .decisionRule,
                    BilingualText(
                        "Quy tắc quyết định: chấp nhận đơn giản", en: "Decision rule: simple acceptance")))
        }
        content.statements.append(DocumentStatement(.itemsOnly, Self.itemsOnly))
        content.statements.append(DocumentStatement(.reproduction, Self.reproduction))
        content.signatures = [
            signature(Staff.authorityOfTestingHead, on: head.day), signature(head.authority, on: head.day),
        ]
        return content
    }

    private func resultTable(_ report: SampleReport) -> DocumentTable {
        let rows = report.lines.map { entry in
            let line = entry.line
            let mark = entry.isSubcontracted ? " (*)" : ""
            let limit = report.specification.flatMap {
                catalogue.limit(specification: $0.id, line: line.code)
            }
            let bounds =
                switch (limit?.lower, limit?.upper) {
                case (let lower?, let upper?): "\(lower) ÷ \(upper)"
                case (let lower?, nil): "≥ \(lower)"
                case (nil, let upper?): "≤ \(upper)"
                case (nil, nil): "-"
                }
            let shown = entry.drawn.kind == "below_lod" ? "KPH (LOD: \(line.lod ?? "-"))" : entry.drawn.text
            return [line.indicatorVi + mark, shown.withComma, line.unit, line.method, bounds.withComma]
        }
        return DocumentTable(columns: Self.resultColumns, rows: rows)
    }

    /// Content of the record of a verification, pass or not.
    func verificationRecord(_ paper: WorkPaper, head: PaperHead) -> DocumentContent {
        var content = workContent(.verificationRecord, paper: paper, head: head)
        content.conclusion =
            switch paper.work.outcome {
            case "pass": BilingualText("Đạt yêu cầu kỹ thuật đo lường", en: "Passed")
            case "refused":
                BilingualText("Từ chối kiểm định theo Điều 25 Thông tư 15/2015/TT-BKHCN", en: "Refused")
            default: BilingualText("Không đạt yêu cầu kỹ thuật đo lường", en: "Failed")
            }
        content.signatures = [verifierSignature(paper.work, on: head.day)]
        return content
    }

    /// Content of the certificate of an instrument that passed.
    func verificationCertificate(_ paper: WorkPaper, head: PaperHead) -> DocumentContent {
        var content = workContent(.verificationCertificate, paper: paper, head: head)
        content.sections = []
        content.conclusion = BilingualText("Đạt yêu cầu kỹ thuật đo lường", en: "Passed")
        content.validUntil =
            catalogue.lastDay(type: instrument(paper.work.instrument).type, verified: paper.work.day)?.text
        content.statements = [DocumentStatement(.validity, Self.validity)]
        content.signatures = [
            verifierSignature(paper.work, on: head.day), signature(head.authority, on: head.day),
        ]
        return content
    }

    /// Content of a calibration certificate.
    func calibrationCertificate(_ paper: WorkPaper, head: PaperHead) -> DocumentContent {
        var content = workContent(.calibrationCertificate, paper: paper, head: head)
        content.item += [
            LabelledValue(.condition, "Hoạt động bình thường"),
            LabelledValue(.receivedOn, paper.work.day.vietnameseText),
        ]
        let rows = paper.rows.map { $0 + ["0,06"] }
        content.sections = [DocumentSection(table: DocumentTable(columns: Self.calibrationColumns, rows: rows))]
        content.statements = [
            DocumentStatement(.itemsOnly, Self.itemsOnly), DocumentStatement(.reproduction, Self.reproduction),
            DocumentStatement(.uncertainty, Self.uncertainty), DocumentStatement(.traceability, Self.traceability),
        ]
        content.signatures = [
            signature(Staff.authorityOfMeasurementHead, on: head.day),
            signature(head.authority, on: head.day),
        ]
        return content
    }

    private func workContent(_ kind: DocumentKind, paper: WorkPaper, head: PaperHead) -> DocumentContent {
        let plan = instrument(paper.work.instrument)
        let holder = parties.register.party(paper.work.holder)
        var content = letter(kind, head: head)
        content.customer = CustomerParty(name: holder.name, address: holder.address, site: plan.site.name)
        content.item = [
            LabelledValue(.object, plan.typeName), LabelledValue(.serialNumber, plan.serial),
            LabelledValue(.type, plan.model), LabelledValue(.manufacturer, plan.maker),
            LabelledValue(.year, "\(plan.madeInYear)"),
            LabelledValue(.characteristics, plan.shownCharacteristics),
            LabelledValue(.placeOfUse, "\(plan.site.name), \(plan.site.address)"),
            LabelledValue(.performedOn, paper.work.day.vietnameseText), LabelledValue(.placeOfWork, plan.site.name),
            LabelledValue(.environment, paper.ambient.shown),
        ]
        if let mode = paper.work.mode {
            content.item.append(LabelledValue(.verificationMode, Self.modeName(mode)))
        }
        content.methods = [
            MethodCited(
                number: paper.procedure.version.contains("ĐLVN")
                    ? paper.procedure.version : paper.procedure.code,
                name: BilingualText(paper.procedure.nameVi))
        ]
        content.standards = standardsUsed(paper.work, type: plan.type)
        if !paper.rows.isEmpty {
            content.sections = [
                DocumentSection(table: DocumentTable(columns: Self.readingColumns, rows: paper.rows))
            ]
        }
        let seals = paper.evidence.seals + [paper.evidence.totaliser].compactMap(\.self)
        if paper.evidence.stamp != nil || !seals.isEmpty {
            content.evidence = VerificationEvidence(
                stampSeries: paper.evidence.series, stampNumber: paper.evidence.stamp,
                seals: seals.map {
                    SealAffixed(
                        number: $0, place: BilingualText($0.hasPrefix("DHT") ? "Đồng hồ tổng" : "Bầu đong"))
                })
        }
        return content
    }

    /// The standards of a piece of work with the calibration certificate in force on its day.
    private func standardsUsed(_ work: Work, type: String) -> [StandardUsed] {
        standards(for: work, type: type).compactMap { id in
            let found = standardPapers.first { $0.standard == id && $0.issued <= work.day && work.day <= $0.until }
            guard let paper = found else { return nil }
            let standard = Self.standards[id - 1]
            return StandardUsed(
                name: BilingualText(standard.nameVi, en: standard.nameEn), identification: standard.code,
                certificate: paper.number, validUntil: paper.until.text)
        }
    }

    private func letter(_ kind: DocumentKind, head: PaperHead) -> DocumentContent {
        var laboratory = catalogue.letterhead
        // Accreditation covers tests and calibrations; a verification claims the designation, not the mark.
        if kind == .verificationRecord || kind == .verificationCertificate { laboratory.marks = [] }
        var content = DocumentContent(
            kind: kind, number: head.label, issuedPlace: BilingualText("Cần Thơ", en: "Can Tho"),
            issuedOn: head.day.text,
            laboratory: laboratory, accessCode: head.accessCode,
            checkURL: checkAddress + head.accessCode)
        if let replaced = head.replaces {
            content.amendment = AmendmentNotice(
                replaces: replaced.label, reason: BilingualText(replaced.reason))
        }
        return content
    }

    private func verifierSignature(_ work: Work, on day: Day) -> SignatureBlock {
        SignatureBlock(
            role: .verifier, title: BilingualText("Kiểm định viên", en: "Verifier"),
            name: Staff.names[(work.person ?? Staff.technician) - 1],
            card: work.person.flatMap { Staff.card(of: $0, on: work.day) }, signedAt: day.vietnameseText)
    }

    private func signature(_ authority: Int, on day: Day) -> SignatureBlock {
        let signer = Staff.signer(authority)
        return SignatureBlock(
            role: signer.isHead ? .head : .laboratoryHead, authority: signer.authority,
            title: BilingualText(signer.title, en: signer.titleEn), name: Staff.names[signer.person - 1],
            signedAt: day.vietnameseText)
    }
}
