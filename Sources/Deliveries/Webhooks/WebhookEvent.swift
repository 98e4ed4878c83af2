// SPDX-License-Identifier: Apache-2.0

/// What a webhook can be told of.
package struct WebhookEvent: RawRepresentable, Sendable, Hashable, CaseIterable {
    /// Name on the wire, `noun.happened`.
    package let rawValue: String

    /// Names an event.
    package init(rawValue: String) { self.rawValue = rawValue }

    /// A stage of a deadline came.
    package static let deadlineDue = WebhookEvent(rawValue: "deadline.due")
    /// The due list of a day was emitted.
    package static let dueRunEmitted = WebhookEvent(rawValue: "due_run.emitted")
    /// A document got its last signature.
    package static let certificateIssued = WebhookEvent(rawValue: "certificate.issued")
    /// An issued document was withdrawn.
    package static let certificateWithdrawn = WebhookEvent(rawValue: "certificate.withdrawn")

    /// What can be asked for.
    package static let allCases = [deadlineDue, dueRunEmitted, certificateIssued, certificateWithdrawn]
}
