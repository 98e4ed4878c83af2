// SPDX-License-Identifier: Apache-2.0
import APIContract
import ArgumentParser
import Certificates
import Foundation
import HTTPAPI
import Jobs
import LabOperations
import LabStore
import LaboratoryModel
import Logging
import Postgres
import Rendering
import ServiceLifecycle
import UnixSignals
import Vocabulary

/// Serves the laboratory until it is asked to stop.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration.told(
        "serve", "Phục vụ API của phòng thí nghiệm và chạy công việc nền.", "Serve the laboratory's API and run its jobs.")

    @OptionGroup var common: CommonOptions
    @Option(help: .both("Đường dẫn ổ cắm Unix.", "Path of the Unix socket."))
    var socket: String?
    @Option(help: .both("Cổng trên 127.0.0.1, ngoài ổ cắm.", "Port on 127.0.0.1, besides the socket."))
    var port: Int?
    @Option(
        help: .both(
            "Nạp thư mục danh mục này trước khi phục vụ (chế độ nhúng).",
            "Load this folder of master data before serving (embedded mode)."))
    var load: String?

    func run() async throws {
        try await orExit {
            var configuration = try DaemonConfiguration(file: common.config)
            configuration.socket = socket ?? configuration.socket
            configuration.port = port ?? configuration.port
            let logger = try makeLogger(level: configuration.logLevel)
            let database = try await Database.open(common, configuration, logger: logger)
            if database.cluster != nil {
                let owner = try await database.ownerConnection()
                _ = try await migrate(on: owner) { logger.info("Migration applied", metadata: ["migration": "\($0)"]) }
                if let load { _ = try await owner.loading(try readCatalogue(load)) }
                await owner.close()
            }
            try await serve(configuration, database, logger: logger)
        }
    }

    private func serve(_ configuration: DaemonConfiguration, _ database: Database, logger: Logger) async throws {
        let notify = SystemdNotify()
        let connection = ConnectionSettings(database.daemon, applicationName: "etalond")
        try await waitForSchema(connection, notify: notify, logger: logger)
        let pool = ConnectionPool(settings: connection, size: configuration.connections, logger: logger)
        let store = LabStore(pool: pool)
        let laboratory = Laboratory(
            store: store, centre: Centre(publicURL: configuration.publicURL, dueCatchUp: configuration.dueCatchUp))
        let renderer = TypstRenderer(endpoint: try rendererEndpoint(configuration), logger: logger)
        let jobs = LaboratoryJobs(
            laboratory: laboratory, renderer: renderer, timeZone: try await laboratory.timeZone(), logger: logger)
        var handlers = jobs.handlers
        try await configuration.outgoing.add(to: &handlers, of: laboratory, store: store, logger: logger)
        var settings = RunnerSettings(slots: [.default: 8, .mail: 4, .render: 1, .list: 1, .maintenance: 1, .deadline: 1])
        settings.ceiling = .seconds(configuration.jobsCeilingSeconds)
        settings.version = Etalond.version
        let runner = JobRunner(
            settings: settings, handlers: handlers, schedules: jobs.schedules, moments: jobs.moments, database: connection,
            pool: pool, logger: logger)
        let started = ContinuousClock.now
        let routes = LaboratoryRoutes(
            laboratory: laboratory, printing: Printing(laboratory: laboratory, renderer: renderer),
            jobs: JobDesk(dueTimerZones: { TimerUnit("etalon-due.timer")?.zones() }) {
                if await runner.statistics.isListening { return .heard }
                return started.duration(to: .now) < .seconds(30) ? .starting : .silent
            })
        let server = try apiServer(
            configuration, laboratory, routes, store: store, runner: runner, contradictions: jobs.contradictoryRenderings,
            notify: notify, logger: logger)

        var services: [any Service] = []
        if let cluster = database.cluster { services.append(cluster) }
        services.append(runner)
        services.append(JobUpkeep(pool: pool, maintenance: database.maintenance, logger: logger))
        services += try server.services()
        services.append(WatchdogService(notify: notify))
        services.append(StoppingNotice(notify: notify))
        let group = ServiceGroup(
            configuration: .init(
                services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
        await renderer.stop()
        await pool.shutdown()
        await database.cluster?.stop()
        logger.info("Stopped")
    }

    private func apiServer(
        _ configuration: DaemonConfiguration, _ laboratory: Laboratory, _ routes: LaboratoryRoutes, store: LabStore,
        runner: JobRunner, contradictions: AlarmCount,
        notify: SystemdNotify, logger: Logger
    ) throws -> APIServer {
        let directory = CallerDirectory(store: store, ownUID: getuid())
        let metrics = MetricsRegistry()
        QueueMetrics(of: runner, laboratory).add(to: metrics)
        metrics.addDeliveries(of: laboratory, contradictions: contradictions)
        let hooks = APIServer.Hooks(
            authenticate: { credentials in try await caller(credentials, directory) },
            problem: { Problem(of: $0) },
            readiness: {
                do {
                    _ = try await laboratory.ask(AuditHead.self, (), by: .system)
                    return [ReadinessCheck(name: "database", ready: true)]
                } catch {
                    return [ReadinessCheck(name: "database", ready: false, detail: "not reachable")]
                }
            },
            onListening: { address in
                logger.info("Listening", metadata: ["address": "\(address)"])
                notify.ready(status: "serving on \(address)")
            })
        return APIServer(
            configuration: .init(
                socketPath: configuration.socket, socketGroup: configuration.socketGroup, loopbackPort: configuration.port),
            hooks: hooks, metrics: metrics, logger: logger, openRoutes: routes.addPublic, routes: routes.add)
    }

    private func rendererEndpoint(_ configuration: DaemonConfiguration) throws -> RendererEndpoint {
        if let socket = configuration.rendererSocket { return .socket(path: socket) }
        return .child(
            RendererProgram(
                python: configuration.rendererPython ?? "/usr/lib/etalon/renderer/bin/python",
                script: configuration.rendererScript ?? "/usr/share/etalon/renderer/etalon_renderer.py",
                templates: configuration.rendererTemplates ?? "/usr/share/etalon/config/templates",
                user: configuration.rendererUser))
    }

    private static func otherSchema(applied: Int, wanted: Int) -> Bilingual {
        applied > wanted
            ? Bilingual(
                vi: "cơ sở dữ liệu (bước \(applied)) mới hơn chương trình (bước \(wanted)): hãy cài chương trình mới hơn",
                en: "the database is newer (step \(applied)) than this program (step \(wanted)): install the newer program")
            : Bilingual(
                vi: "lược đồ mới ở bước \(applied) trên \(wanted): hãy chạy `etalond migrate` trước",
                en: "the schema is at step \(applied) of \(wanted): run `etalond migrate` first")
    }

    /// Waits for the database, then refuses a schema that is not this program's.
    private func waitForSchema(_ settings: ConnectionSettings, notify: SystemdNotify, logger: Logger) async throws {
        var pause = Duration.milliseconds(200)
        while true {
            do {
                let connection = try await Connection.open(settings)
                let applied = try await connection.appliedSteps()
                await connection.close()
                let wanted = EmbeddedSQL.migrations(in: "sql/migrations").count
                guard applied == wanted else {
                    Speech.end(Self.otherSchema(applied: applied, wanted: wanted), code: 78)
                }
                return
            } catch let error as PostgresError {
                guard case .unreachable = error else { throw error }
                logger.warning("Database not reachable, waiting", metadata: ["error": "\(String(reflecting: error))"])
                notify.status("waiting for the database")
                notify.extendTimeout(by: .seconds(30))
                try await Task.sleep(for: pause)
                pause = min(pause * 2, .seconds(5))
            }
        }
    }
}

extension Connection {
    /// Steps of the laboratory's schema that this database has; 0 for an empty one.
    func appliedSteps() throws -> Int {
        try schemaStep()
    }
}

/// Who calls, or the 401 that says how to become known.
private func caller(_ credentials: Credentials, _ directory: CallerDirectory) async throws -> any AnyCaller {
    let found: Caller?
    switch credentials {
    case .token(let token): found = try await directory.caller(token: token)
    case .peer(let uid): found = try await directory.caller(uid: uid, account: accountName(uid))
    case .anonymous: found = nil
    }
    guard let found else {
        throw ProblemError(
            Problem(
                .notAuthenticated, vi: "không biết người gọi; dùng --token-file hoặc tài khoản hệ điều hành đã đăng ký",
                en: "the caller is not known; use --token-file, or an account that `etalon staff add --os-user` registered"))
    }
    return LaboratoryCaller(found)
}

private func accountName(_ uid: UInt32) -> String? {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16_384)
    guard getpwuid_r(uid, &entry, &buffer, buffer.count, &found) == 0, found != nil else { return nil }
    return String(cString: entry.pw_name)
}

/// Tells the supervisor that the drain has begun.
private struct StoppingNotice: Service {
    let notify: SystemdNotify

    func run() async throws {
        do { try await gracefulShutdown() } catch is CancellationError { return }
        notify.stopping()
    }
}
