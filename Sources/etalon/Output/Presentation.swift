// SPDX-License-Identifier: Apache-2.0

import APIContract
import Glibc

/// The form of what goes to standard output.
enum OutputFormat: String, CaseIterable, Sendable {
    case table
    case json
    case csv

    /// The value of `--format` in arguments that nobody could parse; the last one counts, as it does to the parser.
    static func named(in arguments: [String]) -> OutputFormat? {
        arguments.values(of: "--format").compactMap { OutputFormat(rawValue: $0) }.last
    }
}

/// Turns answers into what the user asked to see.
struct Presentation: Sendable {
    let format: OutputFormat
    let language: Language
    /// The style of standard output.
    let style: TerminalStyle
    /// The style of standard error.
    let errorStyle: TerminalStyle

    /// A page of a list: a table, the JSON document as it came, or comma-separated values.
    ///
    /// - Throws: ``StrictJSONError`` when the answer is not a list.
    func list(_ answer: [UInt8], columns: [Column]) throws(StrictJSONError) -> String {
        if format == .json { return Self.passedThrough(answer) }
        let document = try StrictJSON.parse(answer)
        guard let items = document["items"]?.array else {
            throw StrictJSONError(.missingField(similar: nil), at: .document.appending(.member("items")))
        }
        if format == .csv { return CommaSeparated(columns).render(items) }
        guard !items.isEmpty else { return Message.nothingFound.text[language] + "\n" }
        var text = TableLayout(columns).render(items, language: language, style: style)
        if let cursor = document["next"]?.string {
            text += Message.morePages.text.filled(["option": ShellWord.option("--cursor", cursor)])[language] + "\n"
        }
        return text
    }

    /// One record: headings and values, the JSON document as it came, or one line of comma-separated values.
    ///
    /// - Throws: ``StrictJSONError`` when the answer is not JSON.
    func record(_ answer: [UInt8], fields: [Column]) throws(StrictJSONError) -> String {
        if format == .json { return Self.passedThrough(answer) }
        let document = try StrictJSON.parse(answer)
        if format == .csv { return CommaSeparated(fields).render([document]) }
        return TableLayout(fields).renderRecord(document, language: language, style: style)
    }

    /// A problem, for standard error.
    func problem(_ problem: Problem) -> String {
        let printer = ProblemPrinter(language: language, style: errorStyle)
        return format == .json ? printer.json(problem) : printer.text(problem)
    }

    /// The bytes as they came, with a line break at the end.
    private static func passedThrough(_ answer: [UInt8]) -> String {
        let text = String(decoding: answer, as: UTF8.self)
        return text.hasSuffix("\n") ? text : text + "\n"
    }

    /// Writes a text to a file descriptor, all of it; a reader that went away ends it quietly.
    ///
    /// - Returns: false when not everything could be written.
    @discardableResult
    static func write(_ text: String, to descriptor: Int32) -> Bool { write(Array(text.utf8), to: descriptor) }

    /// Writes bytes to a file descriptor, all of them.
    ///
    /// - Returns: false when not everything could be written.
    @discardableResult
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if count < 0, errno == EAGAIN {
                // Somebody else made it not wait.
                var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&room, 1, -1)
            } else if count == 0 || errno != EINTR {
                return false
            }
        }
        return true
    }
}
