// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import Vocabulary

/// How a run ends that did not come to its own end: with help, with an error of the command line, or with a code.
struct CommandLineEnd {
    /// What is printed; empty where everything has been said.
    let text: String
    let exitCode: Int32
    private let language: Language

    /// The end that an error of the argument parser, or of a verb, is to the reader of a language.
    init(of error: any Error, in language: Language) {
        let code = Etalon.exitCode(for: error)
        let full = Etalon.fullMessage(for: error)
        exitCode = code.rawValue
        self.language = language
        if full.isEmpty {
            text = ""
        } else if code.isSuccess {
            text = UsageScreen.help(full, in: language)
        } else if code == .validationFailure {
            text = UsageScreen.error(full, sentence: Etalon.message(for: error), in: language)
        } else {
            // A fault of the program: nobody wrote a sentence for it.
            text = language == .vi ? "Lỗi của chương trình: “\(Etalon.message(for: error))”" : full
        }
    }

    /// The error to be told: where the verb itself cannot be read, not that its options stand in the wrong place.
    static func cause(of error: any Error, _ verbAlone: [String]) -> any Error {
        guard Etalon.exitCode(for: error) == .validationFailure else { return error }
        do {
            _ = try Etalon.parseAsRoot(verbAlone)
            return error
        } catch {
            return error
        }
    }

    /// Prints the text, help to standard output and errors to standard error, and ends the program.
    func exit() -> Never {
        guard exitCode == 0 else {
            if !text.isEmpty { Presentation.write(text + "\n", to: STDERR_FILENO) }
            Glibc.exit(exitCode)
        }
        if !text.isEmpty { StandardOutput.write(text + "\n") }
        guard let loss = StandardOutput.loss() else { Glibc.exit(exitCode) }
        Presentation.write(ProblemPrinter(language: language, style: .plain).text(loss.problem), to: STDERR_FILENO)
        Glibc.exit(loss.exitCode.rawValue)
    }
}

extension ValidationError {
    /// An error of the command line in both languages; which one is shown is known only at the end.
    static func both(_ vi: String, _ en: String) -> ValidationError {
        ValidationError(UsageScreen.joined(Bilingual(vi: vi, en: en)))
    }
}
