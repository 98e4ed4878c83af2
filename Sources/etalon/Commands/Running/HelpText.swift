// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

extension Bilingual {
    /// The text in the language of the run; help is made before any option has been parsed.
    var inHelp: String {
        self[Language.chosen(option: .named(in: CommandLine.arguments), lang: GlobalOptions.variable("LANG"))]
    }
}

extension ArgumentHelp {
    /// A help text in both languages.
    static func both(_ vi: String, _ en: String) -> ArgumentHelp { ArgumentHelp(Bilingual(vi: vi, en: en).inHelp) }
}

extension CommandConfiguration {
    /// A group of verbs.
    ///
    /// - Parameter usually: the verb meant where none is named.
    static func group(
        _ name: String, _ vi: String, _ en: String, _ verbs: [any ParsableCommand.Type],
        usually: (any ParsableCommand.Type)? = nil, aliases: [String] = []
    ) -> CommandConfiguration {
        CommandConfiguration(
            commandName: name, abstract: Bilingual(vi: vi, en: en).inHelp, subcommands: verbs, defaultSubcommand: usually,
            aliases: aliases)
    }
}
