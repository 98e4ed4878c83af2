// SPDX-License-Identifier: Apache-2.0
import Deliveries
import Foundation
import Testing
import Vocabulary

@testable import etalond

@Suite("What the configuration says about mails and webhooks")
struct OutgoingConfigurationTests {
    @Test func `nothing said means that mails are held`() throws {
        let outgoing = try OutgoingConfiguration([:], path: "x")
        #expect(outgoing.sender == nil && outgoing.isOn && outgoing.sendmail == "/usr/sbin/sendmail" && outgoing.allowed.isEmpty)
    }

    @Test func `everything said is taken`() throws {
        let outgoing = try OutgoingConfiguration(
            [
                "mail.sender": "etalon@kd.example.vn", "mail.name": "Trung tâm", "mail.bounces": "bounce@kd.example.vn",
                "mail.unassigned": "phong@kd.example.vn", "mail.sendmail": "/opt/sendmail", "mail.enabled": "false",
                "webhooks.allow": "10.20.0.0/16, 192.168.7.5",
            ], path: "x")
        #expect(outgoing.sender?.name == "Trung tâm" && outgoing.sender?.bounces?.description == "bounce@kd.example.vn")
        #expect(outgoing.unassigned?.description == "phong@kd.example.vn" && outgoing.sendmail == "/opt/sendmail")
        #expect(!outgoing.isOn && outgoing.allowed.count == 2)
    }

    @Test(arguments: [
        ["mail.sender": "không phải địa chỉ"], ["mail.sender": "a@b.vn\r\nBcc: c@d.vn"], ["mail.name": "Trung tâm"],
        ["mail.enabled": "true"], ["mail.sender": "a@b.vn", "mail.enabled": "yes"],
        ["mail.sender": "a@b.vn", "mail.sendmail": "sendmail"],
        ["mail.sender": "a@b.vn", "mail.bounces": "b"], ["mail.sender": "a@b.vn", "mail.unassigned": "@"],
        ["webhooks.allow": "10.0.0.0/33"], ["webhooks.allow": "localhost"],
    ])
    func `what cannot be meant is refused with the key`(values: [String: String]) throws {
        let error = #expect(throws: ConfigurationError.self) { try OutgoingConfiguration(values, path: "etalon.yaml") }
        let text = try #require(error?.text)
        #expect(values.keys.contains { text.vi.contains("`\($0)`") && text.en.contains("`\($0)`") }, "\(text)")
    }

    /// A daemon that refuses its configuration reminds nobody at all.
    @Test func `the shipped configuration is taken as it is, and with the keys that the alert about reminders tells to set`()
        throws
    {
        let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let alerts = try String(contentsOfFile: root + "/config/monitoring/etalon-alerts.yaml", encoding: .utf8)
        let alert = try #require(alerts.components(separatedBy: "- alert: ").first { $0.hasPrefix("EtalonRemindersUnreached") })
        let told = Set(alert.matches(of: /`mail\.([a-z]+)`/).map { String($0.1) })
        #expect(told == ["sender", "unassigned"])

        let shipped = try String(contentsOfFile: root + "/config/etalon.yaml", encoding: .utf8)
        #expect(try read(shipped).outgoing.sender == nil)
        let set = told.reduce(shipped) { $0.replacing("  #\($1): ", with: "  \($1): ") }
        let outgoing = try read(set).outgoing
        #expect(outgoing.sender != nil && outgoing.unassigned != nil && outgoing.isOn)
    }

    private func read(_ text: String) throws -> DaemonConfiguration {
        let file = NSTemporaryDirectory() + UUID().uuidString + ".yaml"
        defer { try? FileManager.default.removeItem(atPath: file) }  // a file of a test that stays harms nobody
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        return try DaemonConfiguration(file: file, environment: [:])
    }
}
