// SPDX-License-Identifier: Apache-2.0

/// A problem document as it goes over the wire.
///
/// - Source: RFC 9457, section 3; `field`, `remedy` and `reasons` are extension members (section 3.2).
package struct Problem: Codable, Hashable, Sendable {
    /// The stable type, `urn:etalon:problem:NAME`; see ``ProblemKind``.
    package var type: String
    /// The title of the kind, in English.
    package var title: String
    /// The HTTP status code.
    package var status: Int
    /// What happened this time, in English.
    package var detail: String?
    /// What happened this time, in Vietnamese.
    package var detailVi: String?
    /// The request this is about, as `urn:etalon:request:ID`; the same id stands in the daemon's log.
    package var instance: String?
    /// The JSON pointer (RFC 6901) of the field at fault, or the name of the query parameter or header.
    package var field: String?
    /// What the caller can do about it, in English.
    package var remedy: String?
    /// What the caller can do about it, in Vietnamese.
    package var remedyVi: String?
    /// The rules that refused, all of them; absent when no rule was involved.
    package var reasons: [ReasonView]?

    /// A problem of a kind; the type, title and status follow from it.
    package init(
        _ kind: ProblemKind,
        vi: String? = nil,
        en: String? = nil,
        field: String? = nil,
        remedyVi: String? = nil,
        remedy: String? = nil,
        reasons: [ReasonView]? = nil
    ) {
        type = kind.type
        title = kind.title
        status = kind.status
        detail = en
        detailVi = vi
        self.field = field
        self.remedy = remedy
        self.remedyVi = remedyVi
        self.reasons = reasons
    }

    /// The kind, or `nil` for a type this program does not know.
    package var kind: ProblemKind? { ProblemKind(type: type) }
}

/// One rule that refused: its code, the clause it comes from, and the sentence in both languages.
package struct ReasonView: Codable, Hashable, Sendable {
    /// The stable code of the refusal, lower case with hyphens.
    package var code: String
    /// The clause the rule comes from, for example `ISO/IEC 17025:2017, 6.4.5`.
    package var clause: String?
    /// The sentence in Vietnamese.
    package var vi: String
    /// The sentence in English.
    package var en: String
    /// The JSON pointer of the field concerned.
    package var field: String?

    /// A reason with its sentences.
    package init(code: String, clause: String? = nil, vi: String, en: String, field: String? = nil) {
        self.code = code
        self.clause = clause
        self.vi = vi
        self.en = en
        self.field = field
    }
}

/// A problem on its way up as an error; it becomes the answer as it stands.
package struct ProblemError: Error, Hashable, Sendable {
    /// The document to answer with.
    package var problem: Problem
    /// Header fields the answer carries besides, such as `Allow`.
    package var headers: [String: String]

    /// An error that is answered with the problem given.
    package init(_ problem: Problem, headers: [String: String] = [:]) {
        self.problem = problem
        self.headers = headers
    }
}
