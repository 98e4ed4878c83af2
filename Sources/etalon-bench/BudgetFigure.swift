// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Calculations

/// `etalon-bench metrology budget FILE SECONDS`
struct BudgetFigure: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "budget", abstract: "Uncertainty budgets a second on one thread.")

    @Argument(help: "A case of the kind gum_budgets, JSON.")
    var file: String

    @Argument(help: "How long it is measured, 0.01 to 600.")
    var seconds: Double

    func run() throws {
        let workload = try Workload.bytes(of: file)
        do {
            Workload.write(try BudgetBenchmark.run(workload, seconds: seconds))
        } catch {
            throw Workload.refused(file, "\(error)")
        }
    }
}

/// `etalon-bench metrology mc FILE REPETITIONS`
struct SimulationFigure: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mc", abstract: "Seconds and peak memory of a Monte Carlo simulation, the fastest of several.")

    @Argument(help: "Inputs, model, trials and coverage probability, JSON.")
    var file: String

    @Argument(help: "How often it is run, 1 to 1000.")
    var repetitions: Int

    @Option(help: "Threads.")
    var threads = 1

    func run() throws {
        let workload = try Workload.bytes(of: file)
        do {
            Workload.write(try MonteCarloBenchmark.run(workload, repetitions: repetitions, threads: threads))
        } catch {
            throw Workload.refused(file, "\(error)")
        }
    }
}
