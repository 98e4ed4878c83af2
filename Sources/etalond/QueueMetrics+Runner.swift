// SPDX-License-Identifier: Apache-2.0
import HTTPAPI
import Jobs

extension QueueMetrics {
    /// Adds what the runner of this process counts.
    func addRunner(to metrics: MetricsRegistry) {
        let runner = runner
        func gauge(_ name: String, _ help: String, _ value: @escaping @Sendable (RunnerStatistics) -> Double) {
            metrics.gauge(name, help: help) { [.init(value(await runner()))] }
        }
        func counts(_ name: String, _ help: String, _ value: @escaping @Sendable (RunnerStatistics) -> Int) {
            metrics.counts(name, help: help) { [.init(Double(value(await runner())))] }
        }
        gauge("etalon_jobs_running", "Jobs running in this process.") { Double($0.running) }
        gauge("etalon_jobs_stuck", "Jobs written off whose handlers still hold a slot.") { Double($0.stuck) }
        gauge("etalon_jobs_listening", "1 while the runner hears hints.") { $0.isListening ? 1 : 0 }
        gauge("etalon_jobs_lease_age_seconds", "Time since the lease of this process was renewed.") { $0.sinceBeat.inSeconds }
        counts("etalon_jobs_looks_total", "Looks at the queue.") { $0.looks }
        counts("etalon_jobs_rescued_total", "Jobs of dead workers made ready again, or given up.") { $0.rescued }
        counts("etalon_jobs_leases_lost_total", "Results dropped because the lease was lost.") { $0.leasesLost }
        counts("etalon_jobs_faults_total", "Looks, ticks and beats that failed.") { $0.faults }
        counts("etalon_jobs_hints_total", "Hints heard.") { $0.hints }
        counts("etalon_jobs_useful_hints_total", "Looks after a hint that found work.") { $0.usefulHints }
        counts("etalon_jobs_lost_hints_total", "Looks by the ceiling alone that found work.") { $0.pollsThatFoundWork }
        counts("etalon_schedule_slots_total", "Slots of schedules dealt with.") { $0.ticked }
        metrics.gauge("etalon_tick_age_seconds", help: "Time since schedules and each source of moments were dealt with.") {
            await runner().ticks.sorted { $0.key < $1.key }.map { name, moment in
                .init(moment.duration(to: .now).inSeconds, labels: [(name: "source", value: name)])
            }
        }
    }

    /// Adds what the runner of this process counts of each kind of job.
    func addKinds(to metrics: MetricsRegistry) {
        let runner = runner
        func counts(_ name: String, _ help: String, _ value: @escaping @Sendable (KindStatistics) -> Int) {
            metrics.counts(name, help: help) {
                await runner().kinds.sorted { $0.key < $1.key }.map { kind, statistics in
                    .init(Double(value(statistics)), labels: [(name: "kind", value: kind)])
                }
            }
        }
        counts("etalon_jobs_claimed_total", "Jobs taken.") { $0.claimed }
        counts("etalon_jobs_finished_total", "Attempts that ended without failure.") { $0.ended }
        counts("etalon_jobs_failed_total", "Attempts that failed.") { $0.failed }
        counts("etalon_jobs_died_total", "Jobs given up for a person.") { $0.died }
    }

    /// Adds how long jobs waited and ran, and how many were taken at a time.
    func addSpreads(to metrics: MetricsRegistry) {
        let runner = runner
        func kinds(_ name: String, _ help: String, _ value: @escaping @Sendable (KindStatistics) -> DurationHistogram) {
            metrics.spreads(name, help: help) {
                await runner().kinds.sorted { $0.key < $1.key }.map { kind, statistics in
                    value(statistics).spread([(name: "kind", value: kind)])
                }
            }
        }
        kinds("etalon_jobs_wait_seconds", "Time from the moment at which a job could run to its start.") { $0.waits }
        kinds("etalon_jobs_run_seconds", "Duration of attempts.") { $0.runs }
        metrics.spreads("etalon_jobs_pump_seconds", help: "Duration of the statement that acknowledges and claims.") {
            [await runner().pumps.spread()]
        }
        metrics.spreads("etalon_jobs_wake_seconds", help: "Time from hearing a hint to the start of its first job.") {
            [await runner().wakes.spread()]
        }
        metrics.spreads("etalon_jobs_claimed_batch", help: "Jobs claimed in one statement that found any.") {
            [await runner().claims.spread()]
        }
        metrics.spreads("etalon_jobs_acknowledged_batch", help: "Jobs acknowledged in one statement.") {
            [await runner().acknowledgements.spread()]
        }
    }
}

extension DurationHistogram {
    fileprivate func spread(_ labels: MetricsRegistry.Labels = []) -> MetricsRegistry.Spread {
        .init(bounds: Self.bounds, counts: counts, sum: sum, labels: labels)
    }
}

extension CountHistogram {
    fileprivate func spread() -> MetricsRegistry.Spread {
        .init(bounds: Self.bounds.map(Double.init), counts: counts, sum: Double(sum))
    }
}

extension Duration {
    fileprivate var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
