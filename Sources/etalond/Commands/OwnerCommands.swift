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
import Vocabulary

/// Brings the schema forward.
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration.told(
        "migrate", "Nâng lược đồ cơ sở dữ liệu, với quyền chủ sở hữu.", "Bring the database schema forward, as its owner.")

    @OptionGroup var common: CommonOptions
    @Flag(help: .both("Chỉ cho biết sẽ áp dụng gì.", "Only say what would be applied."))
    var dryRun = false

    func run() async throws {
        try await orExit {
            let configuration = try DaemonConfiguration(file: common.config)
            let database = try await Database.open(common, configuration, logger: makeLogger(level: "warning"))
            let connection = try await database.ownerConnection()
            if dryRun {
                let pending = try await connection.pending([try EmbeddedSQL.laboratoryMigrator(), try EmbeddedJobSQL.migrator()])
                let list = pending.joined(separator: "\n")
                Speech.say(pending.isEmpty ? "không có gì để áp dụng" : list, pending.isEmpty ? "nothing to apply" : list)
            } else {
                let count = try await migrate(on: connection) { Speech.say("đã áp dụng \($0)", "applied \($0)") }
                Speech.say(count == 0 ? "đã mới nhất" : "đã áp dụng \(count)", count == 0 ? "up to date" : "applied \(count)")
            }
            await connection.close()
            await database.cluster?.stop()
        }
    }
}

/// Shows what the daemon would run with.
struct CheckConfig: AsyncParsableCommand {
    static let configuration = CommandConfiguration.told(
        "check-config", "Đọc cấu hình và hiện ra, che các bí mật.", "Read the configuration and show it, secrets masked.")

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await orExit {
            let configuration = try DaemonConfiguration(file: common.config)
            _ = try makeLogger(level: configuration.logLevel)
            for line in configuration.lines {
                print(line.key.padding(toLength: 24, withPad: " ", startingAt: 0), line.value)
            }
            if configuration.publicURL == nil {
                Speech.say(
                    "lưu ý: không có public_url thì không phát hành được văn bản nào",
                    "note: without public_url no document can be issued")
            }
        }
    }
}

/// Loads master data.
struct Load: AsyncParsableCommand {
    static let configuration = CommandConfiguration.told(
        "load", "Nạp danh mục của một thư mục (config/), với quyền chủ sở hữu.",
        "Load the master data of a folder (config/), as the database's owner.")

    @OptionGroup var common: CommonOptions
    @Argument(help: .both("Thư mục tệp YAML.", "Folder of YAML files."))
    var folder: String

    func run() async throws {
        try await orExit {
            let configuration = try DaemonConfiguration(file: common.config)
            let database = try await Database.open(common, configuration, logger: makeLogger(level: "warning"))
            let connection = try await database.ownerConnection()
            let contents = try readCatalogue(folder)
            for (table, loaded) in try await connection.loading(contents) {
                Speech.say(
                    "\(table): \(loaded.added) thêm, \(loaded.closed) đóng hoặc đổi tên, \(loaded.unchanged) giữ nguyên",
                    "\(table): \(loaded.added) added, \(loaded.closed) closed or renamed, \(loaded.unchanged) unchanged")
            }
            await connection.close()
            await database.cluster?.stop()
        }
    }
}

/// Fills an empty database with the demo year.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration.told(
        "demo", "Nạp năm mẫu 2017 vào cơ sở dữ liệu trống; nơi khác thì từ chối.",
        "Fill an empty database with the demonstration year 2017; any other is refused.")

    @OptionGroup var common: CommonOptions
    @Option(
        help: .both(
            "Ghi thẻ truy cập của từng tài khoản mẫu vào thư mục này, mỗi tài khoản một tệp.",
            "Write a token for each of the demo's accounts into this folder, one file an account."))
    var tokens: String?

    func run() async throws {
        try await orExit {
            let configuration = try DaemonConfiguration(file: common.config)
            let database = try await Database.open(common, configuration, logger: makeLogger(level: "warning"))
            let connection = try await database.ownerConnection()
            let year = configuration.publicURL.map { DemoYear(publicURL: $0) } ?? DemoYear()
            try await year.fill(connection) { name, step, steps in
                FileHandle.standardError.write(Data("\r[\(step)/\(steps)] \(name)\u{1B}[K".utf8))
            }
            FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
            Speech.say("đã nạp năm mẫu", "the demo year is loaded")
            if let tokens { try await writeTokens(to: tokens, on: connection) }
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
            else {
                Speech.end(
                    Bilingual(vi: "không ghi được \(folder)/\(account)", en: "cannot write \(folder)/\(account)"), code: 73)
            }
        }
    }
}

/// Makes backups and proves that they restore.
struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration.told(
        "backup", "Sao lưu, hoặc phục hồi thử một bản sao lưu.", "Make a backup, or restore one on trial.",
        subcommands: [Create.self, Verify.self])

    /// Writes a backup.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration.told(
            "create", "Ghi một bản sao lưu (pg_dump, dạng riêng).", "Write a backup (pg_dump, custom format).")

        @OptionGroup var common: CommonOptions
        @Option(help: .both("Thư mục chứa tệp.", "Folder for the file."))
        var out: String

        func run() async throws {
            try await orExit {
                let configuration = try DaemonConfiguration(file: common.config)
                let database = try await Database.open(common, configuration, logger: makeLogger(level: "warning"))
                guard let owner = database.owner else {
                    throw ConfigurationError("đặt database.owner để sao lưu", "set database.owner to make backups")
                }
                print(try await DatabaseBackup(ownerConnection: owner).create(in: out))
                await database.cluster?.stop()
            }
        }
    }

    /// Restores a backup on trial.
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration.told(
            "verify", "Phục hồi bản sao lưu vào cơ sở dữ liệu tạm; kiểm tra số lượng và dấu vết.",
            "Restore a backup into a scratch database; check its counts and its audit.")

        @OptionGroup var common: CommonOptions
        @Argument(help: .both("Bản sao lưu.", "The backup."))
        var file: String

        func run() async throws {
            try await orExit {
                let configuration = try DaemonConfiguration(file: common.config)
                let database = try await Database.open(common, configuration, logger: makeLogger(level: "warning"))
                guard let owner = database.owner else {
                    throw ConfigurationError("đặt database.owner để kiểm tra bản sao lưu", "set database.owner to verify backups")
                }
                let found = try await DatabaseBackup(ownerConnection: owner).restoreOnTrial(file) { connectionString in
                    let connection = try await Connection.open(
                        ConnectionSettings(
                            connectionString, applicationName: "etalond-backup-verify", statementTimeout: .seconds(900)))
                    let verification = try await connection.auditVerification()
                    await connection.close()
                    return verification
                }
                Speech.say(
                    "đã phục hồi: \(found.entries) dấu vết, \(found.seals) lần niêm, \(found.unsealed) chưa niêm",
                    "restored: \(found.entries) audit entries, \(found.seals) seals, \(found.unsealed) unsealed")
                for fault in found.faults {
                    let word = Terms.word(for: fault.fault) ?? Bilingual(vi: fault.fault, en: fault.fault)
                    Speech.say("\(word.vi): \(fault.table) \(fault.row)", "\(fault.fault): \(fault.table) \(fault.row)")
                }
                await database.cluster?.stop()
                guard found.intact, found.entries > 0 else {
                    Speech.end(
                        Bilingual(
                            vi: "cơ sở dữ liệu phục hồi không đúng như nó khai",
                            en: "the restored database is not what it claims"), code: 1)
                }
                Speech.say(
                    "bản sao lưu đúng: mọi hồ sơ khớp với dấu vết của nó",
                    "backup verified: every record is as its audit entry says")
            }
        }
    }
}
