// SPDX-License-Identifier: Apache-2.0

import APIContract
import Vocabulary

/// Puts a problem into words: every reason on its own line, in one language.
struct ProblemPrinter: Sendable {
    let language: Language
    let style: TerminalStyle

    /// The lines for people, each ending in a line break.
    func text(_ problem: Problem) -> String {
        let reasons = problem.reasons ?? []
        let isRefusal = problem.status == 422
        let opening = (isRefusal ? Message.refused : Message.error).text[language]
        let title = problem.kind.map { language == .vi ? $0.titleVi : $0.title } ?? problem.title
        let detail = language == .vi ? problem.detailVi ?? problem.detail : problem.detail ?? problem.detailVi
        let heading = style.emphasised(opening, .bad) + ": "
        // Where the only reason is the detail, it is said once, with its clause.
        let only = reasons.count == 1 ? reasons.first { (language == .vi ? $0.vi : $0.en) == detail } : nil
        if problem.kind == .invalidField, reasons.count > 1 { return text(faults: reasons, heading: heading) }
        var lines = [heading + (only.map(line) ?? Visible.line(detail ?? title))]
        // A detail that begins with the field has named it already.
        let isNamed = problem.field.map { (detail ?? "").hasPrefix($0) } ?? true
        // What was not found is named in the detail; the field is for programs, unless it is one of several samples.
        let isTold = isNamed || (problem.kind == .notFound && problem.field?.contains(".") == false)
        if let field = problem.field, !isTold, reasons.allSatisfy({ $0.field == nil }) {
            lines.append("  \(Message.field.text[language]): \(Visible.line(field))")
        }
        for reason in only == nil ? reasons : [] { lines.append("  - " + line(reason)) }
        let remedy = language == .vi ? problem.remedyVi ?? problem.remedy : problem.remedy ?? problem.remedyVi
        if let remedy { lines.append("  \(Message.remedy.text[language]): \(Visible.line(remedy))") }
        if problem.status >= 500, let instance = problem.instance {
            lines.append("  \(Message.requestNumber.text[language]): \(Visible.line(instance))")
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// Several faults of what was sent: their number, then each behind its place. The detail, which lists them too, is for programs.
    private func text(faults: [ReasonView], heading: String) -> String {
        let count = Message.faults.text.filled(["count": "\(faults.count)"])[language]
        let lines = faults.map { fault in
            let place = fault.field.map { $0.isEmpty ? "" : "\(Visible.line($0)): " } ?? ""
            return "  - \(place)\(Visible.line(language == .vi ? fault.vi : fault.en))"
        }
        return ([heading + count] + lines).map { $0 + "\n" }.joined()
    }

    private func line(_ reason: ReasonView) -> String {
        var line = Visible.line(language == .vi ? reason.vi : reason.en)
        if let field = reason.field { line += " (\(Message.field.text[language]) \(Visible.line(field)))" }
        if let clause = reason.clause {
            line += " — \(Visible.line(language == .vi ? Citation.vietnamese(clause) : clause))"
        }
        return line + " [\(Visible.line(reason.code))]"
    }

    /// The same as one RFC 9457 document on one line, for `--format json`.
    func json(_ problem: Problem) -> String {
        // Every member of a problem is text or a whole number, which encode without fail; the type says the rest.
        let document = try? StrictJSON.value(of: problem)
        return (document ?? .object([JSONMember("type", .string(problem.type))])).text + "\n"
    }
}
