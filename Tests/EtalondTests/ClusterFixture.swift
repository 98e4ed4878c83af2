// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc

@testable import etalond

/// Settings of a small, fast cluster that need not outlive a power cut.
func clusterSettings(_ directory: String) throws -> ClusterSettings {
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "sql/cluster/etalon.sql")
    return try ClusterSettings(
        directory: directory,
        creationScript: String(decoding: Data(contentsOf: script), as: UTF8.self),
        parameters: ["fsync": "off", "max_connections": "10", "shared_buffers": "16MB"]
    )
}

/// The answer of psql, unaligned, or its error text.
func psql(_ statement: String, _ connection: String) async throws -> String {
    let run = try await CommandRun.run(
        ["/usr/bin/psql", "--no-psqlrc", "--quiet", "-At", "-c", statement, connection],
        environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
    )
    return run.output.trimmingSuffix { $0.isNewline }
}

/// Gives a new folder that other users may pass, and removes it.
func withDirectory(_ body: (String) async throws -> Void) async throws {
    let directory = "/tmp/etalond-tests-\(getpid())-\(UInt16.random(in: 0 ... .max))"
    mkdir(directory, 0o755)
    defer {
        // A leftover folder under /tmp is no failure of the test.
        try? FileManager.default.removeItem(atPath: directory)
    }
    try await body(directory)
}

extension String {
    fileprivate func trimmingSuffix(while condition: (Character) -> Bool) -> String {
        var rest = self[...]
        while let last = rest.last, condition(last) { rest = rest.dropLast() }
        return String(rest)
    }
}
