// SPDX-License-Identifier: Apache-2.0

package import APIContract
package import HTTPTypes
package import Hummingbird
import Logging
import NIOCore

/// Makes answers.
package enum Reply {
    /// A document.
    ///
    /// - Parameters:
    ///   - version: the version of what is answered, sent as `ETag`.
    ///   - location: the address of what was made, sent as `Location`.
    /// - Throws: `EncodingError` for a value without a JSON form.
    package static func json(
        _ value: some Encodable,
        status: HTTPResponse.Status = .ok,
        version: Int64? = nil,
        location: String? = nil
    ) throws -> Response {
        json(bytes: try StrictJSON.encode(value), status: status, version: version, location: location)
    }

    /// A document already written, such as a first answer that is repeated.
    ///
    /// - Parameter replayed: whether the answer was given before. Status and body are those of the first; a header field
    ///   tells the difference to a client that wants to know.
    package static func json(
        bytes: [UInt8],
        status: HTTPResponse.Status = .ok,
        version: Int64? = nil,
        location: String? = nil,
        replayed: Bool = false
    ) -> Response {
        var headers: HTTPFields = [.contentType: Wire.json]
        if let version { headers[.eTag] = EntityVersion.tag(version) }
        if let location { headers[.location] = location }
        if replayed { headers.set(Wire.idempotencyReplayed, "true") }
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// The document of something just made (201), with its address.
    ///
    /// - Throws: as ``json(_:status:version:location:)``.
    package static func created(
        _ value: some Encodable,
        at location: String,
        version: Int64? = nil
    ) throws -> Response {
        try json(value, status: .created, version: version, location: location)
    }

    /// Done, and nothing to say (204).
    package static func nothing() -> Response { Response(status: .noContent) }

    /// A text.
    package static func text(_ text: String, type: String = "text/plain; charset=utf-8") -> Response {
        Response(
            status: .ok,
            headers: [.contentType: type],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }

    /// A file's bytes, offered under a name.
    package static func file(_ bytes: [UInt8], type: String, name: String? = nil) -> Response {
        Response(
            status: .ok,
            headers: fileHeaders(type: type, name: name),
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    /// A long answer, written piece by piece; the reader's pace holds the writer back.
    ///
    /// An error after the first piece breaks the connection, so that the reader does not take a part for the
    /// whole; it is logged here, since nobody else sees it.
    package static func stream(
        _ call: Call,
        type: String,
        name: String? = nil,
        write: @escaping @concurrent @Sendable (inout StreamWriter) async throws -> Void
    ) -> Response {
        let logger = call.context.logger
        let route = call.context.routeTemplate
        let body = ResponseBody { base in
            do {
                var writer = StreamWriter(base: base)
                try await write(&writer)
                try await base.finish(nil)
            } catch {
                logger.error(
                    "Answer broken off",
                    metadata: ["http.route": "\(route)", "error": "\(String(reflecting: error))"]
                )
                throw error
            }
        }
        return Response(status: .ok, headers: fileHeaders(type: type, name: name), body: body)
    }

    /// A problem document.
    package static func problem(
        _ problem: Problem,
        headers: [String: String] = [:],
        requestID: String
    ) -> Response {
        var problem = problem
        problem.instance = problem.instance ?? "urn:etalon:request:\(requestID)"
        var fields: HTTPFields = [.contentType: Wire.problemJSON]
        if problem.status == 401 { fields[.wwwAuthenticate] = "Bearer" }
        for (name, value) in headers { fields.set(name, value) }
        // A problem has only texts and one whole number, whose writing cannot fail; an empty body would do.
        let bytes = (try? StrictJSON.encode(problem)) ?? []
        return Response(
            status: HTTPResponse.Status(code: problem.status),
            headers: fields,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    /// - Source: RFC 6266, section 4; RFC 8187 for names beyond ASCII.
    private static func fileHeaders(type: String, name: String?) -> HTTPFields {
        var headers: HTTPFields = [.contentType: type]
        guard let name else { return headers }
        let isPlain = { (byte: UInt8) in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
        }
        let ascii = String(decoding: name.utf8.map { isPlain($0) ? $0 : UInt8(ascii: "_") }, as: UTF8.self)
        let encoded = name.utf8.map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return isPlain(byte) ? String(Unicode.Scalar(byte)) : "%" + (digits.count < 2 ? "0" : "") + digits
        }
        headers[.contentDisposition] = "attachment; filename=\"\(ascii)\"; filename*=UTF-8''\(encoded.joined())"
        return headers
    }
}

/// Writes the pieces of a long answer.
package struct StreamWriter {
    var base: any ResponseBodyWriter

    /// Writes one piece; returns when the reader can take more.
    @concurrent
    package mutating func write(_ bytes: some Sequence<UInt8>) async throws {
        try await base.write(ByteBuffer(bytes: bytes))
    }

    /// Writes one piece of text.
    @concurrent
    package mutating func write(_ text: String) async throws {
        try await base.write(ByteBuffer(string: text))
    }
}

extension RouterMethods where Context == APIContext {
    /// Adds a route.
    ///
    /// - Parameters:
    ///   - method: the method; a GET answers HEAD too.
    ///   - path: the path below this group, with `{name}` for its variable parts.
    ///   - answer: makes the answer; what it throws becomes a problem document.
    @discardableResult
    package func handle(
        _ method: HTTPRequest.Method,
        _ path: String,
        answer: @escaping @Sendable (Call) async throws -> Response
    ) -> Self {
        on(RouterPath(stringLiteral: path), method: method) { request, context in
            try await answer(Call(request, context))
        }
    }
}
