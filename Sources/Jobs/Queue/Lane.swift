// SPDX-License-Identifier: Apache-2.0

/// A sort of work with slots of its own, so that a flood of one sort cannot starve another.
///
/// The names are rows of `jobs.lane`; a job for an unknown lane is refused by the database.
package struct Lane: RawRepresentable, Hashable, Sendable, Codable {
    /// Name of the lane.
    package let rawValue: String

    /// Names a lane.
    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Re-verification deadlines.
    package static let deadline = Lane(rawValue: "deadline")
    /// Outgoing mail.
    package static let mail = Lane(rawValue: "mail")
    /// Printed documents.
    package static let render = Lane(rawValue: "render")
    /// Due lists and reports.
    package static let list = Lane(rawValue: "list")
    /// Upkeep of the system itself.
    package static let maintenance = Lane(rawValue: "maint")
    /// Everything else.
    package static let `default` = Lane(rawValue: "default")
}
