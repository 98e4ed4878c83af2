// SPDX-License-Identifier: Apache-2.0
internal import LaboratoryModel
internal import Metrology

/// A result of a procedure made ready for evaluation.
final class CompiledResult: Sendable {
    /// An input of the budget made ready.
    final class Input: Sendable {
        let document: BudgetInput
        let unit: MeasurementUnit
        let estimate: Formula?
        let otherwise: Formula?
        let halfWidth: Formula?
        let beta: Formula?
        let standardUncertainty: Formula?
        let expandedUncertainty: Formula?
        let coverageFactor: Formula?
        let degreesOfFreedom: Formula?
        let spread: Formula?

        init(
            document: BudgetInput, unit: MeasurementUnit, estimate: Formula?, otherwise: Formula?, halfWidth: Formula?,
            beta: Formula?, standardUncertainty: Formula?, expandedUncertainty: Formula?, coverageFactor: Formula?,
            degreesOfFreedom: Formula?, spread: Formula?
        ) {
            (self.document, self.unit, self.estimate, self.otherwise, self.halfWidth) = (
                document, unit, estimate, otherwise, halfWidth
            )
            (self.beta, self.standardUncertainty, self.expandedUncertainty, self.coverageFactor, self.degreesOfFreedom) = (
                beta, standardUncertainty, expandedUncertainty, coverageFactor, degreesOfFreedom
            )
            self.spread = spread
        }
    }

    /// Limits made ready.
    final class Limit: Sendable {
        let document: ResultLimit
        let unit: MeasurementUnit
        let symmetric: Formula?
        let lower: Formula?
        let upper: Formula?
        let table: LimitTable?

        init(
            document: ResultLimit, unit: MeasurementUnit, symmetric: Formula?, lower: Formula?, upper: Formula?,
            table: LimitTable?
        ) {
            (self.document, self.unit, self.symmetric, self.lower, self.upper) = (document, unit, symmetric, lower, upper)
            self.table = table
        }
    }

    let document: MeasurementResult
    let unit: MeasurementUnit
    let inputs: [Input]
    let limits: [Limit]
    /// The model for single readings; nil where it takes series.
    let single: ResultModel?
    /// Models for the numbers of repetitions that the procedure asks for.
    let models: [Int: ResultModel]
    /// Symbols that the model may use.
    let symbols: [SymbolTable.Symbol]
    /// Unit of the nominal values of its points; nil where they have none in common.
    let nominal: MeasurementUnit?
    let tables: SymbolTable
    let decision: DecisionRule
    let coverage: CoverageRule?
    let coverageFactor: DecimalNumber?
    /// Largest U as a part of the limit.
    let largestUncertainty: Formula?

    init(
        document: MeasurementResult, unit: MeasurementUnit, inputs: [Input], limits: [Limit], single: ResultModel?,
        models: [Int: ResultModel], symbols: [SymbolTable.Symbol], nominal: MeasurementUnit?, tables: SymbolTable,
        decision: DecisionRule, coverage: CoverageRule?, coverageFactor: DecimalNumber?, largestUncertainty: Formula?
    ) {
        (self.document, self.unit, self.inputs, self.limits, self.single) = (document, unit, inputs, limits, single)
        (self.models, self.symbols, self.nominal, self.tables) = (models, symbols, nominal, tables)
        (self.decision, self.coverage, self.coverageFactor) = (decision, coverage, coverageFactor)
        self.largestUncertainty = largestUncertainty
    }

    /// The model for a number of repetitions.
    func model(repetitions: Int) throws(ModelError) -> ResultModel {
        if let model = models[repetitions] { return model }
        return try ResultModel(
            document, symbols: symbols, nominal: nominal, inputs: inputs, tables: tables, repetitions: repetitions)
    }
}

/// The model of a result as a program, with what goes into each slot.
final class ResultModel: Sendable {
    /// What a slot holds.
    enum Slot: Sendable {
        case symbol(NeededSymbol)
        /// Repetition of a reading, from 0.
        case repetition(NeededSymbol, Int)
        /// Input of the budget by its index.
        case input(Int)
    }

    let program: ModelProgram
    let slots: [Slot]
    /// What the value measures.
    let shape: QuantityShape
    /// Whether a temperature on its scale goes into the model, so that a difference of it may be given in °C.
    let takesPoints: Bool

    init(
        _ result: MeasurementResult, symbols: [SymbolTable.Symbol], nominal: MeasurementUnit?, inputs: [CompiledResult.Input],
        tables: SymbolTable, repetitions: Int?
    ) throws(ModelError) {
        let quantities =
            result.where.map { ModelQuantity($0.symbol, $0.formula) } + [
                ModelQuantity("result of \(result.code)".asName, result.model)
            ]
        let output = quantities[quantities.count - 1].name
        var singles: [(String, Slot, MeasurementUnit)] = []
        var series: [SymbolTable.Symbol] = []
        for symbol in symbols {
            if symbol.isReading, repetitions != nil {
                series.append(symbol)
            } else {
                singles.append((symbol.name, .symbol(NeededSymbol(name: symbol.name, slot: symbol.slot)), symbol.unit))
            }
        }
        if let nominal {
            let symbol = NeededSymbol(name: SymbolTable.nominal, slot: tables.slot(of: SymbolTable.nominal))
            singles.append((SymbolTable.nominal, .symbol(symbol), nominal))
        }
        for (index, input) in inputs.enumerated() { singles.append((input.document.symbol, .input(index), input.unit)) }
        func compiled(_ singles: [(String, Slot, MeasurementUnit)], _ series: [SymbolTable.Symbol]) throws(ModelError)
            -> ModelProgram
        {
            try ModelProgram(
                quantities: quantities, outputs: [output], inputs: singles.map(\.0),
                series: series.map { ModelSeries($0.name, count: repetitions ?? 1) }, tables: tables.tables)
        }
        let whole = try compiled(singles, series)
        let uses = whole.usesInput(output: 0)
        let neededSingles = singles.enumerated().filter { uses[$0.offset] }.map(\.element)
        let neededSeries = series.filter { whole.slots(ofSeries: $0.name).map { $0.contains { uses[$0] } } ?? false }
        program = try compiled(neededSingles, neededSeries)
        slots =
            neededSingles.map(\.1)
            + neededSeries.flatMap { symbol in
                let needed = NeededSymbol(name: symbol.name, slot: symbol.slot)
                return (0..<(repetitions ?? 1)).map { Slot.repetition(needed, $0) }
            }
        let units = Dictionary(
            neededSingles.map { ($0.0, $0.2) } + neededSeries.map { ($0.name, $0.unit) }, uniquingKeysWith: { first, _ in first })
        shape = try ModelUnits.check(program, inputs: units, tables: tables.tableUnits)[0]
        takesPoints = neededSingles.contains { $0.2.isPoint } || neededSeries.contains { $0.unit.isPoint }
    }

    /// Indices of the inputs of the budget that the model uses.
    var inputs: Set<Int> {
        slots.reduce(into: []) { indices, slot in
            if case .input(let index) = slot { indices.insert(index) }
        }
    }
}

extension String {
    /// The text as a name in formulas: what no name may have is left out.
    var asName: String { String(map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }) }
}
