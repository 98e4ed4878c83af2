// SPDX-License-Identifier: Apache-2.0

/// An instrument in a list.
package struct InstrumentSummary: Codable, Sendable {
    package var id: Int64
    package var code: String
    package var type: String
    package var typeNameVi: String
    package var typeNameEn: String
    package var serial: String
    package var model: String?
    package var customer: String
    package var customerName: String
    package var site: String
    package var siteName: String
    package var place: String
}

/// An instrument with its channels and characteristics.
package struct InstrumentView: Codable, Sendable {
    package var id: Int64
    package var code: String
    package var type: String
    package var typeNameVi: String
    package var typeNameEn: String
    package var serial: String
    package var serialAssigned: Bool
    package var maker: String?
    package var country: String?
    package var model: String?
    package var madeInYear: Int?
    package var typeApproval: String?
    package var customer: String
    package var customerName: String
    package var site: String
    package var siteName: String
    package var place: String
    package var inTradeUse: Bool
    package var putInUseOn: String
    package var calibrationMonths: Int?
    package var characteristics: [String: String]
    package var channels: [ChannelView]
}

/// A channel of an instrument.
package struct ChannelView: Codable, Sendable {
    package var id: Int64
    package var number: Int
    package var name: String
    package var characteristics: [String: String]
}

/// A line of an instrument's history: an event or a measurement.
package struct InstrumentHistoryLine: Codable, Sendable {
    package var on: String
    /// `event` or `measurement`.
    package var what: String
    package var kind: String
    package var outcome: String?
    package var measurement: Int64?
    package var validUntil: String?
    package var by: String?
    package var note: String?
}

/// A measurement standard with its papers.
package struct StandardView: Codable, Sendable {
    package var id: Int64
    package var code: String
    package var nameVi: String
    package var nameEn: String
    package var kind: String
    package var serial: String
    package var accuracyClass: String?
    package var certificates: [StandardCertificateView]
}

/// A paper of a standard.
package struct StandardCertificateView: Codable, Sendable {
    package var kind: String
    package var number: String
    package var organisation: String
    package var issuedOn: String
    package var validUntil: String
}

/// A measurement with everything observed and concluded.
package struct MeasurementView: Codable, Sendable {
    package var id: Int64
    package var kind: String
    package var mode: String?
    package var instrument: String
    package var serial: String
    package var procedure: String?
    package var procedureVersion: String?
    package var workedOn: String
    package var measuredBy: String?
    package var organisation: String?
    package var outcome: String?
    package var reasons: [String]
    package var validUntil: String?
    package var standards: [String]
    package var readings: [ReadingView]
    package var checks: [CheckView]
    package var evidence: [EvidenceView]
    package var documents: [String]
    package var evaluation: [EvaluationLine]
}

/// One observation.
package struct ReadingView: Codable, Sendable {
    package var channel: Int?
    package var phase: String
    package var point: String
    package var repetition: Int
    package var indicated: String
    package var reference: String?
}

/// A judged step.
package struct CheckView: Codable, Sendable {
    package var step: String
    package var channel: Int?
    package var outcome: String
    package var note: String?
}

/// A stamp or seal that was affixed.
package struct EvidenceView: Codable, Sendable {
    package var kind: String
    package var series: String
    package var number: String
    package var place: String?
}

/// One evaluated result: what it came to, its limits and the verdict.
package struct EvaluationLine: Codable, Sendable, Equatable {
    package var channel: Int?
    package var phase: String
    /// Absent for a result of all points together.
    package var point: String?
    package var repetition: Int?
    /// Code of the result in the procedure, and what people call it.
    package var result: String
    package var nameVi: String
    package var nameEn: String
    package var indicated: String?
    package var reference: String?
    /// The value in `unit` as reported; decimal text.
    package var value: String
    package var unit: String
    /// Permitted values in `unit`; absent on a side without a limit.
    package var lower: String?
    package var upper: String?
    /// Expanded uncertainty in `unit`, and its coverage factor.
    package var expandedUncertainty: String?
    package var coverageFactor: String?
    /// Effective degrees of freedom; absent where infinite or not asked for.
    package var degreesOfFreedom: String?
    /// Guard band that the decision rule took, in `unit`.
    package var guardBand: String?
    /// `pass`, `conditional_pass`, `conditional_fail`, `fail` or `informative`.
    package var verdict: String
    /// Whether a document prints it.
    package var printed: Bool
    package var budget: [BudgetLineView]?

    package init(
        channel: Int? = nil, phase: String, point: String? = nil, repetition: Int? = nil, result: String, nameVi: String,
        nameEn: String, indicated: String? = nil, reference: String? = nil, value: String, unit: String, lower: String? = nil,
        upper: String? = nil, expandedUncertainty: String? = nil, coverageFactor: String? = nil, degreesOfFreedom: String? = nil,
        guardBand: String? = nil, verdict: String, printed: Bool = true, budget: [BudgetLineView]? = nil
    ) {
        (self.channel, self.phase, self.point, self.repetition) = (channel, phase, point, repetition)
        (self.result, self.nameVi, self.nameEn) = (result, nameVi, nameEn)
        (self.indicated, self.reference, self.value, self.unit) = (indicated, reference, value, unit)
        (self.lower, self.upper, self.expandedUncertainty) = (lower, upper, expandedUncertainty)
        (self.coverageFactor, self.degreesOfFreedom, self.guardBand) = (coverageFactor, degreesOfFreedom, guardBand)
        (self.verdict, self.printed, self.budget) = (verdict, printed, budget)
    }
}

/// A line of an uncertainty budget; numbers as texts with all digits of their binary value.
package struct BudgetLineView: Codable, Sendable, Equatable {
    package var symbol: String
    /// Unit of estimate and standard uncertainty.
    package var unit: String
    package var estimate: String
    package var standardUncertainty: String
    /// Absent where infinite.
    package var degreesOfFreedom: String?
    /// Sensitivity coefficient, unit of the result over `unit`.
    package var sensitivity: String
    /// |c|·u in the unit of the result.
    package var contribution: String

    package init(
        symbol: String, unit: String, estimate: String, standardUncertainty: String, degreesOfFreedom: String?,
        sensitivity: String, contribution: String
    ) {
        (self.symbol, self.unit, self.estimate, self.standardUncertainty) = (symbol, unit, estimate, standardUncertainty)
        (self.degreesOfFreedom, self.sensitivity, self.contribution) = (degreesOfFreedom, sensitivity, contribution)
    }
}

/// What recording a measurement came to.
package struct RecordedMeasurement: Codable, Sendable {
    package var id: Int64
    package var instrument: String
    package var outcome: String
    package var reasons: [ReasonView]
    package var validUntil: String?
    package var evaluation: [EvaluationLine]

    package init(
        id: Int64, instrument: String, outcome: String, reasons: [ReasonView], validUntil: String?, evaluation: [EvaluationLine]
    ) {
        (self.id, self.instrument, self.outcome) = (id, instrument, outcome)
        (self.reasons, self.validUntil, self.evaluation) = (reasons, validUntil, evaluation)
    }
}

/// Stamps of one kind, series and state, counted.
package struct StampStock: Codable, Sendable {
    package var kind: String
    package var series: String
    package var state: String
    package var holder: String?
    package var first: String
    package var last: String
    package var count: Int
}
