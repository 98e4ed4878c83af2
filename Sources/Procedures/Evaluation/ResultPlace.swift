// SPDX-License-Identifier: Apache-2.0
internal import LaboratoryModel
internal import Metrology

/// The readings of one phase on one channel, where results are evaluated.
final class ResultPlace {
    /// A repetition with its values in coherent units, converted once for all results.
    final class Reading {
        /// What a reading quantity came to.
        enum Value {
            case number(WorkingDecimal)
            case missing(EvaluationTrouble)
        }

        let observation: Observation
        /// By reading symbol, in the order of ``CompiledProcedure/readings``.
        let values: [Value]

        init(_ observation: Observation, symbols: [SymbolTable.Symbol]) {
            self.observation = observation
            values = symbols.map { Self.value($0, of: observation) }
        }

        private static func value(_ symbol: SymbolTable.Symbol, of observation: Observation) -> Value {
            guard case .reading(let reading) = symbol.origin, reading.points.covers(observation) else {
                return .missing(.missing(symbol.readingName, required: false))
            }
            guard let value = observation.values[reading.name] else {
                return .missing(.missing(reading.name, required: reading.required || reading.name == "indicated"))
            }
            do {
                return .number(try symbol.unit.toCoherent(WorkingDecimal(value), asDifference: false))
            } catch {
                return .missing(.notComputable("\(reading.name): \(error)"))
            }
        }
    }

    let evaluation: MeasurementEvaluation
    let channel: Int?
    private let phase: Phase
    /// Whether a failure here fails the instrument.
    private let decides: Bool
    /// Values that hold for all readings here.
    private let scope: Scope
    private let readings: [Reading]
    /// Scopes of the points that were read, each computed once.
    private var pointScopes: [(point: String, scope: Scope)] = []

    private var compiled: CompiledProcedure { evaluation.compiled }

    init(
        evaluation: MeasurementEvaluation, observations: [Observation], channel: Int?, phase: Phase, decides: Bool, scope: Scope
    ) {
        (self.evaluation, self.channel, self.phase, self.decides, self.scope) = (evaluation, channel, phase, decides, scope)
        readings = observations.map { Reading($0, symbols: evaluation.compiled.readings) }
    }

    /// Evaluates a result wherever it applies.
    func evaluate(_ result: CompiledResult, into evaluation: inout Evaluation) {
        let own = readings.filter { result.document.points.covers($0.observation) }
        guard !own.isEmpty else { return }
        let certified = result.inputs.map { CertifiedInput($0, in: self.evaluation.setting) }
        switch result.document.of {
        case .reading:
            for reading in own {
                let repeated = own.filter { $0.observation.point == reading.observation.point }
                evaluate(result, at: reading, repeated: repeated, certified, into: &evaluation)
            }
        case .point:
            for point in own.map(\.observation.point).uniqued() {
                let repeated = own.filter { $0.observation.point == point }
                evaluate(result, over: repeated, point: repeated[0].observation, certified, into: &evaluation)
            }
        case .all:
            evaluate(result, over: own, point: nil, certified, into: &evaluation)
        }
    }

    // MARK: Extents

    private func evaluate(
        _ result: CompiledResult, at reading: Reading, repeated: [Reading], _ certified: [CertifiedInput?],
        into evaluation: inout Evaluation
    ) {
        guard let model = result.single else { return }
        var scope = pointScope(reading.observation.point)
        for (symbol, value) in zip(compiled.readings, reading.values) {
            switch value {
            case .number(let number): scope.set(number, at: symbol.slot)
            case .missing(let trouble): scope.miss(trouble, at: symbol.slot)
            }
        }
        let found = BudgetValues(result, model: model, place: self, scope: scope, repeated: repeated, certified: certified)
        finish(
            result, found, point: reading.observation, repetition: reading.observation.repetition, of: [reading.observation],
            into: &evaluation)
    }

    private func evaluate(
        _ result: CompiledResult, over repeated: [Reading], point: Observation?, _ certified: [CertifiedInput?],
        into evaluation: inout Evaluation
    ) {
        var scope = point.map { pointScope($0.point) } ?? scope
        for (index, symbol) in compiled.readings.enumerated() { readSeries(symbol, index, of: repeated, into: &scope) }
        do {
            let model = try result.model(repetitions: repeated.count)
            let found = BudgetValues(result, model: model, place: self, scope: scope, repeated: repeated, certified: certified)
            finish(result, found, point: point, repetition: nil, of: repeated.map(\.observation), into: &evaluation)
        } catch {
            evaluation.gaps.append(
                .notComputable(
                    result: result.document.name, point: point.map { compiled.name(ofPoint: $0.point) }, why: "\(error)"))
        }
    }

    private func pointScope(_ point: String) -> Scope {
        if let known = pointScopes.first(where: { $0.point == point }) { return known.scope }
        let scope = newScope(at: point)
        pointScopes.append((point, scope))
        return scope
    }

    private func newScope(at point: String) -> Scope {
        var scope = scope
        let slot = compiled.symbols.slot(of: SymbolTable.nominal)
        guard let index = compiled.pointIndex(of: point), let formula = compiled.nominals[index] else {
            scope.miss(.missing(SymbolTable.nominal, required: true), at: slot)
            return scope
        }
        do {
            scope.set(try formula.value(scope), at: slot)
        } catch {
            scope.miss(error, at: slot)
        }
        return scope
    }

    private func readSeries(_ symbol: SymbolTable.Symbol, _ index: Int, of repeated: [Reading], into scope: inout Scope) {
        var series: [WorkingDecimal] = []
        series.reserveCapacity(repeated.count)
        for reading in repeated {
            switch reading.values[index] {
            case .number(let number): series.append(number)
            case .missing(let trouble):
                scope.miss(trouble, at: symbol.slot)
                return
            }
        }
        scope.set(series, at: symbol.slot)
    }

    // MARK: Verdict

    private func finish(
        _ result: CompiledResult, _ found: BudgetValues, point: Observation?, repetition: Int?, of repeated: [Observation],
        into evaluation: inout Evaluation
    ) {
        do {
            let value = try found.evaluated(
                channel: channel, phase: phase, point: point, repetition: repetition, of: repeated)
            evaluation.results.append(value)
            if decides, !value.verdict.isMet { evaluation.failures.append(reason(result, value)) }
        } catch {
            if let gap = gap(error, result, point: point.map { compiled.name(ofPoint: $0.point) }) {
                evaluation.gaps.append(gap)
            }
        }
    }

    /// What is missing, in words; nil for a value that need not be there.
    private func gap(_ trouble: EvaluationTrouble, _ result: CompiledResult, point: CodedName?) -> Reason? {
        switch trouble {
        // Only a reading may be left out; surroundings and certificates that a judged result needs are missed.
        case .missing(let name, required: false)
        where result.document.limits.isEmpty || compiled.procedure.readings.contains { $0.name == name }: nil
        case .missing(let name, _) where compiled.procedure.conditions.contains { $0.quantity == name }:
            .conditionMissing(quantity: compiled.name(ofCondition: name))
        case .missing(let name, _) where compiled.procedure.standards.contains { $0.kind == name }:
            .standardMissing(kind: compiled.name(ofStandard: name))
        case .missing(let name, _):
            if compiled.procedure.characteristics.contains(where: { $0.key == name }) {
                .characteristicsMissing(names: [name])
            } else {
                .readingMissing(channel: channel, point: point ?? result.document.name, quantity: compiled.name(ofReading: name))
            }
        case .notComputable(let why): .notComputable(result: result.document.name, point: point, why: why)
        case .tooFewReadings: .coverageFactorUndetermined(point: point ?? result.document.name)
        case .certificateLacks(let standard, let key): .certificateLacks(standard: standard, value: key)
        case .tooUncertain(let uncertainty, let largest):
            .uncertaintyTooLarge(
                result: result.document.name, point: point, uncertainty: uncertainty, largest: largest, unit: result.document.unit
            )
        }
    }

    private func reason(_ result: CompiledResult, _ value: EvaluatedResult) -> Reason {
        .resultBeyondLimits(
            channel: channel, result: result.document.name, point: value.point.map { compiled.name(ofPoint: $0) },
            repetition: value.repetition, value: "\(value.value)", lower: value.lower.map { "\($0)" },
            upper: value.upper.map { "\($0)" }, unit: value.unit)
    }
}

extension SymbolTable.Symbol {
    /// Name in the record of what a reading symbol stands for; of other symbols the symbol itself.
    fileprivate var readingName: String {
        if case .reading(let reading) = origin { reading.name } else { name }
    }
}

extension [String] {
    /// Whether codes of points cover the point of a code; none of them cover all.
    func covers(_ point: String) -> Bool { covers(point, kind: point.pointKind) }

    /// Whether codes of points cover the point of a reading; none of them cover all.
    func covers(_ observation: Observation) -> Bool { covers(observation.point, kind: observation.pointKind) }

    private func covers(_ point: String, kind: String) -> Bool {
        isEmpty || contains { $0 == point || $0 == kind }
    }

    /// Each text once, in the order of its first place.
    func uniqued() -> [String] {
        reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
