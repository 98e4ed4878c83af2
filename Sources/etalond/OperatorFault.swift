// SPDX-License-Identifier: Apache-2.0
import Catalogue
import DemoYear
import HTTPAPI
import LabStore
import Postgres
import Vocabulary

/// What went wrong, for the operator: a sentence in both languages and a code of sysexits.h.
struct OperatorFault {
    let text: Bilingual
    let exitCode: Int32

    /// The fault that an error is; `nil` for one that nobody foresaw.
    init?(_ error: any Error) {
        switch error {
        case let error as ConfigurationError: (text, exitCode) = (error.text, 78)
        case let error as MigrationError: (text, exitCode) = (error.text, 65)
        case let error as CatalogueLoadError: (text, exitCode) = (error.text, 65)
        case let error as CatalogueError: (text, exitCode) = (Bilingual(vi: error.vietnamese, en: error.description), 65)
        case let error as DemoYearError: (text, exitCode) = (error.text, 65)
        case let error as DatabaseBackupError: (text, exitCode) = (error.text, error.exitCode)
        case let error as ListeningError: (text, exitCode) = (error.text, error.exitCode)
        case let error as FileLockError: (text, exitCode) = (error.text, error.exitCode)
        case let error as EmbeddedClusterError: (text, exitCode) = (error.text, error.exitCode)
        case let error as ChildProcessError:
            let vi = "không khởi chạy được \(error.program): “\(error.reason)”"
            (text, exitCode) = (Bilingual(vi: vi, en: error.description), 71)
        case let error as PostgresError:
            let detail = String(reflecting: error)
            (text, exitCode) = (Bilingual(vi: "cơ sở dữ liệu: “\(detail)”", en: "database: \(detail)"), 69)
        default: return nil
        }
    }
}

extension MigrationError {
    /// What is wrong and what to do.
    var text: Bilingual {
        switch self {
        case .schemaNewer(let series, let database, let program):
            Bilingual(
                vi:
                    "cơ sở dữ liệu (\(series) bước \(database)) mới hơn chương trình (bước \(program)): hãy cài chương trình mới hơn",
                en: "the database is newer (\(series) step \(database)) than this program (step \(program)): "
                    + "install the newer program")
        case .stepChanged(let series, let number, let name):
            Bilingual(
                vi: "bước \(number) (\(name)) của \(series) đã được áp dụng với nội dung khác: "
                    + "chương trình này không hợp với cơ sở dữ liệu này",
                en: "step \(number) (\(name)) of \(series) was applied with another text: this program does not fit this database"
            )
        case .seriesBroken(let series, let number):
            Bilingual(
                vi: "chương trình này thiếu bước \(number) của \(series)",
                en: "step \(number) of \(series) is missing in this program")
        }
    }
}

extension CatalogueLoadError {
    /// What is wrong and what to do.
    var text: Bilingual {
        switch self {
        case .versionsEdited(let table, let versions):
            let list = versions.joined(separator: "; ")
            return Bilingual(
                vi: "\(table): các phiên bản sau đang có hiệu lực mà nội dung lại khác: \(list). "
                    + "Hãy thêm phiên bản mới với ngày bắt đầu riêng; chưa nạp gì",
                en: "\(table): these versions are in force and are told differently: \(list). "
                    + "Add a new version with its own first day; nothing was loaded")
        }
    }
}

extension DemoYearError {
    /// What is wrong.
    fileprivate var text: Bilingual {
        let vi =
            switch self {
            case .notEmpty: "cơ sở dữ liệu đã có hồ sơ; năm mẫu chỉ nạp vào cơ sở dữ liệu trống"
            case .missing(let kind, let code): "danh mục không có `\(kind)` '\(code)'; hãy nạp config/ trước"
            case .tooFewLines(let field, let planned, let possible):
                "lĩnh vực '\(field)': dự kiến \(planned) chỉ tiêu, danh mục chỉ cho phép \(possible)"
            case .unknownStatement(let name): "chương trình được dựng thiếu câu lệnh '\(name)'"
            }
        return Bilingual(vi: vi, en: description)
    }
}

extension DatabaseBackupError {
    fileprivate var text: Bilingual {
        let vi =
            switch self {
            case .connectionIsURI: "chuỗi kết nối của chủ sở hữu phải có dạng key=value, không phải postgresql://"
            case .unusablePlace(let path, let reason): "không ghi được bản sao lưu vào \(path): “\(reason)”"
            case .unreadable(let path): "không đọc được bản sao lưu \(path)"
            case .failed(let step, let output): "\(step) thất bại: “\(output)”"
            }
        return Bilingual(vi: vi, en: description)
    }

    /// EX_CONFIG, EX_IOERR, EX_DATAERR, as sysexits.h has them.
    fileprivate var exitCode: Int32 {
        switch self {
        case .connectionIsURI: 78
        case .unusablePlace: 74
        case .unreadable, .failed: 65
        }
    }
}
