// SPDX-License-Identifier: Apache-2.0

/// A version of a procedure: what is checked, where, how often, and against which errors.
package struct ProcedureVersion: Sendable, Equatable {
    /// Verification assesses against requirements; calibration states a relation.
    package enum Kind: String, Sendable, CaseIterable {
        case verification, calibration
    }

    /// The built-in that evaluates the readings.
    package enum Engine: String, Sendable, CaseIterable {
        case fuelDispenser = "fuel_dispenser"
        case nonautomaticScale = "nonautomatic_scale"
        case weightCalibration = "weight_calibration"
        case thermometerCalibration = "thermometer_calibration"
        case genericPoints = "generic_points"
    }

    /// Code, the same for all versions, such as `DLVN-10`.
    package let code: String
    /// Number and year, such as `ĐLVN 10:2017`.
    package let version: String
    /// Vietnamese name.
    package let nameVi: String
    /// English name.
    package let nameEn: String
    /// Kind of work.
    package let kind: Kind
    /// The built-in that evaluates.
    package let engine: Engine
    /// Codes of the instrument types it covers.
    package let typeCodes: [String]
    /// Days of work on which it applies.
    package let validity: ValidityRange
    /// Where it was taken from.
    package let source: String
    /// How far it is to be trusted.
    package let confidence: Confidence
    /// What it says.
    package let content: ProcedureContent
    /// The content as canonical JSON, to be stored and hashed: snake_case keys, sorted, no spaces.
    package let canonicalText: String
}
