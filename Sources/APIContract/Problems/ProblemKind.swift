// SPDX-License-Identifier: Apache-2.0

/// The stable kinds of problem documents, each with its name on the wire, its HTTP status and its titles.
///
/// Clients decide by the kind, never by the titles. A name, once published, is not changed.
package enum ProblemKind: String, CaseIterable, Sendable {
    case malformedJSON = "malformed-json"
    case unknownField = "unknown-field"
    case missingField = "missing-field"
    case invalidField = "invalid-field"
    case unknownParameter = "unknown-parameter"
    case invalidParameter = "invalid-parameter"
    case invalidHeader = "invalid-header"
    case badRequest = "bad-request"
    case idempotencyKeyReused = "idempotency-key-reused"
    case notAuthenticated = "not-authenticated"
    case notPermitted = "not-permitted"
    case notFound = "not-found"
    case methodNotAllowed = "method-not-allowed"
    case conflict = "conflict"
    case versionMismatch = "version-mismatch"
    case bodyTooLarge = "body-too-large"
    case unsupportedContentType = "unsupported-content-type"
    case refused = "refused"
    case versionRequired = "version-required"
    case tooManyRequests = "too-many-requests"
    case fault = "internal-fault"
    case unavailable = "unavailable"

    /// The prefix of every problem type on the wire.
    package static let typePrefix = "urn:etalon:problem:"

    /// The kind that a `type` on the wire names, or `nil` for one this program does not know.
    package init?(type: String) {
        guard type.hasPrefix(Self.typePrefix) else { return nil }
        self.init(rawValue: String(type.dropFirst(Self.typePrefix.count)))
    }

    /// The RFC 9457 `type`, as `urn:etalon:problem:NAME`.
    package var type: String { Self.typePrefix + rawValue }

    /// The HTTP status that goes with the kind.
    package var status: Int {
        switch self {
        case .malformedJSON, .unknownField, .missingField, .invalidField, .unknownParameter, .invalidParameter,
            .invalidHeader, .badRequest, .idempotencyKeyReused:
            400
        case .notAuthenticated: 401
        case .notPermitted: 403
        case .notFound: 404
        case .methodNotAllowed: 405
        case .conflict: 409
        case .versionMismatch: 412
        case .bodyTooLarge: 413
        case .unsupportedContentType: 415
        case .refused: 422
        case .versionRequired: 428
        case .tooManyRequests: 429
        case .fault: 500
        case .unavailable: 503
        }
    }

    /// The title in English.
    package var title: String { titles.en }

    /// The title in Vietnamese.
    package var titleVi: String { titles.vi }

    private var titles: (vi: String, en: String) {
        switch self {
        case .malformedJSON: ("Nội dung gửi lên không phải JSON hợp lệ", "The request body is not valid JSON")
        case .unknownField: ("Có trường không được biết đến", "A field is not known")
        case .missingField: ("Thiếu một trường bắt buộc", "A required field is missing")
        case .invalidField: ("Giá trị của một trường không hợp lệ", "The value of a field is not valid")
        case .unknownParameter: ("Có tham số truy vấn không được biết đến", "A query parameter is not known")
        case .invalidParameter: ("Giá trị của một tham số không hợp lệ", "The value of a parameter is not valid")
        case .invalidHeader: ("Một tiêu đề của yêu cầu không hợp lệ", "A request header is not valid")
        case .badRequest: ("Yêu cầu không hợp lệ", "The request is not valid")
        case .idempotencyKeyReused:
            ("Idempotency-Key đã dùng cho một yêu cầu khác", "The Idempotency-Key was used for another request")
        case .notAuthenticated: ("Chưa xác thực người dùng", "The caller is not authenticated")
        case .notPermitted: ("Không có quyền thực hiện", "Not permitted")
        case .notFound: ("Không tìm thấy", "Not found")
        case .methodNotAllowed:
            ("Phương thức không được hỗ trợ tại địa chỉ này", "The method is not supported at this address")
        case .conflict: ("Xung đột với trạng thái hiện tại", "In conflict with the present state")
        case .versionMismatch: ("Dữ liệu đã được người khác thay đổi", "Somebody else has changed it meanwhile")
        case .bodyTooLarge: ("Nội dung gửi lên quá lớn", "The request body is too large")
        case .unsupportedContentType:
            ("Kiểu nội dung không được hỗ trợ", "The content type is not supported")
        case .refused: ("Bị từ chối theo quy định của phòng thí nghiệm", "Refused by a rule of the laboratory")
        case .versionRequired:
            ("Phải nêu phiên bản muốn thay đổi (If-Match)", "The version to change must be named (If-Match)")
        case .tooManyRequests: ("Quá nhiều yêu cầu", "Too many requests")
        case .fault: ("Lỗi bên trong hệ thống", "An internal fault")
        case .unavailable: ("Dịch vụ tạm thời không sẵn sàng", "The service is not available for the moment")
        }
    }
}
