// SPDX-License-Identifier: Apache-2.0

import Certificates
import Procedures

/// A line of the catalogue as the generator needs it.
struct CatalogueLine: Decodable, Sendable {
    let id: Int
    let code: String
    let matrixCode: String
    let fieldCode: String
    let matrixVi: String
    let indicatorVi: String
    let indicatorEn: String
    let method: String
    let unit: String
    let resultKind: String
    let lod: String?
    let decimals: Int
}

/// A version of a specification.
struct SpecificationVersion: Decodable, Sendable {
    let id: Int
    let code: String
    let nameVi: String
    let matrixCode: String
    let validFrom: String
    let validTo: String
}

/// A numeric limit of a specification.
struct SpecificationLimit: Decodable, Sendable {
    let specificationId: Int
    let lineCode: String
    let lower: String?
    let upper: String?
}

/// A district of the city or a province elsewhere.
struct PlaceRow: Decodable, Sendable {
    let code: String
    let nameVi: String
    let inCity: Bool
}

/// A version of a procedure.
struct ProcedureVersion: Decodable, Sendable {
    let id: Int
    let code: String
    let version: String
    let nameVi: String
    let kind: String
    let typeCodes: [String]
    let content: Procedure
    let validFrom: String
    let validTo: String
}

/// An instrument type.
struct TypeRow: Decodable, Sendable {
    let code: String
    let nameVi: String
    let family: String
    let cycleMonths: Int?
}

/// A code.
struct CodeRow: Decodable, Sendable {
    let code: String
}

/// A holiday, "YYYY-MM-DD".
struct HolidayRow: Decodable, Sendable {
    let day: String
}

/// An answer of yes or no.
struct EmptyRow: Decodable, Sendable {
    let isEmpty: Bool
}

/// The head of the centre's documents.
struct LetterheadRow: Decodable, Sendable {
    let letterhead: IssuingLaboratory
}
