// SPDX-License-Identifier: Apache-2.0

import APIContract
import Glibc

/// The folder that holds the lists of the nights: `due-DATE.csv`, `.json`, `.xlsx`, `.pdf` and `.manifest.json`.
struct DueRunFolder {
    let path: String

    /// Writes the files of a run, each by rename when it is complete.
    ///
    /// The manifest comes last: where it stands, what it vouches for is complete.
    func write(_ run: DueRunDetail, _ session: Session) async throws {
        guard Self.isDate(run.asOf) else { throw Failure.unexpectedAnswer }
        for file in run.files where Self.isPlain(file.name) {
            try await session.fetch("/due-runs/\(step(run.runId))/files/\(step(file.name))", into: place(run, file.name))
        }
        try session.write(Array(run.manifest.utf8), to: place(run, "manifest.json"))
    }

    /// Whether the run's manifest stands in the folder.
    func holds(_ run: DueRunDetail) -> Bool {
        // A manifest that cannot be read is written again.
        (try? WrittenFile.contents(place(run, "manifest.json"))) == Array(run.manifest.utf8)
    }

    /// Waits until the printed list is there, and writes it; says so when it is not there in time.
    func writePrint(of run: DueRunDetail, within seconds: Int, _ session: Session) async throws {
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(seconds)
        while true {
            let now = try session.read(DueRunDetail.self, try await session.get("/due-runs/\(step(run.runId))"))
            if now.files.contains(where: { $0.name == "pdf" }) {
                try await session.fetch("/due-runs/\(step(run.runId))/files/pdf", into: place(run, "pdf"))
                return
            }
            guard clock.now < deadline else { break }
            try await Task.sleep(for: .milliseconds(250))
        }
        session.note(Phrase.printFollows.filled(["run": ShellWord.of(run.runId), "folder": ShellWord.of(path)]))
    }

    private func place(_ run: DueRunDetail, _ ending: String) -> String { "\(path)/due-\(run.asOf).\(ending)" }

    /// Whether a text can stand in a file's name as a date.
    private static func isDate(_ text: String) -> Bool {
        text.utf8.count == 10 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { (0x61...0x7A).contains($0) }
    }
}
