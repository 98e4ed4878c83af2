// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import Certificates
internal import Digests
internal import Jobs
internal import LabStore
internal import LaboratoryModel

/// Prints a run as it was said: by a job, so that a run does not wait for the renderer.
enum PrintDueRun {
    /// What the job carries.
    struct Payload: Codable, Sendable {
        /// The run's id.
        let run: String
    }

    /// The kind of the job.
    ///
    /// The renderer is given up after 20 s, its start after 30 s, and a statement after a minute.
    static let kind = JobKind("print_due_run", lane: .render, maxAttempts: 1000, timeLimit: .seconds(300))

    /// Asks for the printing in the transaction that makes the run; not for a list that nobody would read on paper.
    static func enqueue(run: String, lines: Int, on database: isolated Transaction) throws {
        guard lines <= DueRunDetail.printedLines else { return }
        try Jobs.enqueue(kind, payload: Payload(run: run), key: "due_run:\(run)", on: database)
    }

    /// Renders the run and keeps the bytes; a second rendering changes nothing.
    /// - Throws: ``RenderingError`` while there is no renderer.
    static func perform(_ payload: Payload, in laboratory: Laboratory, with renderer: any DocumentRenderer) async throws {
        let content = try await laboratory.work("due.print") { database, _ -> DocumentContent? in
            let run = try database.dueRun(payload.run)
            guard !run.files.contains(where: { $0.name == "pdf" }) else { return nil }
            return DueRunPages.content(
                of: run, lines: try database.all(Statements.dueRunLines, run.runId), laboratory: try database.laboratory())
        }
        guard let content else { return }
        let rendered = try await renderer.render(try content.canonicalBytes())
        try await laboratory.work("due.print") { database, _ in
            _ = try database.find(Statements.dueRunLock)
            guard try !database.dueRun(payload.run).files.contains(where: { $0.name == "pdf" }) else { return }
            var rest = rendered.pdf[...]
            _ = try DueRunParts.store(run: payload.run, name: "pdf", engine: rendered.engine, on: database) {
                let piece = rest.prefix(DueRunParts.partSize)
                rest = rest.dropFirst(piece.count)
                return Array(piece)
            }
        }
    }
}

/// A run on paper: by district, then by customer.
enum DueRunPages {
    /// The pages of a run.
    static func content(of run: DueRunDetail, lines: [DueRunLineRow], laboratory: IssuingLaboratory) -> DocumentContent {
        var sections: [DocumentSection] = []
        for (district, inDistrict) in groups(of: lines, by: \.district) {
            var rows: [[String]] = []
            for (customer, ofCustomer) in groups(of: inDistrict, by: \.customer) {
                rows.append(["\(customer) (\(ofCustomer.count))"])
                rows += ofCustomer.map(cells)
            }
            let overdue = inDistrict.filter { $0.class == "overdue" }.count
            sections.append(
                DocumentSection(
                    title: BilingualText(
                        "\(district.isEmpty ? "Không rõ nơi" : district): \(overdue) quá hạn, \(inDistrict.count - overdue) đến hạn",
                        en: "\(overdue) overdue, \(inDistrict.count - overdue) due"),
                    table: DocumentTable(columns: columns, rows: rows)))
        }
        if sections.isEmpty {
            sections = [DocumentSection(paragraphs: [BilingualText("Không có phương tiện đo nào.", en: "No instrument is due.")])]
        }
        return DocumentContent(
            kind: .dueList, issuedPlace: BilingualText("Cần Thơ", en: "Can Tho"), issuedOn: run.asOf, laboratory: laboratory,
            item: [
                LabelledValue(
                    label: BilingualText("Tính đến ngày", en: "As of"),
                    value: BilingualText(SentenceParts.vietnameseDay(run.asOf))),
                LabelledValue(
                    label: BilingualText("Số lượng", en: "Count"),
                    value: BilingualText(
                        "\(run.overdue) quá hạn, \(run.due) đến hạn trong \(run.withinDays) ngày",
                        en: "\(run.overdue) overdue, \(run.due) due within \(run.withinDays) days")),
                LabelledValue(label: BilingualText("Lần chạy", en: "Run"), value: BilingualText(run.runId)),
            ],
            sections: sections)
    }

    private static let columns = [
        TableColumn(heading: BilingualText("Hạn", en: "Due on")),
        TableColumn(heading: BilingualText("Ngày", en: "Days"), alignment: .right),
        TableColumn(heading: BilingualText("Mã", en: "Code")), TableColumn(heading: BilingualText("Loại", en: "Type")),
        TableColumn(heading: BilingualText("Số", en: "Serial No.")),
        TableColumn(heading: BilingualText("Cơ sở", en: "Site"), weight: 1),
        TableColumn(heading: BilingualText("Việc", en: "Kind")), TableColumn(heading: BilingualText("Lý do", en: "Reason")),
    ]

    private static func cells(_ line: DueRunLineRow) -> [String] {
        [
            line.dueOn.isEmpty ? "–" : SentenceParts.vietnameseDay(line.dueOn), line.dueOn.isEmpty ? "–" : String(line.days),
            line.code, line.type, line.serial, line.site, SentenceParts.word(line.kind).vi, SentenceParts.word(line.reason).vi,
        ]
    }

    /// Lines with one value of a member together, the groups in the order of the value; within a group the order stays.
    private static func groups(
        of lines: [DueRunLineRow], by member: KeyPath<DueRunLineRow, String>
    ) -> [(name: String, lines: [DueRunLineRow])] {
        Dictionary(grouping: lines) { $0[keyPath: member] }.map { ($0.key, $0.value) }.sorted { $0.name < $1.name }
    }
}
