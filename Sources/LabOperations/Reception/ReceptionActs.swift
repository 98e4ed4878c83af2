// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import LabStore
package import LaboratoryModel

/// Receives an order with its samples at the counter.
package enum OrderReceive: Act {
    package static let name = "sample.receive"
    package static let roles: Set<Role> = [.reception]

    package static func perform(
        _ request: ReceiveOrder, in setting: ActSetting, on database: isolated Transaction
    ) throws -> OrderView {
        var check = InputCheck(today: setting.today)
        let purpose = check.word(
            "purpose", request.purpose, of: ["customer", "state_management", "conformity", "internal"])
        if purpose == "state_management", (request.stateDocument ?? "").trimmed.isEmpty {
            check.fault(
                "state_document", vi: "mẫu quản lý nhà nước cần số văn bản của cơ quan",
                en: "samples for state management need the state body's document number")
        }
        let received = check.date("received_on", request.receivedOn, required: false)
        let promised = check.dateIfAny("promised_on", request.promisedOn)
        if let promised, promised < received {
            check.fault("promised_on", vi: "sớm hơn ngày nhận", en: "is before the reception")
        }
        if request.samples.isEmpty { check.fault("samples", vi: "không có mẫu nào", en: "there is no sample") }
        if request.samples.count > 200 { check.fault("samples", vi: "nhiều hơn 200 mẫu", en: "more than 200 samples") }
        try check.finish()

        let customer = try database.customer(request.customer)
        let site = try request.site.map { try database.site($0) }
        if let site, site.customerId != customer.id {
            throw ActError.invalid(
                "site", vi: "địa điểm không thuộc khách hàng này", en: "the site belongs to another customer")
        }
        guard let placeCode = site?.placeCode ?? request.place else {
            throw ActError.invalid(
                "place", vi: "cần địa điểm hoặc đơn vị hành chính", en: "name a site, or the administrative unit")
        }
        let place = try database.place(placeCode, on: received, field: "place")
        let order = try database.only(
            Statements.orderAdd, customer.id, site?.id, place.code, !place.inCity, purpose, request.stateDocument,
            request.ministry, "\(received)", promised.map { "\($0)" }, setting.caller.personID)
        for (index, sample) in request.samples.enumerated() {
            try add(sample, "samples[\(index)]", to: order.id, received: received, setting, on: database)
        }
        return try database.only(Statements.orderView, order.code)
    }

    private static func add(
        _ sample: NewSample, _ field: String, to order: Int64, received: CivilDate, _ setting: ActSetting,
        on database: isolated Transaction
    ) throws {
        var check = InputCheck(today: setting.today)
        let description = check.text("\(field).description", sample.description)
        let kind = check.word(
            "\(field).kind", sample.kind ?? "customer", of: ["customer", "retained", "control", "proficiency", "internal"])
        let retained = check.dateIfAny("\(field).retain_until", sample.retainUntil)
        guard try database.find(Statements.matrixByCode, sample.matrix) != nil else {
            throw ActError.notFound(thing: .matrix, name: sample.matrix, field: "\(field).matrix")
        }
        var specification: VersionRow?
        if let code = sample.specification {
            specification = try database.find(Statements.specificationOn, code, "\(received)")
            if specification == nil {
                check.fault(
                    "\(field).specification", vi: "“\(code)” không có hiệu lực vào \(received.dayMonthYear)",
                    en: "“\(code)” is not in force on \(received)")
            }
        }
        var lines: [KeyRow] = []
        if let codes = sample.indicators {
            lines = try database.all(Statements.linesOn, codes, "\(received)")
            let found = Set(lines.compactMap(\.code))
            for code in codes where !found.contains(code) {
                check.fault(
                    "\(field).indicators", vi: "không có chỉ tiêu “\(code)” vào \(received.dayMonthYear)",
                    en: "there is no indicator “\(code)” on \(received)")
            }
        } else if let specification {
            lines = try database.all(Statements.specificationLines, specification.id, "\(received)")
        }
        if lines.isEmpty { check.fault("\(field).indicators", vi: "chưa có chỉ tiêu nào", en: "no indicator is asked for") }
        try check.finish()

        let added = try database.only(
            Statements.sampleAdd, order, Int64?.none, kind, sample.matrix, description, sample.condition, sample.lot,
            sample.quantity,
            specification?.id, retained.map { "\($0)" }, setting.caller.personID, "\(received)")
        let subcontracted = Set(sample.subcontracted ?? [])
        try database.run(
            Statements.requestsAdd, added.id, lines.map(\.id), lines.map { subcontracted.contains($0.code ?? "") },
            setting.caller.personID)
    }
}

/// What happens to a sample between reception and disposal.
package enum SampleEventRecord: Act {
    package static let name = "sample.event"
    package static let roles: Set<Role> = [.reception, .technician]

    package static func perform(
        _ request: RecordSampleEvent, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let kind = check.word(
            "kind", request.kind, of: ["accepted", "rejected", "handed_over", "stored", "disposed"])
        if ["rejected", "disposed"].contains(kind) { _ = check.text("reason", request.reason) }
        if kind == "handed_over" { _ = check.text("to_person", request.toPerson) }
        try check.finish()
        let sample = try database.sample(request.sample)
        let person = try request.toPerson.map { try database.person($0).id }
        let key = try database.only(
            Statements.sampleEventAdd, sample.id, kind, request.place, person, request.reason, setting.caller.personID)
        return Acknowledgement(id: key.id, code: request.sample)
    }
}

extension Transaction {
    /// The sample with a number.
    func sample(_ number: String) throws -> SampleRow {
        guard let row = try find(Statements.sampleByNumber, number) else {
            throw ActError.notFound(thing: .sample, name: number)
        }
        return row
    }
}

/// An order with its samples.
package enum OrderShow: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ number: String, in setting: ActSetting, on database: isolated Transaction
    ) throws -> OrderView {
        guard let order = try database.find(Statements.orderView, number) else {
            throw ActError.notFound(thing: .order, name: number)
        }
        return order
    }
}

/// What a customer's newest order asked for, to be asked for again.
package enum LastOrderShow: Question {
    package static let roles: Set<Role> = [.reception]

    package static func answer(
        _ customer: String, in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<LastSampleRow> {
        List(items: try database.all(Statements.lastOrderSamples, try database.customer(customer).id))
    }
}

/// Samples with where they stand.
package enum SampleList: Question {
    package static let roles: Set<Role> = []
    /// How far a sample is.
    private static let states = ["received", "in_progress", "to_review", "approved", "reported", "rejected"]

    package static func answer(
        _ parameters: (state: String?, search: String?, late: Bool, asOf: String?, page: Page), in setting: ActSetting,
        on database: isolated Transaction
    ) throws -> List<SampleSummary> {
        var check = InputCheck(today: setting.today)
        if let state = parameters.state { _ = check.word("state", state, of: states) }
        let day = check.date("as_of", parameters.asOf, required: false, future: true)
        try check.finish()
        let rows = try database.all(
            Statements.sampleList, parameters.state, parameters.search, parameters.late, "\(day)",
            parameters.page.after ?? Int64.max, parameters.page.limit + 1)
        return parameters.page.list(rows, cursor: \.id)
    }
}

/// A sample with everything requested and found.
package enum SampleShow: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ number: String, in setting: ActSetting, on database: isolated Transaction
    ) throws -> SampleView {
        guard let sample = try database.find(Statements.sampleView, number) else {
            throw ActError.notFound(thing: .sample, name: number)
        }
        return sample
    }
}
