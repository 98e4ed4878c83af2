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

    package init(laboratory: Laboratory, printing: Printing) {
        (self.laboratory, self.printing) = (laboratory, printing)
    }

    /// Adds every route below `/v1`.
    package func add(to group: RouterGroup<APIContext>) {
        addParties(to: group)
        addSamples(to: group)
        addDocuments(to: group)
        addInstruments(to: group)
        addRegisters(to: group)
        addOversight(to: group)
        addJobs(to: group)
        addImports(to: group)
    }

    /// Adds what anyone may ask: whether a document is what it claims.
    package func addPublic(to router: Router<APIContext>) {
        router.handle(.get, "/verify/{code}") { call in
            let check: PublicCheck?
            do {
                check = try await laboratory.ask(PublicVerification.self, call.pathText("code"), by: .public)
            } catch ActError.notFound {
                check = nil
            }
            if call.request.headers[.accept]?.contains("application/json") == true {
                guard let check else { throw ActError.notFound(thing: "code", name: try call.pathText("code")) }
                return try Reply.json(check)
            }
            return PublicPage.response(check)
        }
    }

    // MARK: One line a route

    /// A route that performs an act with the decoded body.
    func act<A: Act>(_ act: A.Type, _ group: RouterGroup<APIContext>, _ path: String, method: HTTPRequest.Method = .post) {
        let laboratory = laboratory
        group.handle(method, path) { call in
            let body = try await call.body()
            let request = try body.decode(A.Request.self)
            let revision = A.needsRevision ? Int(try call.expectedVersion()) : nil
            let done = try await laboratory.perform(
                act, request, by: try call.laboratoryCaller, fingerprint: call.fingerprint(of: body),
                key: try call.idempotencyKey()?.value, revision: revision)
            return Reply.json(bytes: done.body, status: method == .post && !done.repeated ? .created : .ok)
        }
    }

    /// A route that asks a question.
    func ask<Q: Question>(
        _ question: Q.Type, _ group: RouterGroup<APIContext>, _ path: String,
        parameters: @escaping @Sendable (Call) throws -> Q.Parameters
    ) {
        let laboratory = laboratory
        group.handle(.get, path) { call in
            try Reply.json(try await laboratory.ask(question, try parameters(call), by: try call.laboratoryCaller))
        }
    }
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
