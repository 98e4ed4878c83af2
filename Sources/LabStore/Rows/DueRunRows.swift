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
