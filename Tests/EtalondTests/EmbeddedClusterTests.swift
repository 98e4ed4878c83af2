// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc
import Logging
import ServiceLifecycle
import Testing

@testable import etalond

@Suite("The private PostgreSQL of --embedded", .serialized, .timeLimit(.minutes(3)))
struct EmbeddedClusterTests {
    @Test func `a first start makes cluster and database; a second keeps what was written`() async throws {
        try await withDirectory { directory in
            let settings = try clusterSettings(directory)
            let cluster = EmbeddedCluster(settings: settings, logger: RecordingLog().logger)
            let strings = try await cluster.start()
            #expect(strings.daemon.contains("host='\(directory)/run'"))
            #expect(
                try await psql(
                    "select current_user, pg_encoding_to_char(encoding), datcollate, current_setting"
                        + "('data_checksums') from pg_database where datname = current_database()",
                    strings.daemon)
                    == "etalon|UTF8|C.UTF-8|on")
            #expect(
                try await psql(
                    "create schema x create table t(a int); insert into x.t values (1)", strings.owner) == "")
            let refused = try await psql("create schema y", strings.daemon)
            #expect(refused.contains("permission denied"))
            await cluster.stop()

            let again = EmbeddedCluster(settings: settings, logger: RecordingLog().logger)
            #expect(try await psql("select count(*) from x.t", again.start().owner) == "1")
            await again.stop()
        }
    }

    @Test func `a server that dies is started again while the daemon serves`() async throws {
        try await withDirectory { directory in
            let settings = try clusterSettings(directory)
            let log = RecordingLog()
            let cluster = EmbeddedCluster(settings: settings, logger: log.logger)
            let strings = try await cluster.start()
            let group = ServiceGroup(services: [cluster], logger: RecordingLog().logger)
            let running = Task { try await group.run() }
            let first = try #require(PostmasterFile(dataDirectory: settings.dataDirectory)).id
            kill(first, SIGKILL)
            var starts = 0
            for await message in log.messages where message == "PostgreSQL is running" {
                starts += 1
                if starts == 2 { break }
            }
            #expect(try await psql("select 1", strings.daemon) == "1")
            #expect(PostmasterFile(dataDirectory: settings.dataDirectory)?.id != first)
            await group.triggerGracefulShutdown()
            try await running.value
            #expect(Postmaster(runningOn: settings.dataDirectory) == nil)
            #expect(PostmasterFile(dataDirectory: settings.dataDirectory) == nil)
        }
    }

    @Test func `a server that outlived its daemon is adopted, watched and stopped`() async throws {
        try await withDirectory { directory in
            let settings = try clusterSettings(directory)
            let first = EmbeddedCluster(settings: settings, logger: RecordingLog().logger)
            _ = try await first.start()
            await first.stop()
            // As left behind by a daemon that was killed.
            let installation = try ClusterInstallation(settings: settings)
            let orphan = try ChildProcess.start(
                installation.command(settings.serverArguments(binaries: installation.binaries)),
                environment: installation.environment,
                output: .file(path: settings.startLogPath, truncating: true)
            )
            var file = PostmasterFile(dataDirectory: settings.dataDirectory)
            while file?.id != orphan.id, !orphan.hasEnded {
                await Task.yield()
                file = PostmasterFile(dataDirectory: settings.dataDirectory)
            }

            let log = RecordingLog()
            let second = EmbeddedCluster(settings: settings, logger: log.logger)
            let strings = try await second.start()
            #expect(await log.messages.first { _ in true } == "PostgreSQL is running and is adopted")
            #expect(try await psql("select 1", strings.daemon) == "1")
            #expect(PostmasterFile(dataDirectory: settings.dataDirectory)?.id == orphan.id)
            await second.stop()
            #expect(await orphan.exit() == .status(0))
        }
    }

    @Test func `a second daemon is refused the same folder`() async throws {
        try await withDirectory { directory in
            let settings = try clusterSettings(directory)
            let first = EmbeddedCluster(settings: settings, logger: RecordingLog().logger)
            _ = try await first.start()
            let second = EmbeddedCluster(settings: settings, logger: RecordingLog().logger)
            await #expect(throws: FileLockError.self) { _ = try await second.start() }
            #expect(try await psql("select 1", first.connectionStrings.daemon) == "1")
            await first.stop()
        }
    }

    @Test func `a socket path that the system cannot hold is refused with its length`() throws {
        let directory = "/tmp/" + String(repeating: "x", count: 90)
        let error = try #require(throws: EmbeddedClusterError.self) { try clusterSettings(directory) }
        #expect(error.description.contains("113 bytes, the system allows 107"))
        let longest = "/tmp/" + String(repeating: "x", count: 84)
        #expect(try clusterSettings(longest).socketDirectory.utf8.count == 93)
    }

    @Test(.enabled(if: geteuid() == 0))
    func `a folder that PostgreSQL's user cannot reach is refused, naming the closed one`() async throws {
        try await withDirectory { directory in
            mkdir(directory + "/closed", 0o700)
            let settings = try clusterSettings(directory + "/closed/demo")
            let cluster = EmbeddedCluster(settings: settings, logger: RecordingLog().logger)
            let error = await #expect(throws: EmbeddedClusterError.self) { _ = try await cluster.start() }
            #expect(error?.description.contains("may not pass \(directory)/closed;") == true)
        }
    }

    @Test func `a relative folder is taken from the working directory`() throws {
        let settings = try ClusterSettings(directory: "./a/../.demo/", creationScript: "")
        #expect(settings.directory == FileManager.default.currentDirectoryPath + "/.demo")
    }

    @Test func `a cluster is run by the version that made it, a new one by the newest from 15 on`() {
        #expect(ClusterInstallation.version(among: [13, 15, 17], made: nil) == 17)
        #expect(ClusterInstallation.version(among: [13, 15, 17], made: 15) == 15)
        #expect(ClusterInstallation.version(among: [17], made: 15) == nil)
        #expect(ClusterInstallation.version(among: [13, 14], made: nil) == nil)
    }

    @Test func `pauses grow to half a minute and begin anew after a healthy life`() {
        var backoff = RestartBackoff()
        let pauses = (1...8).map { _ in backoff.pause(afterLife: .seconds(1)) }
        #expect(pauses == [.milliseconds(500)] + [1, 2, 4, 8, 16, 30, 30].map { .seconds($0) })
        #expect(backoff.pause(afterLife: .seconds(60)) == .milliseconds(500))
    }

    @Test func `the server's own file tells number and status`() {
        let text = "4711\n/x/data\n1510000000\n5432\n/x/run\n\n  5432001 12\nready   \n"
        #expect(PostmasterFile(text: text)?.id == 4711)
        #expect(PostmasterFile(text: text)?.status == "ready")
        #expect(PostmasterFile(text: "4711\n/x")?.status == nil)
        #expect(PostmasterFile(text: "") == nil)
        #expect(PostmasterFile(text: "-1\n") == nil)
    }
}
