// SPDX-License-Identifier: Apache-2.0
import Deliveries
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
}
