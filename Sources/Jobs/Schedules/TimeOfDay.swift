// SPDX-License-Identifier: Apache-2.0

/// A time of day to the minute.
package struct TimeOfDay: Hashable, Sendable, CustomStringConvertible {
    let minute: Int

    /// Takes hour and minute; nil when the clock has no such time.
    package init?(hour: Int, minute: Int) {
        guard (0...23).contains(hour), (0...59).contains(minute) else { return nil }
        self.minute = hour * 60 + minute
    }

    /// Reads `HH:MM`.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1])
        else { return nil }
        self.init(hour: hour, minute: minute)
    }

    init(ofDay minute: Int) { self.minute = minute }

    /// `HH:MM`.
    package var description: String { digits(minute / 60, 2) + ":" + digits(minute % 60, 2) }
}

/// A day of the week; the week begins on Monday.
/// - Source: ISO 8601-1:2019, calendar day of week numbers 1 to 7.
package enum Weekday: String, CaseIterable, Sendable {
    case monday = "mon"
    case tuesday = "tue"
    case wednesday = "wed"
    case thursday = "thu"
    case friday = "fri"
    case saturday = "sat"
    case sunday = "sun"

    /// Day of the week of a day counted from 1970-01-01, a Thursday.
    init(day: Int) {
        let fromMonday = ((day + 3) % 7 + 7) % 7
        self = Self.allCases[fromMonday]
    }
}
