// SPDX-License-Identifier: Apache-2.0
import APIContract
import ArgumentParser
import Catalogue
import DemoYear
import Foundation
import Jobs
import LabOperations
import LabStore
import Postgres

/// Brings the schema forward.
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Bring the database schema forward, as its owner.")

    @OptionGroup var common: CommonOptions
    @Flag(help: "Only say what would be applied.")
    var dryRun = false

    func run() async throws {
        try await orExit {
            let configuration = try DaemonConfiguration(file: common.config)
            let database = try await Database.open(common, configuration, logger: makeLogger(level: "warning"))
            let connection = try await database.ownerConnection()
            if dryRun {
                let pending = try await connection.pending([try EmbeddedSQL.laboratoryMigrator(), try EmbeddedJobSQL.migrator()])
                print(pending.isEmpty ? "nothing to apply" : pending.joined(separator: "\n"))
            } else {
                let count = try await migrate(on: connection) { print("applied \($0)") }
                print(count == 0 ? "up to date" : "applied \(count)")
            }
            await connection.close()
            await database.cluster?.stop()
        }
    }
}

/// Shows what the daemon would run with.
struct CheckConfig: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config", abstract: "Read the configuration and show it, secrets masked.")

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await orExit {
            let configuration = try DaemonConfiguration(file: common.config)
            _ = try makeLogger(level: configuration.logLevel)
            for line in configuration.lines {
                print(line.key.padding(toLength: 24, withPad: " ", startingAt: 0), line.value)
            }
            if configuration.publicURL == nil { print("note: without public_url no document can be issued") }
        }
    }
}

/// Loads master data.
struct Load: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Load the master data of a folder (config/), as the database's owner.")

    @OptionGroup var common: CommonOptions
    @Argument(help: "Folder of YAML files.")
    var folder: String

    func run() async throws {
        try await orExit {
            let configuration = try DaemonConfiguration(file: common.config)
            let database = try await Database.open(common, configuration, logger: makeLogger(level: "warning"))
            let connection = try await database.ownerConnection()
            let contents = try readCatalogue(folder)
            for (table, loaded) in try await connection.loading(contents) {
                print("\(table): \(loaded.added) added, \(loaded.closed) closed or renamed, \(loaded.unchanged) unchanged")
            }
            await connection.close()
            await database.cluster?.stop()
        }
    }
}

/// Fills an empty database with the demo year.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fill an empty database with the demonstration year 2017; any other is refused.")

    @OptionGroup var common: CommonOptions
    @Option(help: "Write a token for each of the demo's accounts into this folder, one file an account.")
    var tokens: String?

    func run() async throws {
        try await orExit {
            let configuration = try DaemonConfiguration(file: common.config)
            let database = try await Database.open(common, configuration, logger: makeLogger(level: "warning"))
            let connection = try await database.ownerConnection()
            do {
                let year = configuration.publicURL.map { DemoYear(publicURL: $0) } ?? DemoYear()
                try await year.fill(connection) { name, step, steps in
                    FileHandle.standardError.write(Data("\r[\(step)/\(steps)] \(name)\u{1B}[K".utf8))
                }
                FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
                print("the demo year is loaded")
                if let tokens { try await writeTokens(to: tokens, on: connection) }
            } catch let error as DemoYearError {
                failure("\(error)", code: 65)
            }
            await connection.close()
            await database.cluster?.stop()
        }
    }
}

extension Demo {
    /// Accounts of the demo year: one a role, named after it, and second persons where two are needed.
    static let accounts = [
        "reception", "technician", "technician2", "reviewer", "signatory", "signatory2", "manager", "quality", "administrator",
    ]

    private func writeTokens(to folder: String, on connection: Connection) async throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for account in Self.accounts {
            let token = try await connection.newToken(for: account, label: "demo")
            guard
                FileManager.default.createFile(
                    atPath: "\(folder)/\(account)", contents: Data((token + "\n").utf8), attributes: [.posixPermissions: 0o600])
            else { failure("cannot write \(folder)/\(account)", code: 73) }
        }
    }
}

/// Makes backups and proves that they restore.
struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a backup, or restore one on trial.", subcommands: [Create.self, Verify.self])

    /// Writes a backup.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Write a backup (pg_dump, custom format).")

        @OptionGroup var common: CommonOptions
        @Option(help: "Folder for the file.")
        var out: String

        func run() async throws {
            try await orExit {
                let configuration = try DaemonConfiguration(file: common.config)
                let database = try await Database.open(common, configuration, logger: makeLogger(level: "warning"))
                guard let owner = database.owner else { throw ConfigurationError("set database.owner to make backups") }
                do {
                    print(try await DatabaseBackup(ownerConnection: owner).create(in: out))
                } catch let error as DatabaseBackupError {
                    failure("\(error)", code: 74)
                }
                await database.cluster?.stop()
            }
        }
    }

    /// Restores a backup on trial.
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Restore a backup into a scratch database; check its counts and its audit.")

        @OptionGroup var common: CommonOptions
        @Argument(help: "The backup.")
        var file: String

        func run() async throws {
            try await orExit {
                let configuration = try DaemonConfiguration(file: common.config)
                let database = try await Database.open(common, configuration, logger: makeLogger(level: "warning"))
                guard let owner = database.owner else { throw ConfigurationError("set database.owner to verify backups") }
                do {
                    let found = try await DatabaseBackup(ownerConnection: owner).restoreOnTrial(file) { connectionString in
                        let connection = try await Connection.open(
                            ConnectionSettings(
                                connectionString, applicationName: "etalond-backup-verify", statementTimeout: .seconds(900)))
                        let verification = try await connection.auditVerification()
                        await connection.close()
                        return verification
                    }
                    print("restored: \(found.entries) audit entries, \(found.seals) seals, \(found.unsealed) unsealed")
                    for fault in found.faults { print("\(fault.fault): \(fault.table) \(fault.row)") }
                    await database.cluster?.stop()
                    guard found.intact, found.entries > 0 else { failure("the restored database is not what it claims", code: 1) }
                    print("backup verified: every record is as its audit entry says")
                } catch let error as DatabaseBackupError {
                    failure("\(error)", code: 65)
                }
            }
        }
    }
}
