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

    private static func meaning(of report: ServerError) throws -> ActError {
        switch report.sqlState {
        case .uniqueViolation:
            return .conflict(
                BilingualSentence(
                    vi: "Đã có mục như vậy (\(report.constraint ?? "")); không có gì thay đổi",
                    en: "there is one like it already (\(report.constraint ?? "")); nothing was changed"))
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
