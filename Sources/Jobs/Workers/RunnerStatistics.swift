// SPDX-License-Identifier: Apache-2.0

/// Numbers of a runner since its start.
package struct RunnerStatistics: Sendable, Hashable {
    /// Jobs running now.
    package internal(set) var running = 0
    /// Looks at the queue.
    package internal(set) var looks = 0
    /// Jobs taken.
    package internal(set) var claimed = 0
    /// Attempts that ended without failure.
    package internal(set) var ended = 0
    /// Attempts that failed.
    package internal(set) var failed = 0
    /// Results dropped because the lease was lost.
    package internal(set) var leasesLost = 0
    /// Jobs of dead workers made ready again, or given up.
    package internal(set) var rescued = 0
    /// Slots of schedules dealt with, by schedule.
    package internal(set) var ticked = 0
    /// Looks, ticks and beats that failed.
    package internal(set) var faults = 0
}
