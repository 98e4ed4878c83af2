// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A timer unit of this machine as systemd puts it together: the unit, then its drop-ins in the order of their names.
///
/// - Source: systemd.unit(5), systemd.timer(5), systemd.time(7).
struct TimerUnit: Hashable {
    /// Where systemd looks, the first wins.
    static let folders = [
        "/etc/systemd/system", "/run/systemd/system", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system",
        "/lib/systemd/system",
    ]

    /// Values of `OnCalendar=`.
    let calendars: [String]

    /// Reads a unit; nil when this machine has none of that name.
    init?(_ name: String, in folders: [String] = folders) {
        guard let unit = folders.lazy.compactMap({ Self.text("\($0)/\(name)") }).first else { return nil }
        var places: [String: String] = [:]
        for folder in folders {
            // A folder that is not there holds no drop-in.
            let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(name).d")) ?? []
            for file in names where file.hasSuffix(".conf") && places[file] == nil {
                places[file] = "\(folder)/\(name).d/\(file)"
            }
        }
        let dropIns = places.sorted { $0.key < $1.key }.compactMap { Self.text($0.value) }
        var calendars: [String] = []
        for text in [unit] + dropIns { Self.read(text, into: &calendars) }
        self.calendars = calendars
    }

    /// The zones that it counts in: of each calendar that names one, the machine's of the others where it is known.
    func zones(machine: String? = machineZone) -> [String] {
        var zones: [String] = []
        for calendar in calendars {
            let words = calendar.split(separator: " ")
            let named = words.count > 1 ? words.last.flatMap { $0.first?.isLetter == true ? String($0) : nil } : nil
            if let zone = named ?? machine, !zones.contains(zone) { zones.append(zone) }
        }
        return zones
    }

    /// The zone of this machine by its IANA name, as systemd takes it; nil when nothing names it.
    static var machineZone: String? {
        // No link means that nothing names the zone.
        let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/etc/localtime")
        return link?.firstRange(of: "zoneinfo/").flatMap { range in link.map { String($0[range.upperBound...]) } }
    }

    private static func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// An empty value takes back what was said before.
    private static func read(_ text: String, into calendars: inout [String]) {
        var section = ""
        for line in text.split(separator: "\n").map({ $0.trimmingCharacters(in: .whitespaces) }) {
            if line.hasPrefix("[") { section = line }
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard section == "[Timer]", parts.count == 2, parts[0] == "OnCalendar" else { continue }
            if parts[1].isEmpty { calendars.removeAll() } else { calendars.append(parts[1]) }
        }
    }
}
