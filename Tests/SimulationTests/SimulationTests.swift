// SPDX-License-Identifier: Apache-2.0
import Simulation
import Testing

@Suite("Years under a virtual clock", .serialized, .timeLimit(.minutes(3)))
struct SimulationTests {
    @Test func `days are reckoned as the calendar has them`() {
        #expect(
            "\(CivilDay(2024, 2, 29) + 1) \(CivilDay(2024, 14, 1)) \(CivilDay(1970, 1, 1).number)" == "2024-03-01 2025-02-01 0")
        #expect("\(CivilDay(2100, 3, 1) - 1) \(CivilDay(2000, 3, 1) - 1)" == "2100-02-28 2000-02-29")
    }

    @Test func `a year of stops, jumps and late papers is as the model says, also where the clocks are changed`() async throws {
        let report = try await Simulation.run(.init(days: 365, instruments: 120, seed: 2, zone: .berlin))
        #expect(report.differences.prefix(20) == [])
        #expect(report.count("stages reminded") > 300)
        #expect(report.count("stages skipped, named in the newer stage") > 10)
        #expect(report.count("nights caught_up") > 0)
        #expect(report.count("nights nightly") > 250)
        #expect(report.count("slots down") > 0)
    }

    @Test func `so are two months in the zone of the first centre`() async throws {
        let report = try await Simulation.run(.init(days: 60, instruments: 120, seed: 1, zone: .hoChiMinh))
        #expect(report.differences.prefix(20) == [])
    }
}
