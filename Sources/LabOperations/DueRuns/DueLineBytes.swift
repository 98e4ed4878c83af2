// SPDX-License-Identifier: Apache-2.0
internal import APIContract

/// The two forms of a line of the due list that programs read: equal lines give equal bytes.
enum DueLineBytes {
    /// Columns of the csv, in their order.
    static let columns = [
        "class", "reason", "due_on", "days", "instrument_id", "type", "serial", "customer", "site", "district", "kind",
        "last_done_on", "last_certificate", "rule", "why",
    ]

    /// The first line of the csv.
    static let csvHeading = Array((columns.joined(separator: ",") + "\r\n").utf8)

    /// Adds a line of the csv (RFC 4180).
    static func appendCSV(_ line: DueLine, to bytes: inout [UInt8]) {
        appendCell(line.class, to: &bytes, comma: false)
        appendCell(line.reason, to: &bytes)
        appendCell(line.dueOn, to: &bytes)
        appendCell(String(line.days), to: &bytes)
        appendCell(String(line.instrumentId), to: &bytes)
        for cell in [
            line.type, line.serial, line.customer, line.site, line.district, line.kind, line.lastDoneOn ?? "",
            line.lastCertificate ?? "", line.rule, line.why,
        ] {
            appendCell(cell, to: &bytes)
        }
        bytes.append(UInt8(ascii: "\r"))
        bytes.append(UInt8(ascii: "\n"))
    }

    private static func appendCell(_ cell: String, to bytes: inout [UInt8], comma: Bool = true) {
        if comma { bytes.append(UInt8(ascii: ",")) }
        let special: (UInt8) -> Bool = { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
        guard cell.utf8.contains(where: special) else {
            bytes.append(contentsOf: cell.utf8)
            return
        }
        bytes.append(0x22)
        for byte in cell.utf8 {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }

    /// What stands before the first line of the json.
    static func jsonOpening(asOf: String, within: Int) -> [UInt8] {
        Array("{\"as_of\":\"\(asOf)\",\"within_days\":\(within),\"items\":[".utf8)
    }

    /// What stands behind the last line of the json.
    static let jsonClosing = Array("]}\n".utf8)

    /// Adds a line of the json: the members of ``DueLine`` in their order, those without a value left out.
    static func appendJSON(_ line: DueLine, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        appendMember("class", line.class, to: &bytes, comma: false)
        appendMember("reason", line.reason, to: &bytes)
        appendMember("due_on", line.dueOn, to: &bytes)
        appendNumber("days", Int64(line.days), to: &bytes)
        appendMember("subject_type", line.subjectType, to: &bytes)
        appendNumber("instrument_id", line.instrumentId, to: &bytes)
        appendMember("code", line.code, to: &bytes)
        appendMember("type", line.type, to: &bytes)
        appendMember("serial", line.serial, to: &bytes)
        appendMember("customer", line.customer, to: &bytes)
        appendMember("site", line.site, to: &bytes)
        appendMember("district", line.district, to: &bytes)
        appendMember("kind", line.kind, to: &bytes)
        if let day = line.lastDoneOn { appendMember("last_done_on", day, to: &bytes) }
        if let label = line.lastCertificate { appendMember("last_certificate", label, to: &bytes) }
        appendMember("rule", line.rule, to: &bytes)
        appendMember("why", line.why, to: &bytes)
        if let reason = line.held { appendMember("held", reason, to: &bytes) }
        if let day = line.planBy { appendMember("plan_by", day, to: &bytes) }
        bytes.append(UInt8(ascii: "}"))
    }

    private static func appendNumber(_ name: StaticString, _ value: Int64, to bytes: inout [UInt8]) {
        appendName(name, to: &bytes, comma: true)
        bytes.append(contentsOf: String(value).utf8)
    }

    private static func appendMember(_ name: StaticString, _ value: String, to bytes: inout [UInt8], comma: Bool = true) {
        appendName(name, to: &bytes, comma: comma)
        bytes.append(0x22)
        for byte in value.utf8 {
            switch byte {
            case 0x22, 0x5C: bytes += [0x5C, byte]
            case 0x09: bytes += [0x5C, UInt8(ascii: "t")]
            case 0x0A: bytes += [0x5C, UInt8(ascii: "n")]
            case 0x0D: bytes += [0x5C, UInt8(ascii: "r")]
            case 0..<0x20, 0x7F:
                let digits = Array("0123456789abcdef".utf8)
                bytes += [0x5C, UInt8(ascii: "u"), 0x30, 0x30, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
        bytes.append(0x22)
    }

    private static func appendName(_ name: StaticString, to bytes: inout [UInt8], comma: Bool) {
        if comma { bytes.append(UInt8(ascii: ",")) }
        bytes.append(0x22)
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(0x22)
        bytes.append(UInt8(ascii: ":"))
    }
}
