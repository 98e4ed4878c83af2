// SPDX-License-Identifier: Apache-2.0

import APIContract
import HTTPTypes

/// The key under which a POST is done once, however often it is sent.
package struct IdempotencyKey: Hashable, Sendable {
    /// 1 to 255 visible ASCII characters.
    package let value: String

    /// The key of a request, `nil` without one.
    ///
    /// - Throws: ``ProblemError`` (400) for one of another form, or for two.
    init?(_ headers: HTTPFields) throws {
        let fields = headers.texts(Wire.idempotencyKey)
        guard let value = fields.first else { return nil }
        let isValid = (1...255).contains(value.utf8.count) && value.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard fields.count == 1, isValid else {
            throw ProblemError(
                Problem(
                    .invalidHeader,
                    vi: "Idempotency-Key phải gồm 1–255 ký tự ASCII nhìn thấy được",
                    en: "the Idempotency-Key must be 1–255 visible ASCII characters",
                    field: Wire.idempotencyKey
                )
            )
        }
        self.value = value
    }
}

/// The version of something changeable, as it stands in `ETag` and `If-Match`.
///
/// - Source: RFC 9110, sections 8.8.3 and 13.1.1; only strong tags are used.
package enum EntityVersion {
    /// The entity tag of a version: `"7"`, with the quotes.
    package static func tag(_ version: Int64) -> String { "\"\(version)\"" }

    /// The version in `If-Match`.
    ///
    /// - Throws: ``ProblemError``: 428 without the field, 400 for one that is not a single `"N"`.
    static func expected(_ headers: HTTPFields) throws -> Int64 {
        let fields = headers[values: .ifMatch]
        guard let field = fields.first else {
            throw ProblemError(
                Problem(
                    .versionRequired,
                    field: "If-Match",
                    remedyVi: "gửi If-Match với ETag vừa nhận được",
                    remedy: "send If-Match with the ETag you were given"
                )
            )
        }
        let digits = field.dropFirst().dropLast()
        let isTag = field.utf8.count > 2 && field.hasPrefix("\"") && field.hasSuffix("\"")
        guard fields.count == 1, isTag, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let version = Int64(digits)
        else {
            throw ProblemError(
                Problem(
                    .invalidHeader,
                    vi: "If-Match phải là một ETag như \"7\"",
                    en: "If-Match must be one entity tag such as \"7\"",
                    field: "If-Match"
                )
            )
        }
        return version
    }
}
