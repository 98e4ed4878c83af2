// SPDX-License-Identifier: Apache-2.0
import HTTPAPI
import Vocabulary

extension ListeningError {
    /// Why the daemon could not take its place.
    var text: Bilingual {
        let vi =
            switch self {
            case .alreadyServed(let path): "một daemon khác đang phục vụ \(path)"
            case .unusablePath(let path): "không phải đường dẫn tuyệt đối dài tối đa 106 byte: \(path)"
            case .unknownGroup(let name): "không có nhóm \(name)"
            case .system(_, let path, let why): "không dùng được \(path): “\(why)”"
            }
        return Bilingual(vi: vi, en: description)
    }

    /// EX_TEMPFAIL while another daemon serves, EX_CONFIG for what the configuration says, EX_OSERR for the system.
    var exitCode: Int32 {
        switch self {
        case .alreadyServed: 75
        case .unusablePath, .unknownGroup: 78
        case .system: 71
        }
    }
}

extension FileLockError {
    var text: Bilingual {
        let vi =
            switch self {
            case .held(let path): "một tiến trình khác đang giữ \(path): daemon thứ hai không được dùng cùng chỗ"
            case .system(let path, let reason): "không khóa được \(path): “\(reason)”"
            }
        return Bilingual(vi: vi, en: description)
    }

    /// EX_TEMPFAIL, EX_OSERR.
    var exitCode: Int32 {
        switch self {
        case .held: 75
        case .system: 71
        }
    }
}

extension EmbeddedClusterError {
    var text: Bilingual {
        let vi =
            switch self {
            case .socketPathTooLong(let path, let bytes):
                "đường dẫn ổ cắm dài \(bytes) byte, hệ thống cho phép 107: \(path); hãy chọn thư mục ngắn hơn"
            case .unusableDirectory(let path, let reason): "không dùng được \(path): “\(reason)”"
            case .notInstalled(let wanted):
                "chưa cài PostgreSQL \(wanted.replacing(" or newer", with: " trở lên")) (Debian: apt-get install postgresql)"
            case .unknownUser(let name): "không có tài khoản \(name) để chạy PostgreSQL (Debian: gói postgresql)"
            case .failed(let step, let output): "“\(step)” thất bại: “\(output)”"
            }
        return Bilingual(vi: vi, en: description)
    }

    /// EX_CONFIG, EX_CANTCREAT, EX_UNAVAILABLE.
    var exitCode: Int32 {
        switch self {
        case .socketPathTooLong, .unknownUser: 78
        case .unusableDirectory: 73
        case .notInstalled, .failed: 69
        }
    }
}
