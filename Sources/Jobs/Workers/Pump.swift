// SPDX-License-Identifier: Apache-2.0
internal import Postgres

/// One round of a worker with the database: what ended goes out, what is next comes in.
///
/// In the usual case that is one statement and one commit. Failures, jobs put off, and what is unclear after a statement
/// without an answer take a transaction with several; lanes with a rule over all processes and linked jobs one more each.
struct Pump: Sendable {
    /// Most jobs taken at once.
    static let mostClaimed = 500
    /// Most jobs promoted at once, as the statement has it.
    static let mostPromoted = 1000

    let worker: WorkerID
    let lanes: LaneNumbers
    /// Free slots of each lane; nothing when no job is wanted.
    let rooms: [(lane: Lane, room: Int)]
    /// Kinds that have a handler.
    let kinds: [String]
    /// Time without a beat after which the worker is dead.
    let lease: Duration
    /// Attempts that run here, when what the worker holds has to be reconciled with them.
    var known: Known?
    /// Whether the moment of waiting jobs has come.
    var isPromotionDue = false
    /// Whether to note that the worker takes no more jobs.
    var isStopping = false
    /// Whether the worker takes no more jobs, so that others have to go on with what its ends leave.
    var isLeaving = false
    /// Where the look begins.
    var floor = ClaimFloor()

    /// Attempts under the worker's identity whose handlers have not returned.
    struct Known: Sendable {
        var running: [ClaimedJob] = []
        /// Those failed although their handlers still run.
        var writtenOff: [ClaimedJob] = []
    }

    struct Findings: Sendable {
        /// Attempts whose end was not written because the worker no longer held the job.
        var lost: [JobID] = []
        var claimed: [ClaimedJob] = []
        /// Jobs of a claim that nobody heard the answer of, given back.
        var released = 0
        /// Attempts that run here and that the database has never heard of, or has forgotten; nothing is taken beside them.
        var unheard: [JobID] = []
        /// Jobs that became ready; nil when it was not asked for.
        var promoted: Int?
        /// Time until the next waiting job is due, zero or less when one is already.
        var nextMoment: Duration?
        /// Milliseconds until the next waiting job or place in a line is due, negative when it is already.
        var nextWaiting: Int64?
        /// Whether the worker has not been declared dead.
        var isAlive = true
        /// Lanes with a rule over all processes, which the usual statement leaves alone.
        var restricted: [Int] = []
        /// Linked jobs whose end was written.
        var linked = 0
        /// Jobs that became ready because others ended.
        var madeReady = 0
        /// Where the next look begins.
        var floor = ClaimFloor()

        /// There is something to do after a time.
        mutating func comes(in pause: Duration?) {
            guard let pause else { return }
            nextMoment = min(nextMoment ?? pause, pause)
        }
    }

    func callAsFunction(_ settlement: Settlement, on database: isolated Connection) throws -> Findings {
        var promoted: Int?
        if isStopping { try database.execute(JobStatements.workerStopping, worker.rawValue) }
        var tied = Findings()
        if isPromotionDue {
            promoted = try database.one(JobStatements.promote, floor.moment(at: .now)?.runAt).count
            try tie(&tied, on: database)
        }
        var findings = Findings()
        if settlement.isPlain, known == nil {
            findings = try round(settlement, on: database)
        } else {
            // One commit for the unusual ends, too.
            findings = try database.transaction { database in
                let lost = try settlement.writeUnusual(worker: worker, on: database)
                let unheard = try unheard(on: database)
                var released = 0
                if let known, unheard.isEmpty {
                    let ids = known.running.map(\.id.rawValue) + settlement.finishedIDs
                    released = try database.rows(JobStatements.release, worker.rawValue, ids).count
                }
                var findings = try round(settlement, takesJobs: unheard.isEmpty, on: database)
                findings.lost += lost
                (findings.released, findings.unheard) = (released, unheard)
                return findings
            }
        }
        if !findings.restricted.isEmpty { try claimRestricted(&findings, freed: settlement.freed, on: database) }
        if findings.linked > 0 {
            try tie(&findings, on: database)
            // A job that was let go may have a moment of its own, which the look has not seen.
            findings.comes(in: try database.one(JobStatements.nextMoment, findings.floor.moment(at: .now)?.runAt).pause)
        }
        // What became ready and was not taken, and places that a job left whose slot is held on: others may have room.
        let isFull = settlement.freed.keys.contains { lane in !rooms.contains { $0.lane == lane } }
        if isFull || promoted ?? 0 > findings.claimed.count { hint(.ready, on: database) }
        if isLeaving, isStopping || !settlement.freed.isEmpty { hint(.ready, on: database) }
        findings.promoted = promoted
        return findings
    }

    /// Attempts that run here and that the database knows nothing of, as after the fail-over to a server that lacks the last
    /// commits. A claim under the same name could come to the same job and attempt, and what runs here could write for it.
    private func unheard(on database: isolated Connection) throws(PostgresError) -> [JobID] {
        guard let known else { return [] }
        let jobs = known.running + known.writtenOff
        guard !jobs.isEmpty else { return [] }
        return try database.rows(JobStatements.unheard, worker.rawValue, jobs.map(\.id.rawValue), jobs.map(\.attempt))
            .map { JobID(rawValue: $0.id) }
    }

    /// Acknowledges and claims in one statement.
    private func round(
        _ settlement: Settlement, takesJobs: Bool = true, on database: isolated Connection
    ) throws(PostgresError) -> Findings {
        let reader = ClaimedJobs(worker: worker, lanes: lanes)
        let rooms = (takesJobs ? rooms : []).compactMap { lane, room in
            lanes.number(lane).map { (lane: $0, room: min(room, Self.mostClaimed)) }
        }
        var findings = Findings()
        var acknowledged = 0
        let began = ContinuousClock.now
        let (places, moment) = (floor.places(at: began), floor.moment(at: began))
        let floors = rooms.map { places[lanes.lane($0.lane)] }
        (findings, acknowledged) = try database.read(
            JobStatements.pump, worker.rawValue, settlement.finishedIDs, settlement.finishedAttempts, settlement.finishedOutcomes,
            rooms.map(\.lane), rooms.map(\.room), kinds, lease.milliseconds,
            floors.map { $0?.priority }, floors.map { $0?.runAt }, floors.map { $0?.id }, moment?.runAt, moment?.looseEnd
        ) { table throws(PostgresError) in
            var findings = Findings()
            findings.claimed = try reader.read(table)
            findings.isAlive = table.bool(0, try table.position("is_alive")) ?? false
            findings.linked = try table.integer(0, try table.position("linked")) ?? 0
            let next: Int64? = try table.integer(0, try table.position("next_ms"))
            findings.nextMoment = next.map { .milliseconds($0) }
            findings.nextWaiting = try table.integer(0, try table.position("waiting_ms"))
            findings.restricted = (table.text(0, try table.position("restricted")) ?? "").split(separator: ",").compactMap {
                Int($0)
            }
            return (findings, try table.integer(0, try table.position("acknowledged")) ?? 0)
        }
        if acknowledged < settlement.finishedIDs.count {
            // Rare: some were lost, or had been written by an earlier statement whose answer was lost.
            findings.lost = try database.rows(
                JobStatements.unacknowledged, worker.rawValue, settlement.finishedIDs, settlement.finishedAttempts
            ).map { JobID(rawValue: $0.id) }
        }
        findings.floor = floor
        let (took, jobs) = (began.duration(to: .now), acknowledged + findings.claimed.count)
        let looked = rooms.map { lanes.lane($0.lane) }
        if floor.isRaised(at: began) {
            findings.floor.note(furtherLook: took, in: looked, jobs: jobs, at: .now)
        } else {
            findings.floor.note(wholeLook: took, in: looked, jobs: jobs, at: .now)
            if findings.floor.isRaised(at: .now) {
                let row = try database.one(JobStatements.floor, findings.nextWaiting, began.duration(to: .now).milliseconds + 1)
                findings.floor.raise(to: .init(runAt: row.runAt, looseEnd: row.looseEnd))
            }
        }
        try raise(&findings, on: database)
        return findings
    }

    /// Where looks take long, notes how far this one came.
    private func raise(_ findings: inout Findings, on database: isolated Connection) throws(PostgresError) {
        guard findings.floor.isRaised, !findings.claimed.isEmpty else { return }
        for row in try database.rows(JobStatements.places, findings.claimed.map(\.id.rawValue)) {
            findings.floor.raise(lanes.lane(row.lane), to: .init(priority: row.priority, runAt: row.runAt, id: row.id))
        }
    }

    /// Claims from lanes with a rule over all processes, under a lock of their rows.
    ///
    /// - Parameter freed: slots that became free by what was written with this look.
    private func claimRestricted(
        _ findings: inout Findings, freed: [Lane: Int], on database: isolated Connection
    ) throws(PostgresError) {
        let reader = ClaimedJobs(worker: worker, lanes: lanes)
        let restricted = findings.restricted
        let rooms = rooms.compactMap { lane, room in lanes.number(lane).map { (lane: $0, room: min(room, Self.mostClaimed)) } }
            .filter { restricted.contains($0.lane) }
        let claimed = try database.read(
            JobStatements.claimRestricted, worker.rawValue, rooms.map(\.lane), rooms.map(\.room), kinds, lease.milliseconds
        ) { table throws(PostgresError) in try reader.read(table) }
        findings.claimed += claimed
        if claimed.count < rooms.map(\.room).reduce(0, +) {
            let taken = Dictionary(grouping: claimed, by: \.lane).mapValues(\.count)
            // Lanes with places that this worker has no job for: others may know the kinds of those that are ready.
            let left = rooms.map(\.lane).filter { number in
                let lane = lanes.lane(number)
                return taken[lane, default: 0] < freed[lane, default: 0]
            }
            let rest = try database.one(JobStatements.ratePause, rooms.map(\.lane), left)
            findings.comes(in: rest.pause)
            if rest.hasReady { hint(.ready, on: database) }
        }
    }

    /// Deals with the ends of linked jobs; what becomes ready by that is for the next round, here or elsewhere.
    private func tie(_ findings: inout Findings, on database: isolated Connection) throws(PostgresError) {
        let look = try JobFlow.tie(on: database)
        findings.madeReady += look.madeReady
        findings.comes(in: look.pause)
        if look.madeReady > 0 { hint(.ready, on: database) }
    }
}
