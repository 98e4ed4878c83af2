// SPDX-License-Identifier: Apache-2.0
internal import LaboratoryModel
internal import Metrology

/// The readings of one phase on one channel, where results are evaluated.
struct ResultPlace {
    let evaluation: MeasurementEvaluation
    let observations: [Observation]
    let channel: Int?
    let phase: Phase
    /// Whether a failure here fails the instrument.
    let decides: Bool
    /// Values that hold for all readings here.
    let scope: Scope

    private var compiled: CompiledProcedure { evaluation.compiled }

    /// Evaluates a result wherever it applies.
    mutating func evaluate(_ result: CompiledResult, into evaluation: inout Evaluation) {
        let own = observations.filter { result.document.points.covers($0.point) }
        guard !own.isEmpty else { return }
        switch result.document.of {
        case .reading:
            for observation in own {
                let repeated = own.filter { $0.point == observation.point }
                evaluate(result, at: observation, repeated: repeated, into: &evaluation)
            }
        case .point:
            for point in own.map(\.point).uniqued() {
                let repeated = own.filter { $0.point == point }
                evaluate(result, over: repeated, point: point, into: &evaluation)
            }
        case .all:
            evaluate(result, over: own, point: nil, into: &evaluation)
        }
    }

    // MARK: Extents

    private func evaluate(
        _ result: CompiledResult, at observation: Observation, repeated: [Observation], into evaluation: inout Evaluation
    ) {
        guard let model = result.single else { return }
        var scope = pointScope(observation.point)
        for symbol in compiled.symbols.symbols where symbol.isReading { read(symbol, of: observation, into: &scope) }
        let found = BudgetValues(result, model: model, place: self, scope: scope, repeated: repeated)
        finish(result, found, point: observation.point, repetition: observation.repetition, of: [observation], into: &evaluation)
    }

    private func evaluate(
        _ result: CompiledResult, over repeated: [Observation], point: String?, into evaluation: inout Evaluation
    ) {
        var scope = point.map { pointScope($0) } ?? scope
        for symbol in compiled.symbols.symbols where symbol.isReading { readSeries(symbol, of: repeated, into: &scope) }
        do {
            let model = try result.model(repetitions: repeated.count)
            let found = BudgetValues(result, model: model, place: self, scope: scope, repeated: repeated)
            finish(result, found, point: point, repetition: nil, of: repeated, into: &evaluation)
        } catch {
            evaluation.gaps.append(
                .notComputable(result: result.document.name, point: point.map { compiled.name(ofPoint: $0) }, why: "\(error)"))
        }
    }

    private func pointScope(_ point: String) -> Scope {
        var scope = scope
        guard let index = compiled.pointIndex(of: point), let formula = compiled.nominals[index] else {
            scope.missing[SymbolTable.nominal] = .missing(SymbolTable.nominal, required: true)
            return scope
        }
        do {
            scope.numbers[SymbolTable.nominal] = try formula.value(scope)
        } catch {
            scope.missing[SymbolTable.nominal] = error
        }
        return scope
    }

    private func readSeries(_ symbol: SymbolTable.Symbol, of repeated: [Observation], into scope: inout Scope) {
        var series: [WorkingDecimal] = []
        for observation in repeated {
            var one = Scope()
            read(symbol, of: observation, into: &one)
            guard let value = one.numbers[symbol.name] else {
                scope.missing[symbol.name] = one.missing[symbol.name]
                return
            }
            series.append(value)
        }
        scope.series[symbol.name] = series
    }

    /// Puts a reading of a repetition into a scope.
    func read(_ symbol: SymbolTable.Symbol, of observation: Observation, into scope: inout Scope) {
        guard case .reading(let reading) = symbol.origin else { return }
        guard reading.points.covers(observation.point) else {
            scope.missing[symbol.name] = .missing(reading.name, required: false)
            return
        }
        guard let value = observation.values[reading.name] else {
            scope.missing[symbol.name] = .missing(reading.name, required: reading.isRequired(at: observation.point))
            return
        }
        do {
            scope.numbers[symbol.name] = try symbol.unit.toCoherent(WorkingDecimal(value), asDifference: false)
        } catch {
            scope.missing[symbol.name] = .notComputable("\(reading.name): \(error)")
        }
    }

    // MARK: Verdict

    private func finish(
        _ result: CompiledResult, _ found: BudgetValues, point: String?, repetition: Int?, of repeated: [Observation],
        into evaluation: inout Evaluation
    ) {
        do {
            let value = try found.evaluated(point: point, repetition: repetition, of: repeated)
            evaluation.results.append(value)
            if decides, !value.verdict.isMet { evaluation.failures.append(reason(result, value)) }
        } catch {
            if let gap = gap(error, result, point: point.map { compiled.name(ofPoint: $0) }) { evaluation.gaps.append(gap) }
        }
    }

    /// What is missing, in words; nil for a value that need not be there.
    private func gap(_ trouble: EvaluationTrouble, _ result: CompiledResult, point: CodedName?) -> Reason? {
        switch trouble {
        case .missing(_, required: false): nil
        case .missing(let name, required: true):
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

extension [String] {
    /// Whether codes of points cover the point of a reading; none of them cover all.
    func covers(_ point: String) -> Bool {
        isEmpty || contains { $0 == point || $0 == point.prefix { $0 != ":" } }
    }

    /// Each text once, in the order of its first place.
    func uniqued() -> [String] {
        reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}

extension ReadingQuantity {
    /// Whether a repetition at a point is incomplete without it.
    func isRequired(at point: String) -> Bool {
        points.covers(point) && (required || name == "indicated")
    }
}
