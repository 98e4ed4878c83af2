// SPDX-License-Identifier: Apache-2.0

import APIContract
import HTTPTypes
import Hummingbird
import Jobs
import Testing

@testable import HTTPAPI

@Suite("HTTP, through the router")
struct ServerTests {
    private let client = RouterClient(responder: TestRoutes.server().responder)

    @Test func `an unknown path is not found, as a problem`() async throws {
        let answer = try await client.send(.get, "/v1/nothing")
        #expect(answer.status == 404)
        #expect(answer.headers[.contentType] == "application/problem+json")
        #expect(answer.problem?.kind == .notFound)
        #expect(answer.problem?.instance?.hasPrefix("urn:etalon:request:") == true)
    }

    @Test(
        arguments: [
            (.put, "/v1/samples/7", "DELETE, GET, HEAD, PATCH"), (.get, "/v1/imports", "POST"), (.post, "/healthz", "GET, HEAD"),
        ] as [(HTTPRequest.Method, String, String)])
    func `a method that a path does not have names those it has`(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ allow: String
    ) async throws {
        let answer = try await client.send(method, path)
        #expect(answer.status == 405)
        #expect(answer.headers[.allow] == allow)
        #expect(answer.problem?.kind == .methodNotAllowed)
    }

    @Test func `HEAD answers like GET without a body, errors too`() async throws {
        let found = try await client.send(.head, "/v1/samples/7")
        #expect(found.status == 200 && found.body.isEmpty && found.headers[.contentLength] == "8")
        let missing = try await client.send(.head, "/v1/nothing")
        #expect(missing.status == 404 && missing.body.isEmpty)
    }

    @Test func `a fault is answered 500 and tells nothing of the inside`() async throws {
        let answer = try await client.send(.get, "/v1/fault")
        #expect(answer.status == 500)
        #expect(answer.problem?.kind == .fault)
        #expect(!answer.body.contains("hunter2") && !answer.body.contains("TestFault"))
    }

    @Test func `a refusal carries its reasons`() async throws {
        let answer = try await client.send(.get, "/v1/refusal")
        #expect(answer.status == 422)
        #expect(answer.problem?.reasons?.map(\.code) == ["expired"])
    }

    @Test func `a request keeps its id, and gets one if it has none or a bad one`() async throws {
        let given = try await client.send(.get, "/healthz", headers: [try #require(.init("X-Request-Id")): "abc-1"])
        #expect(given.headers.texts("X-Request-Id") == ["abc-1"])
        let bad = try await client.send(.get, "/healthz", headers: [try #require(.init("X-Request-Id")): "a b\"c"])
        #expect(bad.headers.texts("X-Request-Id").first?.count == 16)
    }

    @Test func `what a request does belongs to the trace it names, or to one of its own`() async throws {
        let given = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        let field = try #require(HTTPField.Name(Wire.traceParent))
        #expect(try await client.send(.get, "/v1/trace", headers: [field: given]).body == given)
        var twice: HTTPFields = [field: given]
        twice.append(HTTPField(name: field, value: given))
        for headers in [[:], [field: "00-1-2-01"], [field: given.uppercased()], twice] as [HTTPFields] {
            let own = try #require(TraceContext(rawValue: try await client.send(.get, "/v1/trace", headers: headers).body))
            #expect(own.rawValue != given && own.rawValue.hasSuffix("-00"))
        }
    }

    @Test func `readiness says what is missing`() async throws {
        let answer = try await client.send(.get, "/readyz")
        #expect(answer.status == 503)
        #expect(answer.body == #"{"ready":false,"checks":[{"name":"database","ready":false,"detail":"starting"}]}"#)
        #expect(try await client.send(.get, "/healthz").body == "ok\n")
    }

    @Test func `a check that does not answer is an answer: not ready`() async throws {
        var hooks = TestRoutes.hooks
        hooks.readiness = {
            // A stream that says nothing; it ends when the request gives up.
            let (silence, _) = AsyncStream<Void>.makeStream()
            for await _ in silence {}
            return [ReadinessCheck(name: "database", ready: true)]
        }
        let answer = try await RouterClient(responder: TestRoutes.server(hooks: hooks).responder).send(.get, "/readyz")
        #expect(answer.status == 503)
        #expect(answer.body.contains("no answer"))
    }

    // MARK: Caller

    @Test func `a token says who calls, and a bad one is refused`() async throws {
        #expect(try await client.send(.get, "/v1/whoami", headers: [.authorization: "Bearer abc"]).body == "token")
        #expect(try await client.send(.get, "/v1/whoami").body == "anonymous")
        for field in ["Bearer bad", "Basic abc", "Bearer", "Bearer a b", "Bearer é"] {
            let answer = try await client.send(.get, "/v1/whoami", headers: [.authorization: field])
            #expect(answer.status == 401, "\(field)")
            #expect(answer.headers[.wwwAuthenticate] == "Bearer")
        }
    }

    // MARK: Path and query

    @Test(arguments: ["abc", "-1", "0", "1.5", "99999999999999999999", "%31x", "1%00"])
    func `an id that is no positive number is refused by name`(_ id: String) async throws {
        let answer = try await client.send(.get, "/v1/samples/\(id)")
        #expect(answer.status == 400)
        #expect(answer.problem?.field == "id")
    }

    @Test func `a code in the path is decoded`() async throws {
        #expect(try await client.send(.get, "/v1/verify/A%2FB%20%E1%BB%97").body == "A/B ỗ")
        for bad in ["%", "%zz", "%FF", "%00", "%0a"] {
            #expect(try await client.send(.get, "/v1/verify/\(bad)").status == 400, "\(bad)")
        }
    }

    @Test func `known parameters are read`() async throws {
        #expect(try await client.send(.get, "/v1/samples").body == "- false 100")
        let answer = try await client.send(.get, "/v1/samples?type=c%E1%BB%99t+b%C6%A1m&overdue=true&limit=1000")
        #expect(answer.body == "cột bơm true 1000")
    }

    @Test(arguments: [
        "colour=red", "type=a&type=b", "type=", "type", "limit=0", "limit=1001", "limit=ten", "overdue=1", "type=%",
        "type=%FF", "type=%00", "%FF=1", "=1", "TYPE=a",
    ])
    func `anything else in a query is refused`(_ query: String) async throws {
        let answer = try await client.send(.get, "/v1/samples?\(query)")
        #expect(answer.status == 400)
        #expect(answer.problem?.detail?.isEmpty == false)
    }

    // MARK: Body

    @Test func `a body is read strictly and answered with its address`() async throws {
        let answer = try await client.send(
            .post, "/v1/samples",
            headers: [try #require(.init("Idempotency-Key")): "k-1"],
            json: #"{"code": "X1", "volume_ml": "0.50"}"#
        )
        #expect(answer.status == 201)
        #expect(answer.headers[.location] == "/v1/samples/1")
        #expect(answer.body.contains(#""key":"k-1""#))
    }

    @Test func `an unknown field is refused with its name`() async throws {
        let answer = try await client.send(.post, "/v1/samples", json: #"{"code": "X1", "colour": 1}"#)
        #expect(answer.status == 400)
        #expect(answer.problem?.field == "/colour")
        #expect(answer.problem?.detail == "unknown field `colour`; known: `code`, `volume_ml`")
    }

    @Test(arguments: ["text/plain", "application/json; charset=utf-16", "", "application/jsonx", "application/xml"])
    func `another content type is refused`(_ type: String) async throws {
        let answer = try await client.send(.post, "/v1/samples", headers: [.contentType: type], json: "{}")
        #expect(answer.status == 415)
    }

    @Test func `JSON with its character set named is taken`() async throws {
        let headers: HTTPFields = [.contentType: "Application/JSON; charset=UTF-8"]
        #expect(try await client.send(.post, "/v1/samples", headers: headers, json: #"{"code":"a"}"#).status == 201)
    }

    @Test func `a body over one mebibyte is refused, announced or not`() async throws {
        let long = String(repeating: "a", count: 1 << 20)
        #expect(try await client.send(.post, "/v1/samples", json: "\"\(long)\"").status == 413)
        let headers: HTTPFields = [.contentLength: "1048577"]
        let answer = try await client.send(.post, "/v1/samples", headers: headers, json: "{}")
        #expect(answer.problem?.kind == .bodyTooLarge)
    }

    @Test func `a body shorter than announced is not taken for whole`() async throws {
        let headers: HTTPFields = [.contentLength: "50"]
        #expect(try await client.send(.post, "/v1/samples", headers: headers, json: #"{"code":"a"}"#).status == 400)
    }

    @Test func `a bulk body is read in pieces, up to its own limit`() async throws {
        let csv: HTTPFields = [.contentType: "text/csv"]
        #expect(try await client.send(.post, "/v1/imports", headers: csv, pieces: ["abc", "def"]).body == "6")
        #expect(try await client.send(.post, "/v1/imports", headers: csv, pieces: ["abcdef", "ghijkl"]).status == 413)
    }

    @Test func `a long answer is written in pieces under its name`() async throws {
        let answer = try await client.send(.get, "/v1/export")
        #expect(answer.body == "1\r\n2\r\n3\r\n")
        #expect(answer.headers[.contentDisposition]?.hasSuffix("filename*=UTF-8''%C4%91%E1%BA%BFn%20h%E1%BA%A1n.csv") == true)
    }

    // MARK: Headers

    @Test(arguments: ["a b", "\u{7F}", String(repeating: "k", count: 256), "khoá"])
    func `an Idempotency-Key of another form is refused`(_ key: String) async throws {
        let headers: HTTPFields = [try #require(.init("Idempotency-Key")): key]
        let answer = try await client.send(.post, "/v1/samples", headers: headers, json: #"{"code":"a"}"#)
        #expect(answer.status == 400)
        #expect(answer.problem?.field == "Idempotency-Key")
    }

    @Test(arguments: [
        (nil, 428), ("\"7\"", 200), ("7", 400), ("W/\"7\"", 400), ("*", 400), ("\"\"", 400), ("\"-7\"", 400),
        ("\"7\", \"8\"", 400), ("\"", 400),
    ])
    func `a change names the version it refers to`(_ field: String?, _ status: Int) async throws {
        var headers: HTTPFields = [:]
        headers[.ifMatch] = field
        #expect(try await client.send(.patch, "/v1/samples/3", headers: headers).status == status)
        #expect(try await client.send(.get, "/v1/samples/3").headers[.eTag] == "\"7\"")
    }

    @Test(arguments: 0..<30)
    func `no input yields a 5xx`(_ seed: Int) async throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let paths = ["/v1/samples", "/v1/samples/1", "/v1/imports", "/v1/verify/x", "/v1/whoami", "/", "/v1", "//"]
        let methods: [HTTPRequest.Method] = [.get, .post, .patch, .put, .delete, .head, .options]
        let junk = Array("{}[]\":,%/?&=+;\\ \u{0}aé1.")
        for _ in 0..<50 {
            let noise = { String((0..<8).map { _ in junk.randomElement(using: &random) ?? "x" }) }
            let path = (paths.randomElement(using: &random) ?? "/") + (Bool.random(using: &random) ? "?" : "/") + noise()
            let answer = try await client.send(
                methods.randomElement(using: &random) ?? .get, path, headers: [.ifMatch: noise()], json: noise()
            )
            #expect(answer.status < 500, "seed \(seed), \(path)")
        }
    }

    @Test func `all routes are listed for the OpenAPI document`() {
        let routes = TestRoutes.server().routeTable.routes
        #expect(routes.contains(RouteTable.Route(method: "PATCH", path: "/v1/samples/{id}")))
        #expect(routes.contains(RouteTable.Route(method: "GET", path: "/healthz")))
        #expect(!routes.contains { $0.method == "HEAD" })
    }
}

@Suite("Metrics (Prometheus text)")
struct MetricsTests {
    @Test func `requests are counted by route, never by what was asked`() async throws {
        let client = RouterClient(responder: TestRoutes.server().responder)
        for id in 1...3 { _ = try await client.send(.get, "/v1/samples/\(id)") }
        _ = try await client.send(.get, "/secret/path")
        _ = try await client.send(try #require(.init("BREW")), "/v1/samples/1")
        let text = try await client.send(.get, "/metrics").body
        #expect(text.contains(#"etalon_http_requests_total{method="GET",route="/v1/samples/{id}",status="200"} 3"#))
        #expect(text.contains(#"etalon_http_requests_total{method="GET",route="unmatched",status="404"} 1"#))
        #expect(text.contains(#"method="OTHER""#) && !text.contains("BREW") && !text.contains("secret"))
        #expect(text.contains(#"etalon_http_request_duration_seconds_count{method="GET",route="/v1/samples/{id}"} 3"#))
    }

    @Test func `counters, histograms and gauges are written as Prometheus reads them`() async {
        let metrics = MetricsRegistry()
        metrics.counter("a_total", help: "A\nb", labels: [(name: "x", value: "q\"\\\n")]).increment(by: 2)
        let histogram = metrics.histogram("b_seconds", help: "B", buckets: [1, 0.5])
        for value in [0.1, 0.5, 0.7, 3] { histogram.observe(value) }
        metrics.gauge("c", help: "C") { [.init(1.5, labels: [(name: "k", value: "v")]), .init(2)] }
        metrics.gauge("d", help: "D") { throw TestRefusal() }
        #expect(
            await metrics.exposition() == #"""
                # HELP a_total A\nb
                # TYPE a_total counter
                a_total{x="q\"\\\n"} 2
                # HELP b_seconds B
                # TYPE b_seconds histogram
                b_seconds_bucket{le="0.5"} 2
                b_seconds_bucket{le="1"} 3
                b_seconds_bucket{le="+Inf"} 4
                b_seconds_sum 4.3
                b_seconds_count 4
                # HELP c C
                # TYPE c gauge
                c{k="v"} 1.5
                c 2

                """#
        )
    }
}
