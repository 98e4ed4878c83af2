// SPDX-License-Identifier: Apache-2.0

/// Why an act did not happen. Nothing was changed.
package enum ActError: Error, Sendable {
    /// The request cannot be read as meant: every fault at once.
    case invalid([InputFault])
    /// A rule of the laboratory said no: every reason at once.
    case refused([Reason])
    /// A rule said no to something that was committed all the same, such as a counted wrong PIN.
    case refusedAfterwards([RefusalSentence])
    /// What was named does not exist; the field where it was named, when it is not the thing itself.
    case notFound(thing: Thing, name: String, field: String? = nil)
    /// The caller lacks every one of these roles.
    case notPermitted(needs: [Role])
    /// Something stands in the way that another try may not meet.
    case conflict(BilingualSentence)
    /// The thing was changed since it was read.
    case staleRevision
    /// The same idempotency key came with another request.
    case keyReused
    /// A part of the system that the act needs is not there.
    case unavailable(BilingualSentence)

    /// One fault of input.
    package static func invalid(_ field: String, vi: String, en: String) -> ActError {
        .invalid([InputFault(field: field, message: BilingualSentence(vi: vi, en: en))])
    }
}

/// A field that cannot be read as meant, and what to do about it.
package struct InputFault: Error, Sendable, Equatable {
    /// Path of the field, for example `samples[2].matrix`.
    package let field: String
    package let message: BilingualSentence

    package init(field: String, message: BilingualSentence) {
        (self.field, self.message) = (field, message)
    }
}

/// A reason that was already put into words.
package struct RefusalSentence: Sendable, Equatable {
    package let code: String
    package let clause: String?
    package let text: BilingualSentence

    package init(code: String, clause: String?, text: BilingualSentence) {
        (self.code, self.clause, self.text) = (code, clause, text)
    }
}
