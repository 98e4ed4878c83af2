// SPDX-License-Identifier: Apache-2.0
internal import Metrology
package import APIContract
package import LabStore
package import LaboratoryModel

/// Sets the plan of a year as its next version.
package enum YearPlanSet: Act {
    package static let name = "plan.set"
    package static let roles: Set<Role> = [.manager, .administrator]

    package static func perform(
        _ request: SetYearPlan, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        if !(2000...2100).contains(request.year) { check.fault("year", vi: "từ 2000 đến 2100", en: "between 2000 and 2100") }
        if request.samples < 1 { check.fault("samples", vi: "phải lớn hơn 0", en: "must be greater than 0") }
        let decision = check.text("decision", request.decision)
        let decided = check.date("decided_on", request.decidedOn)
        try check.finish()
        let key = try database.only(
            Statements.yearPlanAdd, request.year, request.samples, decision, "\(decided)", setting.caller.personID)
        return Acknowledgement(id: key.id, code: key.code)
    }
}

/// Registers a fuel lot certified as conforming.
package enum FuelLotCertify: Act {
    package static let name = "lot.certify"
    package static let roles: Set<Role> = [.signatory, .reviewer]

    package static func perform(
        _ request: CertifyFuelLot, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let number = check.text("number", request.number, longest: 80)
        let origin = check.word("origin", request.origin, of: ["blended", "domestic", "imported"])
        let product = check.text("product", request.product)
        let volume = check.decimal("volume_m3", request.volumeM3)
        if let volume, volume <= .zero { check.fault("volume_m3", vi: "phải lớn hơn 0", en: "must be greater than 0") }
        let certificate = check.text("certificate", request.certificate, longest: 80)
        let certified = check.date("certified_on", request.certifiedOn)
        try check.finish()
        let customer = try database.customer(request.customer)
        guard let specification = try database.find(Statements.specificationOn, request.specification, "\(certified)") else {
            throw ActError.notFound(thing: .specification, name: request.specification)
        }
        let sample = try request.sample.map { try database.sample($0).id }
        let key = try database.only(
            Statements.fuelLotAdd, number, customer.id, origin, product, volume.map { "\($0)" }, specification.id, sample,
            certificate,
            "\(certified)", setting.caller.personID)
        return Acknowledgement(id: key.id, code: key.code)
    }
}

/// Withdraws the certificate of a fuel lot.
package enum FuelLotWithdraw: Act {
    package static let name = "lot.withdraw"
    package static let roles: Set<Role> = [.signatory, .quality]

    package static func perform(
        _ request: WithdrawFuelLot, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let reason = check.text("reason", request.reason)
        let day = check.date("withdrawn_on", request.withdrawnOn)
        try check.finish()
        guard let lot = try database.find(Statements.fuelLotByNumber, request.lot) else {
            throw ActError.notFound(thing: .fuelLot, name: request.lot)
        }
        try database.run(Statements.fuelLotWithdraw, lot.id, "\(day)", reason, setting.caller.personID)
        return Acknowledgement(id: lot.id, code: lot.code)
    }
}

/// Registers an inspection campaign: the Department's act, kept apart from verifications.
package enum InspectionCampaignAdd: Act {
    package static let name = "inspection.campaign"
    package static let roles: Set<Role> = [.manager, .reception]

    package static func perform(
        _ request: AddInspectionCampaign, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let decision = check.text("decision", request.decision, longest: 80)
        let title = check.text("title", request.title)
        let subject = check.word("subject", request.subject, of: ["measurement", "quality", "labels", "mixed"])
        let decided = check.date("decided_on", request.decidedOn)
        try check.finish()
        let key = try database.only(
            Statements.inspectionCampaignAdd, decision, "\(decided)", title, subject, setting.caller.personID)
        return Acknowledgement(id: key.id, code: key.code)
    }
}

/// Registers a visit of a campaign.
package enum InspectionVisitAdd: Act {
    package static let name = "inspection.visit"
    package static let roles: Set<Role> = [.manager, .reception]

    package static func perform(
        _ request: AddInspectionVisit, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let day = check.date("visited_on", request.visitedOn)
        try check.finish()
        guard let campaign = try database.find(Statements.inspectionCampaignByDecision, request.campaign) else {
            throw ActError.notFound(thing: .campaign, name: request.campaign)
        }
        let customer = try database.customer(request.customer)
        let site = try request.site.map { try database.site($0).id }
        let key = try database.only(
            Statements.inspectionVisitAdd, campaign.id, customer.id, site, "\(day)", request.finding, setting.caller.personID)
        return Acknowledgement(id: key.id, code: key.code)
    }
}
