// SPDX-License-Identifier: Apache-2.0
package import Procedures

/// A version of a procedure: what is checked, where, how often, and against which errors.
package struct ProcedureVersion: Sendable, Equatable {
    /// Verification assesses against requirements; calibration states a relation; a test finds a characteristic.
    package enum Kind: String, Sendable, CaseIterable {
        case verification, calibration, test
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
    /// Codes of the instrument types it covers.
    package let typeCodes: [String]
    /// Types of instruments that this file brings along, for a kind of instrument that the centre has not had before.
    package let newTypes: [InstrumentType]
    /// Days of work on which it applies.
    package let validity: ValidityRange
    /// Where it was taken from.
    package let source: String
    /// How far it is to be trusted.
    package let confidence: Confidence
    /// What it says.
    package let content: Procedure
    /// The content as canonical JSON, to be stored and hashed: snake_case keys, sorted, no spaces.
    package let canonicalText: String
}
