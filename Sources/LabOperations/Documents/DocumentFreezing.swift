// SPDX-License-Identifier: Apache-2.0
internal import Certificates
internal import Digests
internal import APIContract
internal import LabStore
internal import LaboratoryModel

/// A document about to be frozen: what it is about and how its number reads.
struct DraftDocument {
    var kind: DocumentKind
    /// `KQTN`, `BBKD`, `GCNKD` or `GCNHC`.
    var series: String
    var sample: Int64?
    var measurement: Int64?
    var replaces: Int64?
    var reason: String?
    /// Label of the document replaced.
    var replacesLabel: String?
}

extension Transaction {
    /// Takes the next number, completes the content with it and freezes it: number, content and hash in one transaction.
    ///
    /// The number is the last thing taken before the insert, so that other documents of the series wait as short as possible.
    /// - Throws: ``ActError`` with every missing field when mandatory content is missing.
    func freeze(
        _ draft: DraftDocument, in setting: ActSetting, content: (DocumentIdentity) -> DocumentContent
    ) throws -> DocumentView {
        guard let publicURL = setting.centre.publicURL else { throw ActError.refused([.noCheckAddress]) }
        let year = setting.today.year
        let number = try only(Statements.documentNumber, draft.series, year).number
        let digits = String(number)
        let label = String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "/\(year)/\(draft.series)"
        let code = try RandomCode.readable(length: 12)
        let document = content(DocumentIdentity(label: label, code: code, checkURL: "\(publicURL)/verify/\(code)"))
        let missing = document.deficiencies()
        guard missing.isEmpty else {
            throw ActError.refused(
                missing.map {
                    .contentIncomplete(field: $0.field, clause: $0.clause, vi: $0.text.vi, en: $0.text.en ?? $0.text.vi)
                })
        }
        let bytes = try document.canonicalBytes()
        let key = try only(
            Statements.documentAdd, draft.kind.rawValue, draft.series, year, number, label, draft.sample, draft.measurement,
            draft.replaces, draft.reason, String(decoding: bytes, as: UTF8.self), SHA256.hex(bytes), code, "\(setting.today)",
            setting.caller.personID)
        try RenderDocument.enqueue(document: key.id, on: self)
        return try only(Statements.documentView, label)
    }

    /// The document with a label.
    func document(_ label: String) throws -> DocumentView {
        guard let row = try find(Statements.documentView, label) else {
            throw ActError.notFound(thing: .document, name: label)
        }
        return row
    }

    /// The document that an amendment replaces, when one is named: it must be issued, and the reason given.
    func amended(_ label: String?, reason: String?, kind: String, check: inout InputCheck) throws -> DocumentView? {
        guard let label else { return nil }
        _ = check.text("reason", reason)
        try check.finish()
        let document = try document(label)
        guard document.kind == kind, document.state == "issued" else {
            throw ActError.refused([.documentNotInState(document: label, state: document.state, needed: ["issued"])])
        }
        return document
    }
}
