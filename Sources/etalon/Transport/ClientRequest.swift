// SPDX-License-Identifier: Apache-2.0

import APIContract
import FoundationEssentials

/// One request to the daemon.
struct ClientRequest: Sendable {
    enum Method: String, Sendable { case get = "GET", post = "POST", put = "PUT", patch = "PATCH", delete = "DELETE" }

    /// What is sent.
    enum Content: Sendable {
        case none
        case bytes([UInt8], type: String)
        /// A file, sent in pieces as it is read; `-` is standard input.
        case file(path: String, type: String)
    }

    let method: Method
    /// The path and the query, percent-encoded, beginning with `/`.
    let target: String
    var headers: [(name: String, value: String)]
    let content: Content

    /// A request; every POST gets an Idempotency-Key of its own unless one is given.
    init(
        _ method: Method,
        _ path: String,
        query: [(name: String, value: String?)] = [],
        headers: [(name: String, value: String)] = [],
        content: Content = .none
    ) {
        self.method = method
        let pairs = query.compactMap { name, value in
            value.map { Self.percentEncoded(name) + "=" + Self.percentEncoded($0) }
        }
        target = pairs.isEmpty ? path : path + "?" + pairs.joined(separator: "&")
        self.headers = headers
        self.content = content
        let hasKey = headers.contains { $0.name.lowercased() == Wire.idempotencyKey.lowercased() }
        if method == .post, !hasKey { self.headers.append((Wire.idempotencyKey, UUID().uuidString.lowercased())) }
    }

    /// A request whose body is an encodable value.
    ///
    /// - Throws: `EncodingError`, as ``StrictJSON`` does.
    init(
        _ method: Method,
        _ path: String,
        body: some Encodable,
        headers: [(name: String, value: String)] = []
    ) throws {
        self.init(
            method,
            path,
            headers: headers,
            content: .bytes(try StrictJSON.encode(body), type: Wire.json)
        )
    }

    /// Whether sending it twice does no harm: reading, or a POST with its key, and content that can be read again.
    var isRepeatable: Bool {
        if case .file(path: "-", type: _) = content { return false }
        return switch method {
        case .get, .post: true
        case .put, .patch, .delete: false
        }
    }

    /// A text as part of a path or a query: everything but letters, digits and `-._~` is percent-encoded.
    ///
    /// - Source: RFC 3986, section 2.3.
    static func percentEncoded(_ text: String) -> String {
        let hexadecimal = Array("0123456789ABCDEF".utf8)
        var output: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                output.append(byte)
            default:
                output += [UInt8(ascii: "%"), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}

/// The daemon's answer.
struct ClientResponse: Sendable {
    let status: Int
    let headers: [(name: String, value: String)]
    /// The body; empty when it went into a sink.
    let body: [UInt8]

    /// The first header field of that name, whatever its case.
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// Whether the request did what it should.
    var isSuccess: Bool { (200..<300).contains(status) }

    /// What the program tells the shell.
    var exitCode: ExitCode { ExitCode(status: status) }

    /// The body as a value of a type; members this program does not know yet are passed over.
    ///
    /// - Throws: ``StrictJSONError``.
    func decoded<T: Decodable>(_ type: T.Type) throws(StrictJSONError) -> T {
        try StrictJSON.decode(type, from: body, ignoringUnknownFields: true)
    }

    /// The problem that the answer is, or that stands for an answer without one; `nil` on success.
    var problem: Problem? {
        guard !isSuccess else { return nil }
        // An answer that is no problem document still has its status, from which one is made below.
        if let problem = try? decoded(Problem.self) { return problem }
        let text = Message.unexpectedAnswer.text.filled(["status": "\(status)"])
        var problem = Problem(.fault, vi: text.vi, en: text.en)
        problem.type = "about:blank"
        problem.status = status
        return problem
    }
}
