// SPDX-License-Identifier: Apache-2.0
internal import LaboratoryModel
internal import Metrology

/// Computes a result at one place: the value in decimals, its uncertainty in binary.
struct BudgetValues {
    /// An input with its estimate and standard uncertainty, in coherent units.
    private struct Known {
        let estimate: WorkingDecimal
        let standardUncertainty: Double
        let degreesOfFreedom: Double?
        let distribution: ProbabilityDistribution
    }

    let result: CompiledResult
    let model: ResultModel
    let place: ResultPlace
    let scope: Scope
    /// All repetitions at the point.
    let repeated: [ResultPlace.Reading]
    /// What certificates say, by input; nil for inputs that are in none.
    let certified: [CertifiedInput?]

    init(
        _ result: CompiledResult, model: ResultModel, place: ResultPlace, scope: Scope, repeated: [ResultPlace.Reading],
        certified: [CertifiedInput?]
    ) {
        (self.result, self.model, self.place, self.scope, self.repeated) = (result, model, place, scope, repeated)
        self.certified = certified
    }

    /// The result as reported and judged.
    func evaluated(channel: Int?, phase: Phase, point: Observation?, repetition: Int?, of observations: [Observation])
        throws(EvaluationTrouble) -> EvaluatedResult
    {
        let known = try inputs()
        let values = try slotValues(known.map(\.estimate))
        let exact = try number(values)
        let uncertainty = try uncertainty(exact, values, known)
        let limits = try limits(point: point)
        try checkUncertainty(uncertainty, limits)
        let judged = try verdict(exact, limits, uncertainty)
        let reported = try rounded(exact, uncertainty?.reported, observations: observations)
        return EvaluatedResult(
            result: result.document.code, channel: channel, phase: phase, point: point?.point, repetition: repetition,
            indicated: mean("indicated", observations), reference: mean("reference", observations), value: reported,
            unit: result.document.unit, lower: limits?.lower?.shown, upper: limits?.upper?.shown,
            expandedUncertainty: uncertainty?.reported?.expandedUncertainty, coverageFactor: uncertainty?.factor,
            degreesOfFreedom: uncertainty?.effective, guardBand: judged.guardBand, verdict: judged.verdict,
            budget: uncertainty?.lines ?? [])
    }

    // MARK: Value

    private func slotValues(_ estimates: [WorkingDecimal]) throws(EvaluationTrouble) -> [WorkingDecimal] {
        var values: [WorkingDecimal] = []
        values.reserveCapacity(model.slots.count)
        for slot in model.slots {
            switch slot {
            case .symbol(let symbol): values.append(try scope.value(symbol))
            case .repetition(let symbol, let index): values.append(try scope.repeated(symbol)[index])
            case .input(let index): values.append(estimates[index])
            }
        }
        return values
    }

    /// The unrounded value in the unit of the result.
    private func number(_ values: [WorkingDecimal]) throws(EvaluationTrouble) -> WorkingDecimal {
        do {
            return try result.unit.fromCoherent(
                model.program.evaluateExactly(values, output: 0), asDifference: !model.shape.isPoint)
        } catch {
            throw .notComputable("\(error)")
        }
    }

    private func mean(_ name: String, _ observations: [Observation]) -> DecimalNumber? {
        let values = observations.compactMap { $0.values[name] }
        guard let first = values.first, values.count == observations.count else { return nil }
        guard values.count > 1 else { return first }
        let places = values.map(\.scale).max() ?? 0
        do {
            return try values.reduce(DecimalNumber.zero) { try $0.adding($1) }.divided(
                by: DecimalNumber(values.count), scale: min(places + 1, DecimalNumber.largestScale), rounding: .halfEven)
        } catch {
            // A mean that does not fit is not shown; it decides nothing.
            return nil
        }
    }

    private func rounded(_ exact: WorkingDecimal, _ reported: ReportedUncertainty?, observations: [Observation])
        throws(EvaluationTrouble) -> DecimalNumber
    {
        do {
            if let decimals = result.document.decimals { return try exact.decimal(toScale: decimals, mode: .halfEven) }
            if let reported { return reported.value }
            let places = observations.flatMap(\.values.values).map(\.scale).max() ?? 0
            return try exact.decimal(toScale: places, mode: .halfEven)
        } catch {
            throw .notComputable("\(error)")
        }
    }

    // MARK: Inputs

    private func inputs() throws(EvaluationTrouble) -> [Known] {
        var known: [Known] = []
        for (index, input) in result.inputs.enumerated() {
            switch input.document.from {
            case .stated: known.append(try stated(input))
            case .certificate: known.append(try certified(input, certified[index]))
            case .readings: known.append(try spread(input))
            }
        }
        return known
    }

    private func stated(_ input: CompiledResult.Input) throws(EvaluationTrouble) -> Known {
        let estimate = try input.estimate?.value(scope) ?? .zero
        let degrees = try input.degreesOfFreedom?.value(scope).approximateValue
        if let halfWidth = input.halfWidth {
            let width = try halfWidth.value(scope).magnitude.approximateValue
            let beta = try input.beta?.value(scope).approximateValue ?? 0
            let (divisor, distribution): (Double, ProbabilityDistribution) =
                switch input.document.distribution {
                case .triangular: (6, .triangular)
                case .arcsine: (2, .uShaped)
                case .trapezoidal: (6 / (1 + beta * beta), .rectangular)
                default: (3, .rectangular)
                }
            return Known(
                estimate: estimate, standardUncertainty: width / divisor.squareRoot(), degreesOfFreedom: degrees,
                distribution: distribution)
        }
        if let expanded = input.expandedUncertainty {
            let factor = try input.coverageFactor?.value(scope).approximateValue ?? 2
            return Known(
                estimate: estimate, standardUncertainty: try expanded.value(scope).approximateValue / factor,
                degreesOfFreedom: degrees, distribution: .normal)
        }
        let standard = try input.standardUncertainty?.value(scope).approximateValue ?? 0
        return Known(estimate: estimate, standardUncertainty: standard, degreesOfFreedom: degrees, distribution: .normal)
    }

    private func certified(_ input: CompiledResult.Input, _ certified: CertifiedInput?) throws(EvaluationTrouble) -> Known {
        guard let certified else {
            throw .missing(input.document.standard ?? "", required: isRequired(input.document.standard))
        }
        let estimate: WorkingDecimal
        switch certified.estimate {
        case .value(let value): estimate = value
        case .trouble(let trouble): throw trouble
        case .absent(let key):
            guard let otherwise = input.otherwise else { throw .missing(key, required: !result.limits.isEmpty) }
            estimate = try otherwise.value(scope)
        }
        if let exact = input.standardUncertainty {
            return Known(
                estimate: estimate, standardUncertainty: try exact.value(scope).approximateValue, degreesOfFreedom: nil,
                distribution: .normal)
        }
        let stated = try certified.uncertainty.get()
        return Known(
            estimate: estimate, standardUncertainty: stated.expanded / stated.coverageFactor,
            degreesOfFreedom: stated.degreesOfFreedom, distribution: .normal)
    }

    private func isRequired(_ kind: String?) -> Bool {
        place.evaluation.compiled.procedure.standards.first { $0.kind == kind }?.required ?? true
    }

    /// Type A: how a formula of one repetition spreads over the repetitions.
    private func spread(_ input: CompiledResult.Input) throws(EvaluationTrouble) -> Known {
        guard let formula = input.spread else {
            return Known(estimate: .zero, standardUncertainty: 0, degreesOfFreedom: nil, distribution: .student)
        }
        var values: [Double] = []
        for reading in repeated {
            // Symbols that are no readings, and the nominal value, have one value for all repetitions.
            let operands = try formula.needs.map { symbol throws(EvaluationTrouble) in
                guard let index = place.evaluation.compiled.readings.firstIndex(where: { $0.slot == symbol.slot }) else {
                    return try scope.value(symbol)
                }
                // What this repetition lacks is missing; the value of another stands for nothing here.
                switch reading.values[index] {
                case .number(let number): return number
                case .missing(let trouble): throw trouble
                }
            }
            values.append(try formula.value(operands).approximateValue)
        }
        guard values.count > 1 else {
            // One reading tells nothing of the spread: of a mean it is missed, of a single reading it is left out of the budget.
            if input.document.ofMean { throw .tooFewReadings }
            return Known(estimate: .zero, standardUncertainty: 0, degreesOfFreedom: nil, distribution: .student)
        }
        do {
            let statistics = try TypeAEvaluation(observations: values)
            return Known(
                estimate: .zero,
                standardUncertainty: input.document.ofMean ? statistics.standardUncertaintyOfMean : statistics.standardDeviation,
                degreesOfFreedom: statistics.degreesOfFreedom, distribution: .student)
        } catch {
            throw .notComputable("\(error)")
        }
    }

    // MARK: Uncertainty

    private struct Uncertainty {
        let expanded: WorkingDecimal
        let reported: ReportedUncertainty?
        let factor: DecimalNumber?
        let effective: Double?
        let lines: [BudgetLine]
    }

    private func uncertainty(_ exact: WorkingDecimal, _ values: [WorkingDecimal], _ known: [Known])
        throws(EvaluationTrouble) -> Uncertainty?
    {
        guard let coverage = result.document.coverage else { return nil }
        let binary = values.map(\.approximateValue)
        do {
            let gradient = try model.program.gradient(at: binary).gradient
            var components: [UncertaintyComponent] = []
            var lines: [BudgetLine] = []
            for (slot, place) in model.slots.enumerated() {
                guard case .input(let index) = place else { continue }
                let (input, found) = (result.inputs[index], known[index])
                let sensitivity = gradient[slot] / result.unit.coherentFactor
                components.append(
                    try UncertaintyComponent(
                        name: input.document.symbol, standardUncertainty: found.standardUncertainty, sensitivity: sensitivity,
                        degreesOfFreedom: found.degreesOfFreedom, distribution: found.distribution))
                let factor = input.unit.coherentFactor
                lines.append(
                    BudgetLine(
                        symbol: input.document.symbol, unit: input.document.unit,
                        estimate: found.estimate.approximateValue / factor,
                        standardUncertainty: found.standardUncertainty / factor,
                        degreesOfFreedom: found.degreesOfFreedom, sensitivity: sensitivity * factor,
                        contribution: abs(sensitivity) * found.standardUncertainty))
            }
            let budget = try UncertaintyBudget(components)
            let expanded =
                try result.coverageFactor.map { try budget.expandedUncertainty(coverageFactor: $0.approximateValue) }
                ?? budget.expandedUncertainty(rule: result.coverage ?? .percent9545)
            guard expanded.value > 0 else { throw EvaluationTrouble.tooFewReadings }
            let reported = try ReportedUncertainty(
                value: exact.decimal(), evaluated: expanded, significantDigits: coverage.digits)
            let factor = try DecimalNumber(approximating: expanded.coverageFactor, significantDigits: 3, mode: .halfEven)
            let effective = expanded.effectiveDegreesOfFreedom
            return Uncertainty(
                expanded: try WorkingDecimal(approximating: expanded.value), reported: reported, factor: factor,
                effective: effective.isFinite ? effective : nil, lines: lines)
        } catch let trouble as EvaluationTrouble {
            throw trouble
        } catch UncertaintyError.tooFewDegreesOfFreedom, UncertaintyError.uncertaintyNotPositive {
            throw .tooFewReadings
        } catch {
            throw .notComputable("\(error)")
        }
    }

    // MARK: Limits and verdict

    private struct Limit {
        /// In the unit of the result, unrounded.
        let exact: WorkingDecimal
        /// As shown.
        let shown: DecimalNumber
    }

    private func limits(point: Observation?) throws(EvaluationTrouble) -> (lower: Limit?, upper: Limit?)? {
        let mode = place.evaluation.mode
        let fitting = result.limits.first { limit in
            (point.map { limit.document.points.covers($0) } ?? limit.document.points.isEmpty)
                && (limit.document.modes.isEmpty || mode.map { limit.document.modes.contains($0) } ?? false)
        }
        guard let limit = fitting else { return nil }
        if let table = limit.table {
            let magnitude = try table.limit(
                scope, instrument: place.evaluation.setting.instrument, procedure: place.evaluation.compiled.procedure)
            return (try shown(magnitude.negated), try shown(magnitude))
        }
        if let symmetric = try limit.symmetric?.value(scope).magnitude {
            return (try shown(symmetric.negated), try shown(symmetric))
        }
        let lower = try limit.lower?.value(scope)
        let upper = try limit.upper?.value(scope)
        return (
            try lower.map { value throws(EvaluationTrouble) in try shown(value) },
            try upper.map { value throws(EvaluationTrouble) in try shown(value) }
        )
    }

    private func shown(_ coherent: WorkingDecimal) throws(EvaluationTrouble) -> Limit {
        do {
            let exact = try result.unit.fromCoherent(coherent, asDifference: !model.shape.isPoint)
            return Limit(exact: exact, shown: try exact.decimal(significantDigits: 12, mode: .halfEven).withoutTrailingZeros)
        } catch {
            throw .notComputable("\(error)")
        }
    }

    /// Half the width between two limits, or the magnitude of the only one.
    private func width(_ limits: (lower: Limit?, upper: Limit?)) -> WorkingDecimal? {
        guard let lower = limits.lower?.exact, let upper = limits.upper?.exact else {
            return (limits.lower ?? limits.upper)?.exact.magnitude
        }
        do {
            return try upper.subtracting(lower).divided(by: WorkingDecimal(2))
        } catch {
            // Limits so far apart that their difference does not fit demand nothing of U.
            return nil
        }
    }

    /// A measurement whose own uncertainty is too large for its limits decides nothing.
    private func checkUncertainty(_ uncertainty: Uncertainty?, _ limits: (lower: Limit?, upper: Limit?)?)
        throws(EvaluationTrouble)
    {
        guard let ratio = result.largestUncertainty, let uncertainty, let limits else { return }
        guard let width = width(limits) else { return }
        let largest: WorkingDecimal
        do {
            largest = try width.multiplied(by: ratio.number(scope))
        } catch let trouble as EvaluationTrouble {
            throw trouble
        } catch {
            throw .notComputable("\(error)")
        }
        guard !uncertainty.expanded.isAtMost(largest) else { return }
        // Only for the words of the refusal.
        let shown = try? largest.decimal(significantDigits: 3, mode: .halfEven).withoutTrailingZeros
        throw .tooUncertain("\(uncertainty.reported?.expandedUncertainty ?? .zero)", "\(shown ?? .zero)")
    }

    /// Compares the unrounded value with its limits; both limits belong to what is permitted.
    private func verdict(_ value: WorkingDecimal, _ limits: (lower: Limit?, upper: Limit?)?, _ uncertainty: Uncertainty?)
        throws(EvaluationTrouble) -> (verdict: ResultVerdict, guardBand: DecimalNumber?)
    {
        guard let limits else { return (.informative, nil) }
        guard result.decision.needsUncertainty else {
            let isWithin =
                (limits.lower.map { value.isAtLeast($0.exact) } ?? true)
                && (limits.upper.map { value.isAtMost($0.exact) } ?? true)
            return (isWithin ? .pass : .fail, nil)
        }
        guard let uncertainty, let factor = uncertainty.factor else { throw .tooFewReadings }
        do {
            let digits = WorkingDecimal.decisiveDigits
            let statement = try ConformityStatement(
                value: value.decimal(significantDigits: digits, mode: .halfEven),
                limits: ToleranceLimits(lower: limits.lower?.shown, upper: limits.upper?.shown),
                uncertainty: StatedUncertainty(
                    expanded: uncertainty.expanded.decimal(significantDigits: 12, mode: .halfEven), coverageFactor: factor),
                rule: result.decision)
            let verdict: ResultVerdict =
                switch statement.decision {
                case .pass: .pass
                case .conditionalPass: .conditionalPass
                case .conditionalFail: .conditionalFail
                case .fail: .fail
                }
            return (verdict, try statement.guardBand.rounded(toSignificantDigits: 3, mode: .halfEven))
        } catch {
            throw .notComputable("\(error)")
        }
    }
}
