// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import HTTPAPI
import Testing
import Vocabulary

@testable import etalond

@Suite("What the operator is told")
struct OperatorFaultTests {
    private static let faults: [(error: any Error & Sendable, code: Int32)] = [
        (ConfigurationError("không đọc được x", "cannot read x"), 78), (ListeningError.alreadyServed(path: "/run/x.sock"), 75),
        (ListeningError.unusablePath("x"), 78), (ListeningError.unknownGroup("x"), 78),
        (ListeningError.system(step: "open", path: "/x", why: "No such file"), 71), (FileLockError.held(path: "/x"), 75),
        (FileLockError.system(path: "/x", reason: "Denied"), 71), (EmbeddedClusterError.notInstalled(wanted: "15 or newer"), 69),
        (EmbeddedClusterError.socketPathTooLong(path: "/x", bytes: 120), 78), (EmbeddedClusterError.unknownUser("x"), 78),
        (EmbeddedClusterError.unusableDirectory(path: "/x", reason: "Denied"), 73),
        (EmbeddedClusterError.failed(step: "initdb", output: "no"), 69), (DatabaseBackupError.connectionIsURI, 78),
        (DatabaseBackupError.unreadable(path: "/x"), 65), (DatabaseBackupError.unusablePlace(path: "/x", reason: "Full"), 74),
        (DatabaseBackupError.failed(step: "pg_dump", output: "no"), 65), (ChildProcessError(program: "/x", reason: "No"), 71),
    ]

    @Test(arguments: faults.indices)
    func `an error has a sentence in each language and a code of sysexits`(number: Int) throws {
        let fault = try #require(OperatorFault(Self.faults[number].error))
        #expect(fault.exitCode == Self.faults[number].code)
        #expect(!fault.text.vi.isEmpty && !fault.text.en.isEmpty && fault.text.vi != fault.text.en)
        #expect(fault.text.vi.contains { !$0.isASCII }, "\(fault.text.vi)")
    }

    @Test func `an error that nobody foresaw is not guessed`() {
        #expect(OperatorFault(CancellationError()) == nil)
    }

    @Test(arguments: [["serv"], ["load"], ["serve", "--port", "x"], ["migrate", "--confg", "x"], ["backup", "verify"]])
    func `a command line that cannot be read is told in Vietnamese`(line: [String]) throws {
        let thrown = try #require(#expect(throws: (any Error).self) { _ = try Etalond.parseAsRoot(line) })
        let text = UsageScreen.error(
            Etalond.fullMessage(for: thrown), sentence: Etalond.message(for: thrown), in: .vi)
        #expect(text.hasPrefix("Lỗi: ") && text.contains("Cách gọi: etalond "), "\(text)")
        #expect(!text.contains("Dòng lệnh không dùng được") && !text.contains("Usage"), "\(text)")
    }
}
