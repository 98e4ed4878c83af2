// SPDX-License-Identifier: Apache-2.0

import Procedures

extension DemoGenerator {
    /// Writes every measurement in the order of its day: readings, checks, conclusion, stamps, papers.
    mutating func writeWorks() throws {
        let order = works.indices.sorted {
            (works[$0].day, works[$0].instrument, $0) < (works[$1].day, works[$1].instrument, $1)
        }
        for (index, position) in order.enumerated() {
            try write(works[position], id: index + 1)
        }
        works = []
    }

    private mutating func write(_ work: Work, id: Int) throws(DemoYearError) {
        let plan = instrument(work.instrument)
        let procedure = catalogue.procedure(kind: work.kind, type: plan.type, on: work.day)
        if work.organisation == nil && procedure == nil {
            throw .missing(kind: "\(work.kind) procedure on \(work.day.text) for type", code: plan.type)
        }
        let ambient = Ambient(tenths: random.within(265...324), humidity: random.within(58...79))
        let person: Cell = .optional(work.person)
        let recorder = work.person ?? Staff.quality
        tables.measurements.add(
            .number(id), .number(plan.id), .text(work.kind), .optional(work.mode),
            .optional(work.organisation == nil ? procedure?.id : nil), .day(work.day), person,
            .optional(work.organisation), .number(work.holder), .number(plan.site.id), .text(plan.site.place),
            .text(work.detail == .full ? ambient.json : "{}"), .number(recorder))
        var rows: [[String]] = []
        var evidence = Evidence()
        if work.detail == .full {
            for standard in standards(for: work, type: plan.type) {
                tables.measurementStandards.add(.number(id), .number(standard))
            }
            if work.outcome != "refused" {
                if let compiled = procedure.flatMap({ catalogue.compiled[$0.id] }) {
                    rows = writeReadings(work, id: id, plan: plan, procedure: compiled)
                    writeChecks(work, id: id, plan: plan, steps: compiled.steps(mode: work.mode))
                }
            }
            if work.kind == "verification" { evidence = affix(work, id: id, plan: plan) }
        }
        writeConclusion(work, id: id, recorder: recorder)
        if work.detail == .full, let procedure {
            papers.add(
                WorkPaper(
                    measurement: id, work: work, procedure: procedure, rows: rows, evidence: evidence, ambient: ambient))
        }
    }

    private mutating func writeConclusion(_ work: Work, id: Int, recorder: Int) {
        let reasons: String
        switch work.outcome {
        case "fail": reasons = #"["error-exceeds-mpe"]"#
        case "refused": reasons = #"["external-control-switch"]"#
        default: reasons = "[]"
        }
        let shown =
            work.organisation == nil ? nil : "N\(padded(3_000 + id % 5_000, 4)).\(work.day.year % 100)"
        tables.conclusions.add(
            .number(id), .text(work.outcome), .text(reasons), "{}",
            .text(work.detail == .full ? "demo/1" : "paper"), .optional(shown), .number(recorder))
    }

    private mutating func writeChecks(_ work: Work, id: Int, plan: InstrumentPlan, steps: [ProcedureStep]) {
        guard work.mode != nil else { return }
        for step in steps {
            let channels: [Int?] = step.perChannel && !plan.channels.isEmpty ? plan.channels : [nil]
            for channel in channels {
                tables.checks.add(
                    .number(tables.checks.count + 1), .number(id), .text(step.code), .optional(channel),
                    "pass",
                    .optional(work.person))
            }
        }
    }
}

/// What was put on an instrument that passed.
struct Evidence: Sendable {
    var stamp: String?
    var series: String?
    var seals: [String] = []
    var totaliser: String?
}

/// Conditions during the work.
struct Ambient: Sendable {
    /// Temperature in tenths of a degree Celsius.
    let tenths: Int
    /// Relative humidity in per cent.
    let humidity: Int

    /// As the record keeps them.
    var json: String {
        #"{"temperature_c":"\#(decimalText(tenths, 1))","humidity_percent":"\#(humidity)"}"#
    }

    /// As a document prints them.
    var shown: String { "\(decimalText(tenths, 1).withComma) °C; \(humidity) %RH" }
}
