// SPDX-License-Identifier: Apache-2.0
import Catalogue
import LaboratoryModel
import Metrology
import Procedures
import Testing

@Suite("Evaluation of a measurement by its procedure")
struct EvaluationTests {
    /// A random dispenser: readings in millilitres, so that many errors lie exactly on a limit.
    private struct RandomDispenser {
        var state: UInt64

        mutating func next(_ range: ClosedRange<Int>) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return range.lowerBound + Int(state >> 33) % range.count
        }

        mutating func observations() throws -> [Observation] {
            var observations: [Observation] = []
            for (point, litres, count) in [("qmax", 20, 2), ("qmin", 20, 2), ("vmin", 2, 1)] {
                for repetition in 1...count {
                    var values = [
                        "indicated": try DecimalNumber(coefficient: Int128(litres * 1000 + next(-120...120)), scale: 3),
                        "reference": try DecimalNumber(coefficient: Int128(litres * 1000 + next(-20...20)), scale: 3),
                    ]
                    if point == "qmax" { values["time_s"] = DecimalNumber(next(25...70)) }
                    if next(0...1) == 1 { values["temperature_celsius"] = DecimalNumber(next(15...40)) }
                    observations.append(
                        Observation(channel: 1, phase: .asFound, point: point, repetition: repetition, values: values))
                }
            }
            return observations
        }
    }

    private static func dispenser() throws -> MeasurementEvaluation {
        let compiled = try CompiledProcedure(Shipped.version("dlvn-10-2017.yaml").content)
        return MeasurementEvaluation(
            compiled,
            in: EvaluationSetting(
                mode: "periodic",
                instrument: MeasuredInstrument(characteristics: [:], channels: [1: ["qmax_l_min": "40"]]),
                standards: [
                    UsedStandard(
                        code: "VM20", kind: "volume_measure",
                        content: [
                            "expanded_uncertainty": "0.006", "coverage_factor": "2", "cubic_expansion_per_celsius": "0.0000477",
                        ])
                ], conditions: [:]))
    }

    @Test func `ten thousand random measurements come out the same a second time, and spread over tasks`() async throws {
        let evaluation = try Self.dispenser()
        var random = RandomDispenser(state: 20_170_630)
        let measurements = try (0..<10_000).map { _ in try random.observations() }
        let first = measurements.map { evaluation.evaluate($0, steps: []).results }
        let parts = await withTaskGroup(of: (Int, [[EvaluatedResult]]).self) { group in
            for part in 0..<7 {
                group.addTask {
                    (
                        part,
                        stride(from: part, to: measurements.count, by: 7).map {
                            evaluation.evaluate(measurements[$0], steps: []).results
                        }
                    )
                }
            }
            var parts: [Int: [[EvaluatedResult]]] = [:]
            for await (part, results) in group { parts[part] = results }
            return parts
        }
        var differing = 0
        for index in measurements.indices where parts[index % 7]?[index / 7] != first[index] { differing += 1 }
        #expect(differing == 0)
    }

    @Test func `a verdict follows from whole millilitres, never from binary numbers`() throws {
        let evaluation = try Self.dispenser()
        var random = RandomDispenser(state: 7)
        for number in 0..<2_000 {
            let observations = try random.observations()
            let results = evaluation.evaluate(observations, steps: []).results.filter { $0.result == "error" }
            for (observation, result) in zip(observations, results) {
                let indicated = Int(try #require(observation.values["indicated"]).coefficient)
                let reference = Int(try #require(observation.values["reference"]).coefficient)
                // |V − R|/R ≤ 0.5 % (1 % at the minimum delivery), in millilitres.
                let limit = observation.point == "vmin" ? 10 : 5
                let passes = abs(indicated - reference) * 1000 <= limit * reference
                #expect((result.verdict == .pass) == passes, "measurement \(number) of seed 7, \(indicated) against \(reference)")
            }
        }
    }

    @Test func `a budget sums to the uncertainty that is reported`() throws {
        let evaluation = try Self.dispenser()
        var random = RandomDispenser(state: 99)
        for number in 0..<200 {
            for result in evaluation.evaluate(try random.observations(), steps: []).results where !result.budget.isEmpty {
                let combined = result.budget.map { $0.contribution * $0.contribution }.reduce(0, +).squareRoot()
                let expanded = try #require(result.expandedUncertainty).approximateValue
                #expect(abs(2 * combined - expanded) <= 0.05 * expanded, "measurement \(number) of seed 99")
                for line in result.budget {
                    #expect(
                        abs(abs(line.sensitivity) * line.standardUncertainty - line.contribution) <= 1e-12 * line.contribution)
                }
            }
        }
    }

    @Test func `an optional reading that was not taken leaves its result out, a required one is missed`() throws {
        let evaluation = try Self.dispenser()
        var random = RandomDispenser(state: 3)
        let observations = try random.observations().map {
            Observation(
                channel: 1, phase: .asFound, point: $0.point, repetition: $0.repetition,
                values: $0.values.filter { ["indicated", "reference"].contains($0.key) })
        }
        let found = evaluation.evaluate(observations, steps: [])
        #expect(!found.results.contains { $0.result == "corrected_error" || $0.result == "flow" })
        let missing = found.gaps.compactMap { gap -> String? in
            if case .readingMissing(_, _, let quantity) = gap { quantity.code } else { nil }
        }
        #expect(Set(missing) == ["time_s"])
    }

    @Test(
        arguments: [
            (["range_lower": "0", "range_upper": "16"], []), (["range_lower": "0", "range_upper": "10"], []),
            (["range_lower": "0", "range_upper": "6"], ["standard-out-of-range"]),
            (["range_lower": "0", "range_upper": "0.9", "range_unit": "MPa"], ["standard-out-of-range"]),
            (["range_upper": "16"], ["certificate-lacks"]), ([:], ["certificate-lacks", "certificate-lacks"]),
        ] as [([String: String], [String])])
    func `a standard covers the range of the instrument by its certificate, or nothing is concluded`(
        range: [String: String], codes: [String]
    ) throws {
        let compiled = try CompiledProcedure(Shipped.version("pressure-gauge.yaml").content)
        let content = ["expanded_uncertainty": "0.010", "coverage_factor": "2", "unit": "bar"]
        let evaluation = MeasurementEvaluation(
            compiled,
            in: EvaluationSetting(
                mode: "periodic",
                instrument: MeasuredInstrument(
                    characteristics: ["range_upper_bar": "10", "division_bar": "0.2", "accuracy_class": "1.6"], channels: [:]),
                standards: [
                    UsedStandard(code: "AK-1", kind: "pressure_standard", content: content.merging(range) { first, _ in first })
                ], conditions: [:]))
        let found = evaluation.evaluate([], steps: []).gaps.map(\.code)
        #expect(found.filter { $0.hasPrefix("standard-") || $0.hasPrefix("certificate-") } == codes)
    }
}
