// SPDX-License-Identifier: Apache-2.0
package import Digests

/// Secret of a webhook: `whsec_` and 24 to 64 bytes in base 64.
package struct WebhookSecret: Sendable, Equatable {
    /// As it is shown to the receiver.
    package let text: String
    private let key: [UInt8]

    /// Reads a secret that was stored or is shared already; nil for any other text.
    package init?(_ text: String) {
        let prefix = "whsec_"
        guard text.hasPrefix(prefix), let key = EncodedText.bytes(base64: text.dropFirst(prefix.count).utf8),
            (24...64).contains(key.count)
        else { return nil }
        (self.text, self.key) = (text, key)
    }

    /// A fresh secret of 32 random bytes.
    package init() throws(DigestError) {
        key = try RandomCode.bytes(32)
        text = "whsec_" + EncodedText.base64(key)
    }

    /// The value of the header `webhook-signature`.
    ///
    /// - Parameters:
    ///   - id: of the event, the same at every try.
    ///   - timestamp: seconds since 1970 of this try.
    ///   - body: as it is sent.
    /// - Source: Standard Webhooks 1.0, symmetric signatures: HMAC-SHA256 of `id.timestamp.body`.
    package func signature(id: String, timestamp: Int64, body: String) -> String {
        "v1," + EncodedText.base64(SHA256.authentication(of: Array("\(id).\(timestamp).\(body)".utf8), key: key))
    }
}
