// SPDX-License-Identifier: Apache-2.0

/// What to do with slots that passed while nothing ran.
package enum CatchUp: String, Sendable, Hashable, CaseIterable {
    /// Run the latest one.
    case latest
    /// Run them all, up to the schedule's limit and within its window.
    case all
    /// Run none that is more than ten minutes late.
    case none
}

/// Why a slot was not run; the words of `jobs.schedule_run.cause`.
package enum SkipCause: String, Sendable, Hashable, CaseIterable {
    /// Nothing ran at its time, and a later slot stands for it.
    case down
    /// Nothing ran at its time, and the schedule catches nothing up.
    case late
    /// It lies further back than the schedule's window.
    case window
    /// More slots were missed than the schedule runs at once.
    case maximum
    /// The clocks skip this time, and a later slot of the schedule came at the same moment.
    case gap
    /// The job of an earlier slot is unfinished.
    case overlap
    /// A person had disabled the schedule.
    case disabled
    /// No program declared the schedule.
    case withdrawn
}

/// How a schedule makes up for what it missed.
package struct CatchUpRule: Sendable, Hashable {
    /// What becomes of missed slots.
    package let policy: CatchUp
    /// Most missed slots run at once with ``CatchUp/all``, from 1.
    package let limit: Int
    /// Minutes after which a missed slot is run no more; nil for any age.
    package let window: Int?

    /// How late, in minutes, a slot may run when nothing is caught up.
    static let graceMinutes = 10

    /// Describes a rule.
    package init(_ policy: CatchUp, limit: Int = 31, window: Int? = nil) {
        (self.policy, self.limit, self.window) = (policy, max(1, limit), window)
    }
}
