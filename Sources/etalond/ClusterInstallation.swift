// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc

/// The PostgreSQL programs of this machine, and the user that runs them.
struct ClusterInstallation: Sendable {
    /// The folder of `postgres`, `initdb` and `psql`.
    let binaries: String
    /// Set when the daemon is root: the user that the programs run as.
    let account: Account?

    /// An operating-system user.
    struct Account: Sendable {
        let name: String
        let userID: uid_t
        let groupID: gid_t

        init(named name: String) throws(EmbeddedClusterError) {
            var entry = passwd()
            var found: UnsafeMutablePointer<passwd>?
            var buffer = [CChar](repeating: 0, count: 4096)
            guard getpwnam_r(name, &entry, &buffer, buffer.count, &found) == 0, found != nil else {
                throw .unknownUser(name)
            }
            self.name = name
            userID = entry.pw_uid
            groupID = entry.pw_gid
        }
    }

    /// Finds the programs: of the version that the cluster was made with, else of the newest from 15 on.
    init(settings: ClusterSettings, root: String = "/usr/lib/postgresql") throws(EmbeddedClusterError) {
        let versionFile = URL(filePath: settings.dataDirectory + "/PG_VERSION")
        // No such file: there is no cluster yet.
        let made = (try? Data(contentsOf: versionFile)).flatMap {
            Int(String(decoding: $0, as: UTF8.self).filter { !$0.isWhitespace })
        }
        let version = Self.version(among: Self.installedVersions(in: root), made: made)
        guard let version, access("\(root)/\(version)/bin/initdb", X_OK) == 0 else {
            throw .notInstalled(wanted: made.map(String.init) ?? "15 or newer")
        }
        binaries = "\(root)/\(version)/bin"
        account = geteuid() == 0 ? try Account(named: settings.user) : nil
    }

    /// The folder of the newest programs from version 15 on.
    static func newestBinaries(root: String = "/usr/lib/postgresql") throws(EmbeddedClusterError) -> String {
        guard let version = version(among: installedVersions(in: root), made: nil) else {
            throw .notInstalled(wanted: "15 or newer")
        }
        return "\(root)/\(version)/bin"
    }

    private static func installedVersions(in root: String) -> [Int] {
        // An unreadable or missing folder holds no version.
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return entries.compactMap { Int($0) }
    }

    /// The version to run, if it is there.
    static func version(among installed: [Int], made: Int?) -> Int? {
        if let made { return installed.first { $0 == made } }
        return installed.filter { $0 >= 15 }.max()
    }

    /// The command as the cluster's user.
    func command(_ arguments: [String]) -> [String] {
        guard let account else { return arguments }
        // setpriv becomes the program, where runuser would stay in between as its parent.
        return [
            "/usr/bin/setpriv", "--reuid=\(account.userID)", "--regid=\(account.groupID)", "--init-groups",
            "--inh-caps=-all", "--",
        ] + arguments
    }

    /// The few variables that the programs get; nothing of the daemon's own (a `PGHOST` would mislead psql).
    var environment: [String: String] {
        ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"]
    }

    /// Makes a folder of the cluster, owned by its user and closed to everybody else.
    func makeFolder(_ path: String, mode: mode_t = 0o700) throws(EmbeddedClusterError) {
        if mkdir(path, mode) != 0, errno != EEXIST {
            throw .unusableDirectory(path: path, reason: String(cString: strerror(errno)))
        }
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw .unusableDirectory(path: path, reason: "it is no folder")
        }
        guard let account, status.st_uid != account.userID else { return }
        guard status.st_uid == 0, chown(path, account.userID, account.groupID) == 0 else {
            throw .unusableDirectory(path: path, reason: "it belongs to another user than \(account.name)")
        }
    }

    /// Makes sure that the cluster's user gets there, naming the closed folder on the way otherwise.
    func checkReachable(_ path: String) async throws {
        guard let account else { return }
        let run = try await CommandRun.run(command(["/usr/bin/test", "-w", path]), environment: environment)
        guard run.exit != .status(0) else { return }
        var place = ""
        for part in path.split(separator: "/").dropLast() {
            place += "/\(part)"
            var status = stat()
            if stat(place, &status) == 0, status.st_uid != account.userID, status.st_mode & 0o001 == 0 {
                throw EmbeddedClusterError.unusableDirectory(
                    path: path,
                    reason: "user \(account.name) may not pass \(place); choose a place outside of it"
                )
            }
        }
        throw EmbeddedClusterError.unusableDirectory(
            path: path, reason: "user \(account.name) may not write there")
    }
}
