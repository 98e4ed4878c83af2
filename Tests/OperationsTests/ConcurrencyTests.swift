// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import LabOperations
import LaboratoryModel
import Testing

@Suite("Two at the same time")
struct ConcurrencyTests {
    @Test func `twelve reports frozen at once take twelve numbers without a gap`() async throws {
        let bench = try await Bench.open()
        var samples: [String] = []
        for _ in 1...12 {
            let sample = try await bench.receive()
            try await bench.enter("0.08", of: sample)
            try await bench.review(sample)
            samples.append(sample)
        }
        let labels = try await withThrowingTaskGroup(of: String.self) { group in
            for sample in samples {
                group.addTask {
                    try await bench.act(ReportIssue.self, IssueReport(sample: sample), by: bench.people.reviewer).label
                }
            }
            return try await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(labels.sorted() == (1...12).map { "00\($0 < 10 ? "0" : "")\($0)/2018/KQTN" })
    }

    @Test func `a report and a certificate asked for twice at once are frozen once`() async throws {
        let bench = try await Bench.open()
        let sample = try await bench.receive()
        try await bench.enter("0.08", of: sample)
        try await bench.review(sample)
        try await bench.addDispenser("COT-1")
        let done = try await bench.measure(.dispenser("COT-1", on: "2018-03-01", evidence: .stamped("00001", seal: "001")))
        let codes = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 1...3 {
                group.addTask {
                    try await refusal {
                        try await bench.act(ReportIssue.self, IssueReport(sample: sample), by: bench.people.reviewer)
                        throw ActError.refused([])
                    }.codes
                }
                group.addTask {
                    try await refusal {
                        try await bench.act(
                            CertificateIssue.self, IssueCertificate(measurement: done.id), by: bench.people.technician)
                        throw ActError.refused([])
                    }.codes
                }
            }
            return try await group.reduce(into: [String]()) { $0 += $1 }
        }
        #expect(codes.sorted() == ["already-issued", "already-issued", "report-exists", "report-exists"])
        #expect(
            try await bench.database.texts("select label from record.document order by 1") == [
                "0001/2018/GCNKD", "0001/2018/KQTN",
            ])
    }

    @Test func `of two who affix the same stamp one succeeds`() async throws {
        let bench = try await Bench.open()
        for code in ["COT-1", "COT-2"] { try await bench.addDispenser(code) }
        let outcomes = await withTaskGroup(of: [String].self) { group in
            for (code, seal) in [("COT-1", "001"), ("COT-2", "002")] {
                group.addTask {
                    do {
                        return [
                            try await bench.measure(
                                .dispenser(code, on: "2018-03-01", evidence: .stamped("00001", seal: seal))
                            ).outcome
                        ]
                    } catch let error as ActError {
                        return error.codes
                    } catch {
                        return ["\(error)"]
                    }
                }
            }
            return await group.reduce(into: [String]()) { $0 += $1 }
        }
        #expect(outcomes.sorted() == ["pass", "stamp-used"])
        #expect(try await bench.database.texts("select count(*)::text from record.stamp_event where kind = 'affixed'") == ["2"])
    }

    @Test func `of two reviews of one result one is kept`() async throws {
        let bench = try await Bench.open()
        let sample = try await bench.receive()
        try await bench.enter("0.08", of: sample)
        let done = await withTaskGroup(of: Bool.self) { group in
            for caller in [bench.people.reviewer, bench.people.colleague] {
                group.addTask {
                    do {
                        try await bench.review(sample, by: caller)
                        return true
                    } catch {
                        return false
                    }
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(done == 1)
        #expect(try await bench.database.texts("select count(*)::text from record.result_review") == ["1"])
    }

    @Test func `two emissions at once are two links of one chain`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...4 {
                group.addTask { try await bench.act(DueEmit.self, EmitDueList(on: "2018-06-30"), by: bench.people.manager) }
            }
            try await group.waitForAll()
        }
        let runs = try await bench.ask(DueRunList.self, Page()).items
        #expect(runs.map(\.previous) == runs.dropFirst().map(\.runId) + [nil])
    }
}
