// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc
import Synchronization

/// The daemon as it is installed: a process of its own, its files in a folder under /tmp, gone with the test run.
final class RunningDaemon: Sendable {
    /// Whose PostgreSQL the daemon uses.
    enum Database {
        /// Its own, which it makes, starts and stops.
        case embedded
        /// One that somebody else starts and stops; the cluster lies where the embedded one did.
        case elsewhere
    }

    let folder: String
    private let program = Mutex<StartedProgram?>(nil)

    /// The daemons that run, to be stopped when the test process ends.
    private static let living = Mutex<[RunningDaemon]>([])
    private static let stopsAtExit: Void = {
        atexit { for daemon in RunningDaemon.living.withLock({ $0 }) { daemon.stopAndRemove() } }
    }()

    /// Makes a folder with a configuration; nothing runs yet.
    init() async throws {
        _ = Self.stopsAtExit
        var template = Array("/tmp/etalon-acceptance-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Installation.Missing(what: "a folder under /tmp") }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // PostgreSQL and the renderer may run as other users, who must pass.
        chmod(folder, 0o711)
        let python = try await Installation.rendererPython.value
        try write(
            """
            public_url: https://tra-cuu.example.vn
            listen:
              socket: \(socket)
            renderer:
              python: \(python)
              script: \(Installation.root)/renderer/etalon_renderer.py
              templates: \(Installation.root)/config/templates
            jobs:
              ceiling_seconds: 3600

            """, to: "etalon.yaml")
        Self.living.withLock { $0.append(self) }
    }

    var configuration: String { folder + "/etalon.yaml" }
    var socket: String { folder + "/etalon.sock" }
    var embedded: String { folder + "/pg" }
    var dataFolder: String { embedded + "/data" }

    /// What the daemon has logged.
    var log: String { text(of: "log") }

    /// How the database is reached as a role.
    func connection(as role: String) -> String { "host=\(embedded)/run user=\(role) dbname=etalon" }

    /// Starts the daemon and waits until it says that it is ready.
    func start(_ database: Database = .embedded) async throws {
        try await blocking { [self] in
            let readiness = folder + "/notify"
            unlink(readiness)
            let notify = try NotifySocket(path: readiness)
            let descriptor = open(folder + "/log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
            defer { close(descriptor) }
            var arguments = ["serve", "--config", configuration]
            var environment = ["NOTIFY_SOCKET": readiness]
            switch database {
            case .embedded: arguments += ["--embedded", embedded, "--load", Installation.root + "/config"]
            case .elsewhere: environment["ETALON_DATABASE"] = connection(as: "etalon")
            }
            let started = try StartedProgram(
                Installation.etalond, arguments, environment: environment,
                streams: .files(output: descriptor, errors: descriptor))
            program.withLock { $0 = started }
            guard notify.hears("READY=1", while: { started.exitCode == nil }) else {
                throw Installation.Missing(what: "a daemon that becomes ready:\n\(log)")
            }
        }
    }

    /// Asks the daemon to stop and waits for its end.
    ///
    /// - Returns: its exit status.
    @discardableResult
    func stop() async throws -> Int32? { try await end(SIGTERM) }

    /// Ends the daemon as a power cut would; its PostgreSQL lives on.
    func kill() async throws { try await end(SIGKILL) }

    @discardableResult
    private func end(_ signal: Int32) async throws -> Int32? {
        try await blocking { [self] in
            guard let running = program.withLock({ $0 }) else { return nil }
            running.signal(signal)
            return running.end(within: 30)
        }
    }

    /// The number of the PostgreSQL process; `nil` when none runs.
    var postmaster: pid_t? {
        text(of: "pg/data/postmaster.pid").split(separator: "\n").first.flatMap { pid_t($0) }
    }

    /// Starts or stops PostgreSQL as its administrator would.
    ///
    /// - Parameter action: `start` or `stop`.
    func administer(_ action: String) async throws {
        try await blocking { [self] in try administerNow(action) }
    }

    private func administerNow(_ action: String) throws {
        let options = "-c listen_addresses= -c unix_socket_directories=\(embedded)/run"
        var command = [
            try Installation.postgres() + "/pg_ctl", "--pgdata=\(dataFolder)", "--silent", "--wait", action,
        ]
        command +=
            action == "start" ? ["--options=\(options)", "--log=\(embedded)/log/admin"] : ["--mode=fast"]
        if geteuid() == 0 { command = ["/usr/sbin/runuser", "-u", "postgres", "--"] + command }
        let run = try ProgramRun.waited(command[0], Array(command.dropFirst()))
        guard run.exitCode == 0 else {
            throw Installation.Missing(what: "pg_ctl \(action): \(run.output)\(run.errors)")
        }
    }

    /// Writes a file into the folder.
    ///
    /// - Returns: its path.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
        return "\(folder)/\(name)"
    }

    private func text(of name: String) -> String {
        // A file that is not there has no text.
        let bytes = (try? Data(contentsOf: URL(filePath: "\(folder)/\(name)"))) ?? Data()
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Stops the daemon, and a PostgreSQL that outlived it, and removes the folder.
    func stopAndRemove() {
        Self.living.withLock { $0.removeAll { $0 === self } }
        if let running = program.withLock({ $0 }) {
            running.signal(SIGTERM)
            _ = running.end(within: 30)
        }
        // At the end of the run nobody is left to be told that it cannot be stopped.
        if postmaster != nil { try? administerNow("stop") }
        // What cannot be removed lies under /tmp.
        try? FileManager.default.removeItem(atPath: folder)
    }
}
