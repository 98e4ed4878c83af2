// SPDX-License-Identifier: Apache-2.0

import APIContract

/// Why a verb was not done: the problem as printed, and what the shell is told.
struct Failure: Error {
    let problem: Problem
    let exitCode: ExitCode

    /// A failure.
    init(problem: Problem, exitCode: ExitCode) {
        (self.problem, self.exitCode) = (problem, exitCode)
    }

    /// Input that cannot be used.
    init(_ text: Bilingual, field: String? = nil, exitCode: ExitCode = .badInput) {
        self.init(problem: Problem(.badRequest, vi: text.vi, en: text.en, field: field), exitCode: exitCode)
    }

    /// The failure that an error is; `nil` for those that the argument parser explains itself.
    init?(_ error: any Error) {
        switch error {
        case let error as Failure: self = error
        case let error as TransportError: self.init(problem: error.problem, exitCode: error.exitCode)
        case let error as StrictJSONError: self.init(problem: error.problem, exitCode: .badInput)
        default: return nil
        }
    }

    /// An answer that does not say what it should.
    static let unexpectedAnswer: Failure = {
        let text = Message.unexpectedAnswer.text.filled(["status": "200"])
        return Failure(problem: Problem(.fault, vi: text.vi, en: text.en), exitCode: .unavailable)
    }()
}
