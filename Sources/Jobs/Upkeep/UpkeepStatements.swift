// SPDX-License-Identifier: Apache-2.0
internal import Postgres

struct UpkeepTaskRow: Decodable, Sendable {
    let task: String
}

struct DroppedRow: Decodable, Sendable {
    let name: String?
}

struct DeadRowsRow: Decodable, Sendable {
    let deadRows: Int
    let mayVacuum: Bool
}

struct FoundAlarmRow: Decodable, Sendable {
    let name: String
    let figure: Double
    let detail: String
}

struct AlarmChangeRow: Decodable, Sendable {
    let name: String
    let detail: String
    let isRaised: Bool
}

/// The statements of `sql/jobs/queries/upkeep.sql`.
extension JobStatements {
    static let upkeepTake = Statement<UpkeepTaskRow>.named("upkeep_take")
    static let upkeepDone = Command.named("upkeep_done")
    static let upkeepPartitions = Statement<CountRow>.named("upkeep_partitions")
    static let upkeepDrop = Statement<DroppedRow>.named("upkeep_drop")
    static let upkeepExpire = Statement<CountRow>.named("upkeep_expire")
    static let upkeepForget = Statement<CountRow>.named("upkeep_forget")
    static let upkeepDeadRows = Statement<DeadRowsRow>.named("upkeep_dead_rows")
    static let upkeepVacuum = Command.named("upkeep_vacuum")
    static let upkeepWatch = Statement<FoundAlarmRow>.named("upkeep_watch")
    static let alarmPut = Statement<AlarmChangeRow>.named("alarm_put")
    static let alarmList = Statement<AlarmReport>.named("alarm_list")
    static let upkeepList = Statement<UpkeepReport>.named("upkeep_list")
}

extension CheckedJobStatement {
    static let upkeepStatements: [CheckedJobStatement] = [
        Self(JobStatements.upkeepTake), Self(command: JobStatements.upkeepDone), Self(JobStatements.upkeepPartitions),
        Self(JobStatements.upkeepDrop), Self(JobStatements.upkeepExpire), Self(JobStatements.upkeepForget),
        Self(JobStatements.upkeepDeadRows), Self(command: JobStatements.upkeepVacuum), Self(JobStatements.upkeepWatch),
        Self(JobStatements.alarmPut), Self(JobStatements.alarmList), Self(JobStatements.upkeepList),
    ]
}
