// SPDX-License-Identifier: Apache-2.0

/// Kind of permissible error of a piston pipette.
package enum PipetteError: String, Sendable, CaseIterable, Codable {
    /// Mean of the deliveries minus the selected volume.
    case systematic
    /// Standard deviation of repeated deliveries.
    case random
}

/// Accuracy class of volumetric glassware.
package enum GlasswareClass: String, Sendable, CaseIterable, Codable {
    /// Class A, also for AS.
    case a = "A"
    /// Class B.
    case b = "B"

    /// Reads A, AS or B; nil for anything else.
    package init?(written: String) {
        let word = written.uppercased()
        self.init(rawValue: word == "AS" ? "A" : word)
    }
}

/// Maximum permissible errors of instruments that deliver or contain a volume.
///
/// Confidence: assumed. The figures are recalled; those of class A and of piston pipettes agree with a second
/// publication. Compare them with the standard before a certificate refers to it.
package enum VolumeErrors {
    /// Permissible error of a single-channel air-displacement or positive-displacement piston pipette, in microlitres.
    ///
    /// The figure belongs to the nominal volume and holds, in microlitres, for every volume that a variable pipette can be
    /// set to. A nominal volume between two rows takes the greater one.
    /// - Parameters:
    ///   - kind: Systematic or random.
    ///   - nominalMicrolitres: Nominal volume in microlitres, above 0 and at most 10 000.
    /// - Throws: ``ConformityError/outsideTable(table:value:remedy:)``.
    /// - Source: ISO 8655-2:2002, table 1 (types A and D1). Confidence: assumed.
    package static func pipetteErrorMicrolitres(
        _ kind: PipetteError, nominalMicrolitres: DecimalNumber
    ) throws(ConformityError) -> DecimalNumber {
        guard nominalMicrolitres > .zero,
            let row = pipettes.first(where: { nominalMicrolitres <= DecimalNumber($0.microlitres) })
        else {
            throw .outsideTable(
                table: PermissibleErrorTable.Name.pistonPipettes.rawValue, value: "\(nominalMicrolitres) µL",
                remedy: "nominal volumes are above 0 and at most 10000 µL")
        }
        let nanolitres = kind == .systematic ? row.systematic : row.random
        return DecimalNumber(unchecked: Int128(nanolitres), scale: 3).withoutTrailingZeros
    }

    /// Permissible error of glassware with a standard nominal capacity, in millilitres.
    ///
    /// - Parameters:
    ///   - glassware: Kind of glassware.
    ///   - accuracyClass: A or B.
    ///   - nominalMillilitres: Nominal capacity in millilitres.
    /// - Throws: ``ConformityError/outsideTable(table:value:remedy:)`` for a capacity that the standard does not list.
    package static func glasswareErrorMillilitres(
        _ glassware: Glassware, _ accuracyClass: GlasswareClass, nominalMillilitres: DecimalNumber
    ) throws(ConformityError) -> DecimalNumber {
        func capacity(_ row: Glassware.Row) -> DecimalNumber {
            DecimalNumber(unchecked: Int128(row.capacity), scale: 3).withoutTrailingZeros
        }
        guard let row = glassware.rows.first(where: { capacity($0) == nominalMillilitres }) else {
            throw .outsideTable(
                table: glassware.rawValue, value: "\(nominalMillilitres) mL",
                remedy: "nominal capacities are \(glassware.rows.map { "\(capacity($0))" }.joined(separator: ", ")) mL")
        }
        let microlitres = accuracyClass == .a ? row.classA : row.classB
        return DecimalNumber(unchecked: Int128(microlitres), scale: 3).withoutTrailingZeros
    }

    /// Nominal volume in microlitres, systematic and random error in nanolitres.
    private static let pipettes: [(microlitres: Int, systematic: Int, random: Int)] = [
        (1, 50, 50), (2, 80, 40), (5, 125, 75), (10, 120, 80), (20, 200, 100), (50, 500, 200), (100, 800, 300),
        (200, 1_600, 600), (500, 4_000, 1_500), (1_000, 8_000, 3_000), (2_000, 16_000, 6_000), (5_000, 40_000, 15_000),
        (10_000, 60_000, 30_000),
    ]
}

/// Volumetric glassware with limits of error by class.
package enum Glassware: String, Sendable, CaseIterable {
    /// One-mark volumetric flasks, ISO 1042:1998, table 1. Confidence: assumed.
    case flask = "iso-1042"
    /// Single-volume pipettes, ISO 648:2008, table 1. Confidence: assumed.
    case pipette = "iso-648"
    /// Burettes of the usual graduation, ISO 385:2005, table 1. Confidence: assumed.
    case burette = "iso-385"

    /// Nominal capacity and limits of error, all in microlitres.
    struct Row: Sendable {
        let capacity: Int
        let classA: Int
        let classB: Int

        init(_ capacity: Int, _ classA: Int, _ classB: Int) {
            (self.capacity, self.classA, self.classB) = (capacity, classA, classB)
        }
    }

    /// Rows by rising capacity.
    var rows: [Row] {
        switch self {
        case .flask: Self.flasks
        case .pipette: Self.pipettes
        case .burette: Self.burettes
        }
    }

    private static let flasks = [
        Row(1_000, 25, 50), Row(2_000, 25, 50), Row(5_000, 25, 50), Row(10_000, 25, 50), Row(20_000, 40, 80),
        Row(25_000, 40, 80), Row(50_000, 60, 120), Row(100_000, 100, 200), Row(200_000, 150, 300), Row(250_000, 150, 300),
        Row(500_000, 250, 500), Row(1_000_000, 400, 800), Row(2_000_000, 600, 1_200), Row(5_000_000, 1_200, 2_400),
    ]

    private static let pipettes = [
        Row(500, 5, 10), Row(1_000, 8, 15), Row(2_000, 10, 20), Row(5_000, 15, 30), Row(10_000, 20, 40),
        Row(20_000, 30, 60), Row(25_000, 30, 60), Row(50_000, 50, 100), Row(100_000, 80, 160),
    ]

    private static let burettes = [
        Row(1_000, 6, 10), Row(2_000, 10, 20), Row(5_000, 10, 20), Row(10_000, 30, 50), Row(25_000, 50, 100),
        Row(50_000, 50, 100), Row(100_000, 100, 200),
    ]
}
