// SPDX-License-Identifier: Apache-2.0

/// Number of an entry of what operators did.
package struct InterventionRow: Decodable, Sendable {
    package let id: Int64
}

/// The newest due list beside the one before it, nil where there is none; and how late the deadlines are.
package struct DueRunSightRow: Codable, Sendable {
    /// Days from the day it was made for to today.
    package let ageDays: Int?
    /// Seconds since it was made, or since its day ended when it was made after that.
    package let ageSeconds: Int?
    /// Its overdue items.
    package let overdue: Int?
    /// Its items that are due soon.
    package let due: Int?
    /// Overdue items of the list of the night before it; nil when it is the first.
    package let overdueBefore: Int?
    /// Items due soon of the list before.
    package let dueBefore: Int?
    /// Alarms about nights that nobody has ended: of missing lists, of small ones, of empty ones.
    package let alarms: [Int]
    /// Reminders of the last seven days that reached nobody: for customers without an address, the staff, the manager, the head.
    package let unreached: [Int]
    /// Seconds by which the earliest stage of a deadline is late.
    package let deadlineLateSeconds: Int
}

/// The laboratory's time zone beside others.
package struct ZonesApartRow: Decodable, Sendable {
    /// The laboratory's.
    package let name: String
    /// Those that do not show its time.
    package let apart: [String]
}

/// How old the due list of the newest night is.
package struct DueRunAgeRow: Decodable, Sendable {
    /// Days from the day it was made for to today, 0 or more; nil when there is none.
    package let days: Int?
}

/// Whether reminders reach somebody.
package struct ReminderReachRow: Decodable, Sendable {
    /// Reminders of the last seven days that reached nobody.
    package let unreached: Int
    /// Audiences that missed them.
    package let audiences: [String]
    /// Whether mails go out: a sender is configured and not switched off.
    package let isOn: Bool
    /// Whether mails go out and nobody is named for what is unassigned.
    package let isOpen: Bool
}
