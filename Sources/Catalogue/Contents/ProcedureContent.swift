// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What a procedure version says, apart from its name and dates.
///
/// On the wire and in the database it is JSON with snake_case keys; decimals are strings.
package struct ProcedureContent: Sendable, Equatable, Codable {
    /// The evidence that a pass earns.
    package let evidence: EvidenceRule?
    /// Measurement standards that the work needs.
    package let standards: [RequiredStandard]
    /// Limits of the surroundings.
    package let conditions: [ConditionLimit]
    /// Checks by eye and hand, in order.
    package let steps: [ProcedureStep]
    /// Where and how often the instrument is read, in order.
    package let points: [MeasurementPoint]
    /// Maximum permissible errors, by point and mode; none for a calibration.
    package let maximumPermissibleErrors: [PermissibleError]
    /// Inputs of the uncertainty budget.
    package let uncertaintyInputs: [UncertaintyInput]
    /// Numbers of the procedure that its engine names, as written.
    package let parameters: [String: String]
    /// Yes-or-no properties of the procedure that its engine names.
    package let settings: [String: Bool]
}

extension ProcedureContent {
    /// Reads the canonical text back.
    /// - Throws: the decoder's error when the text is not such JSON.
    package init(canonicalText: String) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(ProcedureContent.self, from: Foundation.Data(canonicalText.utf8))
    }
}

/// Mode of verification (Circular 23/2013/TT-BKHCN Art. 19).
package enum VerificationMode: String, Sendable, CaseIterable, Codable {
    case initial, periodic
    case afterRepair = "after_repair"
}

/// Which evidence a pass earns (Circular 24/2013/TT-BKHCN Art. 38).
package struct EvidenceRule: Sendable, Equatable, Codable {
    /// When a piece of evidence is given.
    package enum Occasion: String, Sendable, CaseIterable, Codable {
        case never
        case onPass = "on_pass"
        case onRequest = "on_request"
    }

    /// The mark (dấu kiểm định).
    package let mark: Occasion
    /// The stamp (tem kiểm định).
    package let stamp: Occasion
    /// Seals on parts that can change the characteristics.
    package let seals: Occasion
    /// The certificate (giấy chứng nhận kiểm định).
    package let certificate: Occasion
}

/// A measurement standard that the work needs.
package struct RequiredStandard: Sendable, Equatable, Codable {
    /// Kind as registered, such as `volume_measure`.
    package let kind: String
    /// Vietnamese description.
    package let vi: String
    /// English description.
    package let en: String
    /// Accuracy class at least, in words, such as `0.1` or `M1`.
    package let accuracyClass: String?
    /// Whether the work cannot be done without it.
    package let required: Bool
}

/// Limits of one quantity of the surroundings.
package struct ConditionLimit: Sendable, Equatable, Codable {
    /// Key of the quantity, such as `air_temperature`.
    package let quantity: String
    /// Unit of both limits.
    package let unit: String
    /// Smallest permitted value.
    package let lower: String?
    /// Largest permitted value.
    package let upper: String?
}

/// A check by eye or hand that is passed, failed or not applicable.
package struct ProcedureStep: Sendable, Equatable, Codable {
    /// Code, unique within the procedure.
    package let code: String
    /// Clause of the procedure.
    package let clause: String?
    /// Vietnamese name.
    package let vi: String
    /// English name.
    package let en: String
    /// Modes of verification in which it is done; empty for a calibration, which has none.
    package let modes: [VerificationMode]
    /// Whether each channel is checked by itself.
    package let perChannel: Bool
}

/// A point at which the instrument is read.
package struct MeasurementPoint: Sendable, Equatable, Codable {
    /// What the nominal value is a part of.
    package enum Reference: String, Sendable, CaseIterable, Codable {
        /// The value itself, in the unit of the point.
        case value
        /// A fraction of Max.
        case max
        /// A multiple of Min.
        case min
        /// A number of verification intervals e; Max where that exceeds Max.
        case interval
        /// The nominal value of the instrument itself (a weight) or of the customer's wish.
        case nominal
    }

    /// What the reading is judged for.
    package enum Purpose: String, Sendable, CaseIterable, Codable {
        case error, repeatability, eccentricity, discrimination
        case minimumQuantity = "minimum_quantity"
    }

    /// Code, unique within the procedure; readings carry it. `up:max` is the point `max` of the kind `up`.
    package let code: String
    /// Vietnamese name.
    package let vi: String
    /// English name.
    package let en: String
    /// What it is for.
    package let purpose: Purpose
    /// What the nominal value is a part of.
    package let reference: Reference
    /// The value, fraction, multiple or number; nil for `nominal`.
    package let nominal: String?
    /// Unit of the readings; nil where the instrument's own unit is meant.
    package let unit: String?
    /// Readings to take, at least 1.
    package let repetitions: Int
}

/// A maximum permissible error for some points in some modes.
package struct PermissibleError: Sendable, Equatable, Codable {
    /// How the error is bounded.
    package enum Rule: String, Sendable, CaseIterable, Codable {
        /// |relative error| ≤ value, in per cent.
        case percent
        /// |error| ≤ value, in the unit given.
        case absolute
        /// OIML R76 initial verification: 0.5 e, 1 e, 1.5 e by class and load.
        case nawiInitial = "nawi_initial"
        /// Spread of repeated readings ≤ |initial MPE| of that load.
        case nawiRepeatability = "nawi_repeatability"
    }

    /// Codes of the points it applies to.
    package let points: [String]
    /// Modes it applies to.
    package let modes: [VerificationMode]
    /// How the error is bounded.
    package let rule: Rule
    /// The bound; nil for rules that compute it.
    package let value: String?
    /// Unit of the bound.
    package let unit: String?
}

/// An input of the uncertainty budget.
package struct UncertaintyInput: Sendable, Equatable, Codable {
    /// Distribution assigned to the input (JCGM 100:2008, 4.2 and 4.3).
    package enum Distribution: String, Sendable, CaseIterable, Codable {
        case normal, rectangular, triangular
        case studentT = "student_t"
    }

    /// Code that the engine names.
    package let code: String
    /// Vietnamese name.
    package let vi: String
    /// English name.
    package let en: String
    /// `A` from the readings, `B` from other knowledge.
    package let evaluation: String
    /// Distribution.
    package let distribution: Distribution
    /// Half width of a bounded distribution, where the procedure fixes it.
    package let halfWidth: String?
    /// Unit of the half width.
    package let unit: String?
}
