// SPDX-License-Identifier: Apache-2.0
internal import LaboratoryModel

/// One row of a file by the names of its columns.
struct ImportLine {
    /// Line of the file, counted from 1; the header stands on line 1.
    let number: Int
    private let fields: [String]
    private let positions: [String: Int]

    init(number: Int, fields: [String], positions: [String: Int]) {
        (self.number, self.fields, self.positions) = (number, fields, positions)
    }

    /// Text of a column without blanks at its ends; nil for an empty cell and for a column that the file does not have.
    subscript(_ column: String) -> String? {
        guard let position = positions[column] else { return nil }
        let text = fields[position].trimmed
        return text.isEmpty ? nil : text
    }
}

/// Reads a file of a kind row by row; rows that do not fit the header get their verdict here.
struct ImportReading {
    private let kind: ImportKind
    private var reader: CommaSeparatedReader
    private var positions: [String: Int] = [:]
    private var count = 0
    /// Verdicts on rows that do not fit the header.
    private(set) var ragged = ImportTally()

    /// Reads the header.
    ///
    /// - Throws: ``ActError/invalid(_:)`` naming every missing, unknown and repeated column, or the line that is no text.
    init(_ content: [UInt8], kind: ImportKind) throws {
        self.kind = kind
        reader = CommaSeparatedReader(content)
        guard let header = try record() else {
            throw ActError.invalid(
                "file", vi: "tệp trống; dòng đầu phải là: `\(kind.columns.joined(separator: ","))`",
                en: "the file is empty; its first line must be: `\(kind.columns.joined(separator: ","))`")
        }
        let names = header.fields.map { $0.trimmed.lowercased() }
        var repeated: [String] = []
        for (position, name) in names.enumerated() where positions.updateValue(position, forKey: name) != nil {
            repeated.append(name)
        }
        let missing = kind.requiredColumns.filter { positions[$0] == nil }
        let known = Set(kind.columns)
        let unknown = names.filter { !known.contains($0) }
        guard missing.isEmpty, unknown.isEmpty, repeated.isEmpty else {
            throw Self.wrongHeader(kind, missing: missing, unknown: unknown, repeated: repeated)
        }
    }

    /// The next row that has as many cells as the header; nil at the end.
    ///
    /// - Throws: ``ActError/invalid(_:)`` for a line that is no text, and at the end of a file without any row or with too many.
    mutating func next() throws -> ImportLine? {
        while let record = try record() {
            count += 1
            guard count <= kind.mostRows else {
                throw ActError.invalid(
                    "file", vi: "nhiều hơn \(kind.mostRows) dòng; hãy chia tệp",
                    en: "more than \(kind.mostRows) rows; split the file")
            }
            if record.fields.count == positions.count {
                return ImportLine(number: record.line, fields: record.fields, positions: positions)
            }
            let cells = "\(record.fields.count)/\(positions.count)"
            let text = BilingualSentence(
                vi:
                    "số ô không khớp tiêu đề (\(cells)); số có dấu phẩy thập phân phải đặt trong ngoặc kép, hoặc dùng dấu chấm phẩy làm dấu phân cách",
                en:
                    "the number of cells does not fit the header (\(cells)); put a decimal comma into quotes, or separate by semicolons"
            )
            ragged.error(record.line, [InputFault(field: "", message: text)])
        }
        guard count > 0 else {
            throw ActError.invalid("file", vi: "tệp chỉ có tiêu đề, không có dòng nào", en: "the file has a header and no row")
        }
        return nil
    }

    private mutating func record() throws -> CommaSeparatedReader.Record? {
        do {
            return try reader.next()
        } catch {
            throw ActError.invalid([InputFault(field: "file", message: error.sentence)])
        }
    }

    private static func wrongHeader(
        _ kind: ImportKind, missing: [String], unknown: [String], repeated: [String]
    ) -> ActError {
        func listed(_ names: [String]) -> String {
            names.prefix(20).map { "“\($0.prefix(40))”" }.joined(separator: ", ")
        }
        var vi: [String] = []
        var en: [String] = []
        for (names, wordVi, wordEn) in [
            (missing, "thiếu cột", "missing columns"), (unknown, "cột không biết", "unknown columns"),
            (repeated, "cột lặp lại", "repeated columns"),
        ] where !names.isEmpty {
            vi.append("\(wordVi): \(listed(names))")
            en.append("\(wordEn): \(listed(names))")
        }
        let columns = kind.columns.joined(separator: ",")
        return .invalid(
            "header", vi: vi.joined(separator: "; ") + "; các cột: `\(columns)`",
            en: en.joined(separator: "; ") + "; the columns: `\(columns)`")
    }
}
