// SPDX-License-Identifier: Apache-2.0
package import Certificates
package import Jobs
internal import LabStore
package import Logging

/// What the laboratory gives the queue to run: handlers, schedules and the moments it waits for.
package struct LaboratoryJobs: Sendable {
    /// Handlers by kind.
    package let handlers: JobHandlers
    /// What runs by the civil clock of Asia/Ho_Chi_Minh.
    package let schedules: [Schedule]
    /// What has to be looked at when its moment comes.
    package let moments: [MomentSource]

    private static let dueWatch = JobKind("due_list_watch", lane: .list, maxAttempts: 3)

    package init(laboratory: Laboratory, renderer: any DocumentRenderer, logger: Logger) {
        var handlers = JobHandlers()
        handlers.effect(RenderDocument.kind) { job in
            let payload = try job.payload(as: RenderDocument.Payload.self)
            do {
                try await RenderDocument.perform(payload, in: laboratory, with: renderer)
            } catch RenderingError.refused(let why) {
                throw PermanentFailure("the renderer refuses the document: \(why)")
            } catch let error as RenderingError {
                logger.warning("Document waits for the renderer", metadata: ["job.id": "\(job.id)", "error": "\(error)"])
                return .snoozed(.seconds(10))
            }
            return .succeeded
        }
        handlers.transaction(Self.dueWatch) { database, _ in
            let clock = try database.only(Statements.dueNow)
            if try !database.only(Statements.dueRunExists, clock.today).found {
                logger.error("Due list of today is missing", metadata: ["due.as_of": "\(clock.today)"])
            }
            return .succeeded
        }
        self.handlers = handlers
        schedules =
            TimeOfDay(hour: 4, minute: 0).map {
                [Schedule("due-list-watch", .daily($0), runs: Self.dueWatch)]
            } ?? []
        moments = [
            MomentSource("deadlines", tick: DeadlineTick.run, untilNext: DeadlineTick.untilNext),
            MomentSource("audit seal", tick: AuditSealing.run, untilNext: AuditSealing.untilNext),
        ]
    }
}

/// Seals committed audit entries into the chain, at most a minute after the first of them.
enum AuditSealing {
    /// - Returns: 0: one pass seals everything there is.
    static func run(on database: isolated Transaction) throws -> Int {
        _ = try database.only(Statements.auditSeal)
        return 0
    }

    static func untilNext(on database: isolated Transaction) throws -> Duration? { .seconds(60) }
}
