// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("The job queue broken", .serialized)
struct JobFaultScriptTests {
    @Test(.timeLimit(.minutes(5)))
    func `killed, stopped, poisoned and cut-off workers lose no job and repeat no effect`() async throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let process = Process()
        process.executableURL = root.appending(path: "scripts/fault-test-jobs")
        process.arguments = ["--short", "--bin", root.appending(path: ".build/debug").path()]
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
