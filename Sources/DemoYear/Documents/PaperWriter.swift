// SPDX-License-Identifier: Apache-2.0

import Certificates

/// One document to be numbered, in the order of its day.
struct PaperEntry {
    enum Paper {
        case report(Int)
        case replacement(Int)
        case voided(Int)
        case record(Int)
        case certificate(Int)
        case calibration(Int)
    }

    let day: Day
    let paper: Paper
}

extension DemoGenerator {
    /// Numbers, signs and issues every document in the order of days; a label is number, year and series.
    mutating func writePapers() throws {
        let entries = paperEntries()
        let order = entries.indices.sorted { (entries[$0].day, $0) < (entries[$1].day, $1) }
        var firstReports: [Int: (id: Int, label: String)] = [:]
        for position in order {
            let entry = entries[position]
            switch entry.paper {
            case .report(let index):
                firstReports[index] = try writeReport(papers.reports[index], day: entry.day, replaced: nil)
            case .replacement(let index):
                if let first = firstReports[index] {
                    _ = try writeReport(papers.reports[index], day: entry.day, replaced: first)
                }
            case .voided(let index): try writeVoided(papers.reports[index], day: entry.day)
            case .record(let index):
                try writeWorkPaper(papers.works[index], day: entry.day, kind: .verificationRecord)
            case .certificate(let index):
                try writeWorkPaper(papers.works[index], day: entry.day, kind: .verificationCertificate)
            case .calibration(let index):
                try writeWorkPaper(papers.works[index], day: entry.day, kind: .calibrationCertificate)
            }
        }
        for entry in papers.series {
            tables.numberSeries.add(.text(entry.series), .number(entry.year), .number(entry.last))
        }
        papers.dropPapers()
    }

    private func paperEntries() -> [PaperEntry] {
        var entries: [PaperEntry] = []
        for (index, report) in papers.reports.enumerated() {
            if case .voidedBefore = report.plan.fate {
                entries.append(PaperEntry(day: report.plan.issued, paper: .voided(index)))
            }
            entries.append(PaperEntry(day: report.plan.issued, paper: .report(index)))
            if case .amended(let day) = report.plan.fate {
                entries.append(PaperEntry(day: day, paper: .replacement(index)))
            }
        }
        for (index, paper) in papers.works.enumerated() {
            let written = calendar.step(paper.work.day, by: 3)
            if paper.work.kind == "calibration" {
                entries.append(PaperEntry(day: written, paper: .calibration(index)))
                continue
            }
            entries.append(PaperEntry(day: paper.work.day, paper: .record(index)))
            // The certificates of the last days are still to be written.
            if paper.work.outcome == "pass", paper.work.hasCertificate, written <= Horizon.last {
                entries.append(PaperEntry(day: written, paper: .certificate(index)))
            }
        }
        return entries
    }

    private mutating func writeReport(_ report: SampleReport, day: Day, replaced: (id: Int, label: String)?)
        throws
        -> (id: Int, label: String)
    {
        let reason = "Sửa tên mẫu theo đề nghị của khách hàng"
        var head = nextHead("KQTN", day: day)
        if let replaced { head.replaces = (replaced.label, reason) }
        let id = try addDocument(
            testReport(report, head: head), series: "KQTN", head: head, sample: report.sample,
            replaces: replaced.map { ($0.id, reason) })
        for line in report.lines { tables.documentResults.add(.number(id), .number(line.result)) }
        sign(id, "laboratory_head", authority: Staff.authorityOfTestingHead, on: day)
        sign(id, "head", authority: head.authority, on: day)
        event(id, "issued", on: day)
        if let replaced { event(replaced.id, "amended", on: day, reason: reason) }
        if case .withdrawn(let withdrawn) = report.plan.fate {
            event(id, "withdrawn", on: withdrawn, reason: "Nhầm mẫu khi chuẩn bị thử")
        }
        return (id, head.label)
    }

    private mutating func writeVoided(_ report: SampleReport, day: Day) throws {
        let head = nextHead("KQTN", day: day)
        let id = try addDocument(
            testReport(report, head: head), series: "KQTN", head: head, sample: report.sample)
        event(id, "voided", on: day, reason: "Lỗi in, số không dùng")
    }

    private mutating func writeWorkPaper(_ paper: WorkPaper, day: Day, kind: DocumentKind) throws {
        let series: String
        let content: DocumentContent
        let head: PaperHead
        switch kind {
        case .verificationCertificate:
            series = "GCNKD"
            head = nextHead(series, day: day)
            content = verificationCertificate(paper, head: head)
        case .calibrationCertificate:
            series = "GCNHC"
            head = nextHead(series, day: day)
            content = calibrationCertificate(paper, head: head)
        default:
            series = "BBKD"
            head = nextHead(series, day: day)
            content = verificationRecord(paper, head: head)
        }
        let id = try addDocument(content, series: series, head: head, measurement: paper.measurement)
        if kind == .calibrationCertificate {
            sign(id, "laboratory_head", authority: Staff.authorityOfMeasurementHead, on: day)
        } else {
            tables.signatures.add(.number(id), "verifier", .optional(paper.work.person), nil, .day(day))
        }
        event(id, "issued", on: day)
        if kind != .verificationRecord {
            sign(id, "head", authority: head.authority, on: day)
            event(id, "handed_over", on: calendar.step(day, by: 1))
        }
    }

    private mutating func nextHead(_ series: String, day: Day) -> PaperHead {
        let number = papers.next(series, year: day.year)
        let label = "\(padded(number, 4))/\(day.year)/\(series)"
        // Every fourth paper comes when the head is away and the deputy signs.
        let authority = number % 4 == 0 ? Staff.authorityOfDeputy : Staff.authorityOfHead
        return PaperHead(label: label, day: day, accessCode: accessCode(label), authority: authority)
    }

    private mutating func addDocument(
        _ content: DocumentContent, series: String, head: PaperHead, sample: Int? = nil,
        measurement: Int? = nil,
        replaces: (id: Int, reason: String)? = nil
    ) throws -> Int {
        let id = tables.documents.count + 1
        let number = head.label.split(separator: "/").first.flatMap { Int($0) } ?? 0
        let text = String(decoding: try content.canonicalBytes(), as: UTF8.self)
        tables.documents.add(
            .number(id), .text(content.kind.rawValue), .text(series), .number(head.day.year), .number(number),
            .text(head.label), .optional(sample), .optional(measurement), .optional(replaces?.id),
            .optional(replaces?.reason), .text(text), .text(head.accessCode), .day(head.day),
            .number(Staff.reception))
        return id
    }

    private mutating func sign(_ document: Int, _ step: String, authority: Int, on day: Day) {
        tables.signatures.add(
            .number(document), .text(step), .number(Staff.signer(authority).person), .number(authority),
            .day(day))
    }

    private mutating func event(_ document: Int, _ kind: String, on day: Day, reason: String? = nil) {
        tables.documentEvents.add(
            .number(tables.documentEvents.count + 1), .number(document), .text(kind), .day(day),
            .optional(reason),
            .number(Staff.reception))
    }

    /// Twelve letters and digits that the seed and the label decide.
    private func accessCode(_ label: String) -> String {
        var mixed = seed
        for byte in label.utf8 { mixed = (mixed ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        var source = RandomSource(seed: mixed)
        var bits = source.next()
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        var code = ""
        for _ in 0..<12 {
            code.append(alphabet[Int(bits & 31)])
            bits >>= 5
        }
        return code
    }
}
