// SPDX-License-Identifier: Apache-2.0

import APIContract
import Glibc

/// Query parameters in order; one without a value is left out.
typealias Query = KeyValuePairs<String, String?>

/// One run of a verb: asks the daemon, shows the answer.
struct Session: Sendable {
    let transport: Transport
    let presentation: Presentation
    /// Takes what belongs on standard output.
    let output: @Sendable (String) -> Void
    /// Takes what belongs on standard error: prompts and notes.
    let notes: @Sendable (String) -> Void

    /// The session that the options ask for.
    ///
    /// - Throws: ``TransportError`` for an address or a token file that cannot be used.
    init(_ options: GlobalOptions) throws(TransportError) {
        let server = try ServerAddress.chosen(option: options.server, variable: GlobalOptions.variable("ETALON_SERVER"))
        let file = options.tokenFile ?? GlobalOptions.variable("ETALON_TOKEN_FILE")
        let token: String? = if let file { try ContentReader.token(at: file) } else { nil }
        transport = Transport(server, token: token, trace: GlobalOptions.variable("TRACEPARENT"))
        presentation = options.presentation
        output = { StandardOutput.write($0) }
        notes = { Presentation.write($0, to: STDERR_FILENO) }
    }

    /// A session with everything given.
    init(
        _ transport: Transport, _ presentation: Presentation, output: @escaping @Sendable (String) -> Void,
        notes: @escaping @Sendable (String) -> Void
    ) {
        (self.transport, self.presentation, self.output, self.notes) = (transport, presentation, output, notes)
    }

    var language: Language { presentation.language }

    // MARK: Asking

    /// The body of the answer to a question.
    ///
    /// - Throws: ``TransportError``, or ``Failure`` with the problem that the daemon answered.
    func get(_ path: String, _ query: Query = [:]) async throws -> [UInt8] {
        try await answer(request(.get, Paths.v1 + path, query))
    }

    /// The body of the answer to an act, sent under a fresh Idempotency-Key.
    ///
    /// - Throws: as ``get(_:_:)``.
    func post(_ path: String, _ body: some Encodable) async throws -> [UInt8] {
        try await answer(try ClientRequest(.post, Paths.v1 + path, body: body))
    }

    /// The body of the answer to a change of one revision.
    ///
    /// - Throws: as ``get(_:_:)``.
    func patch(_ path: String, _ body: some Encodable, revision: Int) async throws -> [UInt8] {
        try await answer(
            try ClientRequest(.patch, Paths.v1 + path, body: body, headers: [("If-Match", "\"\(revision)\"")]))
    }

    /// The body of the answer to a request, whatever its path.
    ///
    /// - Throws: as ``get(_:_:)``.
    func answer(_ request: ClientRequest) async throws -> [UInt8] {
        let response =
            request.method == .get
            ? try await transport.send(request)
            : try await Interruption.told(in: language) { try await transport.send(request) }
        if let problem = response.problem { throw Failure(problem: problem, exitCode: response.exitCode) }
        return response.body
    }

    /// A request with a query.
    func request(
        _ method: ClientRequest.Method, _ path: String, _ query: Query, content: ClientRequest.Content = .none
    ) -> ClientRequest {
        ClientRequest(method, path, query: query.map { (name: $0.key, value: $0.value) }, content: content)
    }

    /// An answer read as a type.
    ///
    /// - Throws: ``Failure`` when the answer is of another form.
    func read<T: Decodable>(_ type: T.Type, _ answer: [UInt8]) throws(Failure) -> T {
        do {
            return try StrictJSON.decode(type, from: answer, ignoringUnknownFields: true)
        } catch {
            throw .unexpectedAnswer
        }
    }

    /// An answer as a JSON value.
    ///
    /// - Throws: ``Failure`` when it is not JSON.
    func parsed(_ answer: [UInt8]) throws(Failure) -> JSONValue {
        do { return try StrictJSON.parse(answer) } catch { throw .unexpectedAnswer }
    }

    // MARK: Showing

    /// Asks for a whole list and shows it.
    func list(_ path: String, _ columns: [Column]) async throws { try await list(path, [:], columns) }

    /// Asks for a page of a list and shows it.
    func list(_ path: String, _ query: Query, _ columns: [Column]) async throws {
        try show(list: try await get(path, query), columns)
    }

    /// Shows an answer that is a list.
    func show(list answer: [UInt8], _ columns: [Column]) throws(Failure) {
        do { output(try presentation.list(try worded(answer), columns: columns)) } catch { throw .unexpectedAnswer }
    }

    /// Shows an answer that is one record, and the lists in it.
    ///
    /// Comma-separated values hold one table: the first list where there is one, else the record.
    func show(record answer: [UInt8], _ fields: [Column], _ sections: [Section] = []) throws(Failure) {
        let shown = try worded(answer)
        do {
            if presentation.format == .csv, let section = sections.first {
                let items = section.items(in: try StrictJSON.parse(shown))
                output(CommaSeparated(section.columns).render(items))
                return
            }
            output(try presentation.record(shown, fields: fields))
        } catch {
            throw .unexpectedAnswer
        }
        guard presentation.format == .table else { return }
        let document = try parsed(shown)
        for section in sections {
            let items = section.items(in: document)
            guard !items.isEmpty else { continue }
            output("\n" + presentation.style.heading(section.title[language], when: true) + "\n")
            output(TableLayout(section.columns).render(items, language: language, style: presentation.style))
        }
    }

    /// Shows what became of an act: one sentence in a table's place, else what the daemon sent.
    func show(act answer: [UInt8], _ sentence: (Acknowledgement) -> Bilingual) throws(Failure) {
        guard presentation.format == .table else { return try show(record: answer, PartyTables.acknowledgement) }
        output(Visible.line(sentence(try read(Acknowledgement.self, answer))[language]) + "\n")
    }

    /// Shows rows that were made here, beside the document that `--format json` prints.
    func show(rows: [JSONValue], _ columns: [Column], document: [UInt8]) throws(Failure) {
        if presentation.format == .json { return try show(list: document, columns) }
        try show(list: JSONValue.object([JSONMember("items", .array(rows))]).bytes, columns)
    }

    /// A sentence on standard error, so that standard output holds the answer only.
    func note(_ text: Bilingual) { notes(text[language] + "\n") }

    /// In tables codes become words; `json` and `csv` keep what the daemon sent.
    private func worded(_ answer: [UInt8]) throws(Failure) -> [UInt8] {
        guard presentation.format == .table else { return answer }
        return Wording.translated(try parsed(answer), language).bytes
    }
}

/// A list within a record.
struct Section: Sendable {
    /// The member's name; a dotted name reaches into records (`content.points`).
    let key: String
    let title: Bilingual
    let columns: [Column]

    /// A list by its member's name, with its heading.
    init(_ key: String, vi: String, en: String, _ columns: [Column]) {
        (self.key, title, self.columns) = (key, Bilingual(vi: vi, en: en), columns)
    }

    /// Its rows in a record; none where the record has no such list.
    func items(in record: JSONValue) -> [JSONValue] {
        key.split(separator: ".").reduce(Optional(record)) { $0?[String($1)] }?.array ?? []
    }
}

/// A text as one step of a path.
///
/// - Throws: ``Failure`` for an empty one: the path without it would be that of something else.
func step(_ text: String) throws(Failure) -> String {
    guard !text.isEmpty else { throw Failure(Phrase.codeMissing, exitCode: .usage) }
    return ClientRequest.percentEncoded(text)
}
