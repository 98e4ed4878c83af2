// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser
import Glibc
import Vocabulary

/// How a run ends that did not come to its own end: with help, with an error of the command line, or with a code.
struct CommandLineEnd {
    /// What is printed; empty where everything has been said.
    let text: String
    let exitCode: Int32
    private let presentation: Presentation

    /// The end that an error of the argument parser, or of a verb, is to the reader of a language: lines, or with
    /// ``OutputFormat/json`` a problem document.
    init(of error: any Error, in language: Language, as format: OutputFormat = .table) {
        presentation = Presentation(format: format, language: language, style: .plain, errorStyle: .plain)
        let code = Etalon.exitCode(for: error)
        let full = Etalon.fullMessage(for: error)
        exitCode = code.rawValue
        if full.isEmpty {
            text = ""
        } else if code.isSuccess {
            text = UsageScreen.help(full, in: language) + "\n"
        } else if format == .json {
            text = presentation.problem(Self.problem(of: error, code, full))
        } else if code == .validationFailure {
            text = UsageScreen.error(full, sentence: Etalon.message(for: error), in: language) + "\n"
        } else {
            // A fault of the program: nobody wrote a sentence for it.
            text = (language == .vi ? "Lỗi của chương trình: “\(Etalon.message(for: error))”" : full) + "\n"
        }
    }

    private static func problem(of error: any Error, _ code: ArgumentParser.ExitCode, _ full: String) -> Problem {
        let sentence = Etalon.message(for: error)
        guard code == .validationFailure else {
            return Problem(.fault, vi: "Lỗi của chương trình: “\(sentence)”", en: sentence)
        }
        let (told, usage) = UsageScreen.parts(full, sentence: sentence)
        return Problem(.badRequest, vi: told.vi, en: told.en, remedyVi: usage.vi, remedy: usage.en)
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
            Presentation.write(text, to: STDERR_FILENO)
            Glibc.exit(exitCode)
        }
        StandardOutput.write(text)
        guard let loss = StandardOutput.loss() else { Glibc.exit(exitCode) }
        Presentation.write(presentation.problem(loss.problem), to: STDERR_FILENO)
        Glibc.exit(loss.exitCode.rawValue)
    }
}

extension ValidationError {
    /// An error of the command line in both languages; which one is shown is known only at the end.
    static func both(_ vi: String, _ en: String) -> ValidationError {
        ValidationError(UsageScreen.joined(Bilingual(vi: vi, en: en)))
    }
}
