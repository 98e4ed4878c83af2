// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials

/// Reads the rows of one result into values.
///
/// The position of a column is looked up once per key and result. Not `Sendable`; lives during one call.
final class RowReader {
    private let result: QueryResult
    private let statement: String
    private let columns: [String: Int32]
    private let types: [TypeOID]
    private var columnOfKey: [String: Int32] = [:]
    private var row: Int32 = 0

    private lazy var jsonDecoder: JSONDecoder = {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }()

    init(_ result: QueryResult, statement: String) {
        self.result = result
        self.statement = statement
        let numbers = 0..<result.columnCount
        types = numbers.map(result.columnType)
        columns = Dictionary(numbers.map { (result.columnName($0), $0) }) { first, _ in first }
    }

    /// Decodes the rows, at most so many.
    func rows<Row: Decodable>(limit: Int32) throws(PostgresError) -> [Row] {
        let count = min(limit, result.rowCount)
        var rows: [Row] = []
        rows.reserveCapacity(Int(count))
        do {
            for number in 0..<count {
                row = number
                rows.append(try decodeRow())
            }
        } catch let mismatch as RowMismatch {
            throw .rowMismatch(statement: statement, column: mismatch.column, expected: mismatch.expected)
        } catch let error as DecodingError {
            throw .rowMismatch(statement: statement, column: onlyName ?? error.column, expected: error.expectation)
        } catch {
            throw .rowMismatch(statement: statement, column: onlyName ?? "?", expected: "\(Row.self): \(error)")
        }
        return rows
    }

    private func decodeRow<Row: Decodable>() throws -> Row {
        // What a list is read from depends on its column: an array, a `bytea` or JSON.
        if Row.self is any Sequence.Type { return try value(Row.self, onlyColumn()) }
        return try Row(from: RowDecoder(reader: self))
    }

    /// Position of the column of a key.
    func column(_ key: String) throws(RowMismatch) -> Int32 {
        if let column = columnOfKey[key] { return column }
        let name = ColumnName.of(key)
        guard let column = columns[name] else {
            throw RowMismatch(column: name, expected: "a column of this name")
        }
        columnOfKey[key] = column
        return column
    }

    /// Name of the only column, or nil when there are several.
    var onlyName: String? { result.columnCount == 1 ? name(0) : nil }

    /// The only column, for rows that are one value.
    func onlyColumn() throws(RowMismatch) -> Int32 {
        guard result.columnCount == 1 else {
            throw RowMismatch(column: "*", expected: "one column, not \(result.columnCount)")
        }
        return 0
    }

    func isNull(_ column: Int32) -> Bool {
        result.isNull(row: row, column: column)
    }

    // MARK: Values

    func string(_ column: Int32) throws(RowMismatch) -> String {
        let bytes = try self.bytes(column, for: String.self)
        if types[Int(column)] == .timestamptz, let instant = Instant.rfc3339(bytes) { return instant }
        return String(decoding: bytes, as: UTF8.self)
    }

    func bool(_ column: Int32) throws(RowMismatch) -> Bool {
        let bytes = try self.bytes(column, for: Bool.self)
        guard types[Int(column)] == .bool, let first = bytes.first else {
            throw mismatch(column, "Bool from a boolean column")
        }
        return first == UInt8(ascii: "t")
    }

    func integer<Number: FixedWidthInteger>(_ column: Int32) throws(RowMismatch) -> Number {
        let bytes = try self.bytes(column, for: Number.self)
        guard let number = Number(decimal: bytes) else { throw mismatch(column, "\(Number.self)") }
        return number
    }

    /// Binary floating point, from columns that are that already; a decimal would lose digits without notice.
    func float(_ column: Int32) throws(RowMismatch) -> Double {
        let bytes = try self.bytes(column, for: Double.self)
        guard types[Int(column)] == .float8 || types[Int(column)] == .float4,
            let number = Double(String(decoding: bytes, as: UTF8.self))
        else { throw mismatch(column, "Double from a column of double precision") }
        return number
    }

    /// Any other value: bytes, JSON, an array, or a type that decodes from one value.
    func value<Value: Decodable>(_ type: Value.Type, _ column: Int32) throws -> Value {
        if let bytes = try builtIn(type, column) { return bytes }
        let bytes = try self.bytes(column, for: type)
        let oid = types[Int(column)]
        do {
            if oid == .json || oid == .jsonb {
                return try jsonDecoder.decode(type, from: Data(bytes))
            }
            let text = try string(column)
            return try Value(from: CellDecoder(text: text, column: name(column)))
        } catch let error as DecodingError {
            throw mismatch(column, "\(type): \(error.expectation)")
        }
    }

    /// Values that need no decoder of their own.
    private func builtIn<Value>(_ type: Value.Type, _ column: Int32) throws(RowMismatch) -> Value? {
        switch type {
        case is String.Type: return try string(column) as? Value
        case is Int64.Type: return try (integer(column) as Int64) as? Value
        case is Int.Type: return try (integer(column) as Int) as? Value
        case is Bool.Type: return try bool(column) as? Value
        case is [UInt8].Type where types[Int(column)] == .bytea:
            guard let bytes = [UInt8](postgresHex: try self.bytes(column, for: type)) else {
                throw mismatch(column, "bytes in hexadecimal digits")
            }
            return bytes as? Value
        default: return nil
        }
    }

    private func bytes(_ column: Int32, for type: Any.Type) throws(RowMismatch) -> UnsafeBufferPointer<UInt8> {
        let bytes = result.bytes(row: row, column: column)
        if bytes.isEmpty, result.isNull(row: row, column: column) {
            throw mismatch(column, "\(type), not null")
        }
        return bytes
    }

    private func name(_ column: Int32) -> String {
        result.columnName(column)
    }

    private func mismatch(_ column: Int32, _ expected: String) -> RowMismatch {
        RowMismatch(column: name(column), expected: expected)
    }
}

/// A cell or column that does not fit; becomes ``PostgresError/rowMismatch(statement:column:expected:)``.
struct RowMismatch: Error {
    let column: String
    let expected: String
}

extension DecodingError {
    /// Where decoding stopped, as a path of keys.
    var column: String {
        let path = context.codingPath.map(\.stringValue).joined(separator: ".")
        return path.isEmpty ? "?" : path
    }

    /// What was expected there.
    var expectation: String {
        let path = context.codingPath.map(\.stringValue).joined(separator: ".")
        return path.isEmpty ? context.debugDescription : "\(path): \(context.debugDescription)"
    }

    private var context: Context {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context),
            .keyNotFound(_, let context), .dataCorrupted(let context):
            context
        @unknown default:
            Context(codingPath: [], debugDescription: "\(self)")
        }
    }
}
