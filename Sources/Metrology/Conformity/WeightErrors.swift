// SPDX-License-Identifier: Apache-2.0

/// Accuracy class of a weight.
package enum WeightClass: String, Sendable, CaseIterable, Codable {
    case e1 = "E1"
    case e2 = "E2"
    case f1 = "F1"
    case f2 = "F2"
    case m1 = "M1"
    case m1To2 = "M1-2"
    case m2 = "M2"
    case m2To3 = "M2-3"
    case m3 = "M3"

    /// Reads a class such as E2 or M1-2; nil for anything else.
    package init?(written: String) {
        let plain = written.uppercased().map { "–−₋".contains($0) ? "-" : $0 }
        self.init(rawValue: String(plain))
    }
}

/// Maximum permissible errors of weights on initial and subsequent verification.
///
/// Source: OIML R 111-1:2004, 5.1.1, table 1.
package enum WeightErrors {
    /// Permissible error ±δm of the conventional mass, in milligrams, without zeros at the end.
    ///
    /// - Parameters:
    ///   - weightClass: Accuracy class.
    ///   - nominalGrams: Nominal value in grams, one of 1, 2, 5 times a power of ten from 1 mg to 5000 kg.
    /// - Throws: ``ConformityError/outsideTable(table:value:remedy:)`` where the table has no value.
    package static func permissibleErrorMilligrams(
        _ weightClass: WeightClass, nominalGrams: DecimalNumber
    ) throws(ConformityError) -> DecimalNumber {
        let table = PermissibleErrorTable.Name.weights.rawValue
        guard let row = rows.first(where: { DecimalNumber(unchecked: Int128($0.milligrams), scale: 3) == nominalGrams }) else {
            throw .outsideTable(
                table: table, value: "a nominal value of \(nominalGrams) g",
                remedy: "weights have 1, 2 or 5 times a power of ten, 1 mg to 5000 kg")
        }
        let column = WeightClass.allCases.firstIndex(of: weightClass) ?? 0
        guard let micrograms = row.micrograms[column] else {
            let known = zip(WeightClass.allCases, row.micrograms).compactMap { $1 == nil ? nil : $0.rawValue }
            throw .outsideTable(
                table: table, value: "class \(weightClass.rawValue) at \(nominalGrams) g",
                remedy: "that nominal value has the classes \(known.joined(separator: ", "))")
        }
        return DecimalNumber(unchecked: Int128(micrograms), scale: 3).withoutTrailingZeros
    }

    /// Nominal values in grams, falling.
    package static var nominalGrams: [DecimalNumber] {
        rows.map { DecimalNumber(unchecked: Int128($0.milligrams), scale: 3).withoutTrailingZeros }
    }

    /// Nominal value in milligrams and permissible errors in micrograms: E1, E2, F1, F2, M1, M1-2, M2, M2-3, M3.
    private static let rows: [(milligrams: Int, micrograms: [Int?])] =
        heavy + [
            (20_000_000, [10_000, 30_000, 100_000, 300_000, 1_000_000, nil, 3_000_000, nil, 10_000_000]),
            (10_000_000, [5_000, 16_000, 50_000, 160_000, 500_000, nil, 1_600_000, nil, 5_000_000]),
            (5_000_000, [2_500, 8_000, 25_000, 80_000, 250_000, nil, 800_000, nil, 2_500_000]),
            (2_000_000, [1_000, 3_000, 10_000, 30_000, 100_000, nil, 300_000, nil, 1_000_000]),
            (1_000_000, [500, 1_600, 5_000, 16_000, 50_000, nil, 160_000, nil, 500_000]),
            (500_000, [250, 800, 2_500, 8_000, 25_000, nil, 80_000, nil, 250_000]),
            (200_000, [100, 300, 1_000, 3_000, 10_000, nil, 30_000, nil, 100_000]),
            (100_000, [50, 160, 500, 1_600, 5_000, nil, 16_000, nil, 50_000]),
            (50_000, [30, 100, 300, 1_000, 3_000, nil, 10_000, nil, 30_000]),
            (20_000, [25, 80, 250, 800, 2_500, nil, 8_000, nil, 25_000]),
            (10_000, [20, 60, 200, 600, 2_000, nil, 6_000, nil, 20_000]),
            (5_000, [16, 50, 160, 500, 1_600, nil, 5_000, nil, 16_000]),
            (2_000, [12, 40, 120, 400, 1_200, nil, 4_000, nil, 12_000]),
            (1_000, [10, 30, 100, 300, 1_000, nil, 3_000, nil, 10_000]),
            (500, [8, 25, 80, 250, 800, nil, 2_500, nil, nil]),
            (200, [6, 20, 60, 200, 600, nil, 2_000, nil, nil]),
            (100, [5, 16, 50, 160, 500, nil, 1_600, nil, nil]),
            (50, [4, 12, 40, 120, 400, nil, nil, nil, nil]),
            (20, [3, 10, 30, 100, 300, nil, nil, nil, nil]),
            (10, [3, 8, 25, 80, 250, nil, nil, nil, nil]),
            (5, [3, 6, 20, 60, 200, nil, nil, nil, nil]),
            (2, [3, 6, 20, 60, 200, nil, nil, nil, nil]),
            (1, [3, 6, 20, 60, 200, nil, nil, nil, nil]),
        ]

    /// Rows of 50 kg and more, which alone have the classes M1-2 and M2-3.
    private static let heavy: [(milligrams: Int, micrograms: [Int?])] = [
        (
            5_000_000_000,
            [nil, nil, 25_000_000, 80_000_000, 250_000_000, 500_000_000, 800_000_000, 1_600_000_000, 2_500_000_000]
        ),
        (
            2_000_000_000,
            [nil, nil, 10_000_000, 30_000_000, 100_000_000, 200_000_000, 300_000_000, 600_000_000, 1_000_000_000]
        ),
        (
            1_000_000_000,
            [nil, 1_600_000, 5_000_000, 16_000_000, 50_000_000, 100_000_000, 160_000_000, 300_000_000, 500_000_000]
        ),
        (500_000_000, [nil, 800_000, 2_500_000, 8_000_000, 25_000_000, 50_000_000, 80_000_000, 160_000_000, 250_000_000]),
        (200_000_000, [nil, 300_000, 1_000_000, 3_000_000, 10_000_000, 20_000_000, 30_000_000, 60_000_000, 100_000_000]),
        (100_000_000, [nil, 160_000, 500_000, 1_600_000, 5_000_000, 10_000_000, 16_000_000, 30_000_000, 50_000_000]),
        (50_000_000, [25_000, 80_000, 250_000, 800_000, 2_500_000, 5_000_000, 8_000_000, 16_000_000, 25_000_000]),
    ]
}
