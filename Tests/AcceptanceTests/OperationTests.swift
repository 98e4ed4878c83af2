// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Testing

@Suite("What the operator does")
struct OperationTests {
    @Test func `a backup is written, restored on trial and verified in use`() async throws {
        let laboratory = try await Laboratory.shared.value
        let configuration = laboratory.daemon.configuration
        let folder = laboratory.daemon.folder + "/backup"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let created = try await laboratory.etalond(
            "backup", "create", "--out", folder, "--config", configuration)
        try #require(created.exitCode == 0, "\(created.errors)")
        let file = try #require(created.outputLines.last)
        let verified = try await laboratory.etalond("backup", "verify", file, "--config", configuration)
        #expect(verified.exitCode == 0, "\(verified.output)\(verified.errors)")
        #expect(verified.output.contains("backup verified"))

        let cut = folder + "/cut.dump"
        try Data(contentsOf: URL(filePath: file)).prefix(1000).write(to: URL(filePath: cut))
        let refused = try await laboratory.etalond("backup", "verify", cut, "--config", configuration)
        #expect(refused.exitCode == 65)
        #expect(refused.errors.hasPrefix("etalond: "))
    }

    @Test func `a configuration with an unknown key is refused, and the key is named`() async throws {
        let laboratory = try await Laboratory.shared.value
        let file = try laboratory.daemon.write(
            "listen:\n  sokcet: /run/etalon/etalon.sock\n", to: "misspelt.yaml")
        let run = try await laboratory.etalond("check-config", "--config", file)
        #expect(run.exitCode == 78)
        #expect(run.errorLines.count == 1)
        #expect(run.errors.contains(file) && run.errors.contains("listen.sokcet"))
    }

    @Test func `master data with an unknown key are refused with file, line and key, and nothing is loaded`()
        async throws
    {
        let laboratory = try await Laboratory.shared.value
        let folder = laboratory.daemon.folder + "/config"
        // Links are followed, so that what is written below can only reach the copy.
        let copied = try await ProgramRun.of("/bin/cp", ["-rL", Installation.root + "/config", folder])
        try #require(copied.exitCode == 0, "\(copied.errors)")
        let file = URL(filePath: folder + "/indicators.yaml")
        let lines = String(decoding: try Data(contentsOf: file), as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        let place = try #require(lines.firstIndex { $0.hasPrefix("    kind: ") })
        let misspelt = lines[...place] + ["    unti: \"x\""] + lines[(place + 1)...]
        try Data(misspelt.joined(separator: "\n").utf8).write(to: file)
        let run = try await laboratory.etalond("load", folder, "--config", laboratory.daemon.configuration)
        #expect(run.exitCode == 65)
        #expect(run.errors.contains("indicators.yaml:\(place + 2):11: "))
        #expect(run.errors.contains("unti"))

        let intact = try await laboratory.etalond(
            "load", Installation.root + "/config", "--config", laboratory.daemon.configuration)
        #expect(intact.exitCode == 0)
        #expect(
            intact.outputLines.allSatisfy { $0.contains(": 0 added, 0 closed or renamed, ") },
            "\(intact.output)")
    }

    @Test func `a second daemon at the same socket is refused and does not deafen the first`() async throws {
        let laboratory = try await Laboratory.shared.value
        let second = try await laboratory.etalond("serve", "--config", laboratory.daemon.configuration)
        #expect(second.exitCode == 75, "\(second.errors)")
        #expect(second.errors.contains("another daemon serves \(laboratory.daemon.socket)"))
        let third = try await laboratory.etalond(
            "serve", "--config", laboratory.daemon.configuration, "--embedded", laboratory.daemon.embedded)
        #expect(third.exitCode == 75, "\(third.errors)")
        #expect(third.errors.contains("etalond.lock"))
        try await laboratory.done("whoami", by: .technician)
    }
}
