// SPDX-License-Identifier: Apache-2.0

/// A type of measuring instrument.
package struct InstrumentType: Sendable, Equatable {
    /// Field of measurement, as on verifier cards and designations.
    package enum Family: String, Sendable, CaseIterable {
        case length, mass, force, pressure, volume, temperature, electrical, acoustics, optics, radiation,
            medical
        case physicoChemical = "physico_chemical"
        case timeFrequency = "time_frequency"
    }

    /// Row of the group-2 table such as `19`, or a code of the centre's own beginning with `C-`.
    package let code: String
    /// Vietnamese name.
    package let nameVi: String
    /// English name.
    package let nameEn: String
    /// Field of measurement.
    package let family: Family
}

/// Controls and cycle of one instrument type during one period.
///
/// Source: Circular 23/2013/TT-BKHCN Art. 4(1) and its amendments.
package struct IntervalRule: Sendable, Equatable {
    /// Code such as `G2-19`, the same for all versions.
    package let code: String
    /// The circular that set it, such as `07/2019`.
    package let version: String
    /// Code of the instrument type.
    package let typeCode: String
    /// Cycle in months; nil where no periodic verification is asked.
    package let cycleMonths: Int?
    /// Cycle after a first verification, where it has a length of its own.
    package let initialCycleMonths: Int?
    /// Cycle after a repair, where it has a length of its own.
    package let afterRepairCycleMonths: Int?
    /// Whether the type must be approved.
    package let typeApproval: Bool
    /// Whether initial verification is asked.
    package let initial: Bool
    /// Whether periodic verification is asked.
    package let periodic: Bool
    /// Whether verification after repair is asked.
    package let afterRepair: Bool
    /// Days on which the rule holds.
    package let validity: ValidityRange
    /// Where the rule comes from.
    package let source: String
    /// How far it is to be trusted.
    package let confidence: Confidence
}

/// How the last day of validity follows from the cycle, during one period.
package struct ValidityPolicyPeriod: Sendable, Equatable {
    /// The two readings of Circular 24/2013/TT-BKHCN Art. 41(10).
    package enum Policy: String, Sendable, CaseIterable {
        /// The last day of the month in which the cycle ends.
        case endOfMonth = "END_OF_MONTH"
        /// The corresponding day of that month.
        case anniversary = "ANNIVERSARY"
    }

    /// The reading.
    package let policy: Policy
    /// Days of work on which it applies.
    package let validity: ValidityRange
    /// Who decided it.
    package let source: String
}
