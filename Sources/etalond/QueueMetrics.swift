// SPDX-License-Identifier: Apache-2.0
import Glibc
import HTTPAPI
import Jobs
import LabOperations
import LabStore
import LaboratoryModel
import Postgres

/// The metrics of the queue: what the database holds, what the runner of this process did, what the pool of connections lends.
///
/// The database is asked at most once within five seconds, however many scrapers there are; figures come from partial indexes and views
/// of the server.
struct QueueMetrics {
    /// What one look at the database found.
    struct Sight: Sendable {
        let queue: QueueSight
        /// This process's clock when it was found, in milliseconds since 1970.
        let clock: Int64

        init(_ queue: QueueSight) {
            self.queue = queue
            var moment = timespec()
            clock_gettime(CLOCK_REALTIME, &moment)
            clock = Int64(moment.tv_sec) * 1000 + Int64(moment.tv_nsec) / 1_000_000
        }
    }

    private let sight: Remembered<Sight>
    let runner: @Sendable () async -> RunnerStatistics
    private let pool: @Sendable () async -> PoolStatistics

    /// The metrics of what a process runs.
    init(of runner: JobRunner, _ laboratory: Laboratory) {
        sight = Remembered(for: .seconds(5)) { Sight(try await laboratory.ask(QueueSighting.self, (), by: .system)) }
        self.runner = { await runner.statistics }
        pool = { await runner.poolStatistics }
    }

    /// Adds every metric to a registry.
    func add(to metrics: MetricsRegistry) {
        addDepth(to: metrics)
        addServer(to: metrics)
        addLaboratory(to: metrics)
        addRunner(to: metrics)
        addKinds(to: metrics)
        addSpreads(to: metrics)
    }

    private func gauge(
        _ metrics: MetricsRegistry, _ name: String, _ help: String,
        _ readings: @escaping @Sendable (Sight) -> [MetricsRegistry.Reading]
    ) {
        let sight = sight
        metrics.gauge(name, help: help) { readings(try await sight.value()) }
    }

    private func figure(
        _ metrics: MetricsRegistry, _ name: String, _ help: String, _ value: @escaping @Sendable (QueueFigures) -> Double?
    ) {
        gauge(metrics, name, help) { sight in value(sight.queue.figures).map { [.init($0)] } ?? [] }
    }

    private func addDepth(to metrics: MetricsRegistry) {
        gauge(metrics, "etalon_jobs_depth", "Jobs by lane: ready, running and dead; counts end at 100,000.") { sight in
            sight.queue.lanes.flatMap { lane in
                [("ready", lane.ready), ("running", lane.running), ("dead", lane.dead)].map { state, count in
                    .init(Double(count), labels: [(name: "lane", value: lane.lane), (name: "state", value: state)])
                }
            }
        }
        gauge(metrics, "etalon_jobs_oldest_ready_seconds", "Time the oldest ready job of a lane has waited for a slot.") {
            sight in
            sight.queue.lanes.map { .init(Double($0.oldestReadySeconds), labels: [(name: "lane", value: $0.lane)]) }
        }
        gauge(metrics, "etalon_jobs_lane_paused", "1 while a lane is paused.") { sight in
            sight.queue.lanes.map { .init($0.isPaused ? 1 : 0, labels: [(name: "lane", value: $0.lane)]) }
        }
        figure(metrics, "etalon_jobs_waiting", "Jobs that wait for their moment or for others; above 20,000 an estimate.") {
            Double($0.waiting)
        }
        gauge(metrics, "etalon_jobs_waiting_due", "Waiting jobs whose moment comes within a time.") { sight in
            [("1h", sight.queue.figures.dueWithinHour), ("24h", sight.queue.figures.dueWithinDay)].map { within, count in
                .init(Double(count), labels: [(name: "within", value: within)])
            }
        }
        figure(metrics, "etalon_jobs_overdue_seconds", "Time by which the earliest waiting job has passed its moment.") {
            Double($0.overdueSeconds)
        }
        figure(metrics, "etalon_jobs_orphans", "Running jobs whose worker gives no signs of life.") { Double($0.orphans) }
        figure(metrics, "etalon_jobs_live_workers", "Workers that take jobs, of all processes.") { Double($0.liveWorkers) }
        gauge(metrics, "etalon_schedule_late_seconds", "Time by which the next slot of a schedule is late.") { sight in
            sight.queue.schedules.compactMap { schedule in
                schedule.lateSeconds.map { .init(Double($0), labels: [(name: "schedule", value: schedule.key)]) }
            }
        }
        gauge(metrics, "etalon_schedule_skipped", "Slots of a schedule skipped within the last day.") { sight in
            sight.queue.schedules.map { .init(Double($0.skippedRecently), labels: [(name: "schedule", value: $0.key)]) }
        }
    }

    private func addServer(to metrics: MetricsRegistry) {
        figure(metrics, "etalon_postgres_dead_tuples", "Dead rows of the hot table of jobs.") { Double($0.deadTuples) }
        figure(
            metrics, "etalon_postgres_snapshot_seconds", "Time for which the oldest snapshot of another session has been held."
        ) {
            Double($0.snapshotSeconds)
        }
        figure(metrics, "etalon_postgres_snapshot_transactions", "Transactions begun since the oldest snapshot was taken.") {
            Double($0.snapshotTransactions)
        }
        figure(metrics, "etalon_postgres_notification_queue_ratio", "Part of the server's notification queue in use.") {
            $0.notificationUsage
        }
        gauge(metrics, "etalon_postgres_clock_difference_seconds", "Clock of the database less the clock of this process.") {
            [.init(Double($0.queue.figures.clockMilliseconds - $0.clock) / 1000)]
        }
        let pool = pool
        metrics.gauge("etalon_postgres_connections", help: "Connections of the pool, by what they do.") {
            let statistics = await pool()
            return [("idle", statistics.idle), ("lent", statistics.lent)].map { state, count in
                .init(Double(count), labels: [(name: "state", value: state)])
            }
        }
        metrics.gauge("etalon_postgres_connection_waiters", help: "Callers that wait for a connection.") {
            [.init(Double(await pool().waiting))]
        }
        metrics.counts("etalon_postgres_connections_lost_total", help: "Connections found broken.") {
            [.init(Double(await pool().lost))]
        }
        metrics.counts("etalon_postgres_transactions_retried_total", help: "Transactions begun again after a conflict.") {
            [.init(Double(await pool().retried))]
        }
    }

    private func addLaboratory(to metrics: MetricsRegistry) {
        gauge(metrics, "etalon_due_run_age_days", "Days from the newest night with a due list to today.") { sight in
            sight.queue.dueRun.ageDays.map { [.init(Double($0))] } ?? []
        }
        gauge(metrics, "etalon_due_run_seconds", "Age of the newest night's due list, at least since its day ended.") { sight in
            sight.queue.dueRun.ageSeconds.map { [.init(Double($0))] } ?? []
        }
        gauge(metrics, "etalon_due_run_items", "Items of the newest night's due list, by class.") { sight in
            [("overdue", sight.queue.dueRun.overdue), ("due", sight.queue.dueRun.due)].compactMap { name, count in
                count.map { .init(Double($0), labels: [(name: "class", value: name)]) }
            }
        }
        gauge(metrics, "etalon_due_run_items_before", "Items of the due list of the night before, by class.") { sight in
            [("overdue", sight.queue.dueRun.overdueBefore), ("due", sight.queue.dueRun.dueBefore)].compactMap { name, count in
                count.map { .init(Double($0), labels: [(name: "class", value: name)]) }
            }
        }
        gauge(metrics, "etalon_due_alarms", "Alarms about nights of the due list that nobody has ended, by kind.") { sight in
            zip(["missing", "small", "empty"], sight.queue.dueRun.alarms).map { kind, count in
                .init(Double(count), labels: [(name: "kind", value: kind)])
            }
        }
        gauge(metrics, "etalon_reminders_unreached", "Reminders of the last seven days that reached nobody, by audience.") {
            sight in
            zip(["customer", "staff", "manager", "head"], sight.queue.dueRun.unreached).map { audience, count in
                .init(Double(count), labels: [(name: "audience", value: audience)])
            }
        }
        gauge(metrics, "etalon_deadline_late_seconds", "Time by which the earliest stage of a deadline is late.") { sight in
            [.init(Double(sight.queue.dueRun.deadlineLateSeconds))]
        }
        gauge(metrics, "etalon_clock_held", "1 while the guard of the clock holds schedules and deadlines.") { sight in
            [.init(sight.queue.clock.heldAt == nil ? 0 : 1)]
        }
        gauge(metrics, "etalon_jobs_alarm", "1 for each thing that upkeep of the queue wants a person to know.") { sight in
            sight.queue.alarms.map { .init(1, labels: [(name: "name", value: $0.name)]) }
        }
    }
}
