// SPDX-License-Identifier: Apache-2.0

/// Name of a unit in the Digital System of Units (D-SI), as in \milli\gram\litre\tothe{-1}.
///
/// Source: D-SI 2.2, rules for BIPM units: prefix, base, exponent; a unit without a name there is marked by a bar.
struct DigitalName: Sendable {
    /// One base with its prefix and exponent.
    struct Node: Sendable {
        var powerOfTen: Int
        let base: String
        var exponent: Int
    }

    private(set) var nodes: [Node] = []

    /// The number one.
    init() {}

    /// Reads the bases of a row of the table, as `watt hour`, `minute^-1` or `milli-gram gram^-1`, with a prefix for the first of them.
    init?(row: String, powerOfTen: Int) {
        for word in row.split(separator: " ") {
            let parts = word.split(separator: "^")
            let names = parts.first?.split(separator: "-") ?? []
            guard let base = names.last else { return nil }
            var power = nodes.isEmpty ? powerOfTen : 0
            if names.count == 2, let prefix = UnitPrefix.all.first(where: { $0.digitalName == names[0] }) {
                power += prefix.powerOfTen
            }
            nodes.append(Node(powerOfTen: power, base: String(base), exponent: parts.count == 2 ? Int(parts[1]) ?? 1 : 1))
        }
    }

    /// Appends a name raised to a power.
    mutating func multiply(by other: DigitalName, exponent: Int) {
        for node in other.nodes {
            nodes.append(Node(powerOfTen: node.powerOfTen, base: node.base, exponent: node.exponent * exponent))
        }
    }

    /// Raises the name to a power.
    mutating func raise(to exponent: Int) {
        for index in nodes.indices { nodes[index].exponent *= exponent }
    }

    /// Puts a power of ten into a prefix, as 1/(100 mL) into \deci\litre\tothe{-1}; false where none takes it.
    mutating func absorb(powerOfTen: Int) -> Bool {
        if powerOfTen == 0 { return true }
        if powerOfTen == -6, !nodes.contains(where: { $0.base == "ppm" }) {
            nodes.insert(Node(powerOfTen: 0, base: "ppm", exponent: 1), at: 0)
            return true
        }
        for (index, node) in nodes.enumerated() where !Self.withoutPrefix.contains(node.base) {
            guard powerOfTen.isMultiple(of: node.exponent) else { continue }
            let power = node.powerOfTen + powerOfTen / node.exponent
            guard power == 0 || UnitPrefix.power(power) != nil else { continue }
            nodes[index].powerOfTen = power
            return true
        }
        return false
    }

    /// The name; nil where a base stands with a prefix or an exponent that the D-SI does not allow.
    var text: String? {
        guard !nodes.isEmpty else { return #"\one"# }
        var text = ""
        for node in nodes {
            if node.exponent == 0 { continue }
            if node.powerOfTen == 3, node.base == "gram" {
                text += #"\kilogram"#
            } else if node.powerOfTen != 0 {
                guard let prefix = UnitPrefix.power(node.powerOfTen), !Self.withoutPrefix.contains(node.base) else { return nil }
                text += "\\\(prefix.digitalName)\\\(node.base)"
            } else {
                text += "\\\(node.base)"
            }
            guard node.exponent != 1 else { continue }
            guard !Self.withoutExponent.contains(node.base) else { return nil }
            text += "\\tothe{\(node.exponent)}"
        }
        return text
    }

    /// Bases without prefixes, and of those the ones without exponents (rules R010 and R014 of the D-SI).
    private static let withoutPrefix: Set<String> = [
        "day", "decibel", "degreecelsius", "hectare", "hour", "minute", "mmHg", "one", "ppm", "percent",
    ]
    private static let withoutExponent: Set<String> = ["one", "ppm", "percent"]
}
