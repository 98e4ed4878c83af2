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
        } catch {
            next.append(pauseAfterTick("schedules", error))
        }
        for source in moments {
            do {
                if let pause = try await tick(source) { next.append(pause) }
            } catch {
                next.append(pauseAfterTick(source.name, error))
            }
        }
        wait(next.min(), for: .tick)
    }

    /// - Returns: time until the next slot.
    private func tickSchedules() async throws -> Duration? {
        let schedules = ScheduleTick(kinds: handlers.kinds)
        while !stop.isMade {
            let round = try await handlerPool.transaction { try schedules(on: $0) }
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

    private func tick(_ source: MomentSource) async throws -> Duration? {
        while !stop.isMade {
            if try await handlerPool.transaction({ try source.tick($0) }) == 0 { break }
        }
        return try await handlerPool.transaction(readOnly: true) { try source.untilNext($0) }
            .map { max($0, .milliseconds(50)) }
    }

    private func pauseAfterTick(_ name: String, _ error: any Error) -> Duration {
        guard !error.isCancellation else { return .seconds(5) }
        counts.faults += 1
        logger.error("tick failed", metadata: ["tick.name": "\(name)", "error": "\(String(reflecting: error))"])
        return .seconds(5)
    }
}
