// SPDX-License-Identifier: Apache-2.0
internal import LaboratoryModel
internal import Metrology

/// A formula made ready: parsed, its units checked, with the symbols that it needs.
///
/// A class, as all compiled parts: it never changes and is shared by every evaluation.
final class Formula: Sendable {
    /// A symbol that a formula may use.
    typealias Known = (name: String, unit: MeasurementUnit)

    private let text: String
    /// Single values in the order of the program's inputs.
    let needs: [NeededSymbol]
    /// Readings that series functions take, with their repetitions behind the single values.
    private let series: [NeededSymbol]
    private let tables: [ModelTable]
    /// Where no series is needed, the program; else programs for one repetition, two and so on.
    private let programs: [Program]
    /// The value of a number in coherent units; nil for a formula, and for a number that cannot be had.
    private let constant: WorkingDecimal?
    /// Unit that the value is wanted in.
    let unit: MeasurementUnit
    /// Whether it is a number in ``unit`` and not a formula over symbols.
    let isNumber: Bool
    /// Whether the value is a temperature on its scale, not a difference.
    let isPoint: Bool

    /// Compiles a formula for a unit.
    ///
    /// - Parameters:
    ///   - text: The formula.
    ///   - unit: Unit of its value.
    ///   - symbols: Single values it may use.
    ///   - series: Repeated readings that its series functions may take.
    ///   - tables: Tables that it may look up.
    ///   - difference: Whether a mere number in °C is a difference and no temperature.
    init(
        _ text: String, unit: MeasurementUnit, symbols: [Known], series: [Known] = [], tables: SymbolTable,
        difference: Bool = false
    ) throws(ModelError) {
        let whole = try Self.program(text, symbols.map(\.name), series.map(\.name), 2, tables.tables)
        let uses = whole.usesInput(output: 0)
        let used = symbols.enumerated().filter { uses[$0.offset] }.map(\.element)
        let usedSeries = series.filter { whole.slots(ofSeries: $0.name)?.contains { uses[$0] } ?? false }
        (self.text, self.unit, self.tables) = (text, unit, tables.tables)
        needs = used.map { NeededSymbol(name: $0.name, slot: tables.slot(of: $0.name)) }
        self.series = usedSeries.map { NeededSymbol(name: $0.name, slot: tables.slot(of: $0.name)) }
        isNumber = used.isEmpty && usedSeries.isEmpty
        var programs: [Program] = []
        for count in usedSeries.isEmpty ? 0...0 : 1...Self.prepared {
            programs.append(Program(try Self.program(text, used.map(\.name), usedSeries.map(\.name), count, tables.tables)))
        }
        self.programs = programs
        guard !isNumber else {
            isPoint = unit.isPoint && !difference
            // What cannot be computed is reported where the value is wanted.
            constant = try? unit.toCoherent(programs[0].program.evaluateExactly([], output: 0), asDifference: !isPoint)
            return
        }
        constant = nil
        let units = Dictionary((used + usedSeries).map { ($0.name, $0.unit) }, uniquingKeysWith: { first, _ in first })
        let found = try ModelUnits.check(
            whole,
            inputs: units.merging(symbols.map { ($0.name, $0.unit) }) { first, _ in first }
                .merging(series.map { ($0.name, $0.unit) }) { first, _ in first }, tables: tables.tableUnits)[0]
        guard found.fits(unit) || (unit.isPoint && found.fits(unit.difference)) else {
            throw .units("the formula gives \(found.dimension), not \(unit.symbol)", in: text)
        }
        isPoint = found.isPoint
    }

    /// Repetitions for which programs are kept ready.
    private static let prepared = 10

    private static func program(
        _ text: String, _ symbols: [String], _ series: [String], _ count: Int, _ tables: [ModelTable]
    ) throws(ModelError) -> ModelProgram {
        try ModelProgram(
            quantities: [ModelQuantity("value", text)], outputs: ["value"], inputs: symbols,
            series: count == 0 ? [] : series.map { ModelSeries($0, count: count) }, tables: tables)
    }

    /// A program in a box: passing it on copies nothing.
    private final class Program: Sendable {
        let program: ModelProgram

        init(_ program: ModelProgram) { self.program = program }
    }

    /// Value in coherent units.
    func value(_ scope: Scope) throws(EvaluationTrouble) -> WorkingDecimal {
        if let constant { return constant }
        var values: [WorkingDecimal] = []
        values.reserveCapacity(needs.count)
        for symbol in needs { values.append(try scope.value(symbol)) }
        var count = 0
        for symbol in series {
            let repeated = try scope.repeated(symbol)
            count = repeated.count
            values += repeated
        }
        return try value(values, repetitions: count)
    }

    /// Value in coherent units for the values of ``needs``, and behind them those of the series.
    func value(_ values: [WorkingDecimal], repetitions count: Int = 0) throws(EvaluationTrouble) -> WorkingDecimal {
        do {
            let index = series.isEmpty ? 0 : count - 1
            let program =
                programs.indices.contains(index)
                ? programs[index]
                : Program(try Self.program(text, needs.map(\.name), series.map(\.name), count, tables))
            let value = try program.program.evaluateExactly(values, output: 0)
            return isNumber ? try unit.toCoherent(value, asDifference: !isPoint) : value
        } catch {
            throw .notComputable("\(error)")
        }
    }

    /// Value as a number in ``unit``.
    func number(_ scope: Scope) throws(EvaluationTrouble) -> WorkingDecimal {
        let value = try value(scope)
        do {
            return try unit.fromCoherent(value, asDifference: !isPoint)
        } catch {
            throw .notComputable("\(error)")
        }
    }
}
