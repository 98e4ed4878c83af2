// SPDX-License-Identifier: Apache-2.0
internal import LaboratoryModel
internal import Metrology

extension ProcedureCheck {
    /// A result made ready; nil after its faults.
    mutating func result(_ document: MeasurementResult, at path: String) -> CompiledResult? {
        let before = faults.count
        let reach: SymbolTable.Reach = document.of == .reading ? .reading : .repetitions
        guard let unit = unitOrFault(document.unit, at: "\(path).unit") else { return nil }
        let nominal = document.of == .all ? nil : nominalUnit(document)
        let inputs = document.inputs.enumerated().compactMap { index, input in
            self.input(input, reach: reach, nominal: nominal, at: "\(path).inputs[\(index)]")
        }
        let coverage = coverage(document, at: path)
        let decision = decision(document, at: path)
        for (index, limit) in document.limits.enumerated() where document.of == .all && !limit.points.isEmpty {
            fault(
                "\(path).limits[\(index)].points", vi: "kết quả của mọi điểm không có giới hạn theo điểm",
                en: "a result of all points has no limits by point; leave 'points' out")
        }
        guard faults.count == before else { return nil }
        do {
            let models = try models(document, nominal: nominal, inputs: inputs)
            guard let model = models[0] ?? models.values.first else { return nil }
            for index in document.inputs.indices where !model.inputs.contains(index) {
                fault(
                    "\(path).inputs[\(index)].symbol", vi: "mô hình không dùng '\(document.inputs[index].symbol)'",
                    en: "the model does not use '\(document.inputs[index].symbol)'; a correction with estimate 0 stands in it too"
                )
            }
            let isDifference = unit.isPoint && model.takesPoints && model.shape.fits(unit.difference)
            guard model.shape.fits(unit) && (!unit.isPoint || model.shape.isPoint) || isDifference else {
                fault(
                    "\(path).model", vi: "mô hình cho \(model.shape.dimension), không phải \(unit.symbol)",
                    en: "the model gives \(model.shape.dimension), not \(unit.symbol)")
                return nil
            }
            let limits = document.limits.enumerated().compactMap { index, limit in
                self.limit(
                    limit, of: unit, difference: !model.shape.isPoint, reach: reach, nominal: nominal,
                    at: "\(path).limits[\(index)]")
            }
            return CompiledResult(
                document: document, unit: unit, inputs: inputs, limits: limits, single: models[0], models: models,
                symbols: symbols.symbols, nominal: nominal, tables: symbols,
                decision: decision, coverage: coverage.rule,
                coverageFactor: coverage.factor,
                largestUncertainty: document.largestUncertaintyToLimit.flatMap {
                    formula($0, unit: "1", reach: .plan, at: "\(path).largest_uncertainty_to_limit")
                })
        } catch {
            fault("\(path).model", vi: "mô hình không dùng được: \(error)", en: "the model cannot be used: \(error)")
            return nil
        }
    }

    /// Unit of the nominal values at the points of a result; nil where they have none in common.
    private func nominalUnit(_ document: MeasurementResult) -> MeasurementUnit? {
        let units = procedure.points.filter { document.points.covers($0.code) && $0.nominal != nil }
            // A unit that is none has its fault already.
            .compactMap { $0.unit.flatMap { try? MeasurementUnit(parsing: $0) } }
        guard let first = units.first, units.allSatisfy({ $0.dimension == first.dimension }) else { return nil }
        return first
    }

    /// Models by number of repetitions, for the numbers that its points ask for; 0 for a model of single readings.
    private func models(_ document: MeasurementResult, nominal: MeasurementUnit?, inputs: [CompiledResult.Input])
        throws(ModelError) -> [Int: ResultModel]
    {
        let counts = procedure.points.filter { document.points.covers($0.code) }.compactMap { point in
            Int(point.repetitions).flatMap { (1...Self.mostRepetitions).contains($0) ? $0 : nil }
        }
        let wanted: Set<Int> =
            switch document.of {
            case .reading: [0]
            case .point: Set(counts).union([2])
            case .all: [min(max(2, counts.reduce(0, +)), Self.mostRepetitions)]
            }
        var models: [Int: ResultModel] = [:]
        for count in wanted {
            models[count] = try ResultModel(
                document, symbols: symbols.symbols, nominal: nominal, inputs: inputs, tables: symbols,
                repetitions: count == 0 ? nil : count)
        }
        return models
    }

    private mutating func decision(_ document: MeasurementResult, at path: String) -> DecisionRule {
        guard let decision = document.decision else { return .simple }
        do {
            let rule = try DecisionRule(words: decision.rule, edition: decision.version)
            if rule.needsUncertainty, document.coverage == nil {
                fault(
                    "\(path).decision.rule", vi: "quy tắc này cần U",
                    en: "this rule needs U; give inputs and coverage, or take simple")
            }
            return rule
        } catch {
            fault("\(path).decision.rule", vi: "quy tắc không dùng được: \(error)", en: "\(error)")
            return .simple
        }
    }

    private mutating func coverage(_ document: MeasurementResult, at path: String) -> (
        rule: CoverageRule?, factor: DecimalNumber?
    ) {
        guard let coverage = document.coverage else {
            if document.inputs.contains(where: { $0.standardUncertainty != "0" }) {
                fault(
                    "\(path).coverage", vi: "thiếu hệ số phủ hoặc xác suất phủ",
                    en: "inputs of a budget need 'coverage' with a factor or a probability")
            }
            return (nil, nil)
        }
        if document.inputs.isEmpty {
            fault("\(path).coverage", vi: "không có 'inputs' để tính U", en: "there are no 'inputs' to make U of")
        }
        if coverage.factor != nil, coverage.probability != nil {
            fault("\(path).coverage", vi: "chỉ một trong factor, probability", en: "give factor or probability, not both")
        }
        if let factor = coverage.factor {
            // What is no number is refused like one that is too small.
            guard let number = try? DecimalNumber(parsing: factor), number > .zero else {
                fault("\(path).coverage.factor", vi: "k phải lớn hơn 0", en: "k must be greater than 0")
                return (nil, nil)
            }
            return (nil, number)
        }
        guard let probability = coverage.probability.flatMap({ Double($0) }), probability > 0, probability < 1 else {
            fault(
                "\(path).coverage", vi: "cần factor hoặc probability giữa 0 và 1",
                en: "give factor, or probability between 0 and 1")
            return (nil, nil)
        }
        do {
            return (
                try CoverageRule(
                    probability: probability, degreesOfFreedom: coverage.degreesOfFreedom,
                    minimumDegreesOfFreedom: Double(coverage.leastDegreesOfFreedom)), nil
            )
        } catch {
            fault("\(path).coverage", vi: "không dùng được: \(error)", en: "\(error)")
            return (nil, nil)
        }
    }

    // MARK: Inputs

    private mutating func input(
        _ input: BudgetInput, reach: SymbolTable.Reach, nominal: MeasurementUnit?, at path: String
    ) -> CompiledResult.Input? {
        // Corrections and uncertainties of a temperature are differences.
        guard let unit = unitOrFault(input.unit, at: "\(path).unit")?.difference, let pure = unitOrFault("1", at: path) else {
            return nil
        }
        if symbols[input.symbol] != nil {
            fault(
                "\(path).symbol", vi: "ký hiệu '\(input.symbol)' đã dùng cho đại lượng khác",
                en: "symbol '\(input.symbol)' already stands for another quantity; choose another")
        }
        complain(about: input, at: path)
        func number(_ text: String?, _ key: String, _ unit: MeasurementUnit, _ check: inout ProcedureCheck) -> Formula? {
            check.formula(text, unit: unit, reach: reach, nominal: nominal, difference: true, at: "\(path).\(key)")
        }
        // Of a certificate, estimate and U are keys of its content.
        let isStated = input.from != .certificate
        return CompiledResult.Input(
            document: input, unit: unit, estimate: isStated ? number(input.estimate, "estimate", unit, &self) : nil,
            otherwise: number(input.otherwise, "otherwise", unit, &self),
            halfWidth: number(input.halfWidth, "half_width", unit, &self), beta: number(input.beta, "beta", pure, &self),
            standardUncertainty: number(input.standardUncertainty, "standard_uncertainty", unit, &self),
            expandedUncertainty: isStated ? number(input.expandedUncertainty, "expanded_uncertainty", unit, &self) : nil,
            coverageFactor: isStated ? number(input.coverageFactor, "coverage_factor", pure, &self) : nil,
            degreesOfFreedom: number(input.degreesOfFreedom, "degrees_of_freedom", pure, &self),
            spread: formula(input.of, unit: unit, reach: .reading, nominal: nominal, difference: true, at: "\(path).of"))
    }

    private mutating func complain(about input: BudgetInput, at path: String) {
        switch input.from {
        case .certificate:
            guard let standard = input.standard, procedure.standards.contains(where: { $0.kind == standard }) else {
                fault(
                    "\(path).standard", vi: "thiếu loại chuẩn đã nêu ở 'standards'",
                    en: "name a kind of standard that 'standards' lists")
                return
            }
        case .readings:
            if input.of == nil { fault("\(path).of", vi: "thiếu 'of'", en: "say what spreads, for example of: I - R") }
        case .stated:
            let ways = [input.halfWidth, input.standardUncertainty, input.expandedUncertainty].compactMap { $0 }
            if ways.count != 1 {
                fault(
                    path, vi: "cần đúng một trong half_width, standard_uncertainty, expanded_uncertainty",
                    en: "give exactly one of half_width, standard_uncertainty, expanded_uncertainty")
            }
            if input.expandedUncertainty != nil, input.coverageFactor == nil {
                fault("\(path).coverage_factor", vi: "thiếu hệ số phủ", en: "an expanded uncertainty needs its coverage_factor")
            }
            if input.halfWidth != nil, input.distribution == nil || input.distribution == .normal {
                fault(
                    "\(path).distribution", vi: "half_width cần phân bố có giới hạn",
                    en: "a half_width needs rectangular, triangular, trapezoidal or arcsine")
            }
            if input.distribution == .trapezoidal, input.beta == nil {
                fault("\(path).beta", vi: "thiếu beta", en: "a trapezoid needs beta, top over base, 0 to 1")
            }
        }
    }

    // MARK: Limits

    private mutating func limit(
        _ limit: ResultLimit, of result: MeasurementUnit, difference: Bool, reach: SymbolTable.Reach, nominal: MeasurementUnit?,
        at path: String
    ) -> CompiledResult.Limit? {
        guard let unit = unitOrFault(limit.unit, at: "\(path).unit") else { return nil }
        if unit.dimension != result.dimension {
            fault(
                "\(path).unit", vi: "\(unit.symbol) không so được với \(result.symbol)",
                en: "\(unit.symbol) cannot be compared with \(result.symbol) of the result")
        }
        let bounds = [limit.symmetric, limit.lower, limit.upper, limit.table].compactMap { $0 }
        if bounds.isEmpty || (bounds.count > 1 && !(bounds.count == 2 && limit.lower != nil && limit.upper != nil)) {
            fault(path, vi: "cần symmetric, lower/upper hoặc table", en: "give symmetric, or lower and/or upper, or table")
        }
        func bound(_ text: String?, _ key: String, _ check: inout ProcedureCheck) -> Formula? {
            check.formula(text, unit: unit, reach: reach, nominal: nominal, difference: difference, at: "\(path).\(key)")
        }
        return CompiledResult.Limit(
            document: limit, unit: unit, symmetric: bound(limit.symmetric, "symmetric", &self),
            lower: bound(limit.lower, "lower", &self), upper: bound(limit.upper, "upper", &self),
            table: limit.table.flatMap {
                table($0, limit.arguments ?? [:], limit: unit, reach: reach, nominal: nominal, at: path)
            })
    }

    private mutating func table(
        _ name: String, _ given: [String: String], limit: MeasurementUnit, reach: SymbolTable.Reach, nominal: MeasurementUnit?,
        at path: String
    ) -> LimitTable? {
        var given = given
        do {
            let table = try PermissibleErrorTable(named: name)
            // Initial and subsequent verification have the same limits; in service is not a verification.
            if table.name == .weighing, given["stage"] == nil { given["stage"] = MetrologicalControl.initial.rawValue }
            try table.check(argumentNames: given.keys)
            var words: [String: String] = [:]
            var formulas: [String: Formula] = [:]
            for parameter in table.parameters {
                guard let text = given[parameter.name] else { continue }
                if !parameter.words.isEmpty {
                    words[parameter.name] = text
                } else if let unit = unitOrFault(
                    LimitTable.unit(of: parameter.name, in: table.name, limit: limit.symbol), at: "\(path).arguments")
                {
                    formulas[parameter.name] = formula(
                        text, unit: unit, reach: reach, nominal: nominal, at: "\(path).arguments.\(parameter.name)")
                }
            }
            guard let unit = unitOrFault(table.unit ?? limit.symbol, at: "\(path).unit") else { return nil }
            return LimitTable(table, words: words, formulas: formulas, unit: unit)
        } catch {
            fault("\(path).table", vi: "bảng giới hạn không dùng được: \(error)", en: "\(error)")
            return nil
        }
    }
}
