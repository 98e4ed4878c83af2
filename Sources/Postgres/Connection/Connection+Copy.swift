// SPDX-License-Identifier: Apache-2.0
internal import CLibPQ

/// A field of a COPY row; nil is NULL.
package typealias CopyField = any PostgresParameter

/// Writes the rows of a COPY from the client, in text format.
/// - Source: PostgreSQL 15 documentation, COPY, text format.
package struct CopyWriter: ~Copyable {
    private static let pieceSize = 64 * 1024
    private let link: Link
    private var buffer: [UInt8] = []

    init(_ link: Link) {
        self.link = link
        buffer.reserveCapacity(Self.pieceSize + 4096)
    }

    /// Writes one row, escaping what needs it.
    package mutating func row(_ fields: [CopyField?]) throws(PostgresError) {
        for (index, field) in fields.enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: "\t")) }
            append(field?.postgresText)
        }
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= Self.pieceSize { try flush() }
    }

    /// Writes bytes that have the format of the COPY already.
    package mutating func raw(_ bytes: some Sequence<UInt8>) throws(PostgresError) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.pieceSize { try flush() }
    }

    mutating func flush() throws(PostgresError) {
        guard !buffer.isEmpty else { return }
        try link.putCopy(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    private mutating func append(_ text: String?) {
        guard let text else {
            buffer.append(contentsOf: "\\N".utf8)
            return
        }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): buffer.append(contentsOf: "\\\\".utf8)
            case UInt8(ascii: "\t"): buffer.append(contentsOf: "\\t".utf8)
            case UInt8(ascii: "\n"): buffer.append(contentsOf: "\\n".utf8)
            case UInt8(ascii: "\r"): buffer.append(contentsOf: "\\r".utf8)
            default: buffer.append(byte)
            }
        }
    }
}

extension Connection {
    /// Runs a `COPY … FROM STDIN` and returns how many rows the server took.
    ///
    /// When the body throws, the server discards the rows and the error is thrown on.
    @discardableResult
    package func copyIn(_ copySQL: String, _ body: (inout CopyWriter) throws -> Void) throws -> Int {
        let link = try openCopy(copySQL, expecting: PGRES_COPY_IN)
        var writer = CopyWriter(link)
        do {
            try body(&writer)
            try writer.flush()
        } catch {
            if link.isOpen { try abandonCopy(PGRES_COPY_IN, link) }
            throw error
        }
        return try watchingTransaction { link throws(PostgresError) in
            try link.endCopy()
            return try link.answer()?.rowsAffected ?? 0
        }
    }

    /// Runs a `COPY … TO STDOUT`; each chunk holds whole rows, about 64 KiB of them.
    ///
    /// When the chunk handler throws, the statement is cancelled and the error is thrown on.
    package func copyOut(_ copySQL: String, _ chunk: (ArraySlice<UInt8>) throws -> Void) throws {
        let link = try openCopy(copySQL, expecting: PGRES_COPY_OUT)
        var buffer: [UInt8] = []
        do {
            while try link.takeCopy(into: &buffer) {
                guard buffer.count >= 64 * 1024 else { continue }
                try chunk(buffer[...])
                buffer.removeAll(keepingCapacity: true)
            }
            if !buffer.isEmpty { try chunk(buffer[...]) }
        } catch {
            if link.isOpen { try abandonCopy(PGRES_COPY_OUT, link) }
            throw error
        }
        try watchingTransaction { link throws(PostgresError) in
            _ = try link.answer()
        }
    }

    private func openCopy(_ sql: String, expecting status: ExecStatusType) throws(PostgresError) -> Link {
        try watchingTransaction { link throws(PostgresError) in
            try link.send { PQsendQuery($0, sql) }
            let result = try link.answer()
            guard result?.status == status else {
                if let result, result.opensCopy { try self.abandonCopy(result.status, link) }
                throw .misuse(.unexpectedCopy)
            }
            return link
        }
    }

    /// Ends a COPY that is not to be finished and takes what the server still sends.
    ///
    /// The server's refusal is expected and dropped; inside a transaction it is remembered.
    func abandonCopy(_ status: ExecStatusType, _ link: Link) throws(PostgresError) {
        try leaveCopy(status, link)
        while let result = try link.nextResult() {
            if result.opensCopy {
                try leaveCopy(result.status, link)
            } else if result.status == PGRES_FATAL_ERROR {
                transactionState.note(.server(result.serverError(statement: nil)))
            }
        }
    }

    private func leaveCopy(_ status: ExecStatusType, _ link: Link) throws(PostgresError) {
        guard status == PGRES_COPY_OUT else {
            try link.endCopy(refusing: "the client gave up")
            return
        }
        canceller.cancelNow()
        var rest: [UInt8] = []
        while try link.takeCopy(into: &rest) { rest.removeAll(keepingCapacity: true) }
    }
}

extension QueryResult {
    /// Whether the server now waits for COPY data or sends them.
    var opensCopy: Bool {
        status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH
    }
}
