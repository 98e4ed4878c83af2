// SPDX-License-Identifier: Apache-2.0

/// One cell of a row on its way into COPY.
enum Cell {
    case null
    case number(Int)
    case text(String)
    case day(Day)
    case flag(Bool)
    /// Hour and minute of a day in Can Tho.
    case moment(Day, minutes: Int)
}

extension Cell: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByNilLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByStringInterpolation
{
    init(integerLiteral value: Int) { self = .number(value) }
    init(stringLiteral value: String) { self = .text(value) }
    init(nilLiteral: ()) { self = .null }
    init(booleanLiteral value: Bool) { self = .flag(value) }

    /// A number, or null.
    static func optional(_ number: Int?) -> Cell { number.map(Cell.number) ?? .null }
    /// A text, or null.
    static func optional(_ text: String?) -> Cell { text.map(Cell.text) ?? .null }
}

/// Rows of one table in the text format of COPY, as bytes.
///
/// - Source: PostgreSQL 15 documentation, COPY, "Text Format".
struct CopyRows: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var count = 0

    /// Adds a row; its cells stand in the order of the COPY statement's columns.
    mutating func add(_ cells: Cell...) {
        var isFirst = true
        for cell in cells {
            if !isFirst { bytes.append(tab) }
            isFirst = false
            append(cell)
        }
        bytes.append(newline)
        count += 1
    }

    /// Forgets the bytes that have been sent.
    mutating func dropBytes() {
        bytes.removeAll(keepingCapacity: true)
    }

    private mutating func append(_ cell: Cell) {
        switch cell {
        case .null:
            bytes.append(backslash)
            bytes.append(UInt8(ascii: "N"))
        case .number(let number): append(number: number)
        case .text(let text): append(escaped: text)
        case .day(let day): append(day)
        case .flag(let flag): bytes.append(UInt8(ascii: flag ? "t" : "f"))
        case .moment(let day, let minutes):
            append(day)
            bytes.append(UInt8(ascii: " "))
            append(twoDigits: minutes / 60)
            bytes.append(UInt8(ascii: ":"))
            append(twoDigits: minutes % 60)
            bytes.append(contentsOf: "+07".utf8)
        }
    }

    private mutating func append(_ day: Day) {
        let parts = day.civil
        append(number: parts.year)
        bytes.append(UInt8(ascii: "-"))
        append(twoDigits: parts.month)
        bytes.append(UInt8(ascii: "-"))
        append(twoDigits: parts.day)
    }

    private mutating func append(twoDigits number: Int) {
        bytes.append(zero + UInt8(number / 10))
        bytes.append(zero + UInt8(number % 10))
    }

    private mutating func append(number: Int) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        var left = number.magnitude
        var power: UInt = 1
        while left / power >= 10 { power *= 10 }
        while power > 0 {
            bytes.append(zero + UInt8(left / power))
            left %= power
            power /= 10
        }
    }

    private mutating func append(escaped text: String) {
        let utf8 = text.utf8
        let needsEscape = utf8.contains {
            $0 == backslash || $0 == tab || $0 == newline || $0 == carriageReturn
        }
        guard needsEscape else {
            bytes.append(contentsOf: utf8)
            return
        }
        for byte in utf8 {
            switch byte {
            case backslash: bytes.append(contentsOf: [backslash, backslash])
            case tab: bytes.append(contentsOf: [backslash, UInt8(ascii: "t")])
            case newline: bytes.append(contentsOf: [backslash, UInt8(ascii: "n")])
            case carriageReturn: bytes.append(contentsOf: [backslash, UInt8(ascii: "r")])
            default: bytes.append(byte)
            }
        }
    }
}

private let tab = UInt8(ascii: "\t")
private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
private let backslash = UInt8(ascii: "\\")
private let zero = UInt8(ascii: "0")
