// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// The daemon and what its operator does with the database.
@main
struct Etalond: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "etalond",
        abstract: "The laboratory information system of a standards and metrology centre: its daemon.",
        version: version,
        subcommands: [Serve.self, Migrate.self, CheckConfig.self, Load.self, Demo.self, Backup.self])
}

/// Options that every subcommand has.
struct CommonOptions: ParsableArguments {
    @Option(help: "Configuration file.")
    var config: String?

    @Option(help: "Keep a private PostgreSQL in this folder (Unix socket only).")
    var embedded: String?
}
