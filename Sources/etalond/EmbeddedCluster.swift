// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc
package import Logging
import ServiceLifecycle

/// A private PostgreSQL that the daemon makes, starts, watches and stops.
///
/// It listens on a Unix socket in a closed folder only. A server that outlived its daemon (`kill -9`) is
/// adopted. One that dies is started again with growing pauses. Put it first in the service group: what uses
/// the database must stop before it does.
package actor EmbeddedCluster: Service {
    /// How to reach the database.
    package nonisolated let connectionStrings: ClusterConnectionStrings

    private static let startLimit = Duration.seconds(120)
    private static let stopLimit = Duration.seconds(30)

    private let settings: ClusterSettings
    private let logger: Logger
    private var installation: ClusterInstallation?
    private var server: Postmaster?
    private var lock: FileLock?

    /// Prepares; nothing is touched before ``start()``.
    package init(settings: ClusterSettings, logger: Logger) {
        self.settings = settings
        self.logger = logger
        connectionStrings = ClusterConnectionStrings(settings: settings)
    }

    /// Makes the cluster if there is none, starts or adopts it, and makes roles and database.
    ///
    /// - Returns: the connection strings, usable at once.
    /// - Throws: ``EmbeddedClusterError``, ``ChildProcessError``; ``FileLockError`` when another
    ///   daemon has the folder.
    package func start() async throws -> ClusterConnectionStrings {
        try prepareTop()
        lock = try FileLock(path: settings.directory + "/etalond.lock")
        let installation = try ClusterInstallation(settings: settings)
        self.installation = installation
        try installation.makeFolder(settings.socketDirectory)
        try installation.makeFolder(settings.logDirectory)
        try await installation.checkReachable(settings.logDirectory)
        try await makeClusterIfNone(installation)
        server = try await startServer(installation)
        do {
            try await createDatabase(installation)
        } catch {
            await stop()
            throw error
        }
        return connectionStrings
    }

    /// Watches the server until graceful shutdown or cancellation, then stops it.
    package func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await self.watch() }
        } catch is CancellationError {
            logger.info("PostgreSQL is being stopped")
        } catch {
            await stop()
            throw error
        }
        await stop()
    }

    /// Stops the server, for a daemon that fails between ``start()`` and ``run()``.
    ///
    /// It ends sessions at once, and after 30 s itself too.
    package func stop() async {
        guard let server else { return }
        self.server = nil
        // In a task of its own: a cancelled caller must still see the server stopped.
        let logger = logger
        await Task {
            server.stop()
            if await !Self.ends(server, within: Self.stopLimit) {
                logger.error("PostgreSQL did not stop in time and is stopped at once")
                server.stop(immediately: true)
                _ = await Self.ends(server, within: Self.stopLimit)
            }
        }.value
        lock = nil
    }

    /// Starts the server anew whenever it ends.
    private func watch() async throws {
        var backoff = RestartBackoff()
        while let current = server {
            let since = ContinuousClock.now
            let end = try await withTaskCancellationOrEnd(of: current)
            var pause = backoff.pause(afterLife: since.duration(to: .now))
            logger.error("PostgreSQL ended by itself", metadata: ["end": "\(end)", "pause": "\(pause)"])
            server = nil
            while server == nil, let installation {
                try await Task.sleep(for: pause)
                do {
                    server = try await startServer(installation)
                } catch let error as EmbeddedClusterError {
                    pause = backoff.pause(afterLife: .zero)
                    logger.error(
                        "PostgreSQL does not start", metadata: ["error": "\(error)", "pause": "\(pause)"])
                }
            }
        }
    }

    /// Waits for the end, giving up when the task is cancelled.
    private nonisolated func withTaskCancellationOrEnd(of server: Postmaster) async throws -> String {
        let (ends, continuation) = AsyncThrowingStream.makeStream(of: String.self)
        let waiter = Task {
            do {
                continuation.yield(try await server.ended())
                continuation.finish()
            } catch {
                continuation.finish(throwing: error)
            }
        }
        defer { waiter.cancel() }
        for try await end in ends { return end }
        throw CancellationError()
    }

    private static func ends(_ server: Postmaster, within limit: Duration) async -> Bool {
        let deadline = ContinuousClock.now + limit
        while server.isAlive {
            guard ContinuousClock.now < deadline else { return false }
            // Only cancellation ends the sleep early, and nobody cancels this task.
            try? await Task.sleep(for: .milliseconds(20))
        }
        return true
    }
}

// MARK: - Steps of the start

extension EmbeddedCluster {
    /// The folder itself stays the daemon's, open for the cluster's user to pass.
    private func prepareTop() throws(EmbeddedClusterError) {
        do {
            try FileManager.default.createDirectory(
                atPath: settings.directory,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o711]
            )
        } catch {
            throw .unusableDirectory(path: settings.directory, reason: "it cannot be made: \(error)")
        }
    }

    /// Makes the cluster beside its final place, so that a half-made one is never taken for whole.
    private func makeClusterIfNone(_ installation: ClusterInstallation) async throws {
        let files = FileManager.default
        guard !files.fileExists(atPath: settings.dataDirectory + "/PG_VERSION") else { return }
        let unfinished = settings.directory + "/data.unfinished"
        if files.fileExists(atPath: unfinished) { try files.removeItem(atPath: unfinished) }
        try installation.makeFolder(unfinished)
        logger.info("PostgreSQL cluster is being made", metadata: ["directory": "\(settings.directory)"])
        let run = try await CommandRun.run(
            installation.command([
                installation.binaries + "/initdb", "--pgdata=\(unfinished)", "--username=postgres",
                "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums",
                "--no-instructions",
            ]),
            environment: installation.environment
        )
        guard run.exit == .status(0) else {
            throw EmbeddedClusterError.failed(step: "initdb", output: run.output)
        }
        // Trust within: who may enter the socket's folder, mode 0700, is the cluster's user or root already.
        let access = Data("local all all trust\n".utf8)
        try access.write(to: URL(filePath: unfinished + "/pg_hba.conf"))
        // An empty folder in that place would be in the way of the rename.
        rmdir(settings.dataDirectory)
        guard rename(unfinished, settings.dataDirectory) == 0 else {
            throw EmbeddedClusterError.unusableDirectory(
                path: settings.dataDirectory,
                reason: String(cString: strerror(errno))
            )
        }
    }

    /// Starts the server, or adopts the one that runs, and waits until it takes connections.
    private func startServer(_ installation: ClusterInstallation) async throws -> Postmaster {
        if let running = Postmaster(runningOn: settings.dataDirectory) {
            logger.notice("PostgreSQL is running and is adopted", metadata: ["pid": "\(running.id)"])
            if try await isReady(running) { return running }
        }
        let arguments = installation.command(settings.serverArguments(binaries: installation.binaries))
        let child = try ChildProcess.start(
            arguments,
            environment: installation.environment,
            output: .file(path: settings.startLogPath, truncating: true)
        )
        let started = Postmaster(child: child, dataDirectory: settings.dataDirectory)
        do {
            if try await isReady(started) {
                logger.info("PostgreSQL is running", metadata: ["pid": "\(started.id)"])
                return started
            }
        } catch {
            started.stop(immediately: true)
            throw error
        }
        // The log says more than we know; without it only the step is named.
        let log = (try? Data(contentsOf: URL(filePath: settings.startLogPath))) ?? Data()
        throw EmbeddedClusterError.failed(
            step: "the start of PostgreSQL",
            output: "\(String(decoding: log.suffix(2000), as: UTF8.self)) (see \(settings.logDirectory))"
        )
    }

    /// Waits for readiness.
    ///
    /// - Returns: false when the server has ended (a server found while stopping ends too).
    private func isReady(_ server: Postmaster) async throws -> Bool {
        let deadline = ContinuousClock.now + Self.startLimit
        while !server.isReady {
            guard server.isAlive else { return false }
            guard ContinuousClock.now < deadline else {
                server.stop(immediately: true)
                throw EmbeddedClusterError.failed(
                    step: "the start of PostgreSQL", output: "not ready in time")
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        return true
    }

    private func createDatabase(_ installation: ClusterInstallation) async throws {
        let run = try await CommandRun.run(
            installation.command([
                installation.binaries + "/psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1",
                "--host=\(settings.socketDirectory)", "--port=5432", "--username=postgres", "--file=-",
                "postgres",
            ]),
            environment: installation.environment,
            input: settings.creationScript
        )
        guard run.exit == .status(0) else {
            throw EmbeddedClusterError.failed(step: "making roles and database", output: run.output)
        }
    }
}
