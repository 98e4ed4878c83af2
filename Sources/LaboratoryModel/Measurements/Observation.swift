// SPDX-License-Identifier: Apache-2.0
package import Metrology

/// Whether an instrument was read as it was found, or after it was adjusted.
package enum Phase: String, Sendable, CaseIterable, Codable {
    case asFound = "as_found"
    case asLeft = "as_left"
}

/// One observation, with the digits that were read.
package struct Observation: Sendable {
    /// Number of the channel; nil when the instrument is measured as a whole.
    package let channel: Int?
    package let phase: Phase
    /// Point of the procedure: `qmax`, `up:5`, `corner:1`.
    package let point: String
    /// From 1.
    package let repetition: Int
    /// What the instrument indicated, in the unit of the procedure.
    package let indicated: DecimalNumber
    /// What the standard gave; nil when the procedure has no reference at this point.
    package let reference: DecimalNumber?
    /// Further values by name: `time_s`, `temperature_celsius`, `unit_price`, `price`.
    package let extra: [String: DecimalNumber]

    package init(
        channel: Int?, phase: Phase, point: String, repetition: Int, indicated: DecimalNumber, reference: DecimalNumber?,
        extra: [String: DecimalNumber] = [:]
    ) {
        (self.channel, self.phase, self.point, self.repetition) = (channel, phase, point, repetition)
        (self.indicated, self.reference, self.extra) = (indicated, reference, extra)
    }

    /// The part of the point before a colon: `up` of `up:5`.
    package var pointKind: String { String(point.prefix { $0 != ":" }) }
}

/// A step that was judged, not measured.
package struct JudgedStep: Sendable {
    package let step: String
    package let channel: Int?
    /// `pass`, `fail` or `not_applicable`.
    package let outcome: String

    package init(step: String, channel: Int?, outcome: String) {
        (self.step, self.channel, self.outcome) = (step, channel, outcome)
    }
}

/// An evaluated point: what it came to and the verdict.
package struct EvaluatedPoint: Sendable, Equatable {
    package var channel: Int?
    package var phase: Phase
    package var point: String
    package var repetition: Int?
    package var indicated: DecimalNumber?
    package var reference: DecimalNumber?
    /// Error, or the evaluated quantity, in `unit`.
    package var error: DecimalNumber?
    /// The same corrected for the temperature of the test measure, informative.
    package var correctedError: DecimalNumber?
    /// Maximum permissible error without sign, in `unit`.
    package var limit: DecimalNumber?
    package var unit: String
    package var expandedUncertainty: DecimalNumber?
    package var coverageFactor: DecimalNumber?
    package var verdict: PointVerdict
}

/// Verdict on one point.
package enum PointVerdict: String, Sendable, Codable {
    case pass
    case fail
    /// Shown, not judged.
    case informative
}

/// What a whole measurement came to.
package struct Evaluation: Sendable {
    /// Every evaluated point, in the order measured.
    package var points: [EvaluatedPoint] = []
    /// Why it does not pass; empty for a pass.
    package var failures: [Reason] = []
    /// What is missing, so that nothing can be concluded.
    package var gaps: [Reason] = []
}
