// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

extension Bilingual {
    /// The text in the language of LANG; help is shown before any option has been read.
    var inHelp: String { self[Language.chosen(option: nil, lang: GlobalOptions.variable("LANG"))] }
}

extension ArgumentHelp {
    /// A help text in both languages.
    static func both(_ vi: String, _ en: String) -> ArgumentHelp { ArgumentHelp(Bilingual(vi: vi, en: en).inHelp) }
}

extension CommandConfiguration {
    /// A group of verbs.
    static func group(
        _ name: String, _ vi: String, _ en: String, _ verbs: [any ParsableCommand.Type]
    ) -> CommandConfiguration {
        CommandConfiguration(commandName: name, abstract: Bilingual(vi: vi, en: en).inHelp, subcommands: verbs)
    }
}
