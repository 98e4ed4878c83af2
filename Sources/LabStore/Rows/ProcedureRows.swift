// SPDX-License-Identifier: Apache-2.0

/// What loading a procedure did.
package struct ProcedureLoadRow: Decodable, Sendable {
    /// `loaded` or `unchanged`; `different`, `overlapping`, `followed` or `other_type` where nothing was done.
    package let state: String
    /// Version whose validity was ended, or what stands in the way.
    package let closes: String?
}

/// A version of a procedure; `content` is its JSON text.
package struct ProcedureRow: Decodable, Sendable {
    package let code: String
    package let version: String
    package let nameVi: String
    package let nameEn: String
    package let kind: String
    package let types: [String]
    package let validFrom: String
    package let validTo: String?
    package let source: String?
    package let sha256: String
    package let content: String
}

/// A measurement with all that its evaluation read.
package struct ReplayRow: Decodable, Sendable {
    package let id: Int64
    package let kind: String
    package let instrument: String
    package let workedOn: String
    package let procedure: String?
    package let sha256: String?
    package let content: String?
    package let outcome: String
    package let engineVersion: String
    package let evaluation: String
    package let readings: [ReplayReading]
    package let checks: [ReplayCheck]
}

/// An observation as recorded.
package struct ReplayReading: Decodable, Sendable {
    package let channel: Int?
    package let phase: String
    package let point: String
    package let repetition: Int
    package let indicated: String
    package let reference: String?
    package let extra: [String: String]
}

/// A judged step as recorded.
package struct ReplayCheck: Decodable, Sendable {
    package let step: String
    package let channel: Int?
    package let outcome: String
}
