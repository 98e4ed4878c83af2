// SPDX-License-Identifier: Apache-2.0
internal import CCurl
internal import Dispatch
internal import Glibc

/// Posts signed events to where they are wanted.
package protocol WebhookTransport: Sendable {
    /// Posts a body within a bounded time.
    func post(_ body: String, to url: String, headers: [String]) async -> WebhookAnswer
}

/// What came of a post.
package struct WebhookAnswer: Sendable, Equatable {
    /// Status of the answer; nil when there was none.
    package let status: Int?
    /// Seconds of its `Retry-After`.
    package let retryAfter: Int64?
    /// What went wrong, or the beginning of the answer, in one line.
    package let note: String

    /// States an answer.
    package init(status: Int?, retryAfter: Int64? = nil, note: String = "") {
        (self.status, self.retryAfter, self.note) = (status, retryAfter, note)
    }
}

/// libcurl on dispatch queues: no redirects, no proxy, certificates verified, answers cut off, and every address that is connected to judged.
package struct CurlTransport: WebhookTransport {
    private let rule: ConnectionRule
    private let authorities: String?
    private let connect: Duration
    /// Longest time that a delivery takes.
    package let total: Duration

    /// Longest answer that is read, in bytes, header included.
    package static let longestAnswer = 64 << 10

    private static let preparation = etalon_curl_prepare()

    /// - Parameters:
    ///   - rule: where it may connect to.
    ///   - authorities: file of certificates to trust instead of the system's.
    ///   - connect: longest time until a connection stands.
    ///   - total: longest time altogether.
    package init(
        rule: ConnectionRule, authorities: String? = nil, connect: Duration = .seconds(10), total: Duration = .seconds(20)
    ) {
        (self.rule, self.authorities, self.connect, self.total) = (rule, authorities, connect, total)
    }

    package func post(_ body: String, to url: String, headers: [String]) async -> WebhookAnswer {
        await withCheckedContinuation { continuation in
            // A queue of its own has a thread of its own, however many others wait for slow receivers.
            DispatchQueue(label: "etalon.webhook").async { continuation.resume(returning: perform(body, url, headers)) }
        }
    }

    /// What the judgement of an address needs, at the far side of C.
    private final class Judgement {
        let rule: ConnectionRule
        let isEncrypted: Bool

        init(rule: ConnectionRule, isEncrypted: Bool) { (self.rule, self.isEncrypted) = (rule, isEncrypted) }
    }

    private func perform(_ body: String, _ url: String, _ headers: [String]) -> WebhookAnswer {
        guard Self.preparation == 0 else { return WebhookAnswer(status: nil, note: "libcurl cannot be used") }
        let bytes = Array(body.utf8)
        let judgement = Judgement(rule: rule, isEncrypted: url.lowercased().hasPrefix("https://"))
        // No answer of 100 Continue is waited for, and no type that libcurl would invent is sent.
        let lines = (headers + ["Expect:"]).map { text in strdup(text) }
        defer { lines.forEach { free($0) } }
        var answer = etalon_post_answer()
        let pointers = lines.map { UnsafePointer<CChar>($0) } + [nil]
        url.withCString { url in
            withOptional(authorities) { authorities in
                bytes.withUnsafeBytes { bytes in
                    pointers.withUnsafeBufferPointer { pointers in
                        var post = etalon_post()
                        post.url = url
                        post.headers = pointers.baseAddress
                        post.body = bytes.baseAddress
                        post.body_length = bytes.count
                        post.connect_milliseconds = Int(connect / .milliseconds(1))
                        post.total_milliseconds = Int(total / .milliseconds(1))
                        post.longest_answer = Self.longestAnswer
                        post.ca_file = authorities
                        post.may_connect = { address, context in
                            guard let address, let context, let bytes = ConnectionRule.bytes(address) else { return 0 }
                            let judgement = Unmanaged<Judgement>.fromOpaque(context).takeUnretainedValue()
                            return judgement.rule.permits(bytes, encrypted: judgement.isEncrypted) ? 1 : 0
                        }
                        post.context = Unmanaged.passUnretained(judgement).toOpaque()
                        withExtendedLifetime(judgement) { etalon_curl_post(&post, &answer) }
                    }
                }
            }
        }
        return Self.answer(&answer)
    }

    private static func answer(_ answer: inout etalon_post_answer) -> WebhookAnswer {
        if answer.is_refused_address != 0 {
            return WebhookAnswer(
                status: nil, note: "the address is not public, or not encrypted, and not allowed by webhooks.allow")
        }
        let length = min(answer.body_length, 1024)
        let body = withUnsafeBytes(of: answer.body) { String(decoding: $0.prefix(length), as: UTF8.self) }
        let error = withUnsafeBytes(of: answer.error) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        let isAnswered = answer.status > 0 && (answer.result == 0 || answer.is_cut != 0)
        let note = EncodedText.singleLine(isAnswered ? body : error)
        return WebhookAnswer(
            status: isAnswered ? answer.status : nil, retryAfter: answer.retry_after > 0 ? answer.retry_after : nil,
            note: String(note.prefix(300)))
    }
}

private func withOptional<R>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> R) -> R {
    guard let text else { return body(nil) }
    return text.withCString { body($0) }
}
