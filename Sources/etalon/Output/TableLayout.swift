// SPDX-License-Identifier: Apache-2.0

import APIContract

/// Lays out items as a table for people.
///
/// Numbers are right-aligned. On a terminal that is too narrow, text columns are wrapped between words; a word is
/// never broken, the line grows instead. Without a width (a file, a pipe) nothing is wrapped.
struct TableLayout: Sendable {
    /// The columns from left to right.
    let columns: [Column]

    /// A table of those columns.
    init(_ columns: [Column]) { self.columns = columns }

    /// The table's lines, each ending in a line break: headings, a rule, and the rows.
    func render(_ items: [JSONValue], language: Language, style: TerminalStyle) -> String {
        let cells = items.map { item in columns.map { cell($0, item, language) } }
        let headings = columns.map { $0.heading[language] }
        let widths = widths(headings: headings, cells: cells, limit: style.columns)
        var output = ""
        append(headings.map { Cell($0) }, widths: widths, style: style, isHeading: true, to: &output)
        output += widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ") + "\n"
        for row in cells { append(row, widths: widths, style: style, isHeading: false, to: &output) }
        return output
    }

    /// One item as a list of headings and values, for a single record.
    func renderRecord(_ item: JSONValue, language: Language, style: TerminalStyle) -> String {
        let rows = columns.map { (heading: $0.heading[language], cell: cell($0, item, language)) }
        let left = rows.map { DisplayWidth.of($0.heading) }.max() ?? 0
        let room = style.columns.map { max($0 - left - 2, 1) } ?? Int.max
        var output = ""
        for row in rows {
            for (index, line) in Self.wrapped(row.cell.text, to: room).enumerated() {
                let heading = Self.padded(index == 0 ? row.heading : "", to: left, right: false)
                let value = style.emphasised(line, row.cell.emphasis)
                output += Self.trimmed(style.heading(heading, when: index == 0) + "  " + value) + "\n"
            }
        }
        return output
    }

    /// One item on one line: values with their headings behind them, but for the first, which needs none.
    func renderLine(_ item: JSONValue, language: Language, style: TerminalStyle) -> String {
        columns.enumerated().map { index, column in
            let shown = Visible.line(column.shownText(in: item, language))
            return index == 0 ? style.heading(shown, when: true) : "\(shown) \(column.heading[language])"
        }.joined(separator: " · ")
    }

    private struct Cell {
        var text: String
        var emphasis: Column.Emphasis?

        init(_ text: String, _ emphasis: Column.Emphasis? = nil) {
            self.text = text
            self.emphasis = emphasis
        }
    }

    private func cell(_ column: Column, _ item: JSONValue, _ language: Language) -> Cell {
        let shown = Visible.line(column.shownText(in: item, language))
        return Cell(shown, column.emphasis?(column.wireText(in: item, language)))
    }

    // MARK: Widths

    private func widths(headings: [String], cells: [[Cell]], limit: Int?) -> [Int] {
        var widths = columns.indices.map { index in
            cells.reduce(DisplayWidth.of(headings[index])) { max($0, DisplayWidth.of($1[index].text)) }
        }
        guard let limit else { return widths }
        // The least a text column can shrink to without breaking a word.
        let least = columns.indices.map { index in
            guard case .text = columns[index].kind else { return widths[index] }
            let words = cells.flatMap { $0[index].text.split(separator: " ") } + headings[index].split(separator: " ")
            return words.map { DisplayWidth.of(String($0)) }.max() ?? 0
        }
        var excess = widths.reduce(0, +) + 2 * max(columns.count - 1, 0) - limit
        while excess > 0 {
            // The widest goes first, down to the next widest, so that narrow columns keep their form.
            let shrinkable = columns.indices.filter { widths[$0] > least[$0] }
            guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { break }
            let next = shrinkable.filter { $0 != widest }.map { widths[$0] }.max() ?? 0
            let floor = max(least[widest], min(next, widths[widest] - 1))
            let cut = min(excess, widths[widest] - floor)
            widths[widest] -= cut
            excess -= cut
        }
        return widths
    }

    // MARK: Lines

    private func append(
        _ row: [Cell],
        widths: [Int],
        style: TerminalStyle,
        isHeading: Bool,
        to output: inout String
    ) {
        let lines = row.indices.map { Self.wrapped(row[$0].text, to: widths[$0]) }
        for number in 0..<(lines.map(\.count).max() ?? 0) {
            let parts = row.indices.map { index in
                let text = number < lines[index].count ? lines[index][number] : ""
                let padded = Self.padded(text, to: widths[index], right: columns[index].isRightAligned)
                return isHeading ? style.heading(padded, when: true) : style.emphasised(padded, row[index].emphasis)
            }
            output += Self.trimmed(parts.joined(separator: "  ")) + "\n"
        }
    }

    private static func padded(_ text: String, to width: Int, right: Bool) -> String {
        let room = String(repeating: " ", count: max(width - DisplayWidth.of(text), 0))
        return right ? room + text : text + room
    }

    private static func trimmed(_ line: String) -> String {
        var line = line
        while line.last == " " { line.removeLast() }
        return line
    }

    /// The text in lines of at most that width, broken between words only.
    static func wrapped(_ text: String, to width: Int) -> [String] {
        guard DisplayWidth.of(text) > width else { return [text] }
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            let longer = line.isEmpty ? String(word) : line + " " + word
            if !line.isEmpty, DisplayWidth.of(longer) > width {
                lines.append(line)
                line = String(word)
            } else {
                line = longer
            }
        }
        lines.append(line)
        return lines
    }
}
