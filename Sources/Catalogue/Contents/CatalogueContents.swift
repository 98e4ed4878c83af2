// SPDX-License-Identifier: Apache-2.0

/// Master data as the files of one folder state it: checked as a whole, not yet in a database.
///
/// Order is that of the files. Every reference between the lists resolves, codes are unique, and no two rows
/// of one code hold on the same day.
package struct CatalogueContents: Sendable, Equatable {
    /// The files that were read, ordered by path.
    package var files: [CatalogueFile] = []
    /// Testing fields.
    package var fields: [TestingField] = []
    /// Matrices, each of one field.
    package var matrices: [Matrix] = []
    /// Catalogue lines: indicator in a matrix by a method.
    package var lines: [CatalogueLine] = []
    /// Versions of specifications with their limits.
    package var specifications: [SpecificationVersion] = []
    /// Instrument types, under control or not.
    package var instrumentTypes: [InstrumentType] = []
    /// Controls and cycles of instrument types.
    package var intervalRules: [IntervalRule] = []
    /// How the last day of validity is read, by period.
    package var validityPolicies: [ValidityPolicyPeriod] = []
    /// Versions of verification and calibration procedures.
    package var procedures: [ProcedureVersion] = []
    /// Days on which the centre does not work, weekends apart.
    package var holidays: [Holiday] = []
    /// Administrative places.
    package var places: [Place] = []
    /// When people are reminded of deadlines.
    package var reminderPolicies: [ReminderPolicy] = []
    /// Addresses of those who are told besides the customers.
    package var reminderAudiences: [ReminderAudience] = []
    /// Grace of deadlines, by period.
    package var grace: [DeadlineGrace] = []
    /// Facts about the centre itself.
    package var laboratory: [LaboratoryFact] = []

    /// Master data without a row.
    package init() {}
}

/// One file of the folder as it was read.
package struct CatalogueFile: Sendable, Equatable {
    /// Path below the folder, with `/`.
    package let path: String
    /// The text, byte for byte.
    package let text: String
}

/// The civil days on which a fact holds, both ends included.
package struct ValidityRange: Sendable, Equatable, Codable {
    /// First day, `YYYY-MM-DD`.
    package let from: String
    /// Last day, `YYYY-MM-DD`; nil while no end is known.
    package let through: String?

    /// Whether the fact holds on a day written `YYYY-MM-DD`.
    package func contains(_ day: String) -> Bool {
        from <= day && day <= (through ?? "9999-12-31")
    }

    /// Whether some day belongs to both ranges.
    package func overlaps(_ other: ValidityRange) -> Bool {
        from <= (other.through ?? "9999-12-31") && other.from <= (through ?? "9999-12-31")
    }
}

/// How far a fact is to be trusted.
package enum Confidence: String, Sendable, CaseIterable {
    /// Read in the text of the law or norm.
    case high
    /// Read in a publication about it.
    case medium
    /// Remembered, inferred or assumed; to be confirmed.
    case low
}
