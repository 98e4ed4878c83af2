// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import LabOperations
import LaboratoryModel
import Testing

@Suite("Figures of the annual report about instruments")
struct AnnualInstrumentFigureTests {
    private func verify(
        _ bench: Bench, _ code: String, on day: String = "2017-05-10", _ number: String, totaliser: Bool = false
    ) async throws {
        var evidence: [NewEvidence] = .stamped("000\(number)", seal: "0\(number)")
        if totaliser {
            evidence.append(NewEvidence(kind: "totaliser_seal", series: "TX", number: "0\(number)", place: "Đồng hồ tổng"))
        }
        try await bench.measure(.dispenser(code, on: day, evidence: evidence))
    }

    @Test func `a dispenser verified counts with its site and its enterprise, each once`() async throws {
        let bench = try await Bench.open(on: "2017-11-15")
        for (code, site) in [
            ("COT-1", "TRAM-1"), ("COT-2", "TRAM-1"), ("COT-3", "TRAM-2"), ("COT-4", "TRAM-3"), ("COT-5", "KHO-DT"),
        ] {
            try await bench.addDispenser(code, at: site)
        }
        let one = ["fuel_dispensers_verified": 1, "fuel_dispensers_verifications": 1, "fuel_dispensers_passed": 1]
        #expect(
            try await bench.moved { try await verify(bench, "COT-1", "11") }
                == one.merging(["fuel_dispenser_enterprises": 1, "fuel_dispenser_sites": 1]) { $1 })
        #expect(try await bench.moved { try await verify(bench, "COT-2", "12") } == one)
        #expect(
            try await bench.moved { try await verify(bench, "COT-3", "13") } == one.merging(["fuel_dispenser_sites": 1]) { $1 })
        #expect(
            try await bench.moved { try await verify(bench, "COT-4", "14") }
                == one.merging(["fuel_dispenser_enterprises": 1, "fuel_dispenser_sites": 1]) { $1 })
        // Outside the city it is no dispenser of the city.
        #expect(try await bench.moved { try await verify(bench, "COT-5", "15") } == [:])
        // Two customers turn out to be one legal person.
        #expect(
            try await bench.moved {
                try await bench.act(CustomerMerge.self, MergeCustomer(customer: "XDTD", into: "XDHG"), by: bench.people.reception)
            } == ["fuel_dispenser_enterprises": -1])
    }

    @Test func `a dispenser verified again, failed or refused counts as such, not as another dispenser`() async throws {
        let bench = try await Bench.open(on: "2017-11-15")
        try await bench.addDispenser("COT-1")
        try await verify(bench, "COT-1", "11")
        #expect(
            try await bench.moved { try await verify(bench, "COT-1", on: "2017-08-10", "12") }
                == ["fuel_dispensers_verifications": 1, "fuel_dispensers_passed": 1])
        #expect(
            try await bench.moved { try await bench.measure(.dispenser("COT-1", on: "2017-09-10", measured: "19.500")) }
                == ["fuel_dispensers_verifications": 1, "fuel_dispensers_failed": 1])
        var request = RecordMeasurement.dispenser("COT-1", on: "2017-10-10", nozzles: [])
        request.outcome = "refused"
        request.reasons = ["Trạm đóng cửa"]
        #expect(try await bench.moved { try await bench.measure(request) } == ["fuel_dispensers_refused": 1])
        request.outcome = "not_done"
        #expect(try await bench.moved { try await bench.measure(request) } == [:])
    }

    @Test func `a totaliser seal counts its dispenser and its site once`() async throws {
        let bench = try await Bench.open(on: "2017-11-15")
        for (code, site) in [("COT-1", "TRAM-1"), ("COT-2", "TRAM-1"), ("COT-3", "TRAM-2")] {
            try await bench.addDispenser(code, at: site)
        }
        for (code, number) in [("COT-1", "11"), ("COT-2", "12"), ("COT-3", "13")] { try await verify(bench, code, number) }
        func seal(_ code: String, _ number: String) async throws -> [String: Int] {
            try await bench.moved { try await verify(bench, code, on: "2017-06-10", number, totaliser: true) }
                .filter { $0.key.hasPrefix("totaliser") }
        }
        #expect(try await seal("COT-1", "21") == ["totalisers_sealed": 1, "totaliser_sites": 1])
        #expect(try await seal("COT-1", "22") == [:])
        #expect(try await seal("COT-2", "23") == ["totalisers_sealed": 1])
        #expect(try await seal("COT-3", "24") == ["totalisers_sealed": 1, "totaliser_sites": 1])
    }

    @Test func `a scale at a wholesale market counts with its market and its district, each once`() async throws {
        let bench = try await Bench.open(on: "2017-11-15")
        for (code, site) in [("CAN-1", "CHO-1"), ("CAN-2", "CHO-1"), ("CAN-3", "CHO-2"), ("CAN-4", "CHO-3"), ("CAN-5", "CHO-LE")]
        {
            try await bench.addScale(code, at: site)
        }
        func verify(_ code: String, _ number: String) async throws -> [String: Int] {
            try await bench.moved { try await bench.measure(.scale(code, on: "2017-05-10", evidence: .marked(number))) }
        }
        let one = ["scales_verified": 1, "scales_verifications": 1, "scales_passed": 1]
        #expect(try await verify("CAN-1", "00001") == one.merging(["markets": 1, "districts": 1]) { $1 })
        #expect(try await verify("CAN-2", "00002") == one)
        #expect(try await verify("CAN-3", "00003") == one.merging(["markets": 1]) { $1 })
        #expect(try await verify("CAN-4", "00004") == one.merging(["markets": 1, "districts": 1]) { $1 })
        #expect(try await verify("CAN-5", "00005") == ["other_scales_verified": 1])
        #expect(
            try await bench.moved {
                try await bench.measure(.scale("CAN-1", on: "2017-06-10", indicated: ["up:max/1": "15.2"]))
            } == ["scales_verifications": 1, "scales_failed": 1])
    }
}

extension Bench {
    /// The report of a year, as the manager sees it.
    func figures(year: Int = 2017, asOf: String? = nil) async throws -> AnnualFigures {
        try await ask(AnnualReport.self, (year: year, asOf: asOf)).figures
    }

    /// What an act moved in the report of 2017, without what stayed as it was.
    func moved<R>(by body: () async throws -> R) async throws -> [String: Int] {
        let before = try await figures().numbers
        _ = try await body()
        let after = try await figures().numbers
        let keys = Set(before.keys).union(after.keys)
        let differences = keys.map { ($0, after[$0, default: 0] - before[$0, default: 0]) }
        return Dictionary(uniqueKeysWithValues: differences).filter { $0.value != 0 }
    }
}

extension AnnualFigures {
    /// The counted numbers by their keys on the wire.
    var numbers: [String: Int] {
        get throws {
            let members = try StrictJSON.decode([String: FigureValue].self, from: try StrictJSON.encode(self))
            return members.compactMapValues(\.number)
        }
    }
}

/// A member of the report: a number, or a text that is derived from numbers.
private struct FigureValue: Decodable {
    let number: Int?

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do { number = try container.decode(Int.self) } catch { number = nil }
    }
}
