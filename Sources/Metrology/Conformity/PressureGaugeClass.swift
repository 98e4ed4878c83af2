// SPDX-License-Identifier: Apache-2.0

/// Accuracy class of a pressure gauge with elastic sensing element, percent of its span.
///
/// Source: EN 837-1:1996, table 11 (limits of permissible error). The share for another temperature than
/// 20 °C is not included.
package enum PressureGaugeClass {
    /// Classes of the standard, rising.
    package static let all = [10, 25, 60, 100, 160, 250, 400].map { DecimalNumber(unchecked: $0, scale: 2).withoutTrailingZeros }

    /// Permissible error, class percent of the span, in the unit of the span.
    ///
    /// - Parameters:
    ///   - accuracyClass: One of ``all``.
    ///   - span: Upper minus lower end of the scale, positive.
    /// - Throws: ``ConformityError/outsideTable(table:value:remedy:)``, ``ConformityError/notPositive(quantity:)``,
    ///   ``ConformityError/decimal(_:)``.
    package static func permissibleError(
        _ accuracyClass: DecimalNumber, span: DecimalNumber
    ) throws(ConformityError) -> DecimalNumber {
        guard all.contains(accuracyClass) else {
            throw .outsideTable(
                table: PermissibleErrorTable.Name.pressureGauges.rawValue, value: "class \(accuracyClass)",
                remedy: "classes are \(all.map(\.description).joined(separator: ", "))")
        }
        guard span > .zero else { throw .notPositive(quantity: "span") }
        return try CombinedLimit(percent: accuracyClass, absolute: nil, digits: nil, combination: .sum)
            .limit(base: span, resolution: nil)
    }
}
