// SPDX-License-Identifier: Apache-2.0
import APIContract
import Certificates
import EtalonTestSupport
import HTTPTypes
import LabOperations
import LaboratoryModel
import Logging
import NIOConcurrencyHelpers
import Testing

@testable import HTTPAPI

/// The whole API over a real database, asked through the router by people who may do everything.
struct LaboratoryServer: Sendable {
    let database: LaboratoryDatabase
    let server: APIServer
    /// The same routes on a socket.
    let listening: @Sendable (APIServer.Configuration, @escaping @Sendable (String) async -> Void, Logger) -> APIServer
    let client: RouterClient
    let faults = FaultLog()
    /// The day that the calendar shows.
    static let today = "2018-06-30"
    /// People of the laboratory; each one's token is the user name.
    static let people = ["an", "binh"]
    /// Somebody whom the daemon knows and who may do nothing.
    static let visitor = "khach"

    static func open() async throws -> LaboratoryServer {
        let database = try await LaboratoryDatabase.make()
        try await database.script("alter database \(database.name) set etalon.today = '\(today)'")
        var callers: [String: Caller] = [:]
        for username in people {
            let roles = Set(Role.allCases)
            let request = AddPerson(username: username, name: "Nguyễn \(username)", roles: roles.map(\.rawValue).sorted())
            let performed = try await database.laboratory.perform(PersonAdd.self, request, by: .system)
            let person = try StrictJSON.decode(Acknowledgement.self, from: performed.body)
            callers[username] = Caller(personID: person.id, username: username, name: request.name, roles: roles)
        }
        callers[visitor] = Caller(personID: nil, username: visitor, name: "Khách", roles: [])
        return LaboratoryServer(database: database, callers: callers)
    }

    private init(database: LaboratoryDatabase, callers: [String: Caller]) {
        let laboratory = database.laboratory
        let routes = LaboratoryRoutes(
            laboratory: laboratory, printing: Printing(laboratory: laboratory, renderer: BlankPages()))
        let hooks = APIServer.Hooks(
            authenticate: { credentials in
                guard case .token(let token) = credentials, let caller = callers[token] else {
                    throw ProblemError(Problem(.notAuthenticated))
                }
                return LaboratoryCaller(caller)
            }, problem: { Problem(of: $0) })
        self.database = database
        listening = { configuration, onListening, logger in
            var hooks = hooks
            hooks.onListening = onListening
            return APIServer(
                configuration: configuration, hooks: hooks, metrics: MetricsRegistry(), logger: logger,
                openRoutes: routes.addPublic, routes: routes.add)
        }
        server = listening(.init(), { _ in }, .silent)
        let faults = faults
        client = RouterClient(responder: server.responder, logger: Logger(label: "tests") { _ in faults.handler })
    }

    /// The document that the server gives.
    func document() async throws -> APIDocument {
        let answer = try await client.send(.get, Paths.openAPI)
        #expect(answer.status == 200 && answer.headers[.contentType] == Wire.json)
        return APIDocument(try StrictJSON.parse(Array(answer.body.utf8)))
    }

    /// What the renderer leaves behind for every document that has no page yet.
    func printDocuments() async throws {
        try await database.script(
            """
            insert into record.rendering (document_id, pdf, sha256, engine)
            select id, '%PDF'::bytea, encode(sha256('%PDF'::bytea), 'hex'), 'tests' from record.document d
            where not exists (select from record.rendering r where r.document_id = d.id)
            """, as: "etalon")
    }

    /// Sends a request as one of the people.
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ json: String? = nil, by person: String = "an", type: String? = nil,
        match: String? = "\"1\"", key: String? = nil
    ) async throws -> RouterClient.Answer {
        var headers: HTTPFields = [.authorization: "Bearer \(person)"]
        headers[.contentType] = type ?? (json == nil ? nil : Wire.json)
        headers[.ifMatch] = method == .patch ? match : nil
        if let key { headers.set(Wire.idempotencyKey, key) }
        return try await client.send(method, path, headers: headers, json: json)
    }
}

/// A renderer whose every page is blank.
private struct BlankPages: DocumentRenderer {
    func render(_ content: [UInt8]) async throws(RenderingError) -> RenderedDocument {
        RenderedDocument(pdf: Array("%PDF-1.7".utf8), engine: "tests")
    }
}

/// Faults that the server logged, which it does not tell the caller.
final class FaultLog: Sendable {
    private let texts = NIOLockedValueBox<[String]>([])

    var handler: any LogHandler { FaultLogHandler(texts: texts) }

    /// The last fault, in the words of the log.
    var last: String { texts.withLockedValue { $0.last ?? "nothing was logged" } }
}

private struct FaultLogHandler: LogHandler {
    let texts: NIOLockedValueBox<[String]>
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.error

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        texts.withLockedValue { $0.append("\(event.message) \(event.metadata?["error"].map { "\($0)" } ?? "")") }
    }
}
