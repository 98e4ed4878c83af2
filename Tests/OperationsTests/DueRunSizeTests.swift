// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import Foundation
import LaboratoryModel
import Logging
import Testing

@testable import LabOperations

/// How many instruments are asked for; none, no measuring.
private let instrumentsAsked = ProcessInfo.processInfo.environment["ETALON_DUE_INSTRUMENTS"].flatMap { Int($0) }

/// How long a run takes and how much memory, with as many instruments as `ETALON_DUE_INSTRUMENTS` says; three of ten are on the list.
@Suite("Size of a run of the due list")
struct DueRunSizeTests {
    /// The greatest resident memory of a process so far, in MiB.
    private func peak(_ process: String) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") } ?? ""
        return (line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0) / 1024
    }

    /// The greatest memory of any server process of the test's database.
    private func serverPeak(_ database: String) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { $0.allSatisfy(\.isNumber) }.map { process in
            // A process may end while it is looked at.
            let name = (try? String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8)) ?? ""
            return name.contains(" \(database) ") ? ((try? peak(process)) ?? 0) : 0  // as above
        }.max() ?? 0
    }

    @Test(.enabled(if: instrumentsAsked != nil)) func `a run streams: its memory does not grow with the list`() async throws {
        let count = try #require(instrumentsAsked)
        let bench = try await Bench.open(on: "2018-12-31")
        try await bench.database.script(
            """
            set session_replication_role = replica;
            insert into work.instrument (code, type_code, serial, maker, model, site_id, put_in_use_on)
            select 'M-' || n, '19', 'SN-' || n, 'Tatsuno', 'SUNNY', (select min(id) from work.site) + n % 5, date '2016-01-04' + n % 365
            from generate_series(1, \(count)) n;
            insert into record.measurement (instrument_id, kind, mode, organisation, worked_on, holder_id, site_id, place_code)
            select i.id, 'verification', 'periodic', 'TT Kiểm định', date '2018-02-01' + (i.id % 300)::int, s.customer_id, s.id, s.place_code
            from work.instrument i join work.site s on s.id = i.site_id where i.id % 10 >= 3;
            insert into record.conclusion (measurement_id, outcome, engine_version, valid_until, derivation)
            select id, 'pass', 'test', date '2019-06-30', '[{}]' from record.measurement;
            analyze work.instrument; analyze record.measurement; analyze record.conclusion;
            """)
        let before = try peak("self")
        let started = ContinuousClock.now
        let run = try await bench.emit(on: nil, night: true)
        let made = ContinuousClock.now - started
        let emission = (own: try peak("self"), server: try serverPeak(bench.database.name))
        let mailing = ContinuousClock.now
        _ = try await bench.database.laboratory.work("due.mail") { database, _ in
            try DueMail.perform(.init(run: run.runId), on: database, logger: Logger.silent)
        }
        let mailed = ContinuousClock.now - mailing
        let sizes = run.files.map { "\($0.name) \($0.bytes / 1_048_576) MiB" }.joined(separator: ", ")
        print(
            "instruments \(count), lines \(run.overdue + run.due): made in \(made), \(sizes);",
            "own memory \(before) → \(emission.own) MiB, server process at most \(emission.server) MiB;",
            "mails composed in \(mailed), own memory \(try peak("self")) MiB")
        #expect(run.overdue + run.due == count / 10 * 3)
        #expect(emission.own - before < 512)
    }
}
