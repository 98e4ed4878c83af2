// SPDX-License-Identifier: Apache-2.0

/// A run of the due list: what it counted, its manifest as it was written, its files.
package struct DueRunDetail: Codable, Sendable {
    package var runId: String
    package var asOf: String
    package var withinDays: Int
    package var emittedAt: String
    /// `nightly`, `requested` or `caught_up`.
    package var origin: String
    package var overdue: Int
    package var due: Int
    /// The manifest, byte for byte: a JSON document and a line end.
    package var manifest: String
    package var manifestSha256: String
    package var previous: String?
    /// Files that are there now; a `pdf` follows when it has been rendered.
    package var files: [DueRunFileView]

    /// Lines of a list that is printed at most; a longer one is read as a workbook.
    package static let printedLines = 10_000

    package init(
        runId: String, asOf: String, withinDays: Int, emittedAt: String, origin: String, overdue: Int, due: Int, manifest: String,
        manifestSha256: String, previous: String?, files: [DueRunFileView]
    ) {
        (self.runId, self.asOf, self.withinDays, self.emittedAt) = (runId, asOf, withinDays, emittedAt)
        (self.origin, self.overdue, self.due, self.manifest) = (origin, overdue, due, manifest)
        (self.manifestSha256, self.previous, self.files) = (manifestSha256, previous, files)
    }
}

/// A file of a run.
package struct DueRunFileView: Codable, Sendable {
    /// `csv`, `json`, `xlsx` or `pdf`.
    package var name: String
    package var bytes: Int
    package var sha256: String
    /// What made it, where more than the daemon itself did.
    package var engine: String?
}

/// A run of the due list in the register of runs.
package struct DueRunView: Codable, Sendable {
    /// Position in the chain.
    package var id: Int64
    package var runId: String
    package var asOf: String
    package var emittedAt: String
    /// `nightly`, `requested` or `caught_up`.
    package var origin: String
    package var overdue: Int
    package var due: Int
    package var manifestSha256: String
    package var previous: String?
    /// `small` or `empty` while an alarm about the run is open.
    package var alarm: String?
}

/// What the comparison of runs with their manifests found.
package struct DueRunVerification: Codable, Sendable {
    /// Whether every run of the page is what its manifest and the run before it say.
    package var intact: Bool
    /// Runs compared.
    package var runs: Int
    package var faults: [DueRunFault]
    /// The cursor of the next page; nil on the last.
    package var next: String?

    package init(intact: Bool, runs: Int, faults: [DueRunFault], next: String?) {
        (self.intact, self.runs, self.faults, self.next) = (intact, runs, faults, next)
    }
}

/// What is wrong with a run.
package struct DueRunFault: Codable, Sendable {
    package var runId: String
    package var asOf: String
    /// `manifest`, `link`, `previous`, `counts`, or the name of a file whose bytes are others.
    package var faults: [String]

    package init(runId: String, asOf: String, faults: [String]) {
        (self.runId, self.asOf, self.faults) = (runId, asOf, faults)
    }
}

/// What two runs say differently.
package struct DueRunDifference: Codable, Sendable {
    package var before: String
    package var after: String
    /// How many changes there are; the first thousand are listed.
    package var total: Int
    package var changes: [DueRunChange]

    package init(before: String, after: String, total: Int, changes: [DueRunChange]) {
        (self.before, self.after, self.total, self.changes) = (before, after, total, changes)
    }
}

/// One deadline of which two runs say different things.
package struct DueRunChange: Codable, Sendable {
    /// `came`, `went` or `changed`.
    package var change: String
    package var subjectType: String
    package var code: String
    package var kind: String
    package var customer: String
    package var site: String
    package var classBefore: String?
    package var classAfter: String?
    package var reasonBefore: String?
    package var reasonAfter: String?
    package var dueOnBefore: String?
    package var dueOnAfter: String?
    /// How many changes there are in all.
    package var total: Int
}

/// The nights up to today, and which of them are to be made now.
package struct DueNights: Codable, Sendable {
    /// `all`, `latest` or `none`, as the daemon is configured.
    package var policy: String
    package var today: String
    /// Nights to be made now, oldest first.
    package var make: [String]
    package var nights: [DueNightView]

    package init(policy: String, today: String, make: [String], nights: [DueNightView]) {
        (self.policy, self.today, self.make, self.nights) = (policy, today, make, nights)
    }
}

/// A night and its run of record.
package struct DueNightView: Codable, Sendable {
    package var night: String
    /// The run; nil when there is none.
    package var runId: String?
}

/// An alarm about a night.
package struct DueAlarmView: Codable, Sendable {
    package var id: Int64
    package var night: String
    /// `missing`, `small` or `empty`.
    package var kind: String
    package var runId: String?
    /// Lines of the run.
    package var lines: Int?
    /// Lines of the earlier nights, in the middle.
    package var usual: Int?
    package var raisedAt: String
    package var endedAt: String?
    /// The good run that ended it.
    package var endedBy: String?

    package init(
        id: Int64, night: String, kind: String, runId: String?, lines: Int?, usual: Int?, raisedAt: String,
        endedAt: String? = nil, endedBy: String? = nil
    ) {
        (self.id, self.night, self.kind, self.runId, self.lines) = (id, night, kind, runId, lines)
        (self.usual, self.raisedAt, self.endedAt, self.endedBy) = (usual, raisedAt, endedAt, endedBy)
    }
}
