// SPDX-License-Identifier: Apache-2.0

/// Where claims begin in each lane after a look that took long.
///
/// What was claimed while somebody holds an old snapshot cannot be removed, and stands before all that is ready: a claim that begins
/// at the front reads every one of these dead rows again. After such a look the next ones begin where it ended, until ten times its
/// time has passed; then one begins at the front again and finds what came in below, such as a retry. A queue without that trouble
/// always begins at the front.
///
/// Likewise jobs that have waited for their moment, and ends of linked jobs that were dealt with, stand before those that are yet
/// to come; looks for these begin a little before the last moment that a look from the front has seen.
struct ClaimFloor: Sendable, Hashable {
    /// The last job that was taken from a lane, in the order in which jobs are taken.
    struct Place: Sendable, Hashable {
        let priority: Int
        /// When it could run, as the server writes it.
        let runAt: String
        let id: Int64
    }

    /// Where looks for what has yet to come begin.
    struct Moment: Sendable, Hashable {
        /// Earliest moment of waiting jobs and places in lines, as the server writes it.
        let runAt: String
        /// Least number of an end of a linked job.
        let looseEnd: Int64
    }

    /// Longest look that is nothing to avoid, and what each job that it writes or takes may add.
    static let cheap: Duration = .milliseconds(10)
    static let cheapPerJob: Duration = .microseconds(100)
    /// Longest time in which no look begins at the front.
    static let longest: Duration = .seconds(2)
    /// How many times its own time passes before a long look is repeated.
    static let share = 10

    private var places: [Lane: Place] = [:]
    /// Lanes that had a place and no free slot at the last long look from the front: their next look begins at the front.
    private var unseen: Set<Lane> = []
    private var moment: Moment?
    private var until: ContinuousClock.Instant?

    /// Whether looks begin further on for the time being.
    var isRaised: Bool { until != nil }

    /// Where a look begins in each lane; nothing when it begins at the front.
    func places(at now: ContinuousClock.Instant) -> [Lane: Place] {
        guard let until, now < until else { return [:] }
        return places
    }

    /// Whether a look begins further on at this time.
    func isRaised(at now: ContinuousClock.Instant) -> Bool { until.map { now < $0 } ?? false }

    /// Where a look for what has yet to come begins; nil when it begins at the front.
    func moment(at now: ContinuousClock.Instant) -> Moment? { isRaised(at: now) ? moment : nil }

    /// Time until a look has to begin at the front again; nil when each does.
    func pause(at now: ContinuousClock.Instant) -> Duration? {
        until.map { max(.zero, now.duration(to: $0)) }
    }

    /// Notes how long a look took that began at the front, and how many jobs it wrote or took.
    ///
    /// - Parameter lanes: those in which it looked for ready jobs; it says nothing of those of other lanes.
    mutating func note(wholeLook took: Duration, in lanes: [Lane], jobs: Int, at now: ContinuousClock.Instant) {
        guard took > max(Self.cheap, Self.cheapPerJob * jobs) else {
            if !lanes.isEmpty { self = ClaimFloor() }
            return
        }
        // Places of lanes in which it found nothing hold on: nothing is below them now. What came in below those of full lanes in
        // the meantime it has not seen.
        unseen = Set(places.keys).union(unseen).subtracting(lanes)
        places = places.filter { lanes.contains($0.key) }
        until = now + min(took * Self.share, Self.longest)
    }

    /// Notes how long a look took that began further on, but at the front in lanes that the last whole look had not seen.
    mutating func note(furtherLook took: Duration, in lanes: [Lane], jobs: Int, at now: ContinuousClock.Instant) {
        guard let until, !unseen.isDisjoint(with: lanes) else { return }
        unseen.subtract(lanes)
        guard took > max(Self.cheap, Self.cheapPerJob * jobs) else { return }
        self.until = max(until, now + min(took * Self.share, Self.longest))
    }

    /// The next looks for what has yet to come begin here.
    mutating func raise(to moment: Moment) {
        self.moment = moment
    }

    /// The next looks begin here.
    mutating func raise(_ lane: Lane, to place: Place) {
        places[lane] = place
    }
}
