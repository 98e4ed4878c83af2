// SPDX-License-Identifier: Apache-2.0

import CEtalonSQL
import DemoYear
import EtalonTestSupport
import Postgres

/// The filled database that the tests share, and the means to make others.
struct DemoDatabase: Sendable {
    /// Migrated, with the catalogue, filled with the year.
    static let filled = Task { () async throws -> DemoDatabase in
        let database = try await DemoDatabase(name: "year")
        try await database.fill()
        return database
    }

    let cluster: TestCluster
    let name: String

    /// A new database with the project's schema and catalogue.
    init(name prefix: String) async throws {
        cluster = try TestCluster.shared.get()
        name = cluster.newName(prefix)
        let superuser = try await Connection.open(cluster.settings("postgres", as: "postgres"))
        try await superuser.createDatabase(name)
        await superuser.close()
        let trusted = try await Connection.open(cluster.settings(name, as: "postgres"))
        try await trusted.script("create extension if not exists btree_gist")
        await trusted.close()
        let owner = try await open()
        try await Self.prepare(owner)
        await owner.close()
    }

    /// A connection as the owner.
    func open() async throws -> Connection {
        try await Connection.open(cluster.settings(name, as: "etalon_owner"))
    }

    /// Fills in the year.
    func fill() async throws {
        let owner = try await open()
        try await Self.fill(owner)
        await owner.close()
    }

    private static func prepare(_ database: isolated Connection) throws {
        _ = try Migrator(series: "laboratory", steps: EmbeddedFiles.migrations).apply(on: database)
        try CatalogueFixture.load(EmbeddedFiles.projectFolder + "/config", into: database)
    }

    private static func fill(_ database: isolated Connection) throws {
        try DemoYear().fill(database)
    }
}

/// The files of sql/ by path.
enum EmbeddedFiles {
    static let texts: [String: String] = {
        var found: [String: String] = [:]
        for index in 0..<Int(etalon_sql_file_count) {
            guard let file = etalon_sql_file_at(UInt(index))?.pointee else { continue }
            let bytes = UnsafeBufferPointer(start: file.bytes, count: Int(file.length))
            found[String(cString: file.path)] = String(decoding: bytes, as: UTF8.self)
        }
        return found
    }()

    /// Steps of the laboratory's schema.
    static let migrations: [Migration] = texts.compactMap { path, text in
        let folder = "sql/migrations/"
        guard path.hasPrefix(folder), let number = Int(path.dropFirst(folder.count).prefix(4)) else { return nil }
        return Migration(number: number, name: String(path.dropFirst(folder.count).dropLast(4)), sql: text)
    }

    /// The folder above Tests/.
    static let projectFolder: String = {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        return parts.dropLast(3).joined(separator: "/")
    }()
}
