// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser
import Vocabulary

/// Signs documents with one's PIN, many at once.
struct Sign: Verb {
    static let example = "etalon sign 00012/TN-2018 00013/TN-2018 --pin-file ~/.etalon-pin"
    static let configuration = described(
        "sign", "Ký một hay nhiều văn bản bằng mã PIN; không nêu số thì xem văn bản chờ ký",
        "Signs documents with the PIN; without labels shows those that wait")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số các văn bản", "Labels of the documents")) var documents: [String] = []
    @Option(help: .both("Tệp chứa mã PIN", "File that holds the PIN")) var pinFile: String?

    func perform(_ session: Session) async throws {
        guard !documents.isEmpty else {
            return try await session.list(
                "/documents", ["state": "rendered", "limit": "1000"], DocumentTables.documents)
        }
        let pin = try PersonalSecret.read(file: pinFile, prompt: Phrase.pin, session)
        let answer = try await session.post("/signatures", SignDocuments(documents: documents, pin: pin))
        let outcomes = try session.read(List<SigningOutcome>.self, answer).items
        try session.show(rows: try outcomes.map { try row($0, session.language) }, DocumentTables.signing, document: answer)
        if outcomes.contains(where: { !$0.signed }) { throw end(.refused) }
    }

    /// An outcome with every reason as one text.
    private func row(_ outcome: SigningOutcome, _ language: Language) throws -> JSONValue {
        let why = outcome.reasons.map { reason in
            let text = language == .vi ? reason.vi : reason.en
            return reason.clause.map { "\(text) — \(language == .vi ? Citation.vietnamese($0) : $0)" } ?? text
        }
        return .object([
            JSONMember("document", .string(outcome.document)), JSONMember("signed", .bool(outcome.signed)),
            JSONMember("issued", .bool(outcome.issued)), JSONMember("why", .string(why.joined(separator: "; "))),
        ])
    }
}
