// SPDX-License-Identifier: Apache-2.0

/// How old the newest due list is.
package struct DueRunAgeRow: Decodable, Sendable {
    /// Days from the day it was made for to today; nil when there is none.
    package let days: Int?
    /// When the latest run was made.
    package let emittedAt: String?
}
