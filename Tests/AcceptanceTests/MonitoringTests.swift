// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@Suite("What monitoring reads")
struct MonitoringTests {
    private static let folder = Installation.root + "/config/monitoring"
    private static let promtool = "/usr/bin/promtool"

    /// Names of all samples that the daemon exposes, and the text they stand in.
    private func exposed() async throws -> (names: Set<String>, text: String) {
        let laboratory = try await Laboratory.shared.value
        _ = try await laboratory.done("job", "lanes", by: .manager)
        let text = try await WireExchange.get("/metrics", socket: laboratory.daemon.socket).body
        var names: Set<String> = []
        for line in text.split(separator: "\n") where line.hasPrefix("# TYPE ") {
            let words = line.split(separator: " ").map(String.init)
            let suffixes = words.last == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
            for suffix in suffixes { names.insert(words[2] + suffix) }
        }
        return (names, text)
    }

    /// The metrics that an expression names.
    private func metrics(in expression: String) -> Set<String> {
        let words = expression.split { !($0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_")) }
        return Set(words.filter { $0.hasPrefix("etalon_") }.map(String.init))
    }

    private func alerts() throws -> [[String: String]] {
        var alerts: [[String: String]] = []
        for line in try text(of: Self.folder + "/etalon-alerts.yaml").split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1).map(\.bare)
            guard parts.count == 2 else { continue }
            if parts[0] == "- alert" { alerts.append([:]) }
            if !alerts.isEmpty { alerts[alerts.count - 1][parts[0]] = parts[1] }
        }
        return alerts
    }

    private func text(of path: String) throws -> String {
        guard let file = fopen(path, "r") else { throw Installation.Missing(what: path) }
        defer { fclose(file) }
        var text: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&piece, 1, piece.count, file), count > 0 { text += piece[..<count] }
        return String(decoding: text, as: UTF8.self)
    }

    @Test func `every panel of the dashboard draws metrics that the daemon exposes`() async throws {
        let (names, _) = try await exposed()
        let panels = try JSONDocument(try text(of: Self.folder + "/etalon-dashboard.json"))["panels"]?.list ?? []
        let targets = panels.flatMap { $0["targets"]?.list ?? [] }
        #expect(targets.count > 40)
        for target in targets {
            let used = metrics(in: target["expr"]?.text ?? "")
            #expect(!used.isEmpty && used.isSubset(of: names), "\(used.subtracting(names))")
        }
    }

    @Test func `every alert judges metrics that the daemon exposes, and says what to do`() async throws {
        let (names, _) = try await exposed()
        let guide = try text(of: Installation.root + "/docs/jobs-operations.md")
        let alerts = try alerts()
        #expect(alerts.count >= 20 && Set(alerts.compactMap { $0["- alert"] }).count == alerts.count)
        for alert in alerts {
            let name = alert["- alert"] ?? ""
            let used = metrics(in: alert["expr"] ?? "")
            #expect(used.isSubset(of: names), "\(name): \(used.subtracting(names))")
            #expect(!used.isEmpty || alert["expr"]?.contains("up{job=") == true, "\(name)")
            #expect(["info", "warning", "critical"].contains(alert["severity"] ?? ""), "\(name)")
            for word in ["summary", "description", "for", "runbook"] { #expect(alert[word] != nil, "\(name) lacks \(word)") }
            #expect(guide.contains("\n### \(name)\n"), "docs/jobs-operations.md says nothing of \(name)")
            // Yaml doubles an apostrophe in single quotes.
            let advice = alert["description"]?.replacing("''", with: "'") ?? ""
            #expect(guide.contains(advice), "docs/jobs-operations.md advises otherwise than \(name)")
            #expect(!advice.contains("etalon due emit"), "\(name): a list that somebody asks for is no night's, and mails nobody")
        }
    }

    @Test(.enabled(if: access(promtool, X_OK) == 0)) func `Prometheus itself accepts the rules`() async throws {
        let run = try await ProgramRun.of(
            Self.promtool, ["check", "rules", Self.folder + "/etalon-alerts.yaml"], seconds: 20)
        #expect(run.exitCode == 0, "\(run.errors)")
    }

    @Test func `a daemon tells of its lanes, workers, schedules and of the server`() async throws {
        let (_, text) = try await exposed()
        for line in [
            #"etalon_jobs_depth{lane="mail",state="ready"} "#, #"etalon_jobs_lane_paused{lane="render"} "#,
            "etalon_jobs_live_workers 1", "etalon_clock_held 0", "# TYPE etalon_jobs_claimed_total counter",
            "# TYPE etalon_jobs_run_seconds histogram", "# TYPE etalon_jobs_pump_seconds histogram",
        ] {
            #expect(text.contains(line), "\(line) is missing")
        }
        for beginning in [
            #"etalon_schedule_late_seconds{schedule="due-list-watch"} "#, #"etalon_tick_age_seconds{source="schedules"} "#,
            "etalon_postgres_snapshot_seconds ", "etalon_jobs_listening ", #"etalon_due_alarms{kind="missing"} "#,
            #"etalon_due_alarms{kind="small"} "#, #"etalon_reminders_unreached{audience="staff"} 0"#,
            "etalon_mail_waiting_seconds ", "etalon_deadline_late_seconds ",
            #"etalon_postgres_connections{state="idle"} "#,
            #"etalon_jobs_pump_seconds_bucket{le="+Inf"} "#,
        ] {
            #expect(text.contains("\n" + beginning), "\(beginning) is missing")
        }
    }
}

extension Substring {
    /// Without blanks and quotes around it.
    fileprivate var bare: String {
        var text = self
        while let first = text.first, first == " " || first == "'" { text.removeFirst() }
        while let last = text.last, last == " " || last == "'" { text.removeLast() }
        return String(text)
    }
}
