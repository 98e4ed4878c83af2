// SPDX-License-Identifier: Apache-2.0
package import Metrology

/// Whether an instrument was read as it was found, or after it was adjusted.
package enum Phase: String, Sendable, CaseIterable, Codable {
    case asFound = "as_found"
    case asLeft = "as_left"
}

/// One repetition at a point, with the digits that were read.
package struct Observation: Sendable {
    /// Number of the channel; nil when the instrument is measured as a whole.
    package let channel: Int?
    package let phase: Phase
    /// Point of the procedure: `qmax`, `up:5`, `corner:1`.
    package let point: String
    /// From 1.
    package let repetition: Int
    /// Values by the name of the reading quantity: `indicated`, `reference`, `time_s` …
    package let values: [String: DecimalNumber]
    /// The part of the point before a colon: `up` of `up:5`.
    package let pointKind: String

    package init(channel: Int?, phase: Phase, point: String, repetition: Int, values: [String: DecimalNumber]) {
        (self.channel, self.phase, self.point, self.repetition, self.values) = (channel, phase, point, repetition, values)
        pointKind = point.pointKind
    }
}

extension String {
    /// Of a code of a point, the part before a colon: `up` of `up:5`.
    var pointKind: String {
        utf8.firstIndex(of: UInt8(ascii: ":")).map { String(self[..<$0]) } ?? self
    }
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

/// The instrument as the evaluation needs it.
package struct MeasuredInstrument: Sendable, Codable, Equatable {
    /// Characteristics as texts by key: `max_kg`, `e_g`.
    package let characteristics: [String: String]
    /// Channels that are judged, with their characteristics, by number.
    package let channels: [Int: [String: String]]

    package init(characteristics: [String: String], channels: [Int: [String: String]]) {
        (self.characteristics, self.channels) = (characteristics, channels)
    }

    private enum CodingKeys: CodingKey {
        case characteristics, channels
    }

    // Keys of JSON are texts: channels go by the text of their number.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        characteristics = try container.decode([String: String].self, forKey: .characteristics)
        let named = try container.decode([String: [String: String]].self, forKey: .channels)
        channels = Dictionary(named.compactMap { name, values in Int(name).map { ($0, values) } }) { first, _ in first }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(characteristics, forKey: .characteristics)
        try container.encode(Dictionary(channels.map { ("\($0.key)", $0.value) }) { first, _ in first }, forKey: .channels)
    }
}

/// A standard as the evaluation needs it: what its certificate says.
package struct UsedStandard: Sendable, Codable, Equatable {
    package let code: String
    package let kind: String
    /// Texts of the certificate: `expanded_uncertainty`, `coverage_factor`, `unit`, `cubic_expansion_per_celsius`.
    package let content: [String: String]

    package init(code: String, kind: String, content: [String: String]) {
        (self.code, self.kind, self.content) = (code, kind, content)
    }
}

/// Everything an evaluation reads besides the readings; stored with the conclusion, so that it can be repeated years later.
package struct EvaluationSetting: Sendable, Codable, Equatable {
    /// `initial`, `periodic`, `after_repair`; nil for a calibration or test.
    package let mode: String?
    package let instrument: MeasuredInstrument
    package let standards: [UsedStandard]
    /// Values of the surroundings by quantity, as texts.
    package let conditions: [String: String]

    package init(mode: String?, instrument: MeasuredInstrument, standards: [UsedStandard], conditions: [String: String]) {
        (self.mode, self.instrument, self.standards, self.conditions) = (mode, instrument, standards, conditions)
    }
}
