// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("The daemon killed under load", .serialized)
struct FaultScriptTests {
    @Test(.timeLimit(.minutes(4)))
    func `ten kills lose nothing that was acknowledged, repeat no number and no reminder`() async throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let process = Process()
        process.executableURL = root.appending(path: "scripts/fault-test")
        process.arguments = ["--kills", "10", "--bin", root.appending(path: ".build/debug").path()]
        process.currentDirectoryURL = root
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(text)")
        #expect(text.contains(" 0 failed"))
    }
}
