// SPDX-License-Identifier: Apache-2.0

/// A named SQL text and the type of its rows.
///
/// A statement is prepared once per connection, on first use, under its name; one name has one text.
package struct Statement<Row: Sendable>: Sendable {
    /// Name under which the server keeps the prepared statement.
    package let name: String
    /// The text, with parameters `$1`, `$2`, ….
    package let sql: String

    /// Names a text.
    package init(name: String, sql: String) {
        self.name = name
        self.sql = sql
    }
}

/// Row type of a statement that returns nothing.
package struct NoRow: Sendable {}

/// A statement run for its effect.
package typealias Command = Statement<NoRow>

/// What the server says about a statement: the types of its parameters and its columns.
package struct StatementDescription: Sendable, Hashable {
    /// A column of the result.
    package struct Column: Sendable, Hashable {
        /// Name of the column.
        package let name: String
        /// Type of the column.
        package let type: TypeOID

        /// Names a column and its type.
        package init(name: String, type: TypeOID) {
            self.name = name
            self.type = type
        }
    }

    /// Types of `$1`, `$2`, … in order.
    package let parameters: [TypeOID]
    /// Columns of the result in order; empty for a statement that returns no rows.
    package let columns: [Column]

    /// Puts a description together.
    package init(parameters: [TypeOID], columns: [Column]) {
        self.parameters = parameters
        self.columns = columns
    }
}

/// Number under which the server knows a type.
/// - Source: PostgreSQL 15, catalog pg_type; the numbers of built-in types never change.
package struct TypeOID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number.
    package let rawValue: UInt32

    /// Takes a number as the server sends it.
    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The number in decimal.
    package var description: String { String(rawValue) }

    /// `boolean`.
    package static let bool = TypeOID(rawValue: 16)
    /// `bytea`.
    package static let bytea = TypeOID(rawValue: 17)
    /// `bigint`.
    package static let int8 = TypeOID(rawValue: 20)
    /// `smallint`.
    package static let int2 = TypeOID(rawValue: 21)
    /// `integer`.
    package static let int4 = TypeOID(rawValue: 23)
    /// `text`.
    package static let text = TypeOID(rawValue: 25)
    /// `json`.
    package static let json = TypeOID(rawValue: 114)
    /// `real`.
    package static let float4 = TypeOID(rawValue: 700)
    /// `double precision`.
    package static let float8 = TypeOID(rawValue: 701)
    /// `varchar`.
    package static let varchar = TypeOID(rawValue: 1043)
    /// `date`.
    package static let date = TypeOID(rawValue: 1082)
    /// `timestamp` without time zone.
    package static let timestamp = TypeOID(rawValue: 1114)
    /// `timestamptz`.
    package static let timestamptz = TypeOID(rawValue: 1184)
    /// `numeric`.
    package static let numeric = TypeOID(rawValue: 1700)
    /// `uuid`.
    package static let uuid = TypeOID(rawValue: 2950)
    /// `jsonb`.
    package static let jsonb = TypeOID(rawValue: 3802)
    /// `text[]`.
    package static let textArray = TypeOID(rawValue: 1009)
    /// `bigint[]`.
    package static let int8Array = TypeOID(rawValue: 1016)
    /// `integer[]`.
    package static let int4Array = TypeOID(rawValue: 1007)
}
