// SPDX-License-Identifier: Apache-2.0

/// Hands mails to a mail system.
package protocol MailTransport: Sendable {
    /// Hands over one mail to one recipient, within a bounded time.
    ///
    /// - Parameters:
    ///   - content: header and body, lines ended by CRLF.
    ///   - sender: sender of the envelope.
    ///   - recipient: recipient of the envelope.
    func send(_ content: [UInt8], from sender: String, to recipient: String) async -> MailOutcome
}

/// What became of handing over a mail.
package struct MailOutcome: Sendable, Equatable {
    /// What is known.
    package enum Verdict: Sendable, Equatable {
        /// The mail system has taken it over.
        case accepted
        /// It will not take it, now or later.
        case refused
        /// It did not take it; another try may succeed.
        case deferred
        /// Whether it took it cannot be known.
        case unknown
    }

    /// What is known.
    package let verdict: Verdict
    /// How the program ended: a status, `signal 9`, or nothing.
    package let status: String?
    /// What the program said, in one line.
    package let note: String

    /// States an outcome.
    package init(_ verdict: Verdict, status: String? = nil, note: String = "") {
        (self.verdict, self.status, self.note) = (verdict, status, note)
    }

    var stage: MailStage {
        switch verdict {
        case .accepted: .accepted
        case .refused: .refused
        case .deferred: .deferred
        case .unknown: .unknown
        }
    }
}
