// SPDX-License-Identifier: Apache-2.0

import APIContract

/// Asks for the readings of a dispenser nozzle by nozzle: twice at Qmax and at Qmin, once at the minimum delivery.
///
/// A blank indication skips the reading; what a procedure misses, the daemon says.
struct NozzleDialogue {
    private let session: Session
    private let nextLine: () -> String?

    /// A dialogue on standard input; `nextLine` gives what is typed, `nil` at its end.
    init(_ session: Session, nextLine: @escaping () -> String? = { readLine() }) {
        (self.session, self.nextLine) = (session, nextLine)
    }

    /// The readings of every nozzle; `nil` when it was left.
    ///
    /// After the readings as found one is asked whether the nozzle was adjusted, and then for those as left.
    func readings(of instrument: InstrumentView) -> [NewReading]? {
        var all: [NewReading] = []
        for channel in instrument.channels {
            session.note(Phrase.nozzle.filled(["number": "\(channel.number)", "name": Visible.line(channel.name)]))
            guard let found = readings(channel.number, phase: nil) else { return nil }
            all += found
            guard let adjusted = ask(Phrase.asLeftQuestion[session.language]) else { return nil }
            guard ["c", "có", "y", "yes"].contains(adjusted.lowercased()) else { continue }
            guard let left = readings(channel.number, phase: "as_left") else { return nil }
            all += left
        }
        return all
    }

    private func readings(_ channel: Int, phase: String?) -> [NewReading]? {
        var readings: [NewReading] = []
        for (point, repetition) in [("qmax", 1), ("qmax", 2), ("qmin", 1), ("qmin", 2), ("vmin", 1)] {
            guard let indicated = ask("  \(point)/\(repetition) V_FD [L]") else { return nil }
            if indicated.isEmpty { continue }
            guard let reference = ask("  \(point)/\(repetition) V_REF [L]") else { return nil }
            var extra: [String: String] = [:]
            if point == "qmax" {
                guard let seconds = ask("  \(point)/\(repetition) t [s]") else { return nil }
                if !seconds.isEmpty { extra["time_s"] = seconds }
            }
            readings.append(
                NewReading(
                    channel: channel, phase: phase, point: point, repetition: repetition, indicated: indicated,
                    reference: reference.isEmpty ? nil : reference, extra: extra.isEmpty ? nil : extra))
        }
        return readings
    }

    private func ask(_ prompt: String) -> String? {
        session.notes(prompt + ": ")
        guard let line = nextLine() else {
            session.notes("\n")
            return nil
        }
        return line.split(separator: " ").joined(separator: " ")
    }
}
