// SPDX-License-Identifier: Apache-2.0

/// A table that a person made in a spreadsheet: a heading line and rows.
///
/// UTF-8, with or without a byte order mark; separated by commas, semicolons or tabs, whichever the heading line has
/// most of, since a spreadsheet with decimal commas writes semicolons.
/// - Source: RFC 4180.
struct CSVSheet: Sendable {
    /// One line under the headings.
    struct Row: Sendable {
        /// Number of the line in the file, from 1.
        let line: Int
        private let cells: [String: String]

        fileprivate init(line: Int, cells: [String: String]) { (self.line, self.cells) = (line, cells) }

        /// The cell under a heading, without white space around it; `nil` when it is empty or not there.
        subscript(_ heading: String) -> String? { cells[heading] }

        /// The cell's words, separated by spaces or semicolons; `nil` when it is empty.
        func words(_ heading: String) -> [String]? {
            self[heading]?.split { $0 == " " || $0 == ";" }.map(String.init)
        }
    }

    /// Name of the file, for messages.
    let file: String
    /// The headings in order, in lower case.
    let headings: [String]
    let rows: [Row]

    /// Reads a file; `-` is standard input.
    ///
    /// - Throws: ``TransportError`` when it cannot be read; ``Failure`` naming line and fault.
    init(file: String) throws {
        try self.init(try WrittenFile.contents(file), file: file)
    }

    /// Reads the bytes of a file.
    ///
    /// - Throws: ``Failure`` naming line and fault.
    init(_ bytes: [UInt8], file: String) throws(Failure) {
        self.file = file
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(Phrase.notUTF8.filled(["file": file]))
        }
        if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
        var lines = try Self.records(text)
        lines.removeAll { $0.cells.allSatisfy(\.isEmpty) }
        guard let first = lines.first, lines.count > 1 else { throw Failure(Phrase.emptyTable.filled(["file": file])) }
        let headings = first.cells.map { $0.lowercased() }
        for heading in headings where !heading.isEmpty && headings.filter({ $0 == heading }).count > 1 {
            throw Failure(Phrase.columnTwice.filled(["file": file, "column": heading]))
        }
        self.headings = headings
        rows = try lines.dropFirst().map { record throws(Failure) in
            guard record.cells.count == headings.count else {
                throw Failure(
                    Phrase.rowLength.filled([
                        "line": "\(record.line)", "found": "\(record.cells.count)", "expected": "\(headings.count)",
                    ]))
            }
            var cells: [String: String] = [:]
            for (heading, cell) in zip(headings, record.cells) where !cell.isEmpty { cells[heading] = cell }
            return Row(line: record.line, cells: cells)
        }
    }

    /// Checks that columns are there.
    ///
    /// - Throws: ``Failure`` naming the first that is not.
    func require(_ names: String...) throws(Failure) {
        for name in names where !headings.contains(name) {
            throw Failure(Phrase.columnMissing.filled(["file": file, "column": name]))
        }
    }

    // MARK: Reading

    private struct Record {
        let line: Int
        var cells: [String]
    }

    private static func separator(_ text: String) -> UInt8 {
        let heading = text.utf8.prefix { $0 != 0x0A && $0 != 0x0D }
        let counts = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")].map { mark in
            (mark: mark, count: heading.count { $0 == mark })
        }
        return counts.max { $0.count < $1.count }?.mark ?? UInt8(ascii: ",")
    }

    private static func records(_ text: String) throws(Failure) -> [Record] {
        let separator = separator(text)
        var records: [Record] = []
        var cells: [String] = []
        var cell: [UInt8] = []
        var line = 1
        var begunAt = 1
        var state = Place.start

        func closeCell() {
            cells.append(trimmed(cell))
            cell = []
            state = .start
        }
        for byte in text.utf8 {
            switch (state, byte) {
            case (.quoted, UInt8(ascii: "\"")): state = .afterQuote
            case (.quoted, _): cell.append(byte)
            case (.afterQuote, UInt8(ascii: "\"")):
                cell.append(byte)
                state = .quoted
            case (.start, UInt8(ascii: "\"")): state = .quoted
            case (_, separator): closeCell()
            case (_, 0x0D): break
            case (_, 0x0A):
                closeCell()
                records.append(Record(line: begunAt, cells: cells))
                cells = []
                begunAt = line + 1
            case (.afterQuote, _): throw Failure(Phrase.openQuote.filled(["line": "\(line)"]))
            case (.start, _), (.plain, _):
                cell.append(byte)
                state = .plain
            }
            if byte == 0x0A { line += 1 }
        }
        guard state != .quoted else { throw Failure(Phrase.openQuote.filled(["line": "\(begunAt)"])) }
        if !cell.isEmpty || !cells.isEmpty || state == .afterQuote {
            closeCell()
            records.append(Record(line: begunAt, cells: cells))
        }
        return records
    }

    private enum Place { case start, plain, quoted, afterQuote }

    private static func trimmed(_ bytes: [UInt8]) -> String {
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        let rest = bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
        return String(decoding: rest, as: UTF8.self)
    }
}
