// SPDX-License-Identifier: Apache-2.0

/// A measurement with a known answer, written into the procedure; a procedure whose example comes out differently is refused.
package struct WorkedExample: Sendable, Equatable, Codable {
    /// A reading.
    package struct Reading: Sendable, Equatable, Codable {
        package var channel: Int?
        package var asLeft: Bool
        package var point: String
        package var repetition: Int
        /// Values by the name of the reading quantity.
        package var values: [String: String]

        package init(channel: Int?, asLeft: Bool, point: String, repetition: Int, values: [String: String]) {
            (self.channel, self.asLeft, self.point, self.repetition, self.values) = (channel, asLeft, point, repetition, values)
        }
    }

    /// What a result must come to.
    package struct Expectation: Sendable, Equatable, Codable {
        package var result: String
        package var channel: Int?
        package var asLeft: Bool
        package var point: String?
        package var repetition: Int?
        /// As reported, digit for digit.
        package var value: String
        package var expandedUncertainty: String?
        package var coverageFactor: String?
        /// `pass`, `fail`, `conditional_pass`, `conditional_fail` or `informative`.
        package var verdict: String?

        package init(
            result: String, channel: Int?, asLeft: Bool, point: String?, repetition: Int?, value: String,
            expandedUncertainty: String?, coverageFactor: String?, verdict: String?
        ) {
            (self.result, self.channel, self.asLeft, self.point, self.repetition) = (result, channel, asLeft, point, repetition)
            (self.value, self.expandedUncertainty, self.coverageFactor, self.verdict) = (
                value, expandedUncertainty, coverageFactor, verdict
            )
        }
    }

    package var name: String
    /// Where the numbers come from.
    package var source: String
    package var mode: VerificationMode?
    /// Characteristics of the instrument by key.
    package var instrument: [String: String]
    /// Characteristics of each channel by its number.
    package var channels: [String: [String: String]]
    /// What the certificates of the standards say, by kind of standard.
    package var standards: [String: [String: String]]
    package var conditions: [String: String]
    /// Checks that are not passed, by code: `fail` or `not_applicable`; all others pass.
    package var steps: [String: String]
    package var readings: [Reading]
    /// `pass`, `fail` or `calibrated`.
    package var outcome: String
    package var results: [Expectation]

    package init(
        name: String, source: String, mode: VerificationMode?, instrument: [String: String],
        channels: [String: [String: String]], standards: [String: [String: String]], conditions: [String: String],
        steps: [String: String], readings: [Reading], outcome: String, results: [Expectation]
    ) {
        (self.name, self.source, self.mode, self.instrument, self.channels) = (name, source, mode, instrument, channels)
        (self.standards, self.conditions, self.steps, self.readings, self.outcome) = (
            standards, conditions, steps, readings, outcome
        )
        self.results = results
    }
}
