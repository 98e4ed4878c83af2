// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc

extension OutputFormat: ExpressibleByArgument {}
extension Language: ExpressibleByArgument {}

/// What every verb takes: where the daemon is, who calls, and how the answer is shown.
struct GlobalOptions: ParsableArguments {
    @Option(help: .both("Máy chủ: đường dẫn ổ cắm hoặc http://127.0.0.1:CỔNG", "Socket path or http://127.0.0.1:PORT"))
    var server: String?

    @Option(help: .both("Tệp chứa thẻ truy cập", "File that holds the token"))
    var tokenFile: String?

    @Option(help: .both("Dạng trả lời", "Form of the answer"))
    var format: OutputFormat = .table

    @Option(help: .both("Ngôn ngữ; mặc định theo LANG", "Language; from LANG when absent"))
    var lang: Language?

    @Flag(name: .customLong("no-color"), help: .both("Không dùng màu", "No colours"))
    var noColour = false

    /// How answers and problems are shown.
    var presentation: Presentation {
        let environment = ["NO_COLOR", "TERM"].reduce(into: [String: String]()) { $0[$1] = Self.variable($1) }
        return Presentation(
            format: format,
            language: Language.chosen(option: lang, lang: Self.variable("LANG")),
            style: .of(descriptor: STDOUT_FILENO, noColour: noColour, environment: environment),
            errorStyle: .of(descriptor: STDERR_FILENO, noColour: noColour, environment: environment)
        )
    }

    /// A variable of the environment; `nil` when it is not set or empty.
    static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static let valued: Set<String> = ["--server", "--token-file", "--format", "--lang"]

    /// The arguments with the options that stand before the first verb moved behind the last.
    ///
    /// The verbs own the options, so that they may stand at either place.
    static func placedLast(_ arguments: [String]) -> [String] {
        let (leading, rest) = parted(arguments)
        guard !leading.isEmpty, !rest.isEmpty else { return arguments }
        let end = rest.firstIndex(of: "--") ?? rest.endIndex
        return rest[..<end] + leading + rest[end...]
    }

    /// The arguments with a number below zero joined to the option before it.
    ///
    /// The parser takes `-1` for an option and says that the one before has no value; joined, the value is what is judged.
    static func withNegativesJoined(_ arguments: [String]) -> [String] {
        let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
        let joined = arguments[..<end].reduce(into: [String]()) { words, word in
            let isNegative = word.first == "-" && word.utf8.dropFirst().first.map { (0x30...0x39).contains($0) } == true
            guard isNegative, let option = words.last, option.hasPrefix("--"), !option.contains("=") else {
                return words.append(word)
            }
            words[words.count - 1] = "\(option)=\(word)"
        }
        return joined + arguments[end...]
    }

    /// The arguments without the options that stand before the first verb.
    static func withoutLeading(_ arguments: [String]) -> [String] { Array(parted(arguments).rest) }

    private static func parted(_ arguments: [String]) -> (leading: [String], rest: ArraySlice<String>) {
        var leading: [String] = []
        var rest = arguments[...]
        while let next = rest.first, next.hasPrefix("--") {
            let name = next.prefix { $0 != "=" }
            guard valued.contains(String(name)) || next == "--no-color" else { break }
            let takesNext = valued.contains(next) && rest.count > 1
            leading += rest.prefix(takesNext ? 2 : 1)
            rest = rest.dropFirst(takesNext ? 2 : 1)
        }
        return (leading, rest)
    }
}
