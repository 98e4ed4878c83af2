// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import etalond

@Suite("The zone that a timer counts in")
struct TimerUnitTests {
    private static let night = """
        [Unit]
        Description=Night
        [Timer]
        # The night.
        OnCalendar=*-*-* 02:00:00 Asia/Ho_Chi_Minh
        Persistent=true
        """

    /// Lays files below two folders, of which the first wins.
    private func unit(_ files: [String: String]) throws -> TimerUnit? {
        let root = NSTemporaryDirectory() + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: root) }  // a folder of a test that stays harms nobody
        for (path, text) in files {
            let url = URL(filePath: "\(root)/\(path)")
            try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        return TimerUnit("etalon-due.timer", in: ["\(root)/etc", "\(root)/lib"])
    }

    @Test func `the unit as it is shipped counts in the zone that it names`() throws {
        let unit = try unit(["lib/etalon-due.timer": Self.night])
        #expect(unit?.calendars == ["*-*-* 02:00:00 Asia/Ho_Chi_Minh"] && unit?.zones(machine: "UTC") == ["Asia/Ho_Chi_Minh"])
        let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        #expect(TimerUnit("etalon-due.timer", in: [root + "/systemd"])?.zones() == ["Asia/Ho_Chi_Minh"])
    }

    @Test func `a drop-in that empties the calendar first takes the place of what was said, one that does not adds to it`() throws
    {
        let moved = "[Timer]\nOnCalendar=\nOnCalendar = *-*-* 02:00:00 Europe/Berlin\n"
        let replaced = try unit(["lib/etalon-due.timer": Self.night, "etc/etalon-due.timer.d/override.conf": moved])
        #expect(replaced?.zones(machine: nil) == ["Europe/Berlin"])
        let added = try unit([
            "lib/etalon-due.timer": Self.night, "lib/etalon-due.timer.d/10.conf": "[Timer]\nOnCalendar=Mon *-*-* 06:00 UTC\n",
        ])
        #expect(added?.zones(machine: nil) == ["Asia/Ho_Chi_Minh", "UTC"])
        let hidden = try unit([
            "lib/etalon-due.timer": Self.night, "lib/etalon-due.timer.d/10.conf": moved, "etc/etalon-due.timer.d/10.conf": "",
        ])
        #expect(hidden?.zones(machine: nil) == ["Asia/Ho_Chi_Minh"])
    }

    @Test func `a calendar without a zone is the machine's, and where nobody knows that nothing is said`() throws {
        let unit = try unit(["lib/etalon-due.timer": Self.night, "etc/etalon-due.timer": "[Timer]\nOnCalendar=daily\n"])
        #expect(unit?.zones(machine: "Europe/Berlin") == ["Europe/Berlin"] && unit?.zones(machine: nil) == [])
        #expect(try self.unit([:]) == nil)
    }
}
