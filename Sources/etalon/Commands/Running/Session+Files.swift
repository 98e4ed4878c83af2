// SPDX-License-Identifier: Apache-2.0

import APIContract
import Glibc
import NIOCore

extension Session {
    /// Fetches a PDF into a file, waiting while it is being rendered.
    ///
    /// - Parameter path: the file; `-` is standard output.
    /// - Throws: ``Failure``, also when it is not rendered within `wait` seconds.
    func fetchPDF(_ address: String, _ query: Query = [:], into path: String, wait: Int) async throws {
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(wait)
        while true {
            let response = try await transport.send(request(.get, Paths.v1 + address, query))
            if response.isSuccess {
                try write(response.body, to: path)
                return
            }
            guard response.status == 409, clock.now < deadline else {
                guard let problem = response.problem else { throw Failure.unexpectedAnswer }
                throw Failure(problem: problem, exitCode: response.exitCode)
            }
            try await Task.sleep(for: .milliseconds(250))
        }
    }

    /// Writes bytes to a file, or to standard output for `-`.
    func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644) throws(Failure) {
        if path == "-" {
            return StandardOutput.write(bytes)
        }
        try WrittenFile.replace(path, with: bytes, mode: mode)
        note(Phrase.fileWritten.filled(["file": path]))
    }

    /// Fetches a file of any length into a folder; the file is there when it is complete.
    func fetch(_ address: String, into path: String) async throws {
        let file = try ArrivingFile(path)
        let response = try await transport.send(request(.get, Paths.v1 + address, [:])) { piece in
            try file.append(piece.readableBytesView)
        }
        if let problem = response.problem { throw Failure(problem: problem, exitCode: response.exitCode) }
        try file.complete()
        note(Phrase.fileWritten.filled(["file": path]))
    }

    /// The same session, which waits that long for a word of the daemon.
    func patient(seconds: Int) -> Session {
        var limits = transport.limits
        limits.idleSeconds = seconds
        return Session(
            Transport(transport.server, token: transport.token, trace: transport.trace, limits: limits), presentation,
            output: output, notes: notes)
    }
}
