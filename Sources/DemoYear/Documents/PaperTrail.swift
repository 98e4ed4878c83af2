// SPDX-License-Identifier: Apache-2.0

/// A line of a test report.
struct ReportLine: Sendable {
    let line: CatalogueLine
    let result: Int
    let drawn: DrawnResult
    let isSubcontracted: Bool
}

/// A test report to be written.
struct SampleReport: Sendable {
    let sample: Int
    let number: String
    let plan: SamplePlan
    let order: OrderPlan
    var specification: SpecificationVersion?
    var lines: [ReportLine] = []
}

/// The papers of one measurement to be written.
struct WorkPaper: Sendable {
    let measurement: Int
    let work: Work
    let procedure: ProcedureVersion
    let rows: [[String]]
    let evidence: Evidence
    let ambient: Ambient
}

/// What is to be numbered and written, and how far each series has come.
struct PaperTrail: Sendable {
    private(set) var reports: [SampleReport] = []
    private(set) var works: [WorkPaper] = []
    private var counters: [String: Int] = [:]
    var lastSampleNumber = ""
    /// Samples of orders for conformity, from which fuel lots are certified.
    var lotSamples: [(sample: Int, customer: Int, issued: Day, specification: Int?)] = []

    mutating func add(_ report: SampleReport) { reports.append(report) }
    mutating func add(_ paper: WorkPaper) { works.append(paper) }

    /// The next number of a series in a year, from 1 without gaps.
    mutating func next(_ series: String, year: Int) -> Int {
        counters["\(series)/\(year)", default: 0] += 1
        return counters["\(series)/\(year)", default: 1]
    }

    /// Every series with its year and last number.
    var series: [(series: String, year: Int, last: Int)] {
        counters.keys.sorted().compactMap { key in
            let parts = key.split(separator: "/")
            guard parts.count == 2, let year = Int(parts[1]), let last = counters[key] else { return nil }
            return (String(parts[0]), year, last)
        }
    }

    /// Forgets what has been written.
    mutating func dropPapers() {
        reports = []
        works = []
    }
}
