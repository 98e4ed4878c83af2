// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Vocabulary

/// The daemon and what its operator does with the database.
@main
struct Etalond: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "etalond",
        abstract: Bilingual(
            vi: "Hệ thống thông tin của trung tâm kỹ thuật đo lường: dịch vụ nền và việc của người vận hành.",
            en: "The laboratory information system of a standards and metrology centre: its daemon."
        )[Speech.language],
        version: version,
        subcommands: [Serve.self, Migrate.self, CheckConfig.self, Load.self, Demo.self, Backup.self])

    /// Runs the subcommand of the command line.
    static func main() async {
        do {
            var command = try await asyncParseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            Speech.end(error)
        }
    }
}

/// Options that every subcommand has.
struct CommonOptions: ParsableArguments {
    @Option(help: .both("Tệp cấu hình.", "Configuration file."))
    var config: String?

    @Option(
        help: .both(
            "Giữ PostgreSQL riêng trong thư mục này (chỉ ổ cắm Unix).",
            "Keep a private PostgreSQL in this folder (Unix socket only)."))
    var embedded: String?
}
