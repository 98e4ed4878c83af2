// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials
import Glibc

/// A backup that could not be made, or that does not restore.
package enum DatabaseBackupError: Error, CustomStringConvertible {
    /// The connection string is a URI; another database can only be named in the form `key=value`.
    case connectionIsURI
    /// The place for the file cannot be used.
    case unusablePlace(path: String, reason: String)
    /// The file to check is not there or cannot be read.
    case unreadable(path: String)
    /// A program of PostgreSQL failed.
    case failed(step: String, output: String)

    package var description: String {
        switch self {
        case .connectionIsURI: "the owner's connection string must have the form key=value, not postgresql://"
        case .unusablePlace(let path, let reason): "cannot write a backup to \(path): \(reason)"
        case .unreadable(let path): "cannot read the backup \(path)"
        case .failed(let step, let output): "\(step) failed: \(output)"
        }
    }
}

/// Makes backups with `pg_dump` in its custom format, and restores them on trial.
package struct DatabaseBackup: Sendable {
    private let owner: String
    private let binaries: String

    /// Prepares; needs the PostgreSQL programs of this machine.
    ///
    /// - Parameter ownerConnection: how role `etalon_owner` reaches the database, in the form `key=value`.
    /// - Throws: ``DatabaseBackupError/connectionIsURI``, ``EmbeddedClusterError/notInstalled(wanted:)``.
    package init(ownerConnection: String) throws {
        guard !ownerConnection.contains("://") else { throw DatabaseBackupError.connectionIsURI }
        owner = ownerConnection
        binaries = try ClusterInstallation.newestBinaries()
    }

    /// Writes one backup; it has its final name only when it is whole and on the disk.
    ///
    /// - Parameter directory: an existing folder.
    /// - Parameter snapshot: a snapshot exported by an open transaction (`pg_export_snapshot()`), so that what
    ///   that transaction counts is what the backup holds; nil takes a new one.
    /// - Returns: the path, `DIRECTORY/etalon-YYYYMMDDTHHMMSSZ.dump` (UTC).
    package func create(
        in directory: String,
        snapshot: String? = nil,
        at time: Date = .now
    ) async throws -> String {
        let stamp = time.ISO8601Format(
            .init(dateSeparator: .omitted, dateTimeSeparator: .standard, timeSeparator: .omitted)
        )
        let path = "\(directory)/etalon-\(stamp).dump"
        let unfinished = "\(directory)/.unfinished-\(stamp)-\(getpid())"
        defer { unlink(unfinished) }
        let options = ["--format=custom", "--file=\(unfinished)", "--dbname=\(owner)"]
        try await tool("pg_dump", options + (snapshot.map { ["--snapshot=\($0)"] } ?? []))
        try Self.sync(unfinished)
        // link, unlike rename, replaces nothing.
        guard link(unfinished, path) == 0 else {
            throw DatabaseBackupError.unusablePlace(path: path, reason: String(cString: strerror(errno)))
        }
        try Self.sync(directory)
        return path
    }

    /// Restores a backup into a scratch database, looks at it, and drops the scratch database whatever
    /// happens.
    ///
    /// - Parameter path: the backup.
    /// - Parameter inspect: gets the connection string of the scratch database.
    /// - Returns: what `inspect` returned.
    /// - Throws: ``DatabaseBackupError`` when it does not restore; what `inspect` throws.
    package func restoreOnTrial<Finding: Sendable>(
        _ path: String,
        inspect: (String) async throws -> Finding
    ) async throws -> Finding {
        guard access(path, R_OK) == 0 else { throw DatabaseBackupError.unreadable(path: path) }
        let scratch = "etalon_trial_\(getpid())_\(UInt32.random(in: 0 ... .max))"
        // The later of two values of one key counts.
        let scratchConnection = "\(owner) dbname=\(scratch)"
        let maintenance = "--maintenance-db=\(owner)"
        try await tool(
            "createdb",
            [maintenance, "--template=template0", "--encoding=UTF8", "--locale=C.UTF-8", scratch]
        )
        let result: Result<Finding, any Error>
        do {
            try await tool(
                "pg_restore",
                ["--exit-on-error", "--no-owner", "--no-privileges", "--dbname=\(scratchConnection)", path]
            )
            result = .success(try await inspect(scratchConnection))
        } catch {
            result = .failure(error)
        }
        try await tool("dropdb", [maintenance, "--force", "--if-exists", scratch])
        return try result.get()
    }

    private func tool(_ name: String, _ options: [String]) async throws {
        var environment = ProcessInfo.processInfo.environment.filter { $0.key.hasPrefix("PG") }
        environment["PATH"] = "/usr/bin:/bin"
        environment["LC_ALL"] = "C.UTF-8"
        let run = try await CommandRun.run(["\(binaries)/\(name)"] + options, environment: environment)
        guard run.exit == .status(0) else {
            throw DatabaseBackupError.failed(step: name, output: run.output)
        }
    }

    /// Waits until a file or folder is on the disk.
    private static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw DatabaseBackupError.unusablePlace(path: path, reason: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw DatabaseBackupError.unusablePlace(path: path, reason: String(cString: strerror(errno)))
        }
    }
}
