// SPDX-License-Identifier: Apache-2.0
internal import APIContract
package import Certificates
internal import LabStore
package import LaboratoryModel

/// Prints working papers that carry no number of a series and are not kept: request slip, sample label, due page.
package struct Printing: Sendable {
    private let laboratory: Laboratory
    private let renderer: any DocumentRenderer

    package init(laboratory: Laboratory, renderer: any DocumentRenderer) {
        (self.laboratory, self.renderer) = (laboratory, renderer)
    }

    /// The request slip of an order, for the customer to sign.
    package func requestSlip(_ order: String, by caller: Caller) async throws -> [UInt8] {
        try await print(RequestSlip.self, order, by: caller)
    }

    /// The label of a sample.
    package func sampleLabel(_ sample: String, by caller: Caller) async throws -> [UInt8] {
        try await print(SampleLabel.self, sample, by: caller)
    }

    /// The due list as a page for the wall.
    package func duePage(_ selection: DueSelection, by caller: Caller) async throws -> [UInt8] {
        try await print(DuePage.self, selection, by: caller)
    }

    private func print<Q: Question>(_ question: Q.Type, _ parameters: Q.Parameters, by caller: Caller) async throws -> [UInt8]
    where Q.Answer == DocumentContent {
        let content = try await laboratory.ask(question, parameters, by: caller)
        do {
            return try await renderer.render(try content.canonicalBytes()).pdf
        } catch let error as RenderingError {
            throw ActError.unavailable(
                BilingualSentence(vi: "Chưa in được: \(error.vietnamese)", en: "cannot print now: \(error)"))
        }
    }
}

extension RenderingError {
    /// What went wrong, without the renderer's own words, which are English and in the log.
    fileprivate var vietnamese: String {
        switch self {
        case .unavailable: "bộ in văn bản không sẵn sàng; hãy thử lại sau"
        case .timeLimit(let limit): "in văn bản quá \(limit.components.seconds) giây"
        case .refused: "bộ in không nhận nội dung này; hãy báo quản trị viên"
        }
    }
}

private enum RequestSlip: Question {
    static let roles: Set<Role> = []

    static func answer(_ number: String, in setting: ActSetting, on database: isolated Transaction) throws -> DocumentContent {
        let order = try OrderShow.answer(number, in: setting, on: database)
        let sections = order.samples.map { sample in
            DocumentSection(
                title: BilingualText("\(sample.number) – \(sample.description)"),
                table: DocumentTable(
                    columns: [
                        TableColumn(heading: BilingualText("TT", en: "No."), alignment: .center),
                        TableColumn(heading: BilingualText("Chỉ tiêu", en: "Indicator"), weight: 3),
                    ],
                    rows: sample.indicators.enumerated().map { [String($0.offset + 1), $0.element] }))
        }
        return DocumentContent(
            kind: .requestSlip, number: order.number, issuedPlace: BilingualText("Cần Thơ", en: "Can Tho"),
            issuedOn: order.receivedOn, laboratory: try database.laboratory(),
            customer: CustomerParty(name: order.customerName, site: order.siteName),
            item: [
                LabelledValue(.receivedOn, printed(order.receivedOn)),
                LabelledValue(.promisedOn, order.promisedOn.map { printed($0) } ?? "–"),
                LabelledValue(.quantity, "\(order.samples.count) mẫu", en: "\(order.samples.count) sample(s)"),
            ],
            sections: sections,
            signatures: [
                SignatureBlock(role: .customer, title: BilingualText("Khách hàng", en: "Customer"), name: ""),
                SignatureBlock(
                    role: .reception, title: BilingualText("Người nhận mẫu", en: "Reception"), name: setting.caller.name),
            ])
    }
}

private enum SampleLabel: Question {
    static let roles: Set<Role> = []

    static func answer(_ number: String, in setting: ActSetting, on database: isolated Transaction) throws -> DocumentContent {
        let sample = try SampleShow.answer(number, in: setting, on: database)
        return DocumentContent(
            kind: .sampleLabel, number: sample.number, issuedPlace: BilingualText("Cần Thơ", en: "Can Tho"),
            issuedOn: sample.receivedOn, laboratory: try database.laboratory(),
            item: [
                LabelledValue(.object, sample.description), LabelledValue(.receivedOn, printed(sample.receivedOn)),
                LabelledValue(.condition, sample.condition ?? "–"),
            ],
            checkURL: setting.centre.publicURL.map { "\($0)/s/\(sample.number)" })
    }
}

private enum DuePage: Question {
    static let roles: Set<Role> = []

    static func answer(_ selection: DueSelection, in setting: ActSetting, on database: isolated Transaction) throws
        -> DocumentContent
    {
        let lines = try DueList.answer(selection, in: setting, on: database).items
        let overdue = lines.filter { $0.class == "overdue" }
        let due = lines.filter { $0.class != "overdue" }
        func rows(_ lines: [DueLine]) -> [[String]] {
            lines.map { [printed($0.dueOn), String($0.days), $0.code, $0.type, $0.serial, $0.site, $0.district, $0.reason] }
        }
        var all: [[String]] = []
        if !overdue.isEmpty { all += [["Quá hạn / Overdue"]] + rows(overdue) }
        if !due.isEmpty { all += [["Đến hạn / Due"]] + rows(due) }
        let headings = [
            ("Đến hạn", "Due on"), ("Ngày", "Days"), ("Mã", "Code"), ("Loại", "Type"), ("Số", "Serial No."), ("Cơ sở", "Site"),
            ("Quận, huyện", "District"), ("Lý do", "Reason"),
        ]
        return DocumentContent(
            kind: .duePage, issuedPlace: BilingualText("Cần Thơ", en: "Can Tho"), issuedOn: "\(setting.today)",
            laboratory: try database.laboratory(),
            item: [
                LabelledValue(
                    label: BilingualText("Tính đến ngày", en: "As of"),
                    value: BilingualText(printed(selection.asOf ?? "\(setting.today)"))),
                LabelledValue(
                    label: BilingualText("Số lượng", en: "Count"),
                    value: BilingualText(
                        "\(overdue.count) quá hạn, \(due.count) đến hạn trong \(selection.within) ngày",
                        en: "\(overdue.count) overdue, \(due.count) due within \(selection.within) days")),
            ],
            sections: [
                DocumentSection(
                    table: DocumentTable(
                        columns: headings.enumerated().map { index, heading in
                            TableColumn(
                                heading: BilingualText(heading.0, en: heading.1), alignment: index == 1 ? .right : .left,
                                weight: index == 5 ? 2 : 1)
                        },
                        rows: all.isEmpty ? [["Không có / None"]] : all))
            ])
    }
}
