// SPDX-License-Identifier: Apache-2.0
import APIContract
import HTTPTypes
import LabOperations
import LaboratoryModel

/// One operation of the API: what its route and the OpenAPI document share.
struct Operation: Sendable {
    /// Who may ask for it.
    enum Access: Hashable, Sendable {
        /// Anyone, known or not.
        case open
        /// Everyone whom the daemon knows.
        case known
        /// Who has one of these roles.
        case roles([Role])
    }

    /// A body of a request or of an answer.
    struct Content: Hashable, Sendable {
        /// The content type.
        let type: String
        let schema: JSONSchema

        /// A document of a type.
        static func json(_ schema: JSONSchema) -> Content { Content(type: Wire.json, schema: schema) }
        /// A text or a file; OpenAPI 3.1 describes bytes by their content type alone.
        static func file(_ type: String) -> Content { Content(type: type, schema: JSONSchema(.fields([:]))) }
    }

    /// An answer that is no problem.
    struct Answer: Hashable, Sendable {
        let status: Int
        let meaning: String
        let contents: [Content]
    }

    let method: HTTPRequest.Method
    /// The path from the root, with `{name}` for its variable parts.
    let path: String
    /// The stable name, for programs that generate clients.
    let id: String
    /// The part of the laboratory it belongs to.
    let tag: String
    /// One sentence.
    let summary: String
    var access = Access.known
    /// Schemas of variable parts of the path that are not plain texts.
    var pathSchemas: [String: JSONSchema] = [:]
    var query: [QueryParameter] = []
    var request: Content?
    let answers: [Answer]
    /// The act as the audit shows it; `nil` where nothing is changed.
    var act: String?
    /// Whether `If-Match` must name the version to be changed.
    var needsRevision = false

    /// Names of the variable parts of the path, in order.
    var pathNames: [String] {
        path.split(separator: "/").compactMap { part in
            guard let open = part.firstIndex(of: "{"), let close = part.lastIndex(of: "}") else { return nil }
            return String(part[part.index(after: open)..<close])
        }
    }

    /// Statuses of the problems it may answer with, in ascending order.
    var problems: [Int] {
        var statuses: Set<Int> = [404, 503]
        if access != .open { statuses.formUnion([400, 401]) }
        if case .roles = access { statuses.insert(403) }
        if act != nil { statuses.formUnion([403, 409, 422]) }
        if request != nil { statuses.formUnion([413, 415]) }
        if needsRevision { statuses.formUnion([412, 428]) }
        return statuses.sorted()
    }
}

extension Operation {
    /// The operation of an act: its body and its answer are the act's.
    init<A: Act>(act: A.Type, _ method: HTTPRequest.Method, _ path: String, tag: String, summary: String) {
        let document = [Content.json(JSONSchema(of: A.Answer.self))]
        let answers = [Answer(status: method == .post ? 201 : 200, meaning: "Done.", contents: document)]
        self.init(
            method: method, path: path, id: Self.id("\(act)"), tag: tag, summary: summary, access: Self.access(A.roles),
            request: .json(JSONSchema(of: A.Request.self, closed: true)), answers: answers, act: A.name,
            needsRevision: A.needsRevision)
    }

    /// The operation of a question: its answer is the question's.
    init<Q: Question>(question: Q.Type, _ path: String, tag: String, summary: String) {
        let schema = (Q.Answer.self as? any Decodable.Type).map { JSONSchema(of: $0) } ?? JSONSchema(.fields([:]))
        self.init(
            method: .get, path: path, id: Self.id("\(question)"), tag: tag, summary: summary, access: Self.access(Q.roles),
            answers: [Answer(status: 200, meaning: "The answer.", contents: [.json(schema)])])
    }

    /// The operation that answers with a file or a text.
    init(file type: String, _ path: String, id: String, tag: String, summary: String) {
        self.init(
            method: .get, path: path, id: id, tag: tag, summary: summary,
            answers: [Answer(status: 200, meaning: "The file.", contents: [.file(type)])])
    }

    /// Empty roles mean everyone whom the daemon knows.
    private static func access(_ roles: Set<Role>) -> Access {
        roles.isEmpty ? .known : .roles(roles.sorted { $0.rawValue < $1.rawValue })
    }

    /// `CustomerAdd` as `customerAdd`, `PINSet` as `pinSet`.
    private static func id(_ type: String) -> String {
        let capitals = type.prefix { $0.isUppercase }.count
        let lowered = capitals > 1 ? capitals - 1 : capitals
        return type.prefix(lowered).lowercased() + type.dropFirst(lowered)
    }
}

extension Operation {
    /// What supervisors ask for, and the document itself: routes of the server, not of the laboratory.
    static var operational: [Operation] {
        let ready = JSONSchema(of: ReadinessAnswer.self)
        var operations = [
            Operation(
                file: "text/plain; charset=utf-8", Paths.health, id: "health", tag: "operation",
                summary: "Says that the process lives."),
            Operation(
                method: .get, path: Paths.ready, id: "readiness", tag: "operation",
                summary: "Says whether the daemon can serve, and what is missing.",
                answers: [
                    Answer(status: 200, meaning: "It can serve.", contents: [.json(ready)]),
                    Answer(status: 503, meaning: "Something is missing.", contents: [.json(ready)]),
                ]),
            Operation(
                file: "text/plain; version=0.0.4; charset=utf-8", Paths.metrics, id: "metrics", tag: "operation",
                summary: "Gives the metrics of the process as Prometheus reads them."),
            Operation(
                method: .get, path: Paths.openAPI, id: "openAPI", tag: "operation", summary: "Gives this document.",
                answers: [
                    Answer(
                        status: 200, meaning: "The document.",
                        contents: [.json(JSONSchema(.fields(["type": .string("object")])))])
                ]),
        ]
        for index in operations.indices { operations[index].access = .open }
        return operations
    }
}
