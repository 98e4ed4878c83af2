// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Glibc
import Synchronization

/// Ctrl-C while the daemon does what it was sent: the act may be done all the same, which the caller has to know.
enum Interruption {
    /// What is under way, and who listens for the signal from the first act on.
    private struct State {
        var acts = 0
        var source: (any DispatchSourceSignal)?
    }

    private static let state = Mutex(State())

    /// Does the work; interrupted meanwhile, the program says so and ends with 130.
    static func told(in language: Language, during work: () async throws -> ClientResponse) async throws -> ClientResponse {
        state.withLock { state in
            state.acts += 1
            if state.source == nil { state.source = listening(language) }
        }
        defer { state.withLock { $0.acts -= 1 } }
        return try await work()
    }

    /// `nil` where the signal is ignored, as for what a script runs in the background.
    private static func listening(_ language: Language) -> (any DispatchSourceSignal)? {
        var action = sigaction()
        sigaction(SIGINT, nil, &action)
        // Functions cannot be compared; SIG_IGN is the one at address 1.
        let isIgnored = withUnsafeBytes(of: action.__sigaction_handler) { $0.loadUnaligned(as: Int.self) == 1 }
        guard !isIgnored else { return nil }
        signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        let text = Phrase.interrupted[language] + "\n"
        source.setEventHandler {
            if state.withLock({ $0.acts > 0 }) {
                Presentation.write(text, to: STDERR_FILENO)
                _exit(130)
            }
            // Nothing is under way: as if nobody had listened.
            signal(SIGINT, SIG_DFL)
            kill(getpid(), SIGINT)
        }
        source.activate()
        return source
    }
}
