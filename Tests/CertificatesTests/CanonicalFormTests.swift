// SPDX-License-Identifier: Apache-2.0

import Certificates
import Testing

@Suite("Canonical form of a document")
struct CanonicalFormTests {
    @Test func `the same content always has the same bytes`() throws {
        let document = ExampleDocuments.verificationCertificate
        #expect(try document.canonicalBytes() == document.canonicalBytes())
    }

    @Test func `what is read back is what was frozen`() throws {
        let document = ExampleDocuments.testReport
        let bytes = try document.canonicalBytes()
        let again = try DocumentContent(canonicalBytes: bytes)
        #expect(again == document)
        #expect(try again.canonicalBytes() == bytes)
    }

    @Test func `keys are sorted, digits and Vietnamese letters stay as they are`() throws {
        let text = String(decoding: try ExampleDocuments.testReport.canonicalBytes(), as: UTF8.self)
        #expect(text.hasPrefix(#"{"access_code":"X3MD-9QKT-7WBJ","check_url":"https://tracuu"#))
        #expect(text.contains("0,42"))
        #expect(text.contains("Đỗ Thị Mỹ Hằng"))
        #expect(!text.contains("\n"))
    }

    @Test func `one letter more changes the bytes`() throws {
        var document = ExampleDocuments.testReport
        let before = try document.canonicalBytes()
        document.statements[0].text.vi += " "
        #expect(try document.canonicalBytes() != before)
    }

    @Test func `content of a later program is not guessed at`() throws {
        var document = ExampleDocuments.testReport
        document.format = 2
        let bytes = try document.canonicalBytes()
        #expect(throws: CanonicalFormError.unknownFormat(2)) { try DocumentContent(canonicalBytes: bytes) }
    }

    @Test func `bytes that are no document are refused`() {
        #expect(throws: CanonicalFormError.self) { try DocumentContent(canonicalBytes: Array("{}".utf8)) }
        #expect(throws: CanonicalFormError.self) { try DocumentContent(canonicalBytes: [0xff, 0x00]) }
    }
}
