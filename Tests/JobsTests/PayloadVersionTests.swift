// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs
@testable import Postgres

@Suite("Versions of payloads", .timeLimit(.minutes(1)))
struct PayloadVersionTests {
    private struct Letter: Codable, Equatable {
        let to: String
    }

    private struct Parcel: Codable, Equatable {
        let recipients: [String]
    }

    private let first = JobKind("test.mail")
    private let second = JobKind("test.mail", payloadVersion: 2)

    @Test func `a handler reads each form by the version that the payload states`() async throws {
        let stage = try await RunnerStage()
        let (first, second, told) = (first, second, Told<[String]>())
        var handlers = JobHandlers()
        handlers.work(second) { job in
            switch job.payloadVersion {
            case 1: told.tell([try job.payload(as: Letter.self).to])
            default: told.tell(try job.payload(as: Parcel.self).recipients)
            }
            return .succeeded
        }
        try await stage.running(stage.runner(handlers)) {
            _ = try await stage.database.pool.transaction { try enqueue(first, payload: Letter(to: "An"), on: $0) }
            #expect(try await told.next() == ["An"])
            _ = try await stage.database.pool.transaction {
                try enqueue(second, payload: Parcel(recipients: ["An", "Bình"]), on: $0)
            }
            #expect(try await told.next() == ["An", "Bình"])
        }
    }

    @Test func `a job whose payload is newer than the program is left for a newer one, and loses no attempt`() async throws {
        let observer = KeptObservations()
        let stage = try await RunnerStage(observer: observer)
        let (first, second, told) = (first, second, Told<Int>())
        var (old, new) = (JobHandlers(), JobHandlers())
        old.work(first) { _ in
            told.tell(1)
            return .succeeded
        }
        new.work(second) { job in
            told.tell(job.attempt + 100)
            return .succeeded
        }
        let id = try #require(
            try await stage.database.pool.transaction { try enqueue(second, payload: Parcel(recipients: []), on: $0) })
        try await stage.running(stage.runner(old)) {
            let isLeft = try await stage.eventually { try await stage.report(id).state == "waiting" }
            #expect(isLeft)
        }
        let report = try await stage.report(id)
        #expect(report.attempt == 0 && report.failures.isEmpty && observer.all.isEmpty)
        try await stage.database.travel("2 minutes")
        let heard = try await stage.running(stage.runner(new)) { try await told.next() }
        #expect(heard == 101)
    }

    @Test(arguments: [
        ("{}", 1), (#"{"$v":2}"#, 2), (#"{"$v": 3, "a": 1}"#, 3), (#"{"text": "\"$v\": 5"}"#, 1), (#"{"in": {"$v": 7}}"#, 1),
        ("[1, 2]", 1), ("", 1), (#""$v""#, 1),
    ])
    func `a version is read from the payload, and only where it stands`(payload: String, version: Int) {
        #expect(PayloadWriter.version(of: payload) == version)
    }

    @Test func `what is no object cannot have a later version`() throws {
        #expect(try PayloadWriter(first).text([1]) == "[1]")
        #expect(try PayloadWriter(second).text(NoPayload()) == #"{"$v":2}"#)
        #expect(throws: EncodingError.self) { try PayloadWriter(second).text([1]) }
    }
}
