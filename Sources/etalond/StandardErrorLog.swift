// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc
package import Logging

/// Writes log events to standard error, one line each.
///
/// Under systemd, when standard error is the journal's own stream, a line is `<PRIORITY>message key=value …`
/// and the journal adds the time; elsewhere it is logfmt with time and level. A line break inside a value is
/// escaped, so an event can never pass for two.
/// - Source: sd-daemon(3) for the priority prefix; systemd.exec(5) for `JOURNAL_STREAM`.
package struct StandardErrorLog: LogHandler {
    /// The form of a line.
    package enum Form: Sendable {
        /// `<PRIORITY>message key=value`, for the journal.
        case journal
        /// `time=… level=… label=… msg="…" key=value`, for a file or a terminal.
        case logfmt

        /// Chooses by `JOURNAL_STREAM`, which names device and inode of the journal's stream.
        package static func detected(
            environment: [String: String] = ProcessInfo.processInfo.environment
        ) -> Form {
            var status = stat()
            guard fstat(STDERR_FILENO, &status) == 0 else { return .logfmt }
            let isJournal = environment["JOURNAL_STREAM"] == "\(status.st_dev):\(status.st_ino)"
            return isJournal ? .journal : .logfmt
        }
    }

    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    package var logLevel: Logger.Level

    private let label: String
    private let form: Form

    /// Makes a handler for one label.
    package init(
        label: String,
        form: Form = .detected(),
        logLevel: Logger.Level = .info,
        metadataProvider: Logger.MetadataProvider? = nil
    ) {
        self.label = label
        self.form = form
        self.logLevel = logLevel
        self.metadataProvider = metadataProvider
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var fields = metadata
        for more in [metadataProvider?.get(), event.metadata] {
            fields.merge(more ?? [:]) { _, newer in newer }
        }
        if let error = event.error { fields["error"] = "\(error)" }
        let text = line(level: event.level, message: event.message.description, fields: fields, at: Date())
        Self.write(text)
    }

    /// The line of one event, with its line break.
    func line(level: Logger.Level, message: String, fields: Logger.Metadata, at time: Date) -> String {
        var line =
            switch form {
            case .journal: "<\(Self.priority(of: level))>\(Self.escapingControls(message))"
            case .logfmt:
                "time=\(time.ISO8601Format(.init(includingFractionalSeconds: true)))"
                    + " level=\(level.rawValue) label=\(label) msg=\(Self.quoted(message))"
            }
        for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
            line += " \(key)=\(Self.quoted(value.description))"
        }
        return line + "\n"
    }

    /// The syslog priority of a level.
    private static func priority(of level: Logger.Level) -> Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }

    /// A value as logfmt: bare when it can be read back as one word, else in quotation marks.
    private static func quoted(_ value: String) -> String {
        let isBare =
            !value.isEmpty
            && value.unicodeScalars.allSatisfy {
                $0.value > 0x20 && $0.value != 0x7F && $0 != "\"" && $0 != "="
            }
        if isBare { return value }
        let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escapingControls(escaped))\""
    }

    private static func escapingControls(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _
            where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                || scalar.value == 0x2028 || scalar.value == 0x2029:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// One `write` for one line, so that lines of several threads do not mix.
    private static func write(_ line: String) {
        var rest = Array(line.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if written == 0 || errno != EINTR {
                return
            }
        }
    }
}
