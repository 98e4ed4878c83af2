// SPDX-License-Identifier: Apache-2.0

/// What a job belongs to in a distributed trace: the text of the header `traceparent`.
///
/// It is stored with the job when it is enqueued and is current again while its handler runs.
/// - Source: W3C Trace Context, section 3.2.
package struct TraceContext: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    /// Version, trace, parent and flags, as `00-…-…-01`.
    package let rawValue: String

    /// Takes the text of a header; nil when it is none.
    package init?(rawValue: String) {
        let parts = rawValue.split(separator: "-", omittingEmptySubsequences: false)
        let isHex = parts.allSatisfy { $0.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) } }
        guard parts.map(\.utf8.count) == [2, 32, 16, 2], isHex, parts[0] != "ff",
            !parts[1].allSatisfy({ $0 == "0" }), !parts[2].allSatisfy({ $0 == "0" })
        else { return nil }
        self.rawValue = rawValue
    }

    /// The trace of the running task; what it enqueues belongs to it.
    @TaskLocal package static var current: TraceContext?

    /// The text of the header.
    package var description: String { rawValue }
}
