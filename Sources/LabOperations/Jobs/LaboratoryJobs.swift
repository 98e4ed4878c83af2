// SPDX-License-Identifier: Apache-2.0
package import Certificates
package import Jobs
internal import LabStore
package import Logging

/// What the laboratory gives the queue to run: handlers, schedules and the moments it waits for.
package struct LaboratoryJobs: Sendable {
    /// Handlers by kind.
    package let handlers: JobHandlers
    /// What runs by the civil clock of the laboratory.
    package let schedules: [Schedule]
    /// What has to be looked at when its moment comes.
    package let moments: [MomentSource]
    /// Renderings that contradicted the one kept: a fault of the renderer, which must give equal bytes for equal content.
    package let contradictoryRenderings = AlarmCount()

    /// - Parameters:
    ///   - renderer: what makes documents.
    ///   - timeZone: the laboratory's, see ``Laboratory/timeZone()``.
    ///   - logger: told of alarms and of documents that wait.
    package init(
        laboratory: Laboratory, renderer: any DocumentRenderer, timeZone: String, logger: Logger
    ) {
        var handlers = JobHandlers()
        let contradictions = contradictoryRenderings
        handlers.effect(RenderDocument.kind) { job in
            let payload = try job.payload(as: RenderDocument.Payload.self)
            do {
                if let found = try await RenderDocument.perform(payload, in: laboratory, with: renderer) {
                    contradictions.add()
                    logger.error(
                        "Two renderings of one document differ",
                        metadata: [
                            "document.id": "\(payload.document)", "sha256.kept": "\(found.kept)", "sha256.made": "\(found.made)",
                        ])
                }
            } catch RenderingError.refused(let why) {
                throw PermanentFailure("the renderer refuses the document: \(why)")
            } catch let error as RenderingError {
                logger.warning("Document waits for the renderer", metadata: ["job.id": "\(job.id)", "error": "\(error)"])
                return .snoozed(.seconds(10))
            }
            return .succeeded
        }
        handlers.effect(PrintDueRun.kind) { job in
            let payload = try job.payload(as: PrintDueRun.Payload.self)
            do {
                try await PrintDueRun.perform(payload, in: laboratory, with: renderer)
            } catch RenderingError.refused(let why) {
                throw PermanentFailure("the renderer refuses the list: \(why)")
            } catch let error as RenderingError {
                logger.warning("Due list waits for the renderer", metadata: ["job.id": "\(job.id)", "error": "\(error)"])
                return .snoozed(.seconds(30))
            }
            return .succeeded
        }
        handlers.transaction(DueWatch.kind) { database, _ in try DueWatch.run(on: database, logger: logger) }
        handlers.transaction(DueWatch.telling) { database, _ in try DueWatch.tell(on: database, logger: logger) }
        DeadlineJobs.add(to: &handlers, logger: logger)
        handlers.transaction(DueMail.kind) { database, job in
            try DueMail.perform(try job.payload(as: DueMail.Payload.self), on: database, logger: logger)
        }
        self.handlers = handlers
        schedules =
            DeadlineJobs.schedules(timeZone)
            + (TimeOfDay(DueWatch.hour).map {
                [Schedule("due-list-watch", .daily($0), runs: DueWatch.kind, timeZone: timeZone)]
            } ?? [])
        moments =
            DeadlineJobs.moments + [MomentSource("audit seal", tick: AuditSealing.run, untilNext: AuditSealing.untilNext)]
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
