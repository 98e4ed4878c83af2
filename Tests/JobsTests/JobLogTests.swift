// SPDX-License-Identifier: Apache-2.0
import Logging
import Testing

@testable import Jobs
@testable import Postgres

@Suite("What the log says of jobs", .timeLimit(.minutes(1)))
struct JobLogTests {
    private struct Refusal: Error {}

    private struct Line: Sendable {
        let level: Logger.Level
        let message: String
        let values: [String: String]
    }

    /// Keeps what is said of attempts.
    private struct Handler: LogHandler {
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .info
        let told: Told<Line>

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            guard let metadata = event.metadata, metadata["job.id"] != nil else { return }
            told.tell(Line(level: event.level, message: "\(event.message)", values: metadata.mapValues { "\($0)" }))
        }
    }

    @Test func `each failed attempt and each death is one line with kind, number, attempt, duration, error and trace`()
        async throws
    {
        let database = try await TestDatabase.make()
        let kind = JobKind("test.work", maxAttempts: 2, retryDelay: RetryDelay(first: .milliseconds(5), spread: 0))
        let told = Told<Line>()
        var handlers = JobHandlers()
        handlers.effect(kind) { _ in throw Refusal() }
        var settings = RunnerSettings(slots: [.default: 1])
        settings.ceiling = .milliseconds(100)
        let runner = JobRunner(
            settings: settings, handlers: handlers, database: database.settings, pool: database.pool,
            logger: Logger(label: "test") { _ in Handler(told: told) })
        let trace = try #require(TraceContext(rawValue: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))
        let lines = try await running(runner) {
            let id = try await database.pool.transaction { try enqueue(kind, payload: NoPayload(), trace: trace, on: $0) }
            let lines = try await told.next(2)
            #expect(lines.map { $0.values["job.id"] } == [id, id].map { $0.map { "\($0)" } })
            return lines
        }
        #expect(lines.map(\.message) == ["job failed", "job given up"] && lines.map(\.level) == [.warning, .error])
        #expect(lines.map { $0.values["job.attempt"] } == ["1", "2"])
        for line in lines {
            #expect(line.values["job.kind"] == "test.work" && line.values["trace.parent"] == trace.rawValue)
            #expect(line.values["error"]?.contains("Refusal") == true)
            #expect(line.values["job.milliseconds"].flatMap { Int($0) } != nil)
        }
    }
}
