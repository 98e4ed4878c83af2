// SPDX-License-Identifier: Apache-2.0

/// What the argument parser says about a command line, in Vietnamese.
///
/// The parser speaks English only and keeps its errors to itself, so its sentences are recognised by their form.
/// - Source: swift-argument-parser 1.8.2, `ErrorMessageGenerator` and `MessageInfo`.
package enum UsageSentence {
    /// The sentence in Vietnamese; `nil` for one whose form is not known.
    package static func vietnamese(_ sentence: String) -> String? {
        for form in forms {
            guard let values = form.english.values(in: sentence) else { continue }
            var told: [String: String] = [:]
            for (name, value) in values { told[name] = translated(value, of: name) }
            return Bilingual(vi: form.vietnamese, en: "").filled(told).vi
        }
        return nil
    }

    /// Parts of a sentence that are sentences themselves; what a person typed stays as it is.
    private static func translated(_ value: String, of name: String) -> String {
        switch name {
        case "unknown", "missing": vietnamese(value) ?? value
        case "flag", "earlier": occurrence(value)
        case "choice": value.replacing(" or ", with: " hoặc ").replacing(" and ", with: " hoặc ")
        default: value
        }
    }

    /// `'-a' in '-abc'` or `position …`, as the parser names where a flag stands.
    private static func occurrence(_ value: String) -> String {
        value.replacing("flag ", with: "cờ ", maxReplacements: 1).replacing("' in '", with: "' trong '")
            .replacing("position ", with: "vị trí ", maxReplacements: 1)
    }

    private struct Form: Sendable {
        let english: SentencePattern
        let vietnamese: String

        init(_ english: String, _ vietnamese: String) {
            (self.english, self.vietnamese) = (SentencePattern(english), vietnamese)
        }
    }

    /// In order: where two forms fit one sentence, the one that says more comes first.
    private static let forms = [
        Form("{unknown}\n   or: {missing} in '{option}'", "{unknown}\n   hoặc: {missing} trong '{option}'"),
        Form("Unknown option '{option}'. Did you mean '{similar}'?", "Không có tùy chọn '{option}'. Có phải là '{similar}'?"),
        Form("Unknown option '{option}'", "Không có tùy chọn '{option}'"),
        Form("Missing value for '{option}'", "Thiếu giá trị cho '{option}'"),
        Form(
            "The option '{option}' does not take any value, but '{value}' was specified.",
            "Tùy chọn '{option}' không nhận giá trị, nhưng có '{value}'."),
        Form("Unexpected argument '{value}'", "Thừa đối số '{value}'"),
        Form("{count} unexpected arguments: '{values}'", "Thừa {count} đối số: '{values}'"),
        Form(
            "Value to be set with {flag} had already been set with {earlier}",
            "Giá trị đặt bằng {flag} đã được đặt trước đó bằng {earlier}"),
        Form(
            "No value set for non-argument var {name}. Replace with a static variable, or let constant.",
            "Lỗi của chương trình: biến {name} không phải đối số và không có giá trị."),
        Form("Missing expected argument '{argument}'", "Thiếu đối số '{argument}'"),
        Form("Missing one of: '{arguments}'", "Thiếu một trong: '{arguments}'"),
        Form(
            "The value '{value}' is invalid for '{option}'. Please provide one of the following:\n{list}",
            "Giá trị '{value}' không dùng được cho '{option}'. Hãy chọn một trong:\n{list}"),
        Form(
            "The value '{value}' is invalid for '{option}'. Please provide one of {choice}.",
            "Giá trị '{value}' không dùng được cho '{option}'. Hãy chọn {choice}."),
        Form(
            "The value '{value}' is invalid for '{option}': {why}",
            "Giá trị '{value}' không dùng được cho '{option}': “{why}”"),
        Form("The value '{value}' is invalid for '{option}'", "Giá trị '{value}' không dùng được cho '{option}'"),
        Form(
            "The value '{value}' is invalid.. Please provide one of the following:\n{list}",
            "Giá trị '{value}' không dùng được. Hãy chọn một trong:\n{list}"),
        Form(
            "The value '{value}' is invalid.. Please provide one of {choice}.",
            "Giá trị '{value}' không dùng được. Hãy chọn {choice}."),
        Form("The value '{value}' is invalid.{why}", "Giá trị '{value}' không dùng được{why}."),
        Form("Invalid option: {option}", "Tùy chọn không hợp lệ: {option}"),
        Form("Missing required subcommand.", "Thiếu lệnh con."),
        Form(
            "Command '{command}' is not a parent of the current command.",
            "Lệnh '{command}' không phải lệnh cha của lệnh này."),
        Form(
            "Can't autodetect a supported shell.\nPlease use --generate-completion-script=<shell> with one of:\n{shells}",
            "Không nhận ra trình vỏ nào được hỗ trợ.\nHãy dùng --generate-completion-script=<trình vỏ> với một trong:\n{shells}"),
        Form(
            "Can't generate completion scripts for '{shell}'.\nPlease use --generate-completion-script=<shell> with one of:\n{shells}",
            "Không làm được bản gợi ý cho '{shell}'.\nHãy dùng --generate-completion-script=<trình vỏ> với một trong:\n{shells}"),
        Form(
            "Internal error. Parsing command-line arguments hit unimplemented code path.",
            "Lỗi của chương trình: phần đọc dòng lệnh này chưa được viết."),
        Form(
            "Internal error. Invalid state while parsing command-line arguments.",
            "Lỗi của chương trình: việc đọc dòng lệnh rơi vào trạng thái không hợp lệ."),
    ]
}

/// A sentence with places that hold anything: `Unknown option '{option}'`.
struct SentencePattern: Sendable {
    /// The fixed pieces; between each two of them stands a place.
    private let pieces: [String]
    private let names: [String]

    init(_ text: String) {
        var (pieces, names) = ([String](), [String]())
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            pieces.append(String(rest[..<open]))
            names.append(String(rest[rest.index(after: open)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        (self.pieces, self.names) = (pieces + [String(rest)], names)
    }

    /// What stands at the places of a sentence of this form; `nil` for another sentence.
    ///
    /// Each place takes as little as it can, the last one all that is left.
    func values(in sentence: String) -> [String: String]? {
        guard let first = pieces.first, let last = pieces.last, sentence.hasPrefix(first), sentence.hasSuffix(last),
            sentence.utf8.count >= first.utf8.count + (names.isEmpty ? 0 : last.utf8.count)
        else { return nil }
        guard !names.isEmpty else { return sentence == first ? [:] : nil }
        var rest = sentence.dropFirst(first.count).dropLast(last.count)
        var values: [String: String] = [:]
        for (name, piece) in zip(names.dropLast(), pieces.dropFirst()) {
            guard let found = rest.firstRange(of: piece) else { return nil }
            values[name] = String(rest[..<found.lowerBound])
            rest = rest[found.upperBound...]
        }
        if let name = names.last { values[name] = String(rest) }
        return values
    }
}
