// SPDX-License-Identifier: Apache-2.0

/// A version of a procedure in a list.
package struct ProcedureSummary: Codable, Sendable {
    package var code: String
    package var version: String
    package var nameVi: String
    package var nameEn: String
    /// `verification` or `calibration`.
    package var kind: String
    package var types: [String]
    package var validFrom: String
    package var validTo: String?
    package var source: String?
    /// Hash of the content.
    package var sha256: String
}

/// A version of a procedure with what it says.
package struct ProcedureView: Codable, Sendable {
    package var code: String
    package var version: String
    package var nameVi: String
    package var nameEn: String
    package var kind: String
    package var types: [String]
    package var validFrom: String
    package var validTo: String?
    package var source: String?
    package var sha256: String
    /// The content as it was loaded.
    package var content: JSONValue

    package init(
        code: String, version: String, nameVi: String, nameEn: String, kind: String, types: [String], validFrom: String,
        validTo: String?, source: String?, sha256: String, content: JSONValue
    ) {
        (self.code, self.version, self.nameVi, self.nameEn, self.kind) = (code, version, nameVi, nameEn, kind)
        (self.types, self.validFrom, self.validTo, self.source) = (types, validFrom, validTo, source)
        (self.sha256, self.content) = (sha256, content)
    }
}

/// What became of a procedure file.
package struct ProcedureOutcome: Codable, Sendable {
    package var code: String
    package var version: String
    package var validFrom: String
    package var sha256: String
    package var points: Int
    package var results: Int
    /// Worked examples that were run and held.
    package var examples: Int
    /// `checked`, `loaded` or `unchanged`.
    package var state: String
    /// Version whose validity now ends the day before.
    package var closes: String?

    package init(
        code: String, version: String, validFrom: String, sha256: String, points: Int, results: Int, examples: Int, state: String,
        closes: String? = nil
    ) {
        (self.code, self.version, self.validFrom, self.sha256) = (code, version, validFrom, sha256)
        (self.points, self.results, self.examples) = (points, results, examples)
        (self.state, self.closes) = (state, closes)
    }
}

/// A measurement evaluated again from what was stored with it.
package struct ReplayLine: Codable, Sendable {
    package var id: Int64
    package var instrument: String
    package var workedOn: String
    package var procedure: String?
    /// Engine that evaluated it when it was recorded.
    package var engineVersion: String
    /// `identical`, `different`, or `not_evaluated` where the record holds no evaluation by this engine.
    package var verdict: String
    /// Results that came out differently: `error 1/qmin/1: 0.30 pass → 0.56 fail`.
    package var differences: [String]
    /// Why there is nothing to compare, or what stopped the comparison.
    package var noteVi: String?
    package var noteEn: String?

    package init(
        id: Int64, instrument: String, workedOn: String, procedure: String?, engineVersion: String, verdict: String,
        differences: [String] = [], noteVi: String? = nil, noteEn: String? = nil
    ) {
        (self.id, self.instrument, self.workedOn, self.procedure) = (id, instrument, workedOn, procedure)
        (self.engineVersion, self.verdict, self.differences) = (engineVersion, verdict, differences)
        (self.noteVi, self.noteEn) = (noteVi, noteEn)
    }
}
