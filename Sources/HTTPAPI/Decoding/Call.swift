// SPDX-License-Identifier: Apache-2.0

package import APIContract
import HTTPTypes
package import Hummingbird
import Logging
package import NIOCore

/// One request as a route sees it: who calls, and what was sent, read strictly.
package struct Call: Sendable {
    /// The request as it came.
    package let request: Request
    /// What accompanies it.
    package let context: APIContext

    /// A request with what accompanies it.
    package init(_ request: Request, _ context: APIContext) {
        self.request = request
        self.context = context
    }

    /// Who calls.
    ///
    /// - Throws: ``ProblemError`` (401) on a route outside `/v1`, where nobody asks.
    package var caller: any AnyCaller {
        get throws {
            guard let caller = context.caller else { throw ProblemError(Problem(.notAuthenticated)) }
            return caller
        }
    }

    // MARK: Path

    /// A number in the path, from 1 up.
    ///
    /// - Throws: ``ProblemError`` (400) for anything else.
    package func id(_ name: String = "id") throws -> Int64 {
        let text = try pathText(name)
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let id = Int64(text), id > 0 else {
            throw ProblemError(
                Problem(
                    .invalidParameter,
                    vi: "`\(name)` trong địa chỉ phải là một số nguyên dương",
                    en: "`\(name)` in the address must be a positive whole number",
                    field: name
                )
            )
        }
        return id
    }

    /// A text in the path, percent-decoded, of 1 to 255 bytes.
    ///
    /// - Throws: ``ProblemError`` (400) for one that is not UTF-8, too long, or has a control character.
    package func pathText(_ name: String) throws -> String {
        let raw = context.parameters.get(name) ?? ""
        guard let text = PercentEncoding.decoded(raw), (1...255).contains(text.utf8.count),
            text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
        else {
            throw ProblemError(
                Problem(
                    .invalidParameter,
                    vi: "`\(name)` trong địa chỉ không hợp lệ",
                    en: "`\(name)` in the address is not valid",
                    field: name
                )
            )
        }
        return text
    }

    // MARK: Query

    /// The query's parameters, all of which must be among the known ones.
    ///
    /// - Throws: ``ProblemError`` (400) for an unknown, repeated, empty or badly encoded one.
    package func query(_ known: String...) throws -> QueryParameters {
        try QueryParameters(request.uri.query, known: known)
    }

    /// The query of a list: the known parameters, and `limit` and `cursor`.
    ///
    /// - Throws: as ``query(_:)``.
    package func listQuery(_ known: String...) throws -> QueryParameters {
        try QueryParameters(request.uri.query, known: known + ["limit", "cursor"])
    }

    // MARK: Headers

    /// The Idempotency-Key, `nil` without one.
    ///
    /// - Throws: ``ProblemError`` (400) unless it is 1 to 255 visible ASCII characters.
    package func idempotencyKey() throws -> IdempotencyKey? { try IdempotencyKey(request.headers) }

    /// The version that a change refers to, from `If-Match`.
    ///
    /// - Throws: ``ProblemError``: 428 without one, 400 for one that is not `"N"`.
    package func expectedVersion() throws -> Int64 { try EntityVersion.expected(request.headers) }

    // MARK: Body

    /// The JSON body, kept with its bytes for a fingerprint.
    ///
    /// - Throws: ``ProblemError``: 415 for another content type, 413 for one too large, 400 for one cut short.
    package func body() async throws -> JSONBody {
        try requireContentType([Wire.json])
        return JSONBody(bytes: try await collect(upTo: context.bodyLimit))
    }

    /// The body, read as a type.
    ///
    /// - Throws: as ``body()``, and ``StrictJSONError`` (400) naming the field.
    package func decode<Body: Decodable>(_ type: Body.Type) async throws -> Body {
        try await body().decode(type)
    }

    /// The body read as a type, `nil` when there is none.
    ///
    /// - Throws: as ``decode(_:)``.
    package func decodeIfPresent<Body: Decodable>(_ type: Body.Type) async throws -> Body? {
        guard hasBody else { return nil }
        return try await decode(type)
    }

    /// The body as it arrives, for bulk routes; it can be read once.
    ///
    /// - Parameters:
    ///   - types: the content types taken, such as `text/csv`.
    ///   - limit: the largest body in bytes.
    /// - Throws: ``ProblemError``: 415 at once; 413 or 400 while reading.
    package func stream(types: [String], upTo limit: Int) throws -> BodyStream {
        try requireContentType(types)
        let declared = declaredLength
        if let declared, declared > limit { throw ProblemError(ProblemMiddleware.tooLarge(limit: limit)) }
        return BodyStream(base: request.body, limit: limit, declared: declared)
    }

    /// What tells one request from another under one Idempotency-Key: to be hashed and compared.
    package func fingerprint(of body: JSONBody?) -> [UInt8] {
        Array("\(request.method.rawValue) \(request.uri.string)\n".utf8) + (body?.bytes ?? [])
    }

    private var hasBody: Bool {
        if let declaredLength { return declaredLength > 0 }
        return request.headers[.transferEncoding] != nil
    }

    private var declaredLength: Int? { request.headers[.contentLength].flatMap { Int($0) } }

    private func collect(upTo limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        let declared = declaredLength
        if let declared, declared > limit { throw ProblemError(ProblemMiddleware.tooLarge(limit: limit)) }
        for try await piece in BodyStream(base: request.body, limit: limit, declared: declared) {
            bytes.append(contentsOf: piece.readableBytesView)
        }
        return bytes
    }

    private func requireContentType(_ types: [String]) throws {
        let given = request.headers[.contentType] ?? ""
        let parts = given.split(separator: ";").map { Self.trimmed($0).lowercased() }
        // UTF-8 is the only character set; naming it is allowed.
        let parameters = parts.dropFirst().filter { $0 != "charset=utf-8" && $0 != "charset=\"utf-8\"" }
        guard let type = parts.first, types.contains(type), parameters.isEmpty else {
            let listed = types.joined(separator: ", ")
            throw ProblemError(
                Problem(
                    .unsupportedContentType,
                    vi: "Content-Type phải là \(listed)",
                    en: "the Content-Type must be \(listed)",
                    field: "Content-Type"
                ),
                headers: ["Accept": listed]
            )
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}

/// A JSON body, with its bytes.
package struct JSONBody: Hashable, Sendable {
    /// The body as it came.
    package let bytes: [UInt8]

    /// The body read as a type.
    ///
    /// - Throws: ``StrictJSONError`` naming the field.
    package func decode<Body: Decodable>(_ type: Body.Type) throws(StrictJSONError) -> Body {
        try StrictJSON.decode(type, from: bytes)
    }
}

/// A body as it arrives, with a limit, and checked against the length that was announced.
package struct BodyStream: AsyncSequence, Sendable {
    package typealias Element = ByteBuffer

    let base: RequestBody
    let limit: Int
    let declared: Int?

    /// Reads the pieces in order.
    package struct Iterator: AsyncIteratorProtocol {
        var base: RequestBody.AsyncIterator
        let limit: Int
        let declared: Int?
        var received = 0

        /// The next piece, `nil` at the end.
        ///
        /// - Throws: ``ProblemError``: 413 beyond the limit, 400 for a body shorter than announced.
        @concurrent
        package mutating func next() async throws -> ByteBuffer? {
            guard let piece = try await base.next() else {
                guard let declared, received < declared else { return nil }
                throw ProblemError(
                    Problem(.badRequest, vi: "nội dung gửi lên bị cắt ngang", en: "the body was cut short")
                )
            }
            received += piece.readableBytes
            guard received <= limit else { throw ProblemError(ProblemMiddleware.tooLarge(limit: limit)) }
            return piece
        }
    }

    package func makeAsyncIterator() -> Iterator {
        Iterator(base: base.makeAsyncIterator(), limit: limit, declared: declared)
    }
}
