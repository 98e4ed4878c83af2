// SPDX-License-Identifier: Apache-2.0

/// The instrument as the gate sees it on the day of the work.
package struct GateInstrument: Decodable, Sendable {
    package let id: Int64
    package let code: String
    package let type: String
    package let family: String
    package let serial: String
    package let typeApproval: String?
    package let characteristics: [String: String]
    package let siteId: Int64
    package let holderId: Int64
    package let place: String
    package let putInUseOn: String
    package let typeApprovalRequired: Bool
    package let underControl: Bool
    package let designated: Bool
    package let channels: [GateChannel]
}

/// A channel of the instrument.
package struct GateChannel: Decodable, Sendable {
    package let id: Int64
    package let number: Int
    package let name: String
    package let characteristics: [String: String]
}

/// The procedure version in force on the day; `content` is its JSON text.
package struct GateProcedure: Decodable, Sendable {
    package let id: Int64
    package let code: String
    package let version: String
    package let nameVi: String
    package let nameEn: String
    package let kind: String
    /// Instrument types that it is for.
    package let typeCodes: [String]
    package let content: String
    /// Hash of the content.
    package let sha256: String
}

/// The verifier's card on the day.
package struct GateVerifier: Decodable, Sendable {
    package let id: Int64
    package let username: String
    package let name: String
    package let card: String?
    package let expiresOn: String?
    package let families: [String]
    package let cardValid: Bool
}

/// A standard and its papers on the day.
package struct GateStandard: Decodable, Sendable {
    package let code: String
    package let id: Int64?
    package let kind: String?
    package let nameVi: String?
    package let nameEn: String?
    package let serial: String?
    package let accuracyClass: String?
    package let calibration: String?
    package let calibratedUntil: String?
    package let calibrated: Bool
    package let certifiedUntil: String?
    package let certified: Bool
    package let content: [String: String]
}

/// Where a stamp is.
package struct StampFacts: Decodable, Sendable {
    package let position: Int
    package let id: Int64?
    package let state: String?
    package let personId: Int64?
    package let holder: String?
}

/// A measurement in a list.
package struct MeasurementSummary: Codable, Sendable {
    package let id: Int64
    package let instrument: String
    package let serial: String
    package let kind: String
    package let mode: String?
    package let workedOn: String
    package let outcome: String?
    package let validUntil: String?
    package let measuredBy: String?
}

/// What a record or certificate of a measurement shows.
package struct CertificateFacts: Decodable, Sendable {
    package let id: Int64
    package let kind: String
    package let mode: String?
    package let workedOn: String
    package let measuredBy: Int64?
    package let verifier: String?
    package let instrument: String
    package let serial: String
    package let maker: String?
    package let country: String?
    package let model: String?
    package let madeInYear: Int?
    package let characteristics: [String: String]
    package let typeVi: String
    package let typeEn: String
    package let type: String
    package let holder: String
    package let site: String
    package let siteAddress: String?
    package let procedure: String?
    package let procedureVersion: String?
    package let procedureVi: String?
    package let procedureEn: String?
    package let procedureContent: String?
    package let outcome: String?
    package let reasons: [String]?
    package let evaluation: String?
    package let validUntil: String?
    package let conditions: [String: String]
    package let standards: [CertificateStandard]
    package let evidence: [CertificateEvidence]
    package let channels: [CertificateChannel]
    package let certificate: String?
    package let record: String?
}

/// A standard as printed.
package struct CertificateStandard: Decodable, Sendable {
    package let code: String
    package let nameVi: String
    package let nameEn: String
    package let serial: String
    package let certificate: String?
    package let validUntil: String?
}

/// A stamp or seal as printed.
package struct CertificateEvidence: Decodable, Sendable {
    package let kind: String
    package let series: String
    package let number: String
    package let place: String?
}

/// A channel as printed.
package struct CertificateChannel: Decodable, Sendable {
    package let number: Int
    package let name: String
    package let characteristics: [String: String]
}
