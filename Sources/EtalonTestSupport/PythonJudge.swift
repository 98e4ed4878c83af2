// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// Runs a few lines of Python with the packages of `scripts/test-python`, to read a file as another program reads it.
package enum PythonJudge {
    /// Why the lines did not run.
    package struct Failure: Error, CustomStringConvertible {
        /// What is missing, or what Python said.
        package let description: String
    }

    /// What the lines print, without the last line's end.
    ///
    /// - Parameter arguments: `sys.argv[1]` and so on.
    /// - Throws: ``Failure`` when there is no such Python, or the lines fail.
    package static func run(_ lines: String, _ arguments: [String] = []) throws -> String {
        let python =
            ProcessInfo.processInfo.environment["ETALON_TEST_PYTHON"]
            ?? LaboratoryDatabase.root + "/.build/test-python/bin/python"
        guard FileManager.default.isExecutableFile(atPath: python) else {
            throw Failure(description: "no python at \(python); make it with: scripts/test-python .build/test-python")
        }
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = ["-c", lines] + arguments
        process.environment = ["PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"]
        let (output, complaint) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError) = (output, complaint)
        try process.run()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        let words = try complaint.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(description: String(decoding: words, as: UTF8.self)) }
        var text = String(decoding: answer, as: UTF8.self)
        if text.hasSuffix("\n") { text.removeLast() }
        return text
    }
}
