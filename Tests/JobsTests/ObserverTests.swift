// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs
@testable import Postgres

@Suite("What a runner tells", .timeLimit(.minutes(1)))
struct ObserverTests {
    private let kind = JobKind("test.work", maxAttempts: 2, retryDelay: RetryDelay(first: .milliseconds(5), spread: 0))

    @Test func `an observer is told of each claim, each end and each failure, with what they took`() async throws {
        let observer = KeptObservations()
        let stage = try await RunnerStage(observer: observer)
        let (kind, told) = (kind, Told<Int>())
        var handlers = JobHandlers()
        handlers.effect(kind) { job in
            told.tell(job.attempt)
            try await Task.sleep(for: .milliseconds(5))
            throw RetryAfter(.milliseconds(1), "broken")
        }
        let good = JobKind("test.good")
        handlers.work(good) { job in
            told.tell(job.attempt)
            return .superseded
        }
        let runner = stage.runner(handlers)
        let (bad, superseded) = try await stage.running(runner) {
            let superseded = try await stage.enqueueOne(good)
            #expect(try await told.next() == 1)
            #expect(try await stage.eventually { try await stage.report(superseded).state == "superseded" })
            let bad = try await stage.enqueueOne(kind)
            #expect(try await told.next(2) == [1, 2])
            return (bad, superseded)
        }
        let words = observer.all.map { observation -> String in
            switch observation {
            case .claimed(let job): "claimed \(job.id) \(job.attempt)"
            case .finished(let job, let outcome, _): "finished \(job.id) \(outcome)"
            case .failed(let job, let error, let took, let isDead):
                "failed \(job.id) \(error) \(took >= .milliseconds(5)) \(isDead)"
            default: "\(observation)"
            }
        }
        #expect(
            words == [
                "claimed \(superseded) 1", "finished \(superseded) superseded",
                "claimed \(bad) 1", "failed \(bad) broken true false", "claimed \(bad) 2", "failed \(bad) broken true true",
            ])
    }

    @Test func `the statistics count jobs, batches, hints and durations by kind`() async throws {
        let stage = try await RunnerStage()
        let (kind, told) = (kind, Told<Void>())
        var handlers = JobHandlers()
        handlers.work(kind) { _ in
            told.tell(())
            return .succeeded
        }
        let runner = stage.runner(handlers)
        try await stage.running(runner) {
            for _ in 0..<3 {
                let id = try await stage.enqueueOne(kind)
                try await told.next()
                #expect(try await stage.eventually { try await stage.report(id).state == "succeeded" })
            }
        }
        let statistics = await runner.statistics
        #expect(statistics.claimed == 3 && statistics.ended == 3 && statistics.failed == 0 && statistics.running == 0)
        #expect(statistics.pumps.count == statistics.looks && statistics.looks >= 3)
        #expect(statistics.claims.sum == 3 && statistics.claims.counts.reduce(0, +) == statistics.claims.count)
        #expect(statistics.acknowledgements.sum == 3)
        #expect(statistics.hints >= 2 && statistics.usefulHints >= 2 && statistics.pollsThatFoundWork == 0)
        #expect(statistics.wakes.count >= 2 && statistics.wakes.sum < 5)
        let one = try #require(statistics.kinds[kind.name])
        #expect(one.claimed == 3 && one.ended == 3 && one.runs.count == 3 && one.waits.count == 3)
    }

    @Test func `a job belongs to the trace of what asked for it, and so does what its handler asks for`() async throws {
        let stage = try await RunnerStage()
        let (first, second) = (JobKind("test.first"), JobKind("test.second"))
        let told = Told<TraceContext?>()
        var handlers = JobHandlers()
        handlers.transaction(first) { database, job in
            try enqueue(second, payload: NoPayload(), on: database)
            told.tell(job.trace)
            return .succeeded
        }
        handlers.effect(second) { job in
            told.tell(TraceContext.current == job.trace ? job.trace : nil)
            return .succeeded
        }
        let trace = try #require(TraceContext(rawValue: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))
        let heard = try await stage.running(stage.runner(handlers)) {
            try await TraceContext.$current.withValue(trace) {
                _ = try await stage.database.pool.transaction { try enqueue(first, payload: NoPayload(), on: $0) }
            }
            return try await told.next(2)
        }
        #expect(heard == [trace, trace])
        #expect(try await stage.database.texts("select distinct trace from jobs.job_done") == [trace.rawValue])
    }

    @Test(arguments: [
        "", "00", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01", "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g", "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1", "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x", "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01x",
        "CC-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "+c-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0G", "cc-00000000000000000000000000000000-00f067aa0ba902b7-01",
    ])
    func `what is no header of a trace is refused`(text: String) {
        #expect(TraceContext(rawValue: text) == nil && TraceContext(headers: [text]) == nil)
    }

    @Test(arguments: [("cc", "01", "01"), ("01", "03", "01"), ("cc", "fe-what-comes-later", "00"), ("00", "fe", "fe")])
    func `of a header of a later version what this one knows is taken`(version: String, flags: String, taken: String) {
        let middle = "-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-"
        #expect(TraceContext(headers: [version + middle + flags])?.rawValue == "00" + middle + taken)
    }

    @Test func `two headers are none, and a trace of its own is valid and another each time`() {
        let header = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        #expect(TraceContext(headers: []) == nil && TraceContext(headers: [header, header]) == nil)
        let begun = (0..<100).map { _ in TraceContext.beginning() }
        #expect(Set(begun).count == 100 && begun.allSatisfy { TraceContext(rawValue: $0.rawValue) == $0 })
    }
}
