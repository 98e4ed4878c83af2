// SPDX-License-Identifier: Apache-2.0

/// The figures of the annual report.
package struct AnnualFigures: Codable, Sendable {
    package var year: Int
    package var asOf: String
    /// Identity of the definitions that were counted by.
    package var definition: String
    package var samplesTested: Int
    package var plan: Int?
    package var planVersion: Int?
    package var planDecision: String?
    package var planPercent: String?
    package var indicatorsTested: Int
    package var indicatorsSubcontracted: Int
    package var outsideCitySamples: Int
    package var outsideCityPercent: String?
    package var stateManagementSamples: Int
    package var stateManagementPercent: String?
    package var fuelLotsCertified: Int
    package var fuelLotsBlended: Int
    package var fuelLotsDomestic: Int
    package var fuelLotsImported: Int
    package var fuelDispensersVerified: Int
    package var fuelDispensersVerifications: Int
    package var fuelDispensersPassed: Int
    package var fuelDispensersFailed: Int
    package var fuelDispensersRefused: Int
    package var fuelDispenserEnterprises: Int
    package var fuelDispenserSites: Int
    package var totalisersSealed: Int
    package var totaliserSites: Int
    package var scalesVerified: Int
    package var otherScalesVerified: Int
    package var scalesVerifications: Int
    package var scalesPassed: Int
    package var scalesFailed: Int
    package var markets: Int
    package var districts: Int
    package var inspectionCampaigns: Int
    package var inspectedEstablishments: Int
    package var inspectionVisits: Int
}

/// A part of the annual report: a field, a month or a ministry.
package struct AnnualPart: Codable, Sendable {
    package var dimension: String
    package var key: String?
    package var samples: Int
    package var indicators: Int
    package var outsideCity: Int
    package var stateManagement: Int
}

/// The annual report: its figures at the top level, and the breakdowns.
package struct AnnualReportView: Codable, Sendable {
    package var figures: AnnualFigures
    package var byField: [AnnualPart]
    package var byMonth: [AnnualPart]
    package var byMinistry: [AnnualPart]

    package init(figures: AnnualFigures, byField: [AnnualPart], byMonth: [AnnualPart], byMinistry: [AnnualPart]) {
        (self.figures, self.byField, self.byMonth, self.byMinistry) = (figures, byField, byMonth, byMinistry)
    }

    private enum CodingKeys: String, CodingKey {
        case byField, byMonth, byMinistry
    }

    package init(from decoder: any Decoder) throws {
        figures = try AnnualFigures(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        byField = try container.decode([AnnualPart].self, forKey: .byField)
        byMonth = try container.decode([AnnualPart].self, forKey: .byMonth)
        byMinistry = try container.decode([AnnualPart].self, forKey: .byMinistry)
    }

    package func encode(to encoder: any Encoder) throws {
        try figures.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(byField, forKey: .byField)
        try container.encode(byMonth, forKey: .byMonth)
        try container.encode(byMinistry, forKey: .byMinistry)
    }
}
