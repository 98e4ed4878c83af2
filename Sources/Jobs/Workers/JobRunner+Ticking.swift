// SPDX-License-Identifier: Apache-2.0
internal import Logging
internal import Postgres

extension JobRunner {
    /// Deals with schedules and other moments until the task is cancelled, beside the control loop: a long tick holds up no job.
    func keepTicking() async {
        for await _ in tick.rounds where machine.takesJobs && !stop.isMade && hasMoments {
            await tickOnce()
        }
    }

    /// Whether there is anything to tick; a program without schedules and moments leaves those of others alone.
    private var hasMoments: Bool { !schedules.isEmpty || !moments.isEmpty }

    private func tickOnce() async {
        var next: [Duration] = []
        do {
            if let pause = try await tickSchedules() { next.append(pause) }
            counts.ticks["schedules"] = .now
        } catch {
            next.append(pauseAfterTick("schedules", error))
        }
        for source in moments {
            do {
                if let pause = try await tick(source) { next.append(pause) }
                counts.ticks[source.name] = .now
            } catch {
                next.append(pauseAfterTick(source.name, error))
            }
        }
        wait(next.min(), for: .tick)
    }

    /// - Returns: time until the next slot.
    private func tickSchedules() async throws -> Duration? {
        try await renewSchedules()
        let (schedules, clock) = (ScheduleTick(kinds: handlers.kinds), clock)
        while !stop.isMade {
            let round = try await handlerPool.transaction { database in
                if let clock, try !clock.trustsClock(on: database) { return ScheduleTick.Round() }
                return try schedules(on: database)
            }
            counts.ticked += round.advanced
            for schedule in round.unreadable {
                logger.error(
                    "schedule cannot be read", metadata: ["schedule.key": "\(schedule.key)", "schedule.text": "\(schedule.text)"])
            }
            // A slot that is due and was not dealt with is held by another process, which will be done with it soon.
            guard round.advanced > 0 else { return round.pause.map { max($0, .milliseconds(50)) } }
        }
        return nil
    }

    /// Every few minutes, says that this process still knows its schedules.
    private func renewSchedules() async throws {
        guard !schedules.isEmpty else { return }
        guard let renewed else {
            renewed = .now
            return
        }
        guard renewed.duration(to: .now) > .seconds(240) else { return }
        let schedules = schedules
        let withdrawn = try await handlerPool.transaction { try Schedule.renew(schedules, on: $0) }
        self.renewed = .now
        for key in withdrawn {
            logger.notice("schedule withdrawn, no program declares it any more", metadata: ["schedule.key": "\(key)"])
        }
    }

    private func tick(_ source: MomentSource) async throws -> Duration? {
        let clock = source.isBoundToDate ? clock : nil
        while !stop.isMade {
            let (count, pause) = try await handlerPool.transaction { database -> (Int, Duration?) in
                if let clock, try !clock.trustsClock(on: database) { return (0, nil) }
                let count = try source.tick(database)
                return (count, count == 0 ? try source.untilNext(database) : nil)
            }
            if count == 0 { return pause.map { max($0, .milliseconds(50)) } }
        }
        return nil
    }

    private func pauseAfterTick(_ name: String, _ error: any Error) -> Duration {
        guard !error.isCancellation else { return .seconds(5) }
        counts.faults += 1
        logger.error("tick failed", metadata: ["tick.name": "\(name)", "error": "\(String(reflecting: error))"])
        return .seconds(5)
    }
}
