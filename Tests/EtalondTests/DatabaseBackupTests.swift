// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Testing

@testable import etalond

extension EmbeddedClusterTests {
    @Test func `a backup is restored on trial, looked at and leaves no database behind`() async throws {
        try await withDirectory { directory in
            let cluster = EmbeddedCluster(
                settings: try clusterSettings(directory), logger: RecordingLog().logger)
            let owner = try await cluster.start().owner
            _ = try await psql(
                "create table sample(code text); insert into sample values ('Xăng RON 95')", owner)
            let backup = try DatabaseBackup(ownerConnection: owner)
            let path = try await backup.create(in: directory, at: Date(timeIntervalSince1970: 0))
            #expect(path == "\(directory)/etalon-19700101T000000Z.dump")
            await #expect(throws: DatabaseBackupError.self) {
                try await backup.create(in: directory, at: Date(timeIntervalSince1970: 0))
            }

            _ = try await psql("delete from sample", owner)
            let found = try await backup.restoreOnTrial(path) {
                try await psql("select code from sample", $0)
            }
            #expect(found == "Xăng RON 95")

            try Data("PGDMP spoilt".utf8).write(to: URL(filePath: directory + "/spoilt.dump"))
            await #expect(throws: DatabaseBackupError.self) {
                try await backup.restoreOnTrial(directory + "/spoilt.dump") { _ in }
            }
            await #expect(throws: DatabaseBackupError.self) {
                try await backup.restoreOnTrial(directory + "/missing.dump") { _ in }
            }
            let databases =
                "select string_agg(datname, ' ' order by datname) from pg_database where not datistemplate"
            #expect(try await psql(databases, owner) == "etalon postgres")
            let files = try FileManager.default.contentsOfDirectory(atPath: directory)
            #expect(!files.contains { $0.hasPrefix(".unfinished") })
            await cluster.stop()
        }
    }

    @Test func `a connection string as a URI is refused for backups`() {
        #expect(throws: DatabaseBackupError.self) {
            try DatabaseBackup(ownerConnection: "postgresql:///etalon")
        }
    }
}
