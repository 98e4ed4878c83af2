// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import LabStore

/// The lines of a run as it said them, read from its json part by part: a list of any length takes the memory of one part.
struct DueRunLines {
    private var object: [UInt8] = []
    private var depth = 0
    private var isInText = false
    private var isEscaped = false

    /// Hands over the lines of a run in their order, so many at once.
    static func each(
        _ size: Int, of run: String, on database: isolated Transaction, _ body: ([DueLine]) throws -> Void
    ) throws {
        var reader = DueRunLines()
        var lines: [DueLine] = []
        var number = 1
        while let part = try database.find(Statements.dueRunPart, run, "json", number) {
            for object in reader.take(part.body) {
                lines.append(try StrictJSON.decode(DueLine.self, from: object))
                if lines.count == size {
                    try body(lines)
                    lines.removeAll(keepingCapacity: true)
                }
            }
            number += 1
        }
        if !lines.isEmpty { try body(lines) }
    }

    /// The objects of the list that end in the next bytes: those within the outermost one.
    mutating func take(_ bytes: [UInt8]) -> [[UInt8]] {
        var complete: [[UInt8]] = []
        for byte in bytes {
            if depth >= 2 || (byte == UInt8(ascii: "{") && depth == 1 && !isInText) { object.append(byte) }
            if isInText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInText = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInText = true
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"):
                depth -= 1
                if depth == 1 {
                    complete.append(object)
                    object.removeAll(keepingCapacity: true)
                }
            default: break
            }
        }
        return complete
    }
}
