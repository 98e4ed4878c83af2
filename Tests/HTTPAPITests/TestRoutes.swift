// SPDX-License-Identifier: Apache-2.0

import APIContract
import HTTPTypes
import Hummingbird
import Jobs
import Logging

@testable import HTTPAPI

struct TestCaller: AnyCaller {
    let credentials: Credentials
    var logName: String {
        switch credentials {
        case .token: "token"
        case .peer(let uid): "uid-\(uid)"
        case .anonymous: "anonymous"
        }
    }
}

/// A rule of the laboratory that said no.
struct TestRefusal: Error {}

/// A fault, with something in it that must not leave the house.
struct TestFault: Error {
    let secret = "password=hunter2"
}

private struct Sample: Codable {
    var code: String
    var volumeMl: String?
}

/// A server with a few routes of every shape.
enum TestRoutes {
    static let hooks = APIServer.Hooks(
        authenticate: { credentials in
            if case .token("bad") = credentials { throw ProblemError(Problem(.notAuthenticated)) }
            return TestCaller(credentials: credentials)
        },
        problem: { error in
            guard error is TestRefusal else { return nil }
            return Problem(.refused, reasons: [ReasonView(code: "expired", vi: "hết hạn", en: "expired")])
        },
        readiness: { [ReadinessCheck(name: "database", ready: false, detail: "starting")] }
    )

    static func server(
        _ configuration: APIServer.Configuration = .init(),
        hooks: APIServer.Hooks = hooks,
        metrics: MetricsRegistry = MetricsRegistry(),
        logger: Logger = Logger(label: "test")
    ) -> APIServer {
        APIServer(configuration: configuration, hooks: hooks, metrics: metrics, logger: logger) { api in
            api.handle(.get, "/whoami") { call in Reply.text(try call.caller.logName) }
            api.handle(.get, "/trace") { _ in Reply.text(TraceContext.current.map(\.rawValue) ?? "-") }
            api.handle(.get, "/samples/{id}") { call in
                try Reply.json(["id": call.id()], version: 7)
            }
            api.handle(.get, "/samples") { call in
                let query = try call.listQuery("type", "overdue")
                let limit = try query.limit
                return Reply.text("\(query.text("type") ?? "-") \(try query.flag("overdue")) \(limit)")
            }
            api.handle(.post, "/samples") { call in
                let key = try call.idempotencyKey()
                let body = try await call.body()
                let sample = try body.decode(Sample.self)
                let print = call.fingerprint(of: body).count
                return try Reply.created(
                    ["code": sample.code, "key": key?.value ?? "", "print": "\(print)"], at: "/v1/samples/1")
            }
            api.handle(.patch, "/samples/{id}") { call in
                Reply.text("\(try call.id()) \(try call.expectedVersion())")
            }
            api.handle(.post, "/imports") { call in
                var count = 0
                for try await piece in try call.stream(types: ["text/csv"], upTo: 10) { count += piece.readableBytes }
                return Reply.text("\(count)")
            }
            api.handle(.get, "/export") { call in
                Reply.stream(call, type: Wire.csv, name: "đến hạn.csv") { writer in
                    for line in 1...3 { try await writer.write("\(line)\r\n") }
                }
            }
            api.handle(.get, "/verify/{code}") { call in Reply.text(try call.pathText("code")) }
            api.handle(.get, "/refusal") { _ in throw TestRefusal() }
            api.handle(.get, "/fault") { _ in throw TestFault() }
            api.handle(.delete, "/samples/{id}") { _ in Reply.nothing() }
        }
    }
}
