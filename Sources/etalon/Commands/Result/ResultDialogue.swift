// SPDX-License-Identifier: Apache-2.0

import APIContract

/// Asks for results one by one; each is sent as it is typed, so that one can leave and go on later.
///
/// Limits and flags are shown only after the value, so that they cannot colour it.
struct ResultDialogue {
    /// One result to be asked for.
    struct Question: Equatable {
        let sample: String
        let indicator: String
        let name: String
        let unit: String
        let method: String
        /// Whether an earlier value is corrected, which needs a reason.
        let corrects: Bool
        /// Why the earlier value was sent back.
        let sentBack: String?

        /// A line of the work list.
        init(_ item: WorkItem, _ language: Language) {
            (sample, indicator) = (item.sample, item.indicator)
            name = language == .vi ? item.nameVi : item.nameEn
            (unit, method) = (item.unit, item.method)
            (corrects, sentBack) = (item.state == "sent_back", item.state == "sent_back" ? item.reason : nil)
        }

        /// A line of a sample; `nil` when it does not wait.
        init?(_ line: SampleLine, of sample: String, _ language: Language) {
            guard !line.subcontracted, line.state == "waiting" || line.state == "sent_back" else { return nil }
            (self.sample, indicator) = (sample, line.indicator)
            name = language == .vi ? line.nameVi : line.nameEn
            (unit, method) = (line.unit, line.method)
            (corrects, sentBack) = (line.version != nil, line.reviewReason)
        }
    }

    private let session: Session
    private let testedOn: String?
    private let nextLine: () -> String?

    /// A dialogue on standard input; `nextLine` gives what is typed, `nil` at its end.
    init(_ session: Session, testedOn: String?, nextLine: @escaping () -> String? = { readLine() }) {
        (self.session, self.testedOn, self.nextLine) = (session, testedOn, nextLine)
    }

    /// Asks every question in turn, and shows at the end what was entered where that is not for people.
    ///
    /// - Throws: ``Failure`` or ``TransportError`` when going on makes no sense.
    func run(_ questions: [Question]) async throws {
        guard !questions.isEmpty else { return session.note(Phrase.nothingWaits) }
        session.note(Phrase.entryRules)
        var entered: [JSONValue] = []
        var open = questions.count
        asking: for question in questions {
            announce(question)
            while true {
                guard let typed = prompt("  > ") else { break asking }
                if typed.isEmpty { break }
                guard let result = request(question, typed) else { break asking }
                if let answer = try await send(result) {
                    entered.append(contentsOf: answer)
                    open -= 1
                    break
                }
            }
        }
        if open > 0 { session.note(Phrase.leftOver.filled(["count": "\(open)"])) }
        guard session.presentation.format != .table else { return }
        let list = JSONValue.object([JSONMember("items", .array(entered)), JSONMember("next", .null)])
        try session.show(list: list.bytes, SampleTables.entered)
    }

    private func announce(_ question: Question) {
        let unit = question.unit.isEmpty ? "" : " [\(question.unit)]"
        session.notes(
            Visible.line("\(question.sample)  \(question.indicator)  \(question.name)\(unit)  \(question.method)") + "\n")
        if let reason = question.sentBack { session.note(Phrase.sentBack.filled(["reason": Visible.line(reason)])) }
    }

    private func prompt(_ text: String) -> String? {
        session.notes(text)
        guard let line = nextLine() else {
            session.notes("\n")
            return nil
        }
        let isSpace = { (letter: Character) in letter == " " || letter == "\t" || letter == "\r" }
        return String(line.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }

    private func request(_ question: Question, _ typed: String) -> NewResult? {
        var reason: String?
        if question.corrects {
            guard let given = prompt(Phrase.correctionReason[session.language] + ": ") else { return nil }
            reason = given
        }
        let isMissing = typed.hasPrefix("#")
        return NewResult(
            sample: question.sample, indicator: question.indicator, value: isMissing ? nil : typed,
            notMeasured: isMissing ? String(typed.dropFirst()) : nil, testedOn: testedOn, reason: reason)
    }

    /// Sends one result and tells what it came to; `nil` when it was refused and is asked again.
    private func send(_ result: NewResult) async throws -> [JSONValue]? {
        do {
            let answer = try await session.post("/results", EnterResults(results: [result]))
            for line in try session.read(List<EnteredResult>.self, answer).items { tell(line) }
            return try session.parsed(answer)["items"]?.array ?? []
        } catch let failure as Failure where failure.exitCode == .badInput || failure.exitCode == .refused {
            session.notes(session.presentation.problem(failure.problem))
            return nil
        }
    }

    private func tell(_ result: EnteredResult) {
        let isVietnamese = session.language == .vi
        let shown = { (text: String) in isVietnamese ? Column.withDecimalComma(text) : text }
        var parts = ["\(shown(result.text)) \(result.unit)"]
        let limits = [result.lower.map { "≥ " + shown($0) }, result.upper.map { "≤ " + shown($0) }].compactMap(\.self)
        if !limits.isEmpty { parts.append("\(Phrase.limits[session.language]) \(limits.joined(separator: ", "))") }
        parts += result.flags.map { flag in
            let word = Wording.word(flag, session.language)
            return session.presentation.errorStyle.emphasised(word, Wording.emphasis(flag))
        }
        session.notes("  = " + parts.joined(separator: " · ") + "\n")
    }
}
