// SPDX-License-Identifier: Apache-2.0
package import LaboratoryModel
package import Postgres

/// A connection inside a transaction, as the operations see it: they hand it on to this module and to Jobs, and cannot write SQL.
package typealias Transaction = Connection

/// The database of the laboratory: one transaction per act.
package struct LabStore: Sendable {
    private let pool: ConnectionPool

    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// One transaction that may write. The body runs again from the start after a serialization failure or a deadlock.
    /// - Throws: ``ActError`` for what the database refused or could not do; the error of the body as it is.
    package func write<R: Sendable>(_ body: @escaping @Sendable (isolated Transaction) throws -> R) async throws -> R {
        do {
            return try await pool.transaction(isolation: .readCommitted, readOnly: false, body)
        } catch let error as PostgresError {
            throw try ActError(error)
        }
    }

    /// One read-only transaction with one view of the data.
    package func read<R: Sendable>(_ body: @escaping @Sendable (isolated Transaction) throws -> R) async throws -> R {
        do {
            return try await pool.transaction(isolation: .repeatableRead, readOnly: true, body)
        } catch let error as PostgresError {
            throw try ActError(error)
        }
    }
}

/// A fault of the database that no caller can mend: it goes to the log, not to the wire.
package struct DatabaseFault: Error, CustomDebugStringConvertible {
    package let cause: PostgresError

    package var debugDescription: String { "database fault: \(String(reflecting: cause))" }
}

extension ActError {
    /// What a refusal of the database means to the caller.
    ///
    /// - Throws: ``DatabaseFault`` for an error that is the program's, not the caller's.
    package init(_ error: PostgresError) throws {
        switch error {
        case .unreachable, .connectionLost, .poolTimeout, .poolClosed, .cancelled:
            self = .unavailable(
                BilingualSentence(
                    vi: "Cơ sở dữ liệu chưa sẵn sàng; không có gì thay đổi, hãy thử lại sau ít phút",
                    en: "the database is not available; nothing was changed, try again in a few minutes"))
        case .commitOutcomeUnknown:
            self = .unavailable(
                BilingualSentence(
                    vi: "Mất liên lạc khi đang ghi; hãy gửi lại với cùng Idempotency-Key để biết kết quả",
                    en: "contact was lost while writing; repeat with the same Idempotency-Key to learn the outcome"))
        case .server(let report):
            self = try Self.meaning(of: report)
        case .rowMismatch, .noRow, .misuse:
            throw DatabaseFault(cause: error)
        }
    }

    /// Names that people give and that are given once: the constraint, and the field that holds the name.
    private static let takenFields = [
        "customer_code_key": "code", "customer_tax_code_key": "tax_code", "site_code_key": "code",
        "person_username_key": "username", "person_os_user_key": "os_user", "verifier_card_number_key": "number",
        "designation_number_key": "number", "fuel_lot_certificate_key": "certificate",
        "inspection_campaign_decision_key": "decision", "instrument_code_key": "code", "standard_code_key": "code",
        "standard_certificate_standard_id_kind_number_key": "number", "stamp_kind_series_number_key": "from",
    ]

    private static func meaning(of report: ServerError) throws -> ActError {
        switch report.sqlState {
        case .uniqueViolation:
            if let field = takenFields[report.constraint ?? ""] {
                return .invalid(
                    field, vi: "giá trị này đã có trong sổ; hãy dùng giá trị khác",
                    en: "this value is taken already; use another")
            }
            return .conflict(
                BilingualSentence(
                    vi: "Đã có mục như vậy (`\(report.constraint ?? "")`); không có gì thay đổi",
                    en: "there is one like it already (`\(report.constraint ?? "")`); nothing was changed"))
        case .checkViolation, .exclusionViolation, .foreignKeyViolation, .notNullViolation:
            return .refused([.ruleOfDatabase(constraint: report.constraint ?? report.column ?? "constraint")])
        case .dataException:
            return .invalid("", vi: "giá trị nằm ngoài phạm vi lưu được", en: "a value is outside what can be stored")
        case .lockNotAvailable, .queryCanceled, .serializationFailure, .deadlockDetected:
            return .conflict(
                BilingualSentence(vi: "Hệ thống đang bận; hãy thử lại", en: "the system is busy with the same record; try again"))
        case .adminShutdown, .cannotConnectNow, .insufficientResources:
            return .unavailable(
                BilingualSentence(
                    vi: "Cơ sở dữ liệu đang khởi động lại hoặc hết chỗ; không có gì thay đổi",
                    en: "the database is restarting or out of room; nothing was changed"))
        default:
            throw DatabaseFault(cause: .server(report))
        }
    }
}
