// SPDX-License-Identifier: Apache-2.0
package import Metrology

/// What a procedure version asks for, as data: steps, points, standards, permissible errors, evidence.
package struct ProcedurePlan: Sendable {
    /// A step to be judged.
    package struct Step: Sendable {
        package let code: String
        /// Modes in which it is required; empty: in all.
        package let modes: [String]

        package init(code: String, modes: [String]) {
            (self.code, self.modes) = (code, modes)
        }
    }

    /// A point to be measured so many times; for a dispenser on each nozzle.
    package struct Point: Sendable {
        /// The point, or the part of it before the colon.
        package let kind: String
        package let count: Int
        /// Own limit in the unit of the procedure; nil: the procedure's.
        package let limit: DecimalNumber?

        package init(kind: String, count: Int, limit: DecimalNumber? = nil) {
            (self.kind, self.count, self.limit) = (kind, count, limit)
        }
    }

    /// What people call the steps, points and standards, by their codes.
    package struct Names: Sendable {
        package var steps: [String: BilingualSentence] = [:]
        package var points: [String: BilingualSentence] = [:]
        /// By the kind of standard.
        package var standards: [String: BilingualSentence] = [:]

        package init() {}

        /// A step as reasons name it.
        package func step(_ code: String) -> CodedName { CodedName(code, name: steps[code]) }
        /// A point as reasons name it.
        package func point(_ code: String) -> CodedName { CodedName(code, name: points[code]) }
        /// A kind of standard as reasons name it.
        package func standard(_ kind: String) -> CodedName { CodedName(kind, name: standards[kind]) }
    }

    /// Names, for reasons.
    package var names = Names()
    /// Name of the built-in that evaluates: `fuel_dispenser`, `nonautomatic_scale`, `weight_calibration`,
    /// `thermometer_calibration` or `generic_points`.
    package var engine: String
    package var steps: [Step]
    package var points: [Point]
    /// Kinds of standards that must be named.
    package var standardKinds: [String]
    /// Maximum permissible error by mode, in the unit of the procedure; empty where the engine has a table.
    package var permissibleErrors: [String: DecimalNumber]
    /// Unit of errors, as printed.
    package var unit: String
    /// Evidence that a pass must carry: `stamp`, `mark`, `seal`.
    package var evidence: [String]
    /// Whether a certificate is issued by default.
    package var certificate: Bool
    /// Half-widths of rectangular contributions to the uncertainty by name, in the unit of the indication.
    package var rectangular: [String: DecimalNumber]

    package init(
        engine: String, steps: [Step] = [], points: [Point] = [], standardKinds: [String] = [],
        permissibleErrors: [String: DecimalNumber] = [:], unit: String, evidence: [String] = [], certificate: Bool = true,
        rectangular: [String: DecimalNumber] = [:]
    ) {
        (self.engine, self.steps, self.points, self.standardKinds) = (engine, steps, points, standardKinds)
        (self.permissibleErrors, self.unit, self.evidence) = (permissibleErrors, unit, evidence)
        (self.certificate, self.rectangular) = (certificate, rectangular)
    }
}

/// The instrument as the evaluation needs it.
package struct MeasuredInstrument: Sendable {
    /// Characteristics as texts with units in the name: `max_kg`, `e_g`.
    package let characteristics: [String: String]
    /// Channels that are judged, with their characteristics, by number.
    package let channels: [Int: [String: String]]

    package init(characteristics: [String: String], channels: [Int: [String: String]]) {
        (self.characteristics, self.channels) = (characteristics, channels)
    }
}

/// A standard as the evaluation needs it: what its certificate says.
package struct UsedStandard: Sendable {
    package let code: String
    package let kind: String
    /// Texts of the certificate: `expanded_uncertainty`, `coverage_factor`, `cubic_expansion_per_celsius`.
    package let content: [String: String]

    package init(code: String, kind: String, content: [String: String]) {
        (self.code, self.kind, self.content) = (code, kind, content)
    }
}
