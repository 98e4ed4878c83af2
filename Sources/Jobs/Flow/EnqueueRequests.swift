// SPDX-License-Identifier: Apache-2.0
package import Postgres

/// Enqueues a job in the caller's transaction, with everything that connects it with others.
///
/// - Parameters:
///   - kind: what sort of job.
///   - request: payload, key, moment, priority, tenant, serial key and limit.
///   - rule: what happens when its key is taken.
///   - links: batch, and jobs it comes after.
/// - Throws: ``BatchClosed``; `EncodingError` for a payload that JSON cannot hold; ``PostgresError``, with constraint
///   `dependency_on_older_job` for a job that does not exist yet.
@discardableResult
package func enqueue<Payload: Encodable & Sendable>(
    _ kind: JobKind, _ request: JobRequest<Payload>, ifKeyTaken rule: TwinRule = .skip, links: JobLinks = .none,
    on database: isolated Connection
) throws -> Enqueued {
    try enqueueAll(kind, [request], ifKeyTaken: rule, links: links, on: database).first ?? .skipped(nil)
}

/// Enqueues many jobs of one kind in the caller's transaction: 1,000 in a statement, and more than 10,000 without keys by COPY.
///
/// - Returns: what became of each, in their order.
/// - Throws: as ``enqueue(_:_:ifKeyTaken:links:on:)``.
@discardableResult
package func enqueueAll<Payload: Encodable & Sendable>(
    _ kind: JobKind, _ requests: [JobRequest<Payload>], ifKeyTaken rule: TwinRule = .skip, links: JobLinks = .none,
    on database: isolated Connection
) throws -> [Enqueued] {
    guard !requests.isEmpty else { return [] }
    if let batch = links.batch { try join(batch, on: database) }
    let writer = PayloadWriter(kind)
    let orders = try requests.map { try JobOrder($0, writer) }
    let results: [Enqueued]
    if orders.count > JobOrder.mostByStatement, links.after.isEmpty, orders.allSatisfy(\.isPlain) {
        results = try copy(orders, of: kind, batch: links.batch, on: database).map(Enqueued.made)
    } else {
        var made: [Enqueued] = []
        made.reserveCapacity(orders.count)
        for start in stride(from: 0, to: orders.count, by: JobOrder.mostInStatement) {
            let part = Array(orders[start..<min(start + JobOrder.mostInStatement, orders.count)])
            made += try put(part, of: kind, rule: rule, links: links, on: database)
        }
        results = made
    }
    hint(.ready, on: database)
    return results
}

/// A request with its payload as text.
private struct JobOrder {
    /// Most jobs of one statement.
    static let mostInStatement = 1000
    /// Most jobs without keys that go in by statements.
    static let mostByStatement = 10_000

    let payload: String
    let key: String?
    let moment: MomentParts
    let priority: Int?
    let tenant: String?
    let serialKey: String?
    let limit: KeyLimit?
    let timeLimit: Int64?

    init<Payload>(_ request: JobRequest<Payload>, _ writer: PayloadWriter) throws {
        payload = try writer.text(request.payload)
        key = request.key
        moment = MomentParts(request.moment)
        priority = request.priority
        tenant = request.tenant
        serialKey = request.serialKey
        limit = request.limit
        timeLimit = request.timeLimit?.milliseconds
    }

    /// Whether nothing has to be looked up for it.
    var isPlain: Bool { key == nil && serialKey == nil && limit == nil }
}

/// A moment as the statements take it.
struct MomentParts: Hashable {
    var instant: String?
    var civil: String?
    var zone: String?
    var milliseconds: Int64 = 0

    init(_ moment: RunMoment) {
        switch moment {
        case .now: break
        case .after(let pause): milliseconds = pause.milliseconds
        case .instant(let text): instant = text
        case .civil(let slot, let name): (civil, zone) = (slot.description, name)
        }
    }
}

// MARK: By statement

private func put(
    _ orders: [JobOrder], of kind: JobKind, rule: TwinRule, links: JobLinks, on database: isolated Connection
) throws -> [Enqueued] {
    var results: [Enqueued?] = Array(repeating: nil, count: orders.count)
    var open = Array(orders.indices)
    // A twin that ends between two statements frees its key: the order is tried again.
    for _ in 0..<3 where !open.isEmpty {
        let rows = try insert(open.map { orders[$0] }, of: kind, links: links, on: database)
        var taken: [Int] = []
        for (index, row) in zip(open, rows) {
            if let id = row.id {
                results[index] = .made(JobID(rawValue: id))
            } else if rule == .skip {
                results[index] = .left(row)
            } else {
                taken.append(index)
            }
        }
        open = try change(taken, of: orders, kind: kind, rule: rule, results: &results, on: database)
    }
    return results.map { $0 ?? .skipped(nil) }
}

private func insert(
    _ orders: [JobOrder], of kind: JobKind, links: JobLinks, on database: isolated Connection
) throws -> [PutRow] {
    try database.rows(
        JobStatements.put, kind.lane.rawValue, kind.name, kind.priority, kind.maxAttempts, orders.map(\.payload),
        orders.map(\.key), orders.map(\.moment.instant), orders.map(\.moment.civil), orders.map(\.moment.zone),
        orders.map(\.moment.milliseconds), orders.map(\.priority), orders.map(\.tenant), orders.map(\.serialKey),
        orders.map(\.limit?.key), orders.map(\.limit?.most), links.after.map(\.rawValue), links.onFailure.rawValue,
        links.batch?.rawValue, orders.map(\.timeLimit), TraceContext.current?.rawValue)
}

/// Changes the twins of orders as the rule says.
///
/// - Returns: orders whose twin has ended meanwhile.
private func change(
    _ indices: [Int], of orders: [JobOrder], kind: JobKind, rule: TwinRule, results: inout [Enqueued?],
    on database: isolated Connection
) throws -> [Int] {
    guard !indices.isEmpty else { return [] }
    let wanted = indices.map { orders[$0] }
    let changed = try database.rows(
        JobStatements.replace, kind.name, rule.name, wanted.map(\.key), wanted.map(\.payload), wanted.map(\.moment.instant),
        wanted.map(\.moment.civil), wanted.map(\.moment.zone), wanted.map(\.moment.milliseconds), wanted.map(\.priority),
        rule.limit.milliseconds)
    let changedByKey = Dictionary(changed.map { ($0.key, $0.id) }) { first, _ in first }
    let rest = indices.filter { orders[$0].key.flatMap { changedByKey[$0] } == nil }
    for index in indices {
        guard let id = orders[index].key.flatMap({ changedByKey[$0] }) else { continue }
        results[index] = .changed(JobID(rawValue: id))
    }
    guard !rest.isEmpty else { return [] }
    let twins = try database.rows(JobStatements.twins, kind.name, rest.compactMap { orders[$0].key })
    let twinByKey = Dictionary(twins.map { ($0.key, $0) }) { first, _ in first }
    return rest.filter { index in
        guard let twin = orders[index].key.flatMap({ twinByKey[$0] }) else { return true }
        let id = JobID(rawValue: twin.id)
        results[index] = twin.isRunning ? .running(id) : .skipped(id)
        return false
    }
}

extension TwinRule {
    /// Name in the statement.
    fileprivate var name: String {
        switch self {
        case .skip: "skip"
        case .replace: "replace"
        case .bringForward: "bringForward"
        case .debounce: "debounce"
        }
    }

    fileprivate var limit: Duration {
        if case .debounce(let limit) = self { limit } else { .zero }
    }
}

extension Enqueued {
    /// An order whose twin was left as it is.
    fileprivate static func left(_ row: PutRow) -> Enqueued {
        guard let twin = row.twin.map(JobID.init(rawValue:)) else { return .skipped(nil) }
        return row.isRunning ? .running(twin) : .skipped(twin)
    }
}

// MARK: By COPY

private func copy(
    _ orders: [JobOrder], of kind: JobKind, batch: BatchID?, on database: isolated Connection
) throws -> [JobID] {
    let lane = try database.one(JobStatements.flowLane, kind.lane.rawValue)
    let numbers = try database.rows(JobStatements.numbers, orders.count).map(\.id)
    let moments = try resolve(orders.map(\.moment), on: database)
    let trace = TraceContext.current?.rawValue
    try database.copyIn(JobStatements.copy.sql) { writer in
        for ((order, number), moment) in zip(zip(orders, numbers), moments) {
            try writer.row([
                number, lane.id, kind.name, order.priority ?? kind.priority, kind.maxAttempts, order.payload, moment.moment,
                moment.hasCome ? 1 : 0, batch != nil, order.tenant ?? (lane.isFair ? "" : nil),
                order.timeLimit, trace,
            ])
        }
    }
    if let batch {
        try database.copyIn(JobStatements.copyMembers.sql) { writer in
            for number in numbers { try writer.row([batch.rawValue, number]) }
        }
    }
    return numbers.map(JobID.init(rawValue:))
}

/// Asks the database for the instants of moments, each different one once.
private func resolve(_ moments: [MomentParts], on database: isolated Connection) throws -> [ResolvedMoment] {
    let different = Array(Set(moments))
    let rows = try database.rows(
        JobStatements.moments, different.map(\.instant), different.map(\.civil), different.map(\.zone),
        different.map(\.milliseconds))
    let resolved = Dictionary(uniqueKeysWithValues: zip(different, rows))
    // The last row is now.
    guard let now = rows.last else { throw PostgresError.noRow(statement: JobStatements.moments.name) }
    return moments.map { resolved[$0] ?? now }
}
