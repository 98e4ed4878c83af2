// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import FoundationEssentials
internal import HTTPTypes
package import Hummingbird
package import LabOperations
package import LaboratoryModel

/// A person of the laboratory as the access log knows them.
package struct LaboratoryCaller: AnyCaller {
    package let caller: Caller
    package var logName: String { caller.username }

    package init(_ caller: Caller) {
        self.caller = caller
    }
}

/// Routes of the laboratory: decode, perform one act or ask one question, encode.
package struct LaboratoryRoutes: Sendable {
    let laboratory: Laboratory
    let printing: Printing
    let jobs: JobDesk
    /// What the routes offer, for the OpenAPI document.
    package let description = APIDescription()

    package init(laboratory: Laboratory, printing: Printing, jobs: JobDesk = JobDesk()) {
        (self.laboratory, self.printing, self.jobs) = (laboratory, printing, jobs)
    }

    /// Adds every route below `/v1`.
    package func add(to group: RouterGroup<APIContext>) {
        addParties(to: RouteSection(group: group, tag: "parties"))
        addStaff(to: RouteSection(group: group, tag: "staff"))
        addSamples(to: RouteSection(group: group, tag: "samples"))
        addDocuments(to: RouteSection(group: group, tag: "documents"))
        addInstruments(to: RouteSection(group: group, tag: "instruments"))
        addMeasurements(to: RouteSection(group: group, tag: "measurements"))
        addProcedures(to: RouteSection(group: group, tag: "procedures"))
        addRegisters(to: RouteSection(group: group, tag: "registers"))
        addDeadlines(to: RouteSection(group: group, tag: "deadlines"))
        addOversight(to: RouteSection(group: group, tag: "oversight"))
        addJobs(to: RouteSection(group: group, tag: "jobs"))
        addMails(to: RouteSection(group: group, tag: "mails"))
        addWebhooks(to: RouteSection(group: group, tag: "webhooks"))
        addImports(to: RouteSection(group: group, tag: "imports"))
    }

    /// Adds what anyone may ask: whether a document is what it claims, and what the API offers.
    package func addPublic(to router: Router<APIContext>) {
        let (laboratory, description) = (laboratory, description)
        for operation in Operation.operational + [JobPage.operation] { description.add(operation) }
        router.handle(.get, JobPage.operation.path) { _ in JobPage.response() }
        router.handle(.get, Paths.openAPI) { _ in Reply.json(bytes: description.document) }
        addCalendars(to: router)
        description.add(PublicPage.operation)
        // Unknown parameters are let be: what opens a QR code may add its own.
        router.handle(.get, PublicPage.operation.path) { call in
            let check: PublicCheck?
            do {
                check = try await laboratory.ask(PublicVerification.self, call.pathText("code"), by: .public)
            } catch ActError.notFound {
                check = nil
            }
            if call.request.headers[.accept]?.contains(Wire.json) == true {
                guard let check else { throw ActError.notFound(thing: .code, name: try call.pathText("code")) }
                return try Reply.json(check)
            }
            return PublicPage.response(check)
        }
    }

    // MARK: One line a route

    /// A route as it is described: it takes the parameters of the description and no other.
    func route(
        _ operation: Operation, _ section: RouteSection,
        answer: @escaping @Sendable (Call, QueryParameters) async throws -> Response
    ) {
        description.add(operation)
        let known = operation.query.map(\.name)
        section.group.handle(operation.method, String(operation.path.dropFirst(Paths.v1.count))) { call in
            try await answer(call, try QueryParameters(call.request.uri.query, known: known))
        }
    }

    /// A route that performs an act with the decoded body.
    func act<A: Act>(
        _ act: A.Type, _ section: RouteSection, _ path: String, method: HTTPRequest.Method = .post, _ summary: String
    ) {
        let laboratory = laboratory
        let operation = Operation(act: act, method, Paths.v1 + path, tag: section.tag, summary: summary)
        route(operation, section) { call, _ in
            let body = try await call.body()
            let request = try body.decode(A.Request.self)
            let revision = A.needsRevision ? Int(try call.expectedVersion()) : nil
            let done = try await laboratory.perform(
                act, request, by: try call.laboratoryCaller, fingerprint: call.fingerprint(of: body),
                key: try call.idempotencyKey()?.value, revision: revision)
            return Reply.json(bytes: done.body, status: method == .post ? .created : .ok, replayed: done.repeated)
        }
    }

    /// A route that asks a question.
    ///
    /// - Parameter number: name of the variable part of the path that is a number.
    func ask<Q: Question>(
        _ question: Q.Type, _ section: RouteSection, _ path: String, _ summary: String, query: [QueryParameter] = [],
        number: String? = nil, parameters: @escaping @Sendable (Call, QueryParameters) throws -> Q.Parameters
    ) {
        let laboratory = laboratory
        var operation = Operation(question: question, Paths.v1 + path, tag: section.tag, summary: summary)
        operation.query = query
        if let number { operation.pathSchemas = [number: .positive] }
        route(operation, section) { call, query in
            try Reply.json(try await laboratory.ask(question, try parameters(call, query), by: try call.laboratoryCaller))
        }
    }

    /// A route that gives a file.
    func file(
        _ type: String, _ section: RouteSection, _ path: String, id: String, _ summary: String, query: [QueryParameter] = [],
        name: @escaping @Sendable (Call) throws -> String,
        bytes: @escaping @Sendable (Call, QueryParameters) async throws -> [UInt8]
    ) {
        var operation = Operation(file: type, Paths.v1 + path, id: id, tag: section.tag, summary: summary)
        operation.query = query
        route(operation, section) { call, query in
            Reply.file(try await bytes(call, query), type: type, name: try name(call))
        }
    }
}

/// A part of the API: where its routes are added, and the tag that the description shows them under.
struct RouteSection {
    let group: RouterGroup<APIContext>
    let tag: String
}

extension Caller {
    /// Anyone.
    static let `public` = Caller(personID: nil, username: "public", name: "public", roles: [])
}

extension Call {
    /// Who calls, as the laboratory knows them.
    var laboratoryCaller: Caller {
        get throws {
            guard let caller = try caller as? LaboratoryCaller else { throw ProblemError(Problem(.notAuthenticated)) }
            return caller.caller
        }
    }
}

extension QueryParameters {
    /// The page asked for.
    var page: Page {
        get throws {
            var after: Int64?
            if let cursor {
                after = Int64(cursor)
                guard after != nil else {
                    throw QueryParameters.invalid(
                        "cursor", vi: "con trỏ không hợp lệ", en: "the cursor is not one that a list gave")
                }
            }
            return Page(after: after, limit: try limit)
        }
    }
}
