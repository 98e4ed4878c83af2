// SPDX-License-Identifier: Apache-2.0

/// What a job belongs to in a distributed trace: the text of the header `traceparent`.
///
/// It is stored with the job when it is enqueued and is current again while its handler runs. Nothing here records spans, so
/// the parent stays that of the caller, and the job belongs to a span that somebody knows.
/// - Source: W3C Trace Context, sections 3.2 and 4.
package struct TraceContext: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    /// Version, trace, parent and flags, as `00-…-…-01`.
    package let rawValue: String

    /// Takes the text of a header of version 00; nil when it is none.
    package init?(rawValue: String) {
        var place = 0
        var (trace, parent): (UInt8, UInt8) = (0, 0)
        for byte in rawValue.utf8 {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            default: digit = 16
            }
            switch place {
            case 2, 35, 52: guard byte == UInt8(ascii: "-") else { return nil }
            case 0, 1: guard digit == 0 else { return nil }
            case 3..<35: trace |= digit
            case 36..<52: parent |= digit
            case 53, 54: guard digit < 16 else { return nil }
            default: return nil
            }
            place += 1
        }
        // What is no digit has set the fifth bit.
        guard place == 55, (1...15).contains(trace), (1...15).contains(parent) else { return nil }
        self.rawValue = rawValue
    }

    /// What a request says that it belongs to; nil when it says nothing, several things or nothing valid.
    ///
    /// Of a version that is not known yet, trace, parent and the sampled flag are taken, and the rest is left.
    /// - Parameter headers: every value of the header `traceparent`.
    package init?(headers: [String]) {
        guard headers.count == 1, let header = headers.first else { return nil }
        if let known = Self(rawValue: header) {
            self = known
            return
        }
        let bytes = Array(header.utf8)
        guard bytes.count == 55 || (bytes.count > 55 && bytes[55] == UInt8(ascii: "-")),
            let version = Self.byte(bytes[0..<2]), version != 0, version != 255, let flags = Self.byte(bytes[53..<55])
        else { return nil }
        self.init(rawValue: "00" + String(decoding: bytes[2..<53], as: UTF8.self) + (flags & 1 == 1 ? "01" : "00"))
    }

    /// Begins a trace of its own, which nobody has asked to record.
    package static func beginning() -> TraceContext {
        var random = SystemRandomNumberGenerator()
        while true {
            let numbers = (0..<3).map { _ in hexadecimal(random.next()) }
            if let trace = TraceContext(rawValue: "00-\(numbers[0])\(numbers[1])-\(numbers[2])-00") { return trace }
        }
    }

    /// The trace of the running task; what it enqueues belongs to it.
    @TaskLocal package static var current: TraceContext?

    /// The text of the header.
    package var description: String { rawValue }

    private static func byte(_ digits: ArraySlice<UInt8>) -> UInt8? {
        let isLowercase = digits.allSatisfy {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
        }
        return isLowercase ? UInt8(String(decoding: digits, as: UTF8.self), radix: 16) : nil
    }

    private static func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
