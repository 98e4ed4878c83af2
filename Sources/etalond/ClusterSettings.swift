// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc

/// Where a private PostgreSQL lies and how it is run.
///
/// The directory gets three folders: `data` (the cluster), `run` (its socket, mode 0700) and `log`.
package struct ClusterSettings: Sendable {
    /// The absolute path of the folder of the cluster.
    package let directory: String
    /// The operating-system user that runs the cluster when the daemon is root; PostgreSQL refuses to run as
    /// root.
    package let user: String
    /// Settings beyond our own, by their PostgreSQL name; they win over ours.
    package let parameters: [String: String]
    /// The script for psql that makes roles and database; it must be repeatable.
    package let creationScript: String

    /// Checks the place.
    ///
    /// - Parameter directory: absolute, or relative to the working directory.
    /// - Parameter creationScript: the text of `sql/cluster/etalon.sql`.
    /// - Throws: ``EmbeddedClusterError/socketPathTooLong(path:bytes:)`` or
    ///   ``EmbeddedClusterError/unusableDirectory(path:reason:)``.
    package init(
        directory: String,
        creationScript: String,
        user: String = "postgres",
        parameters: [String: String] = [:]
    ) throws(EmbeddedClusterError) {
        let absolute = Self.absolute(directory)
        guard !absolute.contains(where: { $0.isNewline || $0 == "\"" || $0 == "," }) else {
            throw .unusableDirectory(
                path: absolute, reason: "the path holds a line break, a quotation mark or a comma")
        }
        self.directory = absolute
        self.creationScript = creationScript
        self.user = user
        self.parameters = parameters
        let socket = socketDirectory + "/.s.PGSQL.5432"
        // sockaddr_un holds 108 bytes, the last one a zero.
        guard socket.utf8.count <= 107 else {
            throw .socketPathTooLong(path: socket, bytes: socket.utf8.count)
        }
    }

    /// The cluster itself.
    package var dataDirectory: String { directory + "/data" }
    /// The socket's folder; what connection strings name as `host`.
    package var socketDirectory: String { directory + "/run" }
    /// The server's log files.
    package var logDirectory: String { directory + "/log" }
    /// What the server writes before its log collector runs.
    package var startLogPath: String { logDirectory + "/start.log" }

    /// The command line options of the server.
    func serverArguments(binaries: String) -> [String] {
        let own = [
            "listen_addresses": "",
            "unix_socket_directories": "\"\(socketDirectory)\"",
            "unix_socket_permissions": "0700",
            "port": "5432",
            "max_connections": "64",
            "timezone": "Asia/Ho_Chi_Minh",
            "log_timezone": "Asia/Ho_Chi_Minh",
            "logging_collector": "on",
            "log_directory": logDirectory,
            "log_filename": "postgresql-%a.log",
            "log_truncate_on_rotation": "on",
            "log_rotation_age": "1d",
            "log_rotation_size": "0",
        ]
        let all = own.merging(parameters) { _, given in given }
        return [binaries + "/postgres", "-D", dataDirectory]
            + all.sorted { $0.key < $1.key }.flatMap { ["-c", "\($0.key)=\($0.value)"] }
    }

    private static func absolute(_ path: String) -> String {
        var parts: [Substring] = []
        let full = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        for part in full.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }
}

/// How to reach the database of an embedded cluster, as libpq connection strings.
package struct ClusterConnectionStrings: Sendable, Equatable {
    /// For migrations and loading; owns every object.
    package let owner: String
    /// For the daemon's daily work.
    package let daemon: String
    /// For the cluster's own care.
    package let superuser: String

    init(settings: ClusterSettings) {
        let escaped = settings.socketDirectory.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
        func text(_ user: String) -> String { "host='\(escaped)' port=5432 dbname=etalon user=\(user)" }
        owner = text("etalon_owner")
        daemon = text("etalon")
        superuser = text("postgres")
    }
}

/// Why an embedded cluster cannot be made or run; each says what to do.
package enum EmbeddedClusterError: Error, CustomStringConvertible {
    /// The socket's path is longer than the system allows (107 bytes).
    case socketPathTooLong(path: String, bytes: Int)
    /// The folder cannot be used.
    case unusableDirectory(path: String, reason: String)
    /// No PostgreSQL of the wanted version is installed.
    case notInstalled(wanted: String)
    /// There is no such operating-system user.
    case unknownUser(String)
    /// A program of PostgreSQL failed.
    case failed(step: String, output: String)

    package var description: String {
        switch self {
        case .socketPathTooLong(let path, let bytes):
            "the socket's path has \(bytes) bytes, the system allows 107: \(path); choose a shorter directory"
        case .unusableDirectory(let path, let reason): "cannot use \(path): \(reason)"
        case .notInstalled(let wanted):
            "PostgreSQL \(wanted) is not installed (Debian: apt-get install postgresql)"
        case .unknownUser(let name):
            "there is no user \(name) to run PostgreSQL as (Debian: package postgresql)"
        case .failed(let step, let output): "\(step) failed: \(output)"
        }
    }
}
