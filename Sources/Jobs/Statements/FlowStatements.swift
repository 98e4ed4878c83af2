// SPDX-License-Identifier: Apache-2.0
internal import Postgres

// sql/jobs/queries/flow.sql
extension JobStatements {
    static let put = Statement<PutRow>.named("flow_put")
    static let replace = Statement<KeyedRow>.named("flow_replace")
    static let twins = Statement<TwinRow>.named("flow_twins")
    static let copy = Command.named("flow_copy")
    static let copyMembers = Command.named("flow_copy_members")
    static let numbers = Statement<NumberRow>.named("flow_numbers")
    static let moments = Statement<ResolvedMoment>.named("flow_moments")
    static let flowLane = Statement<FlowLaneRow>.named("flow_lane")
    static let tie = Statement<FlowLook>.named("flow_tie")
    static let flowPause = Statement<MomentRow>.named("flow_pause")
    static let claimRestricted = Statement<ClaimedRow>.named("flow_claim")
    static let ratePause = Statement<LaneRestRow>.named("flow_lane_pause")
    static let laneRuleRead = Statement<LaneRuleRow>.named("flow_lane_rule_read")
    static let laneRule = Statement<NumberRow>.named("flow_lane_rule")
    static let batchOpen = Statement<NumberRow>.named("batch_open")
    static let batchJoin = Statement<NumberRow>.named("batch_join")
    static let batchShow = Statement<BatchReport>.named("batch_show")
    static let stepLoad = Statement<StepRow>.named("step_load")
    static let stepStore = Statement<ResultRow>.named("step_store")
    static let effectLoad = Statement<EffectRow>.named("effect_load")
    static let effectBegin = Statement<NumberRow>.named("effect_begin")
    static let effectEnd = Command.named("effect_end")
    static let effectStore = Statement<ResultRow>.named("effect_store")
    static let flowShow = Statement<FlowReport>.named("flow_show")
    static let flowPrune = Statement<CountRow>.named("flow_prune")
    static let flowCheck = Statement<CountRow>.named("flow_check")
}

extension CheckedJobStatement {
    static let flow: [CheckedJobStatement] = [
        Self(JobStatements.put), Self(JobStatements.replace), Self(JobStatements.twins), Self(command: JobStatements.copy),
        Self(command: JobStatements.copyMembers), Self(JobStatements.numbers), Self(JobStatements.moments),
        Self(JobStatements.flowLane), Self(JobStatements.tie), Self(JobStatements.flowPause),
        Self(JobStatements.claimRestricted), Self(JobStatements.ratePause),
        Self(JobStatements.laneRuleRead), Self(JobStatements.laneRule), Self(JobStatements.batchOpen),
        Self(JobStatements.batchJoin),
        Self(JobStatements.batchShow), Self(JobStatements.stepLoad), Self(JobStatements.stepStore),
        Self(JobStatements.effectLoad), Self(JobStatements.effectBegin), Self(command: JobStatements.effectEnd),
        Self(JobStatements.effectStore), Self(JobStatements.flowShow), Self(JobStatements.flowPrune),
        Self(JobStatements.flowCheck),
    ]
}

struct PutRow: Decodable, Sendable {
    let id: Int64?
    let twin: Int64?
    let isRunning: Bool
}

struct KeyedRow: Decodable, Sendable {
    let id: Int64
    let key: String
}

struct TwinRow: Decodable, Sendable {
    let id: Int64
    let key: String
    let isRunning: Bool
}

struct ResolvedMoment: Decodable, Sendable {
    let moment: String
    let hasCome: Bool
}

struct FlowLaneRow: Decodable, Sendable {
    let id: Int
    let isFair: Bool
}

struct LaneRuleRow: Decodable, Sendable {
    let id: Int64
    let maxRunning: Int?
    let rateCount: Int?
    let rateMilliseconds: Int64?
    let isFair: Bool
}

struct StepRow: Decodable, Sendable {
    let name: String
    let result: String?
}

struct ResultRow: Decodable, Sendable {
    let result: String?
}

struct EffectRow: Decodable, Sendable {
    let job: Int64
    let result: String?
    let at: String
}
