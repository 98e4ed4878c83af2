// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Vocabulary

/// How the program speaks to the operator: in the language of LANG. What it logs is English, for those who search logs.
enum Speech {
    /// The language of the run.
    static let language = Language.chosen(option: nil, lang: ProcessInfo.processInfo.environment["LANG"])

    /// One line on standard output.
    static func say(_ vi: String, _ en: String) { print(Bilingual(vi: vi, en: en)[language]) }

    /// One line on standard error, then the end.
    static func end(_ text: Bilingual, code: Int32) -> Never {
        FileHandle.standardError.write(Data("etalond: \(text[language])\n".utf8))
        exit(code)
    }

    /// The end that an error of the argument parser is: help, or what is wrong with the command line.
    static func end(_ error: any Error) -> Never {
        let code = Etalond.exitCode(for: error)
        let full = Etalond.fullMessage(for: error)
        let handle = code.isSuccess ? FileHandle.standardOutput : FileHandle.standardError
        let text =
            switch code {
            case .success: UsageScreen.help(full, in: language)
            case .validationFailure: UsageScreen.error(full, sentence: Etalond.message(for: error), in: language)
            default: full
            }
        if !text.isEmpty { handle.write(Data((text + "\n").utf8)) }
        exit(code.rawValue)
    }
}

extension ArgumentHelp {
    /// A help text in both languages.
    static func both(_ vi: String, _ en: String) -> ArgumentHelp { ArgumentHelp(Bilingual(vi: vi, en: en)[Speech.language]) }
}

extension CommandConfiguration {
    /// A subcommand with what it does in both languages.
    static func told(
        _ name: String? = nil, _ vi: String, _ en: String, subcommands: [any ParsableCommand.Type] = []
    ) -> CommandConfiguration {
        CommandConfiguration(commandName: name, abstract: Bilingual(vi: vi, en: en)[Speech.language], subcommands: subcommands)
    }
}
