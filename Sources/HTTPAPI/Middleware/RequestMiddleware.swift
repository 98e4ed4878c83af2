// SPDX-License-Identifier: Apache-2.0

import APIContract
import HTTPTypes
import Hummingbird
import Jobs
import Logging

/// The outermost part: gives each request an id and a trace, writes the access log, and measures.
struct RequestMiddleware: RouterMiddleware {
    let metrics: MetricsRegistry
    let bodyLimit: Int

    func handle(
        _ request: Request,
        context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.requestID = Self.id(from: request.headers)
        context.bodyLimit = bodyLimit
        context.logger[metadataKey: "hb.request.id"] = nil
        context.logger[metadataKey: "request.id"] = "\(context.requestID)"
        // Whatever the request asks the queue for belongs to its trace.
        let trace = TraceContext(headers: request.headers.texts(Wire.traceParent)) ?? .beginning()
        context.logger[metadataKey: "trace.parent"] = "\(trace)"
        return try await TraceContext.$current.withValue(trace) { try await answer(to: request, context, next) }
    }

    private func answer(
        to request: Request,
        _ context: APIContext,
        _ next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        let clock = ContinuousClock()
        let start = clock.now
        var response = try await next(request, context)
        note(request, response, context, duration: clock.now - start)
        response.headers.set(Wire.requestID, context.requestID)
        response.headers[.cacheControl] = response.headers[.cacheControl] ?? "no-store"
        response.headers.set("X-Content-Type-Options", "nosniff")
        // An error on a HEAD comes here with a body, which must not be sent.
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func note(_ request: Request, _ response: Response, _ context: APIContext, duration: Duration) {
        let method = Self.knownMethods.contains(request.method) ? request.method.rawValue : "OTHER"
        let labels = [("method", method), ("route", context.routeTemplate)]
        metrics.counter(
            "etalon_http_requests_total",
            help: "Requests answered, by method, route and status.",
            labels: labels.map { (name: $0.0, value: $0.1) } + [(name: "status", value: "\(response.status.code)")]
        ).increment()
        metrics.histogram(
            "etalon_http_request_duration_seconds",
            help: "Time from the head of a request to the head of its answer.",
            labels: labels.map { (name: $0.0, value: $0.1) }
        ).observe(duration)
        context.logger.info(
            "Request answered",
            metadata: [
                "http.method": "\(method)",
                "http.route": "\(context.routeTemplate)",
                "http.status": "\(response.status.code)",
                "http.duration_ms": "\(Int(duration / .milliseconds(1)))",
                "caller": "\(context.notes.caller ?? "-")",
            ]
        )
    }

    private static let knownMethods: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .patch, .delete, .options]

    /// The id that a proxy or a client gave, if it is one, else a new one of 16 hexadecimal digits.
    private static func id(from headers: HTTPFields) -> String {
        let given = headers.texts(Wire.requestID)
        if given.count == 1, (1...64).contains(given[0].utf8.count), given[0].utf8.allSatisfy(isIDByte) {
            return given[0]
        }
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func isIDByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}

extension HTTPFields {
    /// All values of the field of that name, whatever its case.
    func texts(_ name: String) -> [String] {
        HTTPField.Name(name).map { self[values: $0] } ?? []
    }

    /// Sets a field; a name that is no field name is left out.
    mutating func set(_ name: String, _ value: String) {
        guard let name = HTTPField.Name(name) else { return }
        self[name] = value
    }
}
