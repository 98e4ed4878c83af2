// SPDX-License-Identifier: Apache-2.0

/// What the number in front of a unit is, beyond its dimension.
package enum UnitKind: Sendable, Hashable {
    /// A multiple of the unit, zero being nothing of the quantity.
    case ordinary
    /// A point on a scale whose zero lies this far below the one of the scale (273.15 for °C): a temperature.
    case point(zero: DecimalNumber)
    /// A difference of points, such as Δ°C.
    case difference
    /// A number of things or of an agreed scale that is not another: CFU, NTU, đồng.
    case counted(String)
    /// A quotient of two quantities of this dimension: a fraction of mass, of volume.
    case fraction(of: Dimension)
}

/// Row of the table of units: one unit that is not a product of others.
struct UnitDefinition: Sendable {
    /// Symbol as printed.
    let symbol: String
    /// Symbol as printed in English; the same unless it is a word.
    let englishSymbol: String
    /// Other spellings that are read.
    let spellings: [String]
    /// Names in both languages.
    let vietnameseName: String
    let englishName: String
    /// Bases of the D-SI with exponents, as `watt hour` or `minute^-1`; empty for a number, nil where the D-SI has no name.
    let digital: String?
    let dimension: Dimension
    /// Exact ratio to the coherent unit of the SI: decimals, `pi` and `ln10` joined by `*` and at most one `/`.
    let factor: String
    let kind: UnitKind
    /// Whether prefixes of the SI are put before it.
    let takesPrefixes: Bool

    init(
        _ symbol: String,
        english: String? = nil,
        spelled spellings: [String] = [],
        _ vietnameseName: String,
        _ englishName: String,
        digital: String?,
        _ dimension: Dimension,
        _ factor: String = "1",
        kind: UnitKind = .ordinary,
        prefixes takesPrefixes: Bool = false
    ) {
        self.symbol = symbol
        self.englishSymbol = english ?? symbol
        self.spellings = spellings
        self.vietnameseName = vietnameseName
        self.englishName = englishName
        self.digital = digital
        self.dimension = dimension
        self.factor = factor
        self.kind = kind
        self.takesPrefixes = takesPrefixes
    }
}

extension UnitFactor {
    /// Reads the ratio of a row of the table; nil for a slip in the row.
    init?(row text: String) {
        var result: UnitFactor? = .one
        let sides = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(sides.count) else { return nil }
        for (isBelow, side) in zip([false, true], sides) {
            for part in side.split(separator: "*", omittingEmptySubsequences: false) {
                guard let factor = Self.part(part) else { return nil }
                result = (isBelow ? factor.reciprocal : factor).flatMap { result?.multiplied(by: $0) }
            }
        }
        guard let result else { return nil }
        self = result
    }

    private static func part(_ text: Substring) -> UnitFactor? {
        switch text {
        case "pi": return UnitFactor(1, over: 1, powerOfTen: 0, powerOfPi: 1)
        case "ln10": return UnitFactor(1, over: 1, powerOfTen: 0, powerOfLn10: 1)
        default:
            // Nothing is lost: a slip in a row is found by a test that reads them all.
            guard let number = try? DecimalNumber(parsing: text) else { return nil }
            return UnitFactor(number.coefficient, over: 1, powerOfTen: -number.scale)
        }
    }
}

/// Prefix of the SI.
///
/// Source: SI Brochure, 9th edition, table 7.
struct UnitPrefix: Sendable {
    let symbol: String
    let powerOfTen: Int
    let digitalName: String
    let vietnameseName: String
    let englishName: String

    private init(_ symbol: String, _ powerOfTen: Int, _ englishName: String, _ vietnameseName: String) {
        self.symbol = symbol
        self.powerOfTen = powerOfTen
        self.digitalName = englishName
        self.vietnameseName = vietnameseName
        self.englishName = englishName
    }

    /// All prefixes; the micro sign is U+00B5.
    static let all = [
        UnitPrefix("Q", 30, "quetta", "quetta"), UnitPrefix("R", 27, "ronna", "ronna"), UnitPrefix("Y", 24, "yotta", "yotta"),
        UnitPrefix("Z", 21, "zetta", "zetta"), UnitPrefix("E", 18, "exa", "exa"), UnitPrefix("P", 15, "peta", "peta"),
        UnitPrefix("T", 12, "tera", "tera"), UnitPrefix("G", 9, "giga", "giga"), UnitPrefix("M", 6, "mega", "mega"),
        UnitPrefix("k", 3, "kilo", "kilô"), UnitPrefix("h", 2, "hecto", "hectô"), UnitPrefix("da", 1, "deca", "đeca"),
        UnitPrefix("d", -1, "deci", "đeci"), UnitPrefix("c", -2, "centi", "centi"), UnitPrefix("m", -3, "milli", "mili"),
        UnitPrefix("\u{B5}", -6, "micro", "micrô"), UnitPrefix("n", -9, "nano", "nanô"), UnitPrefix("p", -12, "pico", "picô"),
        UnitPrefix("f", -15, "femto", "femtô"), UnitPrefix("a", -18, "atto", "attô"), UnitPrefix("z", -21, "zepto", "zeptô"),
        UnitPrefix("y", -24, "yocto", "yoctô"), UnitPrefix("r", -27, "ronto", "rontô"), UnitPrefix("q", -30, "quecto", "quectô"),
    ]

    /// Prefix with a power of ten.
    static func power(_ powerOfTen: Int) -> UnitPrefix? { all.first { $0.powerOfTen == powerOfTen } }
}
