// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Simulation

/// Lives through years of a laboratory and compares what came of them with what a model predicts.
@main
struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "etalon-simulate",
        abstract: "Live through years of a laboratory under a virtual clock and compare them with a model.",
        discussion: "Starts a PostgreSQL server of its own in /tmp and removes it. Ends with 1 when anything differs.")

    @Option(help: "Years of 365 days.")
    var years = 10
    @Option(help: "Instruments at the beginning.")
    var instruments = 4000
    @Option(help: "Equal seeds give equal years.")
    var seed: UInt64 = 1
    @Option(help: "Asia/Ho_Chi_Minh or Europe/Berlin.")
    var zone = SimulatedZone.hoChiMinh

    func validate() throws {
        guard (1...40).contains(years), (10...200_000).contains(instruments) else {
            throw ValidationError("years from 1 to 40, instruments from 10 to 200000")
        }
    }

    func run() async throws {
        let settings = Simulation.Settings(days: years * 365, instruments: instruments, seed: seed, zone: zone)
        let began = ContinuousClock.now
        let report = try await Simulation.run(settings) { day, done in
            print("\(day)  \(Int(done * 100)) %  \(began.duration(to: .now).components.seconds) s")
        }
        print("\n\(years) years, \(instruments) instruments, seed \(seed), \(zone.rawValue)\n")
        for line in report.counts { print(line.what.padded(to: 52) + "\(line.count)") }
        print("time".padded(to: 52) + "\(report.took.components.seconds) s")
        guard report.differences.isEmpty else {
            print("\n\(report.differences.count) differences:")
            for difference in report.differences.prefix(200) { print("  " + difference) }
            throw ExitCode(1)
        }
        print("\nNo difference.")
    }
}

extension SimulatedZone: ExpressibleByArgument {}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
