// SPDX-License-Identifier: Apache-2.0

import APIContract
import HTTPTypes
import Hummingbird
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOEmbedded

@testable import HTTPAPI

/// Sends requests to the router, without a socket.
struct RouterClient: Sendable {
    let responder: RouterResponder<APIContext>
    var logger = Logger(label: "test")

    struct Answer: Sendable {
        let status: Int
        let headers: HTTPFields
        let body: String

        /// The problem that the answer is; what is none fails the expectation that asks for one.
        var problem: Problem? { try? StrictJSON.decode(Problem.self, from: Array(body.utf8)) }  // nil is the answer then
    }

    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        headers: HTTPFields = [:],
        json: String? = nil,
        pieces: [String] = []
    ) async throws -> Answer {
        var headers = headers
        if json != nil, headers[.contentType] == nil { headers[.contentType] = "application/json" }
        let head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path, headerFields: headers)
        let buffers = (json.map { [$0] } ?? pieces).map { ByteBuffer(string: $0) }
        let body = AsyncStream { continuation in
            for buffer in buffers { continuation.yield(buffer) }
            continuation.finish()
        }
        let context = APIContext(
            source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: logger)
        )
        let request = Request(head: head, body: RequestBody(asyncSequence: body))
        let response = try await responder.respond(to: request, context: context)
        let collected = CollectedBody()
        try await response.body.write(collected)
        return Answer(status: response.status.code, headers: response.headers, body: collected.text)
    }
}

private final class CollectedBody: ResponseBodyWriter {
    private let buffer = NIOLockedValueBox(ByteBuffer())
    var text: String { buffer.withLockedValue { String(buffer: $0) } }

    func write(_ piece: ByteBuffer) async throws { buffer.withLockedValue { _ = $0.writeImmutableBuffer(piece) } }
    func finish(_ trailers: HTTPFields?) async throws {}
}
