// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization
import Vocabulary

/// Standard output of the program. What does not arrive there is remembered, so that no run ends well with half an answer.
enum StandardOutput {
    /// The system's number for the first thing that went wrong.
    private static let fault = Mutex<Int32?>(nil)

    /// Holds the places of closed standard streams.
    ///
    /// Else a socket or a file would get the number of standard output, and the answer would go there.
    static func holdClosedStreams() {
        // Each is opened the wrong way round, so that using it fails as it would have; complaints may vanish.
        for (descriptor, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDWR)]
        where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", mode)
        }
    }

    /// Writes a text.
    static func write(_ text: String) { write(Array(text.utf8)) }

    /// Writes bytes.
    static func write(_ bytes: [UInt8]) {
        if !Presentation.write(bytes, to: STDOUT_FILENO) { note(errno) }
    }

    /// Why standard output is incomplete; `nil` when everything has arrived.
    static func loss() -> Failure? {
        // Some file systems take bytes and say only when a file is closed that they had no room for them.
        let copy = dup(STDOUT_FILENO)
        if copy < 0 || close(copy) != 0 { note(errno) }
        return fault.withLock { $0 }.map { number in
            Failure(Message.outputIncomplete.text.filled([:], why: SystemReason.text(number)), exitCode: .outputLost)
        }
    }

    /// A reader that went away has what it wanted.
    private static func note(_ number: Int32) {
        guard number != EPIPE else { return }
        fault.withLock { $0 = $0 ?? number }
    }
}
