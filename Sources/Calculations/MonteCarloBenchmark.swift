// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
internal import Glibc
internal import Metrology

/// Time and memory of a simulation, measured where it runs.
package enum MonteCarloBenchmark {
    /// A workload: inputs as in the cases, one model, the number of trials.
    private struct Workload: Decodable {
        let inputs: [InputFields]
        let model: String
        let trials: Int
        let probability: GivenNumber

        private enum CodingKeys: String, CodingKey {
            case inputs, model, trials
            case probability = "coverage_probability"
        }
    }

    private struct Measured: Encodable {
        let seconds: Double
        let median: Double
        let memory: Double
        let threads: Int
        let result: [Double]

        private enum CodingKeys: String, CodingKey {
            case seconds, threads, result
            case median = "seconds_median"
            case memory = "peak_rss_mib"
        }
    }

    /// Runs a workload several times on one thread or more, compilation of the model included.
    ///
    /// - Returns: JSON with `seconds` (the fastest), `seconds_median`, `peak_rss_mib` of the process, and `result`: mean,
    ///   standard deviation, ends of the symmetric and of the shortest interval.
    /// - Throws: ``CalculationError`` for a workload that cannot be read or run.
    package static func run(_ json: [UInt8], repetitions: Int, threads: Int = 1) throws(CalculationError) -> [UInt8] {
        guard (1...1_000).contains(repetitions) else { throw .invalid("repetitions", "1 to 1000 are possible") }
        do {
            let workload = try JSONDecoder().decode(Workload.self, from: Data(json))
            var seconds: [Double] = []
            var result: [Double] = []
            for _ in 0..<repetitions {
                let start = now()
                let found = try simulate(workload, threads)
                seconds.append(now() - start)
                result = [
                    found.mean, found.standardDeviation, found.equalTailed.low, found.equalTailed.high, found.shortest.low,
                    found.shortest.high,
                ]
            }
            seconds.sort()
            return Array(
                try JSONEncoder().encode(
                    Measured(
                        seconds: seconds[0], median: seconds[repetitions / 2], memory: peakMemory(), threads: threads,
                        result: result)))
        } catch let error as DecodingError {
            throw CalculationError(reading: error)
        } catch let error as BudgetError {
            throw CalculationError(error)
        } catch {
            throw .invalid("workload", "\(error)")
        }
    }

    private static func simulate(_ workload: Workload, _ threads: Int) throws -> MonteCarloResult {
        let inputs = try workload.inputs.map { try $0.quantity() }
        let program = try ModelProgram(parsing: workload.model, inputs: inputs.map(\.name))
        return try MonteCarloSimulation(model: program, inputs: inputs)
            .run(trials: workload.trials, probability: workload.probability.value, threads: threads)
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// Largest resident memory of the process so far, in MiB.
    private static func peakMemory() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_maxrss) / 1024
    }
}
