// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import LabStore
package import LaboratoryModel

/// Registers an instrument with its channels.
package enum InstrumentAdd: Act {
    package static let name = "instrument.add"
    package static let roles: Set<Role> = [.reception, .technician]

    package static func perform(
        _ request: AddInstrument, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        if let serial = request.serial { _ = check.text("serial", serial, longest: 80) }
        let used = check.date("put_in_use_on", request.putInUseOn)
        let channels = request.channels ?? []
        if Set(channels.map(\.number)).count < channels.count || channels.contains(where: { $0.number < 1 }) {
            check.fault("channels", vi: "số vòi phải từ 1 và không lặp", en: "channel numbers count from 1 and do not repeat")
        }
        if let months = request.calibrationMonths, !(1...240).contains(months) {
            check.fault("calibration_months", vi: "từ 1 đến 240", en: "between 1 and 240")
        }
        try check.finish()
        guard try database.find(Statements.instrumentTypeByCode, request.type) != nil else {
            throw ActError.notFound(thing: .instrumentType, name: request.type)
        }
        let site = try database.site(request.site)
        let key = try database.only(
            Statements.instrumentAdd, request.code, request.type, request.serial, request.maker, request.country, request.model,
            request.madeInYear, request.typeApproval, site.id, request.inTradeUse ?? true, "\(used)", request.calibrationMonths,
            try jsonText(request.characteristics ?? [:]))
        if !channels.isEmpty {
            try database.run(
                Statements.channelsAdd, key.id, channels.map(\.number), channels.map(\.name),
                try channels.map { try jsonText($0.characteristics ?? [:]) })
        }
        return Acknowledgement(id: key.id, code: key.code)
    }
}

/// Records what happened to an instrument; a broken seal ends its validity at once.
package enum InstrumentEventRecord: Act {
    package static let name = "instrument.event"
    package static let roles: Set<Role> = [.reception, .technician, .signatory, .quality]
    static let kinds = [
        "seal_broken", "stamp_lost", "mark_lost", "repaired", "changed", "failed_inspection", "evidence_recalled", "moved",
        "owner_changed", "taken_out", "put_back",
    ]

    package static func perform(
        _ request: RecordInstrumentEvent, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let kind = check.word("kind", request.kind, of: kinds)
        let day = check.date("happened_on", request.happenedOn, required: false)
        if ["moved", "owner_changed"].contains(kind), request.site == nil {
            check.fault("site", vi: "cần địa điểm mới", en: "name the new site")
        }
        if kind == "evidence_recalled" { _ = check.text("note", request.note) }
        try check.finish()
        let instrument = try database.instrument(request.instrument)
        let site = try request.site.map { try database.site($0).id }
        let key = try database.only(
            Statements.instrumentEventAdd, instrument.id, kind, "\(day)", request.note, setting.caller.personID, site)
        if site != nil { try database.run(Statements.instrumentMove, instrument.id) }
        try DeadlineTick.hint(on: database)
        return Acknowledgement(id: key.id, code: instrument.code)
    }
}

/// Registers a measurement standard.
package enum StandardAdd: Act {
    package static let name = "standard.add"
    package static let roles: Set<Role> = [.quality, .administrator]

    package static func perform(
        _ request: AddStandard, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let code = check.text("code", request.code, longest: 40)
        let serial = check.text("serial", request.serial, longest: 80)
        _ = check.text("name_vi", request.nameVi)
        _ = check.text("kind", request.kind, longest: 60)
        try check.finish()
        let key = try database.only(
            Statements.standardAdd, code, request.nameVi, request.nameEn, request.kind, serial, request.maker,
            request.accuracyClass, try jsonText(request.characteristics ?? [:]))
        return Acknowledgement(id: key.id, code: key.code)
    }
}

/// Records a calibration certificate or certification of a standard.
package enum StandardCertificateAdd: Act {
    package static let name = "standard.certificate"
    package static let roles: Set<Role> = [.quality, .administrator]

    package static func perform(
        _ request: AddStandardCertificate, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let kind = check.word("kind", request.kind, of: ["calibration", "certification"])
        let number = check.text("number", request.number, longest: 100)
        let issued = check.date("issued_on", request.issuedOn)
        let until = check.date("valid_until", request.validUntil, future: true)
        if until < issued { check.fault("valid_until", vi: "trước ngày cấp", en: "is before the day of issue") }
        for name in ["expanded_uncertainty", "coverage_factor", "cubic_expansion_per_celsius"] {
            if let text = request.content?[name] { _ = check.decimal("content.\(name)", text) }
        }
        try check.finish()
        guard let standard = try database.find(Statements.standardByCode, request.standard) else {
            throw ActError.notFound(thing: .standard, name: request.standard)
        }
        let key = try database.only(
            Statements.standardCertificateAdd, standard.id, kind, number, request.organisation, "\(issued)", "\(until)",
            try jsonText(request.content ?? [:]), setting.caller.personID)
        return Acknowledgement(id: key.id, code: key.code)
    }
}

extension Transaction {
    /// The instrument with a code or identity.
    func instrument(_ code: String) throws -> InstrumentView {
        guard let view = try find(Statements.instrumentView, code) else {
            throw ActError.notFound(thing: .instrument, name: code)
        }
        return view
    }
}

/// Instruments by search text, type, customer and site.
package enum InstrumentList: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ parameters: (search: String?, type: String?, customer: String?, site: String?, page: Page), in setting: ActSetting,
        on database: isolated Transaction
    ) throws -> List<InstrumentSummary> {
        let rows = try database.all(
            Statements.instrumentList, parameters.search, parameters.type, parameters.customer, parameters.site,
            parameters.page.after ?? 0, parameters.page.limit + 1)
        if rows.isEmpty {
            try database.requireKnown([.type: parameters.type, .customer: parameters.customer, .site: parameters.site])
        }
        return parameters.page.list(rows, cursor: \.id)
    }
}

/// An instrument with its channels.
package enum InstrumentShow: Question {
    package static let roles: Set<Role> = []

    package static func answer(_ code: String, in setting: ActSetting, on database: isolated Transaction) throws -> InstrumentView
    {
        try database.instrument(code)
    }
}

/// What happened to an instrument, oldest first.
package enum InstrumentHistory: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ code: String, in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<InstrumentHistoryLine> {
        List(items: try database.all(Statements.instrumentHistory, try database.instrument(code).id))
    }
}

/// Measurement standards with their papers.
package enum StandardList: Question {
    package static let roles: Set<Role> = []

    package static func answer(_ code: String?, in setting: ActSetting, on database: isolated Transaction) throws -> List<
        StandardView
    > {
        let rows = try database.all(Statements.standardList, code)
        if let code, rows.isEmpty { throw ActError.notFound(thing: .standard, name: code) }
        return List(items: rows)
    }
}
