// SPDX-License-Identifier: Apache-2.0

/// Sets the plan of a year as a new version. `POST /v1/plans`
package struct SetYearPlan: Codable, Sendable {
    package var year: Int
    package var samples: Int
    package var decision: String
    package var decidedOn: String

    package init(year: Int, samples: Int, decision: String, decidedOn: String) {
        (self.year, self.samples, self.decision, self.decidedOn) = (year, samples, decision, decidedOn)
    }
}

/// Registers a fuel lot certified as conforming. `POST /v1/fuel-lots`
package struct CertifyFuelLot: Codable, Sendable {
    package var number: String
    package var customer: String
    /// `blended`, `domestic` or `imported`.
    package var origin: String
    package var product: String
    /// Cubic metres.
    package var volumeM3: String
    package var specification: String
    package var sample: String?
    package var certificate: String
    package var certifiedOn: String

    package init(
        number: String, customer: String, origin: String, product: String, volumeM3: String, specification: String,
        sample: String? = nil, certificate: String, certifiedOn: String
    ) {
        (self.number, self.customer, self.origin, self.product) = (number, customer, origin, product)
        (self.volumeM3, self.specification, self.sample) = (volumeM3, specification, sample)
        (self.certificate, self.certifiedOn) = (certificate, certifiedOn)
    }
}

/// Withdraws the certificate of a fuel lot. `POST /v1/fuel-lot-withdrawals`
package struct WithdrawFuelLot: Codable, Sendable {
    package var lot: String
    package var withdrawnOn: String
    package var reason: String

    package init(lot: String, withdrawnOn: String, reason: String) {
        (self.lot, self.withdrawnOn, self.reason) = (lot, withdrawnOn, reason)
    }
}

/// Registers an inspection campaign of the Department. `POST /v1/inspection-campaigns`
package struct AddInspectionCampaign: Codable, Sendable {
    package var decision: String
    package var decidedOn: String
    package var title: String
    /// `measurement`, `quality`, `labels` or `mixed`.
    package var subject: String

    package init(decision: String, decidedOn: String, title: String, subject: String) {
        (self.decision, self.decidedOn, self.title, self.subject) = (decision, decidedOn, title, subject)
    }
}

/// Registers a visit of an inspection campaign. `POST /v1/inspection-visits`
package struct AddInspectionVisit: Codable, Sendable {
    /// Decision number of the campaign.
    package var campaign: String
    package var customer: String
    package var site: String?
    package var visitedOn: String
    package var finding: String?

    package init(campaign: String, customer: String, site: String? = nil, visitedOn: String, finding: String? = nil) {
        (self.campaign, self.customer, self.site) = (campaign, customer, site)
        (self.visitedOn, self.finding) = (visitedOn, finding)
    }
}

/// Emits the due list of a date as a new run of the chain. `POST /v1/due-runs`
package struct EmitDueList: Codable, Sendable {
    /// As-of date; today when absent.
    package var on: String?
    /// Days ahead that count as due; 30 when absent, at most 3,660.
    package var within: Int?

    /// Whether it is the run of record of that night: today's, or a missed one that is caught up.
    package var night: Bool?

    package init(on: String? = nil, within: Int? = nil, night: Bool? = nil) {
        (self.on, self.within, self.night) = (on, within, night)
    }
}
