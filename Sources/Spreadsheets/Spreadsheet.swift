// SPDX-License-Identifier: Apache-2.0
internal import CXLSXWriter

/// What a cell holds. No cell is ever a formula: a text that begins with `=` stays a text.
package enum SpreadsheetCell: Sendable, Equatable {
    /// A text, at most 32,767 UTF-16 units; what is longer is cut, with an ellipsis.
    case text(String)
    /// A number, exact up to 15 digits as spreadsheets keep them.
    case number(Int)
    /// A civil date of the years 1900 to 9999, as a real date.
    case date(year: Int, month: Int, day: Int)
    /// Nothing.
    case empty

    /// A date written `YYYY-MM-DD`; nothing for an empty text, the text itself for what is no such date.
    package init(day text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        if text.isEmpty {
            self = .empty
        } else if text.utf8.count == 10, parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
            (1900...9999).contains(year), (1...12).contains(month), (1...31).contains(day)
        {
            self = .date(year: year, month: month, day: day)
        } else {
            self = .text(text)
        }
    }
}

/// A column of a sheet.
package struct SpreadsheetColumn: Sendable, Equatable {
    /// The text of the first row.
    package let heading: String
    /// Width in characters, 1 to 255.
    package let width: Int

    /// A column by its heading.
    package init(_ heading: String, width: Int) {
        self.heading = heading
        self.width = min(max(width, 1), 255)
    }
}

/// Why a spreadsheet was not written.
package struct SpreadsheetError: Error, Equatable, CustomStringConvertible {
    /// The library's own words.
    package let description: String

    package init(description: String) {
        self.description = description
    }
}

/// A workbook in the form of ECMA-376 (xlsx), written row by row to a file, so that its memory does not grow with its rows.
///
/// Equal rows with equal properties give equal bytes. Not `Sendable`: made, filled and closed by one task.
package struct Spreadsheet: ~Copyable {
    /// Rows of a sheet below its heading; the form allows 1,048,575.
    package static let rowLimit = 1_048_575

    private let book: UnsafeMutablePointer<lxw_workbook>
    private let heading: UnsafeMutablePointer<lxw_format>
    private let dates: UnsafeMutablePointer<lxw_format>
    private var sheets: [Sheet] = []
    private var isOpen = true

    private struct Sheet {
        let pointer: UnsafeMutablePointer<lxw_worksheet>
        let columns: Int
        var rows = 0
    }

    /// Begins a workbook.
    ///
    /// - Parameters:
    ///   - path: the file; what stands there is replaced when the workbook is closed.
    ///   - temporary: the folder for rows on their way.
    ///   - created: the moment that the properties show, in seconds since 1970; not 0.
    /// - Throws: ``SpreadsheetError`` when memory is short.
    package init(path: String, temporary: String, title: String, author: String, created: Int) throws(SpreadsheetError) {
        let book = path.withCString { path in
            temporary.withCString { temporary in
                var options = lxw_workbook_options()
                options.constant_memory = 1
                // Read while the workbook is made; the library keeps a copy.
                options.tmpdir = UnsafeMutablePointer(mutating: temporary)
                options.use_zip64 = 0
                return workbook_new_opt(path, &options)
            }
        }
        guard let book, let heading = workbook_add_format(book), let dates = workbook_add_format(book) else {
            throw SpreadsheetError(description: "out of memory")
        }
        format_set_bold(heading)
        format_set_bg_color(heading, 0xE8EFF3)
        format_set_bottom(heading, 1)
        format_set_text_wrap(heading)
        format_set_align(heading, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
        format_set_num_format(dates, "dd/mm/yyyy")
        (self.book, self.heading, self.dates) = (book, heading, dates)
        title.withCString { title in
            author.withCString { author in
                var properties = lxw_doc_properties()
                properties.title = UnsafeMutablePointer(mutating: title)
                properties.author = UnsafeMutablePointer(mutating: author)
                properties.created = created
                _ = workbook_set_properties(book, &properties)
            }
        }
    }

    deinit {
        // Given up before its end: what the library holds is freed, the file is not made.
        if isOpen { lxw_workbook_free(book) }
    }

    /// Adds a sheet with its headings, which stay in view and can be filtered by.
    ///
    /// - Parameter name: at most 31 characters, none of `[]:*?/\`, and not one that a sheet has already.
    /// - Returns: its number, for ``append(_:to:)``.
    package mutating func addSheet(_ name: String, _ columns: [SpreadsheetColumn]) throws(SpreadsheetError) -> Int {
        try check(workbook_validate_sheet_name(book, name))
        guard let sheet = workbook_add_worksheet(book, name) else { throw SpreadsheetError(description: "out of memory") }
        for (index, column) in columns.enumerated() {
            let place = lxw_col_t(index)
            try check(worksheet_set_column(sheet, place, place, Double(column.width), nil))
            try check(worksheet_write_string(sheet, 0, place, column.heading, heading))
        }
        worksheet_freeze_panes(sheet, 1, 0)
        worksheet_set_landscape(sheet)
        worksheet_set_paper(sheet, 9)
        worksheet_fit_to_pages(sheet, 1, 0)
        worksheet_repeat_rows(sheet, 0, 0)
        try check(worksheet_set_footer(sheet, "&L&A&R&P / &N"))
        sheets.append(Sheet(pointer: sheet, columns: columns.count))
        return sheets.count - 1
    }

    /// Adds a row below the last of a sheet; the row before cannot be changed any more.
    package mutating func append(_ cells: [SpreadsheetCell], to sheet: Int) throws(SpreadsheetError) {
        sheets[sheet].rows += 1
        let (target, row) = (sheets[sheet].pointer, lxw_row_t(sheets[sheet].rows))
        for (index, cell) in cells.enumerated() {
            let column = lxw_col_t(index)
            switch cell {
            case .empty: continue
            case .text(let text): try check(worksheet_write_string(target, row, column, Self.fitting(text), nil))
            case .number(let number): try check(worksheet_write_number(target, row, column, Double(number), nil))
            case .date(let year, let month, let day):
                var moment = lxw_datetime()
                (moment.year, moment.month, moment.day) = (Int32(year), Int32(month), Int32(day))
                try check(worksheet_write_datetime(target, row, column, &moment, dates))
            }
        }
    }

    /// Writes the file.
    package consuming func close() throws(SpreadsheetError) {
        for sheet in sheets where sheet.columns > 0 {
            try check(
                worksheet_autofilter(sheet.pointer, 0, 0, lxw_row_t(max(sheet.rows, 1)), lxw_col_t(sheet.columns - 1)))
        }
        isOpen = false
        try check(workbook_close(book))
    }

    private func check(_ answer: lxw_error) throws(SpreadsheetError) {
        guard answer == LXW_NO_ERROR else {
            throw SpreadsheetError(description: lxw_strerror(answer).map { String(cString: $0) } ?? "error \(answer.rawValue)")
        }
    }

    /// A text that a cell can hold.
    private static func fitting(_ text: String) -> String {
        let longest = 32_767
        guard text.utf8.count > longest, text.utf16.count > longest else { return text }
        var room = longest - 1
        let kept = text.prefix { character in
            room -= character.utf16.count
            return room >= 0
        }
        return kept + "…"
    }
}
