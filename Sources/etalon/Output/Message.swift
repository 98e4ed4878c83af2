// SPDX-License-Identifier: Apache-2.0

/// The sentences of the program's own, in both languages; placeholders stand in braces.
enum Message: CaseIterable, Sendable {
    case error
    case refused
    case field
    case remedy
    case requestNumber
    case faults
    case yes
    case no
    case nothingFound
    case morePages
    case unreachable
    case unreachableRemedy
    case unreachableTCPRemedy
    case notInGroup
    case notInGroupRemedy
    case timedOut
    case connectionLost
    case notHTTP
    case answerTooLarge
    case badAddress
    case badAddressRemedy
    case fileUnreadable
    case unexpectedAnswer
    case outputIncomplete

    /// The sentence in both languages.
    var text: Bilingual {
        switch self {
        case .error: Bilingual(vi: "Lỗi", en: "Error")
        case .refused: Bilingual(vi: "Từ chối", en: "Refused")
        case .field: Bilingual(vi: "trường", en: "field")
        case .remedy: Bilingual(vi: "cách xử lý", en: "what to do")
        case .requestNumber: Bilingual(vi: "mã yêu cầu", en: "request")
        case .faults: Bilingual(vi: "có {count} chỗ phải sửa", en: "there are {count} places to correct")
        case .yes: Bilingual(vi: "có", en: "yes")
        case .no: Bilingual(vi: "không", en: "no")
        case .nothingFound: Bilingual(vi: "Không có dòng nào.", en: "Nothing found.")
        case .morePages:
            Bilingual(vi: "Còn nữa; xem tiếp với {option}", en: "There is more; go on with {option}")
        case .unreachable:
            Bilingual(
                vi: "không kết nối được với etalond tại {server}: {why}", en: "etalond cannot be reached at {server}: {why}")
        case .unreachableRemedy:
            Bilingual(
                vi: "kiểm tra dịch vụ (systemctl status etalond) hoặc chỉ ra máy chủ bằng --server hay ETALON_SERVER",
                en: "check the service (systemctl status etalond), or name the server with --server or ETALON_SERVER"
            )
        case .unreachableTCPRemedy:
            Bilingual(
                vi: "kiểm tra cổng và cấu hình TCP của etalond, hoặc dùng ổ cắm Unix",
                en: "check the port and etalond's TCP setting, or use the Unix socket"
            )
        case .notInGroup:
            Bilingual(vi: "không có quyền mở {server}", en: "no permission to open {server}")
        case .notInGroupRemedy:
            Bilingual(
                vi: "nhờ quản trị thêm tài khoản của bạn vào nhóm etalon, rồi đăng nhập lại",
                en: "ask the administrator to add your account to the group etalon, then log in again"
            )
        case .timedOut:
            Bilingual(vi: "{server} không trả lời trong {seconds} giây", en: "{server} has not answered for {seconds} seconds")
        case .connectionLost:
            Bilingual(
                vi: "mất kết nối với {server} trước khi nhận đủ trả lời",
                en: "the connection to {server} broke before the answer was complete")
        case .notHTTP:
            Bilingual(vi: "{server} không trả lời theo HTTP", en: "{server} does not answer in HTTP")
        case .answerTooLarge:
            Bilingual(vi: "trả lời dài hơn {limit} MB", en: "the answer is longer than {limit} MB")
        case .badAddress:
            Bilingual(vi: "địa chỉ máy chủ không hợp lệ: {address}", en: "not a server address: {address}")
        case .badAddressRemedy:
            Bilingual(
                vi: "dùng đường dẫn tuyệt đối của ổ cắm (tối đa 107 byte) hoặc http://127.0.0.1:CỔNG",
                en: "use the absolute path of a socket (at most 107 bytes) or http://127.0.0.1:PORT"
            )
        case .fileUnreadable:
            Bilingual(vi: "không đọc được tệp {file}: {why}", en: "the file {file} cannot be read: {why}")
        case .unexpectedAnswer:
            Bilingual(
                vi: "máy chủ trả lời không như mong đợi (HTTP {status})",
                en: "the server gave an unexpected answer (HTTP {status})")
        case .outputIncomplete:
            Bilingual(vi: "đầu ra chuẩn không được ghi đủ: {why}", en: "standard output is incomplete: {why}")
        }
    }
}
