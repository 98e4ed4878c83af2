// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Catalogue
import Metrology
import Procedures

/// `etalon-bench metrology dispenser SECONDS [--procedure FILE]`
struct DispenserFigure: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dispenser",
        abstract: "Evaluations a second, on one thread, of five deliveries of one nozzle: every result of the procedure.",
        discussion: "Readings and certificates are those of the first worked example of the procedure.")

    @Argument(help: "How long it is measured, 0.01 to 600.")
    var seconds: Double

    @Option(help: "The procedure, YAML.")
    var procedure = "config/procedures/dlvn-10-2017.yaml"

    func validate() throws {
        guard (0.01...600).contains(seconds) else { throw ValidationError("SECONDS lies outside 0.01 to 600") }
    }

    func run() throws {
        let text = String(decoding: try Workload.bytes(of: procedure), as: UTF8.self)
        let workload: DispenserWorkload
        do {
            workload = try DispenserWorkload(ProcedureFile.read(text, name: procedure).content)
        } catch {
            throw Workload.refused(procedure, "\(error)")
        }
        let (rate, results) = try workload.measured(seconds: seconds)
        Workload.write(Array(#"{"evaluations_per_second":\#(rate),"results":\#(results)}"#.utf8))
    }
}

/// A measurement that is evaluated again and again.
private struct DispenserWorkload {
    private let evaluation: MeasurementEvaluation
    private let observations: [Observation]
    private let steps: [JudgedStep]

    /// Evaluations between two looks at the clock.
    private static let block = 100

    /// Takes the first worked example of a procedure.
    init(_ procedure: Procedure) throws {
        let compiled = try CompiledProcedure(procedure)
        guard let example = procedure.examples.first else { throw ValidationError("the procedure has no worked example") }
        observations = try example.readings.map { reading in
            Observation(
                channel: reading.channel, phase: .asFound, point: reading.point, repetition: reading.repetition,
                values: try reading.values.mapValues { try DecimalNumber(parsing: $0) })
        }
        var channels: [Int: [String: String]] = [:]
        for (name, values) in example.channels { if let number = Int(name) { channels[number] = values } }
        let setting = EvaluationSetting(
            mode: example.mode?.rawValue,
            instrument: MeasuredInstrument(characteristics: example.instrument, channels: channels),
            standards: example.standards.map { UsedStandard(code: $0.key, kind: $0.key, content: $0.value) },
            conditions: example.conditions)
        evaluation = MeasurementEvaluation(compiled, in: setting)
        steps = compiled.steps(mode: example.mode?.rawValue).map { JudgedStep(step: $0.code, channel: nil, outcome: "pass") }
    }

    /// Evaluations a second, and results of one.
    ///
    /// - Throws: A sentence for the user where the same readings gave other results.
    func measured(seconds: Double) throws -> (rate: Double, results: Int) {
        let results = evaluation.evaluate(observations, steps: steps).results.count
        let clock = ContinuousClock()
        let start = clock.now
        var (count, found) = (0, 0)
        repeat {
            for _ in 0..<Self.block { found += evaluation.evaluate(observations, steps: steps).results.count }
            count += Self.block
        } while clock.now - start < .seconds(seconds)
        let elapsed = clock.now - start
        guard found == count * results else { throw ValidationError("the same readings gave other results") }
        return (Double(count) / (Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18), results)
    }
}
