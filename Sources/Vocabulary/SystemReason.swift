// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Why the system could not do something, in both languages; its own words are English.
package enum SystemReason {
    /// The words for an error number of the system.
    package static func text(_ number: Int32) -> Bilingual {
        let english = strerror(number).map { String(cString: $0) } ?? "errno \(number)"
        return Bilingual(vi: vietnamese[number] ?? "lỗi hệ thống \(number) “\(english)”", en: english)
    }

    private static let vietnamese: [Int32: String] = [
        EPERM: "không được phép", ENOENT: "không có tệp hay thư mục này", EIO: "lỗi đọc ghi của thiết bị",
        ENXIO: "không có thiết bị này", EBADF: "tệp đã đóng", EAGAIN: "tạm thời chưa được, hãy thử lại",
        ENOMEM: "hết bộ nhớ", EACCES: "không có quyền", EBUSY: "đang bận", EEXIST: "đã có", ENODEV: "không có thiết bị này",
        ENOTDIR: "không phải thư mục", EISDIR: "là một thư mục", EINVAL: "nội dung không hợp lệ",
        ENFILE: "hệ thống mở quá nhiều tệp", EMFILE: "mở quá nhiều tệp", EFBIG: "tệp quá lớn", ENOSPC: "đĩa hết chỗ",
        ESPIPE: "không phải tệp thường", EROFS: "đĩa chỉ cho đọc", EMLINK: "quá nhiều liên kết", EPIPE: "bên kia đã đóng",
        ENAMETOOLONG: "tên quá dài", ENOTEMPTY: "thư mục không trống", ELOOP: "liên kết vòng tròn",
        EDQUOT: "vượt hạn mức đĩa", ETXTBSY: "chương trình đang chạy", EADDRINUSE: "địa chỉ đang được dùng",
        EADDRNOTAVAIL: "không có địa chỉ này", ENETUNREACH: "không tới được mạng", EHOSTUNREACH: "không tới được máy",
        ECONNREFUSED: "không có chương trình nào nghe ở đó", ECONNRESET: "bên kia ngắt kết nối",
        ECONNABORTED: "kết nối bị hủy", ETIMEDOUT: "quá thời gian chờ", ENOTSOCK: "không phải ổ cắm",
        EPROTOTYPE: "ổ cắm thuộc loại khác", ESTALE: "tệp trên mạng không còn",
    ]
}
