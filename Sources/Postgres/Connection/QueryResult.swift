// SPDX-License-Identifier: Apache-2.0
internal import CLibPQ

/// One result of libpq, freed with its last reference.
final class QueryResult {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQclear(pointer)
    }

    var status: ExecStatusType { PQresultStatus(pointer) }

    var rowCount: Int32 { PQntuples(pointer) }

    var columnCount: Int32 { PQnfields(pointer) }

    /// Rows inserted, changed, deleted, selected or copied; 0 for commands without a count.
    var rowsAffected: Int {
        guard let text = PQcmdTuples(pointer) else { return 0 }
        return Int(String(cString: text)) ?? 0
    }

    /// Command tag, such as `COMMIT` or `INSERT 0 1`.
    var commandTag: String {
        PQcmdStatus(pointer).map { String(cString: $0) } ?? ""
    }

    func columnName(_ column: Int32) -> String {
        PQfname(pointer, column).map { String(cString: $0) } ?? ""
    }

    func columnType(_ column: Int32) -> TypeOID {
        TypeOID(rawValue: PQftype(pointer, column))
    }

    func isNull(row: Int32, column: Int32) -> Bool {
        PQgetisnull(pointer, row, column) == 1
    }

    /// Bytes of a cell; valid while the result lives.
    func bytes(row: Int32, column: Int32) -> UnsafeBufferPointer<UInt8> {
        guard let value = PQgetvalue(pointer, row, column) else { return UnsafeBufferPointer(start: nil, count: 0) }
        let start = UnsafeRawPointer(value).assumingMemoryBound(to: UInt8.self)
        return UnsafeBufferPointer(start: start, count: Int(PQgetlength(pointer, row, column)))
    }

    /// Error report of a failed result.
    func serverError(statement: String?) -> ServerError {
        ServerError(
            sqlState: SQLState(rawValue: field("C") ?? "XX000"),
            message: field("M") ?? "",
            detail: field("D"),
            hint: field("H"),
            constraint: field("n"),
            table: field("t"),
            column: field("c"),
            statement: statement
        )
    }

    /// Field of an error report by its letter in the protocol.
    private func field(_ letter: Unicode.Scalar) -> String? {
        PQresultErrorField(pointer, Int32(letter.value)).map { String(cString: $0) }
    }
}
