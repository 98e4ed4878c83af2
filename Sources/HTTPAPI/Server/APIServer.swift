// SPDX-License-Identifier: Apache-2.0

package import APIContract
package import Hummingbird
package import Logging
package import ServiceLifecycle

/// The daemon's HTTP side: one router, served on a Unix socket, on a loopback port, or both.
package struct APIServer: Sendable {
    /// Where to listen and what to allow.
    package struct Configuration: Sendable {
        /// The absolute path of the Unix socket, at most 106 bytes; `nil` for none.
        package var socketPath: String?
        /// The group whose members may connect to it; `nil` leaves the daemon's own.
        package var socketGroup: String?
        /// The port on 127.0.0.1, 0 for any free one; `nil` for none.
        package var loopbackPort: Int?
        /// The largest JSON body, in bytes.
        package var bodyLimit = 1 << 20
        /// How long an idle connection is kept, in seconds.
        package var idleSeconds = 75

        /// A configuration that listens where told.
        package init(socketPath: String? = nil, socketGroup: String? = nil, loopbackPort: Int? = nil) {
            self.socketPath = socketPath
            self.socketGroup = socketGroup
            self.loopbackPort = loopbackPort
        }
    }

    /// What the laboratory's side provides.
    package struct Hooks: Sendable {
        /// Who stands behind credentials; throws a ``ProblemError`` (401, 403) or an error that `problem` knows.
        package var authenticate: @Sendable (Credentials) async throws -> any AnyCaller
        /// The problem that an error is to the caller; `nil` for a fault, which is logged and answered 500.
        package var problem: @Sendable (any Error) -> Problem?
        /// What `/readyz` reports.
        package var readiness: @Sendable () async -> [ReadinessCheck]
        /// Called with each address once connections are accepted there.
        package var onListening: @Sendable (String) async -> Void

        /// The hooks of a daemon.
        package init(
            authenticate: @escaping @Sendable (Credentials) async throws -> any AnyCaller,
            problem: @escaping @Sendable (any Error) -> Problem? = { _ in nil },
            readiness: @escaping @Sendable () async -> [ReadinessCheck] = { [] },
            onListening: @escaping @Sendable (String) async -> Void = { _ in }
        ) {
            self.authenticate = authenticate
            self.problem = problem
            self.readiness = readiness
            self.onListening = onListening
        }
    }

    /// The responder behind every server; tests call it without a socket.
    package let responder: RouterResponder<APIContext>
    /// All routes, for the test that holds the OpenAPI document against them.
    package let routeTable: RouteTable
    private let configuration: Configuration
    private let hooks: Hooks
    private let logger: Logger

    /// A server with its routes.
    ///
    /// - Parameters:
    ///   - routes: adds the routes below `/v1`, for which the caller is always known.
    ///   - openRoutes: adds routes at the root that anyone may ask for, such as the OpenAPI document.
    package init(
        configuration: Configuration,
        hooks: Hooks,
        metrics: MetricsRegistry,
        logger: Logger,
        openRoutes: (Router<APIContext>) -> Void = { _ in },
        routes: (RouterGroup<APIContext>) -> Void
    ) {
        let router = Router(context: APIContext.self, options: .autoGenerateHeadEndpoints)
        let routeTable = RouteTable()
        router.add(middleware: RequestMiddleware(metrics: metrics, bodyLimit: configuration.bodyLimit))
        router.add(middleware: ProblemMiddleware(routeTable: routeTable, problem: hooks.problem))
        router.addOperationalRoutes(metrics: metrics, readiness: hooks.readiness)
        openRoutes(router)
        let group = router.group(RouterPath(stringLiteral: Paths.v1))
        group.add(middleware: CallerMiddleware(authenticate: hooks.authenticate))
        routes(group)
        // Before the responder is built, which adds a HEAD for every GET.
        routeTable.fill(from: router)
        responder = router.buildResponder()
        self.routeTable = routeTable
        self.configuration = configuration
        self.hooks = hooks
        self.logger = logger
    }

    /// One service for each place to listen at; to be run in a service group after what the routes depend on.
    ///
    /// - Throws: ``ListeningError/unusablePath(_:)``.
    package func services() throws(ListeningError) -> [any Service] {
        var places: [ListeningService.Place] = []
        if let path = configuration.socketPath {
            places.append(.unix(try SocketFile(path: path, group: configuration.socketGroup)))
        }
        if let port = configuration.loopbackPort { places.append(.loopback(port: port)) }
        return places.map { place in
            ListeningService(
                place: place,
                responder: responder,
                idleSeconds: configuration.idleSeconds,
                logger: logger,
                onListening: hooks.onListening
            )
        }
    }
}
