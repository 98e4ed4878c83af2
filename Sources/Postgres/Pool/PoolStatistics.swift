// SPDX-License-Identifier: Apache-2.0

/// Numbers of a connection pool at one moment.
package struct PoolStatistics: Sendable, Hashable {
    /// Most connections at a time.
    package internal(set) var size = 0
    /// Connections open and free.
    package internal(set) var idle = 0
    /// Connections lent or being opened.
    package internal(set) var lent = 0
    /// Callers waiting for a connection.
    package internal(set) var waiting = 0
    /// Connections opened since the start.
    package internal(set) var opened = 0
    /// Connections found broken since the start.
    package internal(set) var lost = 0
    /// Transactions begun again after a serialization failure or deadlock, since the start.
    package internal(set) var retried = 0
    /// Callers turned away by the waiting limit since the start.
    package internal(set) var timedOut = 0
}
