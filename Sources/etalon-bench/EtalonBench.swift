// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// Measures how fast the program computes, for those who compare it with other tools; `scripts/bench` runs it.
@main
struct EtalonBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "etalon-bench", abstract: "Measures speed and memory.",
        subcommands: [MetrologyGroup.self, JobsGroup.self])
}

/// Figures of the metrology engine: no daemon and no database is needed.
struct MetrologyGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metrology", abstract: "Speed of the metrology engine.",
        subcommands: [BudgetFigure.self, SimulationFigure.self, DispenserFigure.self])
}
