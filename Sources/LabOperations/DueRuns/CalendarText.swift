// SPDX-License-Identifier: Apache-2.0
internal import LabStore
internal import LaboratoryModel

/// A calendar of deadlines as text: equal data give equal bytes.
///
/// - Source: RFC 5545; RFC 7986 for the name and the pace of refreshing.
struct CalendarText {
    private(set) var bytes: [UInt8] = []
    private let language: String
    private let alarmDays: Int?
    private let host: String

    /// Begins a calendar.
    /// - Parameter host: what makes the identities of its entries unique in the world.
    init(label: String, language: String, alarmDays: Int?, host: String) {
        (self.language, self.alarmDays, self.host) = (language, alarmDays, host)
        for line in [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Etalon//Due dates//\(language.uppercased())", "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH", "NAME:\(Self.escaped(label))", "X-WR-CALNAME:\(Self.escaped(label))",
            "REFRESH-INTERVAL;VALUE=DURATION:PT12H", "X-PUBLISHED-TTL:PT12H",
        ] { append(line) }
    }

    /// Adds a deadline: an event of its whole day, which does not make anybody busy.
    mutating func append(_ entry: CalendarEntryRow) {
        let inVietnamese = language != "en"
        let kind = SentenceParts.word(entry.kind)
        let title = inVietnamese ? "Đến hạn \(kind.vi): " : "\(kind.en.prefix(1).uppercased())\(kind.en.dropFirst()) due: "
        let summary = title + "\(entry.code) (\(inVietnamese ? entry.nameVi : entry.nameEn))"
        let place = [entry.site, entry.address ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
        let said =
            inVietnamese
            ? "Khách hàng: \(entry.customer)\nSố: \(entry.serial)\nLý do: \(SentenceParts.word(entry.reason).vi)"
            : "Customer: \(entry.customer)\nSerial No.: \(entry.serial)\nReason: \(SentenceParts.word(entry.reason).en)"
        append("BEGIN:VEVENT")
        append("UID:deadline-instrument-\(entry.id)-\(entry.kind)@\(host)")
        append("DTSTAMP:\(entry.changed)")
        append("LAST-MODIFIED:\(entry.changed)")
        append("SEQUENCE:\(entry.sequence)")
        append("DTSTART;VALUE=DATE:\(Self.date(entry.dueOn))")
        append("DTEND;VALUE=DATE:\(Self.date(entry.dayAfter))")
        append("SUMMARY:\(Self.escaped(summary))")
        append("LOCATION:\(Self.escaped(place))")
        append("DESCRIPTION:\(Self.escaped(said))")
        append("TRANSP:TRANSPARENT")
        if let alarmDays {
            append("BEGIN:VALARM")
            append("ACTION:DISPLAY")
            append("TRIGGER:-P\(alarmDays)D")
            append("DESCRIPTION:\(Self.escaped(summary))")
            append("END:VALARM")
        }
        append("END:VEVENT")
    }

    /// The whole calendar.
    consuming func finished() -> [UInt8] {
        append("END:VCALENDAR")
        return bytes
    }

    /// A line ends after 75 octets at most and goes on behind a blank; a letter is never cut.
    private mutating func append(_ line: String) {
        var room = 75
        for letter in line.unicodeScalars {
            let octets = UTF8.width(letter)
            if octets > room {
                bytes += [0x0D, 0x0A, 0x20]
                room = 74
            }
            bytes.append(contentsOf: String(letter).utf8)
            room -= octets
        }
        bytes += [0x0D, 0x0A]
    }

    /// A text as the value of a property; control characters would end the line.
    static func escaped(_ text: String) -> String {
        var output = String.UnicodeScalarView()
        for letter in text.unicodeScalars {
            switch letter {
            case "\\", ";", ",": output.append(contentsOf: ["\\", letter])
            case "\n": output.append(contentsOf: ["\\", "n"])
            default: if letter.value >= 32, letter.value != 127 { output.append(letter) }
            }
        }
        return String(output)
    }

    private static func date(_ day: String) -> String { String(day.filter { $0 != "-" }) }
}
