// SPDX-License-Identifier: Apache-2.0
internal import Catalogue
internal import Jobs
package import LabOperations
internal import LabStore
internal import LaboratoryModel
package import Logging
package import Postgres
internal import Synchronization

/// A database of one test: both schemas migrated by the owner, and the shipped master data loaded.
package struct LaboratoryDatabase: Sendable {
    private static let maker = Mutex<Task<Connection, any Error>?>(nil)

    /// Name of the database.
    package let name: String
    private let cluster: TestCluster
    /// Connections of the daemon's role.
    package let pool: ConnectionPool
    /// The laboratory over it.
    package let laboratory: Laboratory

    /// A fresh copy of the template.
    package static func make() async throws -> LaboratoryDatabase {
        let cluster = try TestCluster.shared.get()
        let making = maker.withLock { maker in
            if let maker { return maker }
            let task = Task { try await makeTemplate(cluster) }
            maker = task
            return task
        }
        let name = cluster.newName("laboratory")
        try await making.value.createDatabase(name, from: "laboratory_template")
        return LaboratoryDatabase(name: name, cluster: cluster)
    }

    private init(name: String, cluster: TestCluster) {
        (self.name, self.cluster) = (name, cluster)
        pool = ConnectionPool(
            settings: cluster.settings(name, as: "etalon"), size: 8, waitLimit: .seconds(20), logger: .silent)
        laboratory = Laboratory(store: LabStore(pool: pool), centre: Centre(publicURL: "https://etalon.example"))
    }

    private static func makeTemplate(_ cluster: TestCluster) async throws -> Connection {
        let superuser = try await Connection.open(cluster.settings("postgres", as: "postgres"))
        try await superuser.createDatabase("laboratory_template")
        let owner = try await Connection.open(cluster.settings("laboratory_template", as: "etalon_owner"))
        try await owner.prepareLaboratory(try CatalogueFolder.read(root + "/config"))
        await owner.close()
        return superuser
    }

    /// The project's folder.
    package static let root: String = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

    /// How the daemon reaches it.
    package var settings: ConnectionSettings { cluster.settings(name, as: "etalon") }

    /// How the owner of the schemas reaches it.
    package var ownerSettings: ConnectionSettings { cluster.settings(name, as: "etalon_owner") }

    /// A connection as a role: `etalon`, `etalon_owner` or `postgres`.
    package func connection(as role: String) async throws -> Connection {
        try await Connection.open(cluster.settings(name, as: role))
    }

    /// Runs a text as a role.
    package func script(_ sql: String, as role: String = "postgres") async throws {
        let connection = try await connection(as: role)
        try await connection.script(sql)
        await connection.close()
    }

    /// The texts that a query gives, as the superuser.
    package func texts(_ sql: String) async throws -> [String] {
        let connection = try await connection(as: "postgres")
        let rows = try await connection.texts(sql)
        await connection.close()
        return rows
    }
}

extension Connection {
    func prepareLaboratory(_ contents: CatalogueContents) throws {
        _ = try EmbeddedSQL.laboratoryMigrator().apply(on: self)
        _ = try EmbeddedJobSQL.migrator().apply(on: self)
        _ = try load(contents)
    }

    func texts(_ sql: String) throws -> [String] {
        try rows(Statement<String>(name: "", sql: sql))
    }
}

extension Logger {
    /// A logger that nobody hears.
    package static var silent: Logger { Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() } }
}
