// SPDX-License-Identifier: Apache-2.0

/// The newest run of the due list.
package struct DueRunHead: Decodable, Sendable {
    package let id: Int64
    package let runId: String
    package let manifestSha256: String
}

/// The clock of the database.
package struct ClockRow: Decodable, Sendable {
    package let now: String
    package let today: String
    package let runId: String
}

/// A run of the due list without its files.
package struct DueRunRow: Decodable, Sendable {
    package let runId: String
    package let asOf: String
    package let withinDays: Int
    package let emittedAt: String
    package let origin: String
    package let overdue: Int
    package let due: Int
    package let manifest: String
    package let manifestSha256: String
    package let previous: String?
}

/// What is wrong with a run; nothing in an intact one.
package struct DueRunCheckRow: Decodable, Sendable {
    package let id: Int64
    package let runId: String
    package let asOf: String
    package let faults: [String]
}

/// A part of a file of a run.
package struct DueRunPartRow: Decodable, Sendable {
    package let body: [UInt8]
}

/// How many lines a run had.
package struct DueTotalRow: Decodable, Sendable {
    package let lines: Int
}

/// A line of a run as it was said then.
package struct DueRunLineRow: Decodable, Sendable {
    package let `class`: String
    package let reason: String
    package let dueOn: String
    package let days: Int
    package let subjectType: String
    package let instrumentId: Int64
    package let code: String
    package let type: String
    package let serial: String
    package let customer: String
    package let site: String
    package let district: String
    package let kind: String
}
