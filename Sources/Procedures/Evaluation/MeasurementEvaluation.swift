// SPDX-License-Identifier: Apache-2.0
internal import LaboratoryModel
internal import Metrology

/// Evaluates a measurement by its procedure. The same readings under another version or mode may give another verdict.
///
/// Values that are reported or judged are computed in decimals of 34 digits from the digits that were read; only uncertainties are
/// computed in binary.
package struct MeasurementEvaluation: Sendable {
    let compiled: CompiledProcedure
    let setting: EvaluationSetting
    /// Mode of verification; nil for a calibration or test.
    let mode: VerificationMode?

    /// Version of the engine, stored with every conclusion; it changes whenever a digit of a result may.
    package static let engineVersion = "2"

    package init(_ compiled: CompiledProcedure, in setting: EvaluationSetting) {
        (self.compiled, self.setting) = (compiled, setting)
        mode = setting.mode.flatMap { VerificationMode(rawValue: $0) }
    }

    /// Evaluates readings and judged steps.
    package func evaluate(_ observations: [Observation], steps: [JudgedStep]) -> Evaluation {
        var evaluation = Evaluation()
        let isStopped = judge(steps, into: &evaluation)
        let plan = planScope(&evaluation)
        judgeConditions(into: &evaluation)
        judgeStandards(plan, into: &evaluation)
        let procedure = compiled.procedure
        if procedure.perChannel {
            if setting.instrument.channels.isEmpty { evaluation.gaps.append(.nothingMeasured) }
            for number in setting.instrument.channels.keys.sorted() {
                let own = observations.filter { $0.channel == number }
                evaluate(own, channel: number, plan: plan, isStopped: isStopped, into: &evaluation)
            }
        } else {
            evaluate(observations, channel: nil, plan: plan, isStopped: isStopped, into: &evaluation)
        }
        return evaluation
    }

    // MARK: Steps, surroundings, standards

    /// Whether a failed step ended the work.
    private func judge(_ steps: [JudgedStep], into evaluation: inout Evaluation) -> Bool {
        var isStopped = false
        let wanted = compiled.steps(mode: setting.mode)
        // Judged steps by their codes, and whether one failed; on which channels, where a step is judged on each.
        var judged: [String: Bool] = [:]
        for step in steps { judged[step.step, default: false] = judged[step.step] == true || step.outcome == "fail" }
        for step in wanted {
            let isFailed = judged[step.code] == true
            if isFailed, step.onFail != .note { evaluation.failures.append(.stepFailed(step: step.name)) }
            if isFailed, step.onFail == .stop { isStopped = true }
        }
        if !isStopped {
            for step in wanted where judged[step.code] == nil || !isJudged(step, on: steps) {
                evaluation.gaps.append(.stepMissing(step: step.name))
            }
        }
        return isStopped
    }

    /// Whether a step that each channel has for itself was judged on all of them; judged without a channel it counts for all.
    private func isJudged(_ step: ProcedureStep, on steps: [JudgedStep]) -> Bool {
        guard step.perChannel, compiled.procedure.perChannel else { return true }
        let own = steps.filter { $0.step == step.code }
        return own.contains { $0.channel == nil }
            || setting.instrument.channels.keys.allSatisfy { number in own.contains { $0.channel == number } }
    }

    private func judgeConditions(into evaluation: inout Evaluation) {
        for condition in compiled.procedure.conditions {
            // A value that is no number was not read.
            guard let text = setting.conditions[condition.quantity], let value = try? DecimalNumber(parsing: text) else {
                if condition.required { evaluation.gaps.append(.conditionMissing(quantity: condition.name)) }
                continue
            }
            // The reader of the file has reported limits that are no decimals.
            let lower = condition.lower.flatMap { try? DecimalNumber(parsing: $0) }
            let upper = condition.upper.flatMap { try? DecimalNumber(parsing: $0) }
            if lower.map({ value < $0 }) ?? false || upper.map({ value > $0 }) ?? false {
                evaluation.gaps.append(
                    .conditionOutsideLimits(
                        quantity: condition.name, value: text, lower: condition.lower, upper: condition.upper,
                        unit: condition.unit))
            }
        }
    }

    // MARK: Scopes

    /// Values that hold for the whole measurement.
    func planScope(_ evaluation: inout Evaluation) -> Scope {
        var scope = Scope(slots: compiled.symbols.slotCount)
        for symbol in compiled.symbols.symbols {
            switch symbol.origin {
            case .parameter(let value): scope.set(value, at: symbol.slot)
            case .condition(let condition):
                read(
                    setting.conditions[condition.quantity], symbol, name: condition.quantity, required: condition.required, &scope
                )
            case .characteristic(let row) where !row.perChannel:
                let text = setting.instrument.characteristics[row.key] ?? row.otherwise
                read(text, symbol, name: row.key, required: true, &scope)
            default: break
            }
        }
        return scope
    }

    func read(_ text: String?, _ symbol: SymbolTable.Symbol, name: String, required: Bool, _ scope: inout Scope) {
        guard let text, !text.isEmpty else {
            scope.miss(.missing(name, required: required), at: symbol.slot)
            return
        }
        do {
            let number = WorkingDecimal(try DecimalNumber(parsing: text))
            scope.set(try symbol.unit.toCoherent(number, asDifference: false), at: symbol.slot)
        } catch {
            scope.miss(.notComputable("\(name) = '\(text)': \(error)"), at: symbol.slot)
        }
    }

    // MARK: One channel, or the whole instrument

    private func evaluate(
        _ observations: [Observation], channel: Int?, plan: Scope, isStopped: Bool, into evaluation: inout Evaluation
    ) {
        var scope = plan
        for symbol in compiled.symbols.symbols {
            if case .characteristic(let row) = symbol.origin, row.perChannel {
                let own = channel.flatMap { setting.instrument.channels[$0] } ?? [:]
                let text = own[row.key] ?? setting.instrument.characteristics[row.key] ?? row.otherwise
                read(text, symbol, name: row.key, required: true, &scope)
            }
        }
        let deciding: Phase = observations.contains { $0.phase == .asLeft } ? .asLeft : .asFound
        if !isStopped { count(observations.filter { $0.phase == deciding }, channel, deciding, scope, into: &evaluation) }
        for phase in Phase.allCases {
            let own = observations.filter { $0.phase == phase }
            guard !own.isEmpty else { continue }
            let place = ResultPlace(
                evaluation: self, observations: own, channel: channel, phase: phase, decides: phase == deciding, scope: scope)
            for result in compiled.results { place.evaluate(result, into: &evaluation) }
        }
    }

    /// Reports points that were read too seldom, or not at all.
    private func count(
        _ observations: [Observation], _ channel: Int?, _ phase: Phase, _ scope: Scope, into evaluation: inout Evaluation
    ) {
        let points = compiled.procedure.points
        var missing: [(code: String, count: Int)] = []
        var free: [(kind: String, places: Int, count: Int)] = []
        for index in compiled.pointIndices(mode: setting.mode) where points[index].required {
            let point = points[index]
            guard let wanted = repetitions(index, scope) else {
                missing.append((point.code, 1))
                continue
            }
            if point.free {
                let kind = compiled.pointKinds[index]
                let known = free.firstIndex { $0.kind == kind } ?? free.count
                if known == free.count { free.append((kind, 0, 0)) }
                free[known].places += 1
                free[known].count += wanted
            } else {
                let found = observations.count { $0.point == point.code || $0.pointKind == point.code }
                if found < wanted { missing.append((point.code, wanted - found)) }
            }
        }
        for (kind, places, wanted) in free {
            // Values are chosen at the site, but as many different ones as the procedure has.
            let found = observations.filter { $0.pointKind == kind }
            let short = max(wanted - found.count, places - Set(found.map(\.point)).count)
            if short > 0 { missing.append((kind, short)) }
        }
        for (code, count) in missing {
            let name = compiled.name(ofPoint: code)
            if let channel {
                evaluation.gaps.append(
                    .nozzleIncomplete(channel: channel, point: name, missing: count, phase: phase.rawValue))
            } else {
                evaluation.gaps.append(.pointMissing(point: name, missing: count))
            }
        }
    }

    /// How often a point is to be read, 1 to ``ProcedureCheck/mostRepetitions``; nil where that cannot be computed.
    private func repetitions(_ index: Int, _ scope: Scope) -> Int? {
        do {
            let wanted = try compiled.repetitions[index].number(scope).decimal().wholeNumber
            return wanted.flatMap { (1...ProcedureCheck.mostRepetitions).contains($0) ? $0 : nil }
        } catch {
            // A formula over a characteristic that the instrument lacks.
            return nil
        }
    }
}

extension DecimalNumber {
    /// The value as a whole number; nil where it is none or too large.
    var wholeNumber: Int? {
        let plain = withoutTrailingZeros
        return plain.scale == 0 ? Int(exactly: plain.coefficient) : nil
    }
}
