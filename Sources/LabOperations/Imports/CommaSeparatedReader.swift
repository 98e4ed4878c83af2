// SPDX-License-Identifier: Apache-2.0
internal import LaboratoryModel

/// Reads comma- or semicolon-separated text, one record after the other.
///
/// The separator is the one that the first record has more of, so that a file of decimal commas works when it comes from a
/// spreadsheet in Vietnamese. A byte order mark is skipped, lines end with CRLF, LF or CR, a quote inside a field that
/// does not begin with one is an ordinary character.
/// - Source: RFC 4180, section 2.
struct CommaSeparatedReader {
    /// The fields of a record and the line of the file on which it begins, counted from 1.
    struct Record: Equatable {
        let line: Int
        let fields: [String]
    }

    private static let quote = UInt8(ascii: "\"")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let lineFeed = UInt8(ascii: "\n")

    private let bytes: [UInt8]
    private let separator: UInt8
    private var position: Int
    private var line = 1

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        separator = Self.separator(of: bytes)
    }

    /// The next record that has anything in it; nil at the end.
    mutating func next() throws(CommaSeparatedError) -> Record? {
        while position < bytes.count {
            let start = line
            let fields = try record()
            if !fields.allSatisfy(\.isEmpty) { return Record(line: start, fields: fields) }
        }
        return nil
    }

    private mutating func record() throws(CommaSeparatedError) -> [String] {
        var fields: [String] = []
        while true {
            let isQuoted = position < bytes.count && bytes[position] == Self.quote
            fields.append(isQuoted ? try quotedField() : try plainField())
            guard position < bytes.count, bytes[position] == separator else { break }
            position += 1
        }
        endLine()
        return fields
    }

    private mutating func plainField() throws(CommaSeparatedError) -> String {
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == separator || byte == Self.lineFeed || byte == Self.carriageReturn { break }
            guard byte != 0 else { throw .zeroByte(line: line) }
            position += 1
        }
        return try text(bytes[start..<position])
    }

    private mutating func quotedField() throws(CommaSeparatedError) -> String {
        let opened = line
        var content: [UInt8] = []
        position += 1
        var start = position
        while position < bytes.count {
            let byte = bytes[position]
            guard byte != 0 else { throw .zeroByte(line: line) }
            position += 1
            if byte == Self.lineFeed { line += 1 }
            guard byte == Self.quote else { continue }
            if position < bytes.count, bytes[position] == Self.quote {
                content += bytes[start..<position]
                position += 1
                start = position
                continue
            }
            content += bytes[start..<(position - 1)]
            guard endsField else { throw .textBehindQuote(line: line) }
            return try text(content[...])
        }
        throw .quoteLeftOpen(line: opened)
    }

    private var endsField: Bool {
        guard position < bytes.count else { return true }
        let byte = bytes[position]
        return byte == separator || byte == Self.lineFeed || byte == Self.carriageReturn
    }

    private mutating func endLine() {
        if position < bytes.count, bytes[position] == Self.carriageReturn { position += 1 }
        if position < bytes.count, bytes[position] == Self.lineFeed { position += 1 }
        line += 1
    }

    private func text(_ part: ArraySlice<UInt8>) throws(CommaSeparatedError) -> String {
        guard let text = String(validating: part, as: UTF8.self) else { throw .notUTF8(line: line) }
        return text
    }

    private static func separator(of bytes: [UInt8]) -> UInt8 {
        var isQuoted = false
        var commas = 0
        var semicolons = 0
        for byte in bytes {
            if byte == quote { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == lineFeed || byte == carriageReturn { break }
            if byte == UInt8(ascii: ",") { commas += 1 }
            if byte == UInt8(ascii: ";") { semicolons += 1 }
        }
        return semicolons > commas ? UInt8(ascii: ";") : UInt8(ascii: ",")
    }
}

/// Why a file cannot be read as separated text; lines count from 1.
enum CommaSeparatedError: Error, Equatable {
    /// The bytes are not UTF-8.
    case notUTF8(line: Int)
    /// There is a zero byte: it is no text file.
    case zeroByte(line: Int)
    /// A quote that was opened on this line is never closed.
    case quoteLeftOpen(line: Int)
    /// Something other than a separator follows a closing quote.
    case textBehindQuote(line: Int)

    /// What is wrong and what to do, in both languages.
    var sentence: BilingualSentence {
        switch self {
        case .notUTF8(let line):
            BilingualSentence(
                vi: "dòng \(line) không phải UTF-8; hãy lưu tệp dạng “CSV UTF-8”",
                en: "line \(line) is not UTF-8; save the file as “CSV UTF-8”")
        case .zeroByte(let line):
            BilingualSentence(
                vi: "dòng \(line) có byte 0; đây không phải tệp văn bản UTF-8 (có thể là UTF-16 hoặc tệp bảng tính)",
                en: "line \(line) has a zero byte; this is no UTF-8 text file (it may be UTF-16 or a spreadsheet)")
        case .quoteLeftOpen(let line):
            BilingualSentence(
                vi: "dấu ngoặc kép mở ở dòng \(line) không được đóng", en: "the quote opened on line \(line) is never closed")
        case .textBehindQuote(let line):
            BilingualSentence(
                vi: "dòng \(line): sau dấu ngoặc kép đóng phải là dấu phân cách; dấu ngoặc kép trong ô phải viết đôi",
                en: "line \(line): a separator must follow a closing quote; a quote inside a field is written twice")
        }
    }
}
