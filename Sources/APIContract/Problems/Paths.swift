// SPDX-License-Identifier: Apache-2.0

/// Addresses that the client and the daemon share.
package enum Paths {
    /// The prefix of the API.
    package static let v1 = "/v1"
    /// Whether the process lives.
    package static let health = "/healthz"
    /// Whether the daemon can serve: the state of the database and of what else it needs.
    package static let ready = "/readyz"
    /// Prometheus text exposition.
    package static let metrics = "/metrics"
    /// The OpenAPI 3.1 document.
    package static let openAPI = "/openapi.json"
}

/// Content types and header names that the client and the daemon share.
package enum Wire {
    /// The content type of documents.
    package static let json = "application/json"
    /// The content type of problem documents (RFC 9457).
    package static let problemJSON = "application/problem+json"
    /// The content type of comma-separated values (RFC 4180).
    package static let csv = "text/csv; charset=utf-8"
    /// The header field that makes a POST repeatable.
    package static let idempotencyKey = "Idempotency-Key"
    /// The header field of an answer that was given before under the same key; its value is `true`.
    package static let idempotencyReplayed = "Idempotency-Replayed"
    /// The header field with what a request belongs to in a distributed trace (W3C Trace Context).
    package static let traceParent = "traceparent"
    /// The header field with the id of the request, in both directions.
    package static let requestID = "X-Request-Id"
}
