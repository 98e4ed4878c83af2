// SPDX-License-Identifier: Apache-2.0
package import Postgres

/// What loading one table of master data came to.
package struct LoadedTable: Codable, Sendable {
    package let added: Int
    /// Versions whose last day came in, or names taken over.
    package let closed: Int
    package let unchanged: Int
    /// Versions in force that the files tell differently: nothing is loaded then.
    package let conflicts: [String]
}

/// Why master data was not loaded.
package enum CatalogueLoadError: Error, Sendable {
    /// Versions that are in force are told differently; give them a new version from a date.
    case versionsEdited(table: String, versions: [String])
}

extension Connection {
    /// Loads versions of a table; owner's rights are needed.
    package func loadVersions(_ table: String, key: String, rows: String) throws -> LoadedTable {
        let loaded = try only(Statements.catalogueLoadVersions, table, key, rows)
        guard loaded.conflicts.isEmpty else {
            throw CatalogueLoadError.versionsEdited(table: table, versions: loaded.conflicts)
        }
        return loaded
    }

    /// Loads names of a table.
    package func loadNames(_ table: String, key: String, rows: String) throws -> LoadedTable {
        try only(Statements.catalogueLoadNames, table, key, rows)
    }

    /// Loads the limits of specification versions that have none yet.
    package func loadLimits(_ rows: String) throws {
        try run(Statements.catalogueLoadLimits, rows)
    }

    /// Notes a load.
    package func noteLoad(files: Int, sha256: String, summary: String) throws {
        try run(Statements.catalogueLoadNote, files, sha256, summary)
    }
}
