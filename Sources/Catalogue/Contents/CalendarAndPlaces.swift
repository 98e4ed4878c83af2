// SPDX-License-Identifier: Apache-2.0

/// A day off that is not merely a weekend.
package struct Holiday: Sendable, Equatable {
    /// The day, `YYYY-MM-DD`.
    package let day: String
    /// Vietnamese name.
    package let nameVi: String
    /// English name.
    package let nameEn: String
    /// The law or the rule by which the day was computed.
    package let source: String
}

/// An administrative place during the days on which it existed.
package struct Place: Sendable, Equatable {
    /// Level of administration.
    package enum Kind: String, Sendable, CaseIterable {
        case province, district, commune
    }

    /// Code of the General Statistics Office.
    package let code: String
    /// Level of administration.
    package let kind: Kind
    /// Full Vietnamese name with its kind, such as `Quận Ninh Kiều`.
    package let nameVi: String
    /// Code of the place above it.
    package let parent: String?
    /// Whether it belongs to Can Tho as Can Tho was then.
    package let isInCity: Bool
    /// Codes of the places from which it was formed, where known.
    package let predecessors: [String]
    /// Days on which it existed.
    package let validity: ValidityRange
    /// Where the facts come from.
    package let source: String
}

/// One fact about the centre: a key and a JSON document.
package struct LaboratoryFact: Sendable, Equatable {
    /// Key such as `issuing_laboratory` or `ministries`.
    package let key: String
    /// Canonical JSON: keys sorted, no spaces.
    package let canonicalText: String
}
