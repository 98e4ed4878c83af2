// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser
import Glibc

/// One thing that a person does through the program.
protocol Verb: AsyncParsableCommand {
    /// A whole command line, shown in the help.
    static var example: String { get }
    /// Where the daemon is, and how the answer is shown.
    var global: GlobalOptions { get }

    /// Does it.
    func perform(_ session: Session) async throws
}

extension Verb {
    /// The name, what it does in both languages, and the example.
    static func described(_ name: String, _ vi: String, _ en: String) -> CommandConfiguration {
        CommandConfiguration(
            commandName: name,
            abstract: Bilingual(vi: vi, en: en).inHelp,
            discussion: Bilingual(vi: "Ví dụ: ", en: "Example: ").inHelp + example
        )
    }

    /// Does it, and turns what went wrong into a problem on standard error and an exit code.
    mutating func run() async throws {
        do {
            try await perform(Session(global))
            if let loss = StandardOutput.loss() { throw loss }
        } catch {
            guard let failure = Failure(error) ?? StandardOutput.loss() else { throw error }
            Presentation.write(global.presentation.problem(failure.problem), to: STDERR_FILENO)
            throw ArgumentParser.ExitCode(failure.exitCode.rawValue)
        }
    }
}

/// Ends the program with a code after the answer has been shown.
func end(_ code: ExitCode) -> any Error { ArgumentParser.ExitCode(code.rawValue) }
