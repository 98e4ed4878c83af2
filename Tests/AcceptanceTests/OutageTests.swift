// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Testing

@Suite("When something stops in the middle", .serialized)
struct OutageTests {
    @Test func `a daemon killed and started again adopts its database and repeats its first answer`()
        async throws
    {
        try await Laboratory.withOwn { laboratory in
            let sample = try await laboratory.receivedSample(indicators: ["PET-RON"])
            let file = URL(filePath: laboratory.token(of: .technician))
            let token = String(decoding: try Data(contentsOf: file), as: UTF8.self).filter { !$0.isNewline }
            let body = #"{"results":[{"sample":"\#(sample)","indicator":"PET-RON","value":"95,2"}]}"#
            func send() async throws -> WireExchange {
                try await .post(
                    "/v1/results", body, key: "phien-toi-\(sample)", headers: [("Authorization", "Bearer \(token)")],
                    socket: laboratory.daemon.socket)
            }
            let first = try await send()
            #expect(first.status == 201 && !first.isReplayed, "\(first.body)")
            let postmaster = try #require(laboratory.daemon.postmaster)

            try await laboratory.daemon.kill()
            let unserved = try await laboratory.etalon("sample", "list", by: .technician)
            #expect(unserved.exitCode == 69)
            try await laboratory.daemon.start()
            #expect(laboratory.daemon.postmaster == postmaster)

            let second = try await send()
            #expect(second.status == first.status && second.body == first.body)
            #expect(second.isReplayed)
            let history = try await laboratory.document("result", "history", sample, by: .reviewer)
            #expect(history.items.count == 1)
            #expect(try await laboratory.daemon.stop() == 0)
            #expect(laboratory.daemon.postmaster == nil)
        }
    }

    @Test func `while PostgreSQL is stopped one clear line says so, and the work goes on when it is back`()
        async throws
    {
        try await Laboratory.withOwn { laboratory in
            let sample = try await laboratory.receivedSample(indicators: ["PET-RON"])
            try await laboratory.daemon.stop()
            try await laboratory.daemon.administer("start")
            try await laboratory.daemon.start(.elsewhere)
            let before = try await laboratory.everything(of: sample)

            try await laboratory.daemon.administer("stop")
            async let english = laboratory.etalon(
                "result", "enter", sample, "PET-RON=95,2", by: .technician, in: .en)
            async let vietnamese = laboratory.etalon(
                "result", "enter", sample, "PET-RON=95,2", by: .technician, in: .vi)
            for (run, opening) in [(try await english, "Error: "), (try await vietnamese, "Lỗi: ")] {
                #expect(run.exitCode == 69)
                #expect(run.output.isEmpty)
                #expect(run.errors.hasPrefix(opening))
                #expect(run.errorLines.dropFirst().allSatisfy { $0.hasPrefix("  ") }, "\(run.errors)")
                #expect(!run.errors.contains(laboratory.daemon.embedded), "\(run.errors)")
            }

            try await laboratory.daemon.administer("start")
            #expect(try await laboratory.everything(of: sample) == before)
            try await laboratory.done("result", "enter", sample, "PET-RON=95,2", by: .technician)
        }
    }
}
