// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc
import Testing

/// What the queue can do only when the daemon has wired it: traces of requests, and vacuum with the owner's rights.
@Suite("The queue as the daemon wires it", .timeLimit(.minutes(3)))
struct QueueWiringTests {
    private static let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    /// A daemon whose renderer does not start, so that the handler of a list has something to say.
    private func daemon() async throws -> RunningDaemon {
        let daemon = try await RunningDaemon()
        try daemon.write(
            """
            listen:
              socket: \(daemon.socket)
            renderer:
              python: /nowhere/python
              script: /nowhere/renderer.py
              templates: /nowhere

            """, to: "etalon.yaml")
        try await daemon.start()
        return daemon
    }

    /// Runs `etalon` as the owner of the daemon's process, who is administrator while there is no other.
    private func etalon(_ daemon: RunningDaemon, _ words: String..., trace: String? = nil) async throws -> JSONDocument {
        var environment = ["ETALON_SERVER": daemon.socket, "LANG": "en_US.UTF-8", "HOME": daemon.folder]
        environment["TRACEPARENT"] = trace
        let run = try await ProgramRun.of(Installation.etalon, ["--format", "json"] + words, environment: environment)
        try #require(run.exitCode == 0, "\(words): \(run.errors)")
        return try run.document()
    }

    /// What a query gives, as the owner of the database.
    private func query(_ daemon: RunningDaemon, _ sql: String) async throws -> String {
        let run = try await ProgramRun.of(
            Installation.postgres() + "/psql",
            ["-XAtq", "--set=ON_ERROR_STOP=1", "--dbname=\(daemon.connection(as: "etalon_owner"))", "--command=\(sql)"])
        try #require(run.exitCode == 0, "\(run.errors)")
        return run.output.trimmed
    }

    /// Waits until the newest line of the log that tells of a job names its trace.
    private func logged(_ daemon: RunningDaemon, job: String) async throws -> String {
        try await eventually { line(daemon.log, job) } ?? ""
    }

    private func line(_ log: String, _ job: String) -> String? {
        log.split(separator: "\n").map(String.init).first {
            $0.contains("Due list waits for the renderer") && $0.contains("job.id=\(job) ")
        }
    }

    /// The file of the one job that prints a run, by the run's id.
    private func printing(_ daemon: RunningDaemon, of run: String) async throws -> (number: String, trace: String?) {
        let number = try await query(daemon, "select id from jobs.job where ukey = 'due_run:\(run)'")
        return (number, try await trace(daemon, of: number))
    }

    private func trace(_ daemon: RunningDaemon, of job: String) async throws -> String? {
        try await etalon(daemon, "job", "show", job)["trace"]?.text
    }

    @Test func `a request's trace is that of the jobs it adds, in their files and in the log of their handlers`() async throws {
        let daemon = try await daemon()
        defer { daemon.stopAndRemove() }
        // Over the socket with the header, by the command line with the variable, and with a header that is none.
        let answer = try await due(daemon, key: "t-1", trace: Self.trace)
        try #require(answer.status == 201, "\(answer.body)")
        let first = try await printing(daemon, of: try #require(JSONDocument(answer.body)["run_id"]?.text))
        #expect(first.trace == Self.trace)
        #expect(try await logged(daemon, job: first.number).contains(" trace.parent=\(Self.trace)"))
        #expect(requestLine(daemon.log, Self.trace) != nil)

        let other = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        _ = try await etalon(daemon, "job", "schedules", "run", "due-list-watch", "--reason", "thử", trace: other)
        let watch = try await query(
            daemon,
            """
            select id from jobs.job where kind = 'due_list_watch' union all select id from jobs.job_done where kind = 'due_list_watch'
            """)
        #expect(try await trace(daemon, of: watch) == other)

        let invalid = Self.trace.replacing("00f067aa0ba902b7", with: "0000000000000000")
        let third = try await due(daemon, key: "t-3", trace: invalid)
        try #require(third.status == 201, "\(third.body)")
        let begun = try await printing(daemon, of: try #require(JSONDocument(third.body)["run_id"]?.text)).trace ?? ""
        #expect(begun.utf8.count == 55 && begun != invalid && !begun.contains("4bf92f3577b34da6a3ce929d0e0e4736"))
        #expect(requestLine(daemon.log, begun) != nil)
    }

    /// Asks for a list over the socket, within a trace.
    private func due(_ daemon: RunningDaemon, key: String, trace: String) async throws -> WireExchange {
        try await .post("/v1/due-runs", "{}", key: key, headers: [("TraceParent", trace)], socket: daemon.socket)
    }

    /// The line of the access log of a request in a trace.
    private func requestLine(_ log: String, _ trace: String) -> Substring? {
        log.split(separator: "\n").first { $0.contains("Request answered") && $0.contains("trace.parent=\(trace)") }
    }

    @Test func `with its own cluster the daemon vacuums what the queue leaves behind`() async throws {
        let daemon = try await daemon()
        defer { daemon.stopAndRemove() }
        let question = "select outcome from jobs.upkeep where task = 'vacuum'"
        // The first look of all must not come in between.
        let first = try await eventually {
            let outcome = try await query(daemon, question)
            return outcome.isEmpty ? nil : outcome
        }
        #expect(first?.hasSuffix(" dead rows") == true, "\(first ?? "nothing")")
        // Autovacuum must not be quicker; the task is due at the first look after the start.
        _ = try await query(
            daemon,
            """
            alter table jobs.job set (autovacuum_enabled = false);
            insert into jobs.job (lane, kind, max_attempt, payload, state) select 1, 'test.gone', 1, '{}', 0 from generate_series(1, 5000);
            delete from jobs.job where kind = 'test.gone';
            update jobs.upkeep set due_at = 'epoch', outcome = 'unknown' where task = 'vacuum';
            """)
        #expect(try await daemon.stop() == 0)
        try await daemon.start()
        let outcome = try await eventually {
            let outcome = try await query(daemon, question)
            return outcome == "unknown" ? nil : outcome
        }
        #expect(outcome?.hasSuffix(" dead rows removed") == true, "\(outcome ?? "nothing")")
    }

    /// What a question gives as soon as it gives something, within half a minute.
    private func eventually<Value: Sendable>(_ question: () async throws -> Value?) async throws -> Value? {
        for _ in 0..<300 {
            if let value = try await question() { return value }
            try await Task.sleep(for: .milliseconds(100))
        }
        return nil
    }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0.isNewline }.reversed().drop { $0.isNewline }.reversed()) }
}
