// SPDX-License-Identifier: Apache-2.0
import APIContract
import Catalogue
import Foundation
import Jobs
import LabStore
import Logging
import Postgres
import Vocabulary

/// The database of a subcommand: the embedded cluster's or the configured one's.
struct Database {
    let owner: String?
    let daemon: String
    /// The private cluster, when there is one.
    let cluster: EmbeddedCluster?

    /// Starts the embedded cluster when one is asked for, else takes the configured connection strings.
    static func open(_ options: CommonOptions, _ configuration: DaemonConfiguration, logger: Logger) async throws -> Database {
        if let directory = options.embedded {
            let settings = try ClusterSettings(
                directory: directory, creationScript: EmbeddedSQL.files["sql/cluster/etalon.sql"] ?? "")
            let cluster = EmbeddedCluster(settings: settings, logger: logger)
            let strings = try await cluster.start()
            return Database(owner: strings.owner, daemon: strings.daemon, cluster: cluster)
        }
        guard let daemon = configuration.daemonDatabase else {
            throw ConfigurationError(
                "không có cơ sở dữ liệu: đặt database.daemon trong cấu hình, hoặc dùng --embedded THƯ-MỤC",
                "no database: set database.daemon in the configuration, or use --embedded DIR")
        }
        return Database(owner: configuration.ownerDatabase, daemon: daemon, cluster: nil)
    }

    /// How upkeep connects to vacuum: with the rights of the private cluster's owner. On a server the daemon must not have those,
    /// and before PostgreSQL 17 nobody else can be given the right, so there vacuum is the server's own.
    var maintenance: ConnectionSettings? {
        guard cluster != nil, let owner else { return nil }
        return ConnectionSettings(owner, applicationName: "etalond", statementTimeout: .seconds(900))
    }

    /// A connection with the owner's rights.
    func ownerConnection() async throws -> Connection {
        guard let owner else {
            throw ConfigurationError(
                "không có kết nối của chủ sở hữu: đặt database.owner (vai trò etalon_owner)",
                "no owner's connection: set database.owner (role etalon_owner)")
        }
        return try await Connection.open(
            ConnectionSettings(owner, applicationName: "etalond-owner", statementTimeout: .seconds(900)))
    }
}

/// Brings both schemas forward.
func migrate(on connection: Connection, report: @Sendable (String) -> Void) async throws -> Int {
    let migrators = [try EmbeddedSQL.laboratoryMigrator(), try EmbeddedJobSQL.migrator()]
    return try await connection.applying(migrators, report: report)
}

extension Connection {
    /// Applies what is pending of each series.
    func applying(_ migrators: [Migrator], report: @Sendable (String) -> Void) throws -> Int {
        var count = 0
        for migrator in migrators {
            count += try migrator.apply(on: self) { report("\(migrator.series) \($0.name)") }.count
        }
        return count
    }

    /// Names of what is pending of each series.
    func pending(_ migrators: [Migrator]) throws -> [String] {
        try migrators.flatMap { migrator in try migrator.pending(on: self).map { "\(migrator.series) \($0.name)" } }
    }
}

/// A logger as the place of its output wants it.
func makeLogger(level: String) throws -> Logger {
    guard let level = Logger.Level(rawValue: level) else {
        let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
        throw ConfigurationError("log_level phải là một trong \(levels)", "log_level must be one of \(levels)")
    }
    // Every line that is written for a request or a job says what trace it belongs to.
    let trace = Logger.MetadataProvider { TraceContext.current.map { ["trace.parent": "\($0)"] } ?? [:] }
    var logger = Logger(label: "etalond") { StandardErrorLog(label: $0, metadataProvider: trace) }
    logger.logLevel = level
    return logger
}

/// Runs a subcommand and turns what went wrong into one line and an exit code of sysexits.h.
func orExit(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch {
        guard let fault = OperatorFault(error) else { throw error }
        Speech.end(fault.text, code: fault.exitCode)
    }
}

/// Reads a folder of master data; every fault of the files at once.
func readCatalogue(_ folder: String) throws -> CatalogueContents {
    do {
        return try CatalogueFolder.read(folder)
    } catch {
        Speech.end(Bilingual(vi: "\(folder):\n\(error.vietnamese)", en: "\(folder):\n\(error)"), code: 65)
    }
}

extension Connection {
    /// One hop to load master data.
    func loading(_ contents: CatalogueContents) throws -> [(table: String, loaded: LoadedTable)] {
        try load(contents)
    }

    /// One hop to compare the audit with the records.
    func auditVerification() throws -> AuditVerification {
        try transaction(readOnly: true) { database in try database.verifiedAudit() }
    }
}
