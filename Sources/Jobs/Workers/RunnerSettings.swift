// SPDX-License-Identifier: Apache-2.0

/// How a runner works.
package struct RunnerSettings: Sendable, Hashable {
    /// Jobs of each lane that run at the same time in this process; lanes not named here are left to others.
    package var slots: [Lane: Int]
    /// Longest time between two looks at the queue, whatever hints and timers say.
    package var ceiling: Duration = .seconds(30)
    /// The same while no hints are heard: behind a pooler that lends the server by transaction, where LISTEN does nothing.
    package var deafCeiling: Duration = .seconds(2)
    /// Whether the runner listens for hints; when it does not, every job waits for a look, at most as long as ``deafCeiling``.
    package var listens = true
    /// Time between two beats of the lease.
    package var beat: Duration = .seconds(10)
    /// Time without a beat after which a worker is dead; at least three beats.
    package var lease: Duration = .seconds(30)
    /// Time a handler has to notice that its time limit has passed, before its job is written off.
    package var grace: Duration = .seconds(10)
    /// Time running jobs have to end by themselves when the process stops.
    package var softStop: Duration = .seconds(20)
    /// Time they have after that to notice that they are cancelled.
    package var hardStop: Duration = .seconds(10)
    /// How far the database's clock may stray before schedules and deadlines are held; nil where a test moves the clock.
    package var clock: ClockLimits? = ClockLimits()
    /// Version of the program, noted with the worker.
    package var version: String = "unversioned"

    /// Takes the slots; everything else has its usual value.
    package init(slots: [Lane: Int]) {
        self.slots = slots
    }
}
