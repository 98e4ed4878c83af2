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
    /// Single values by slot.
    let needs: [String]
    /// Readings that series functions take, with their repetitions behind the single values.
    let series: [String]
    private let tables: [ModelTable]
    /// Programs by the number of repetitions; 0 where no series is needed.
    private let programs: [Int: ModelProgram]
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
        (needs, self.series) = (used.map(\.name), usedSeries.map(\.name))
        isNumber = used.isEmpty && usedSeries.isEmpty
        var programs: [Int: ModelProgram] = [:]
        for count in usedSeries.isEmpty ? 0...0 : 1...Self.prepared {
            programs[count] = try Self.program(text, needs, self.series, count, tables.tables)
        }
        self.programs = programs
        guard !isNumber else {
            isPoint = unit.isPoint && !difference
            return
        }
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

    /// Value in coherent units.
    func value(_ scope: Scope) throws(EvaluationTrouble) -> WorkingDecimal {
        var values: [WorkingDecimal] = []
        values.reserveCapacity(needs.count)
        for name in needs { values.append(try scope.value(name)) }
        var count = 0
        for name in series {
            let repeated = try scope.repeated(name)
            count = repeated.count
            values += repeated
        }
        do {
            let program = try programs[count] ?? Self.program(text, needs, series, count, tables)
            let value = try program.evaluateExactly(values)[0]
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

/// Why a value cannot be had at a place.
enum EvaluationTrouble: Error {
    /// A symbol without a value: its name in the record, and whether it had to be there.
    case missing(String, required: Bool)
    /// A calculation outside its domain, a unit that does not fit.
    case notComputable(String)
    /// Too few readings for a coverage factor.
    case tooFewReadings
    /// The certificate of a standard lacks a value: code of the standard, key.
    case certificateLacks(String, String)
    /// U as reported, and the largest that the limits permit.
    case tooUncertain(String, String)
}

/// Values of symbols at a place of the evaluation, in coherent units.
struct Scope {
    /// Of single values.
    var numbers: [String: WorkingDecimal] = [:]
    /// Of repeated readings.
    var series: [String: [WorkingDecimal]] = [:]
    /// Why a symbol has none.
    var missing: [String: EvaluationTrouble] = [:]

    func value(_ name: String) throws(EvaluationTrouble) -> WorkingDecimal {
        if let value = numbers[name] { return value }
        throw missing[name] ?? .missing(name, required: true)
    }

    func repeated(_ name: String) throws(EvaluationTrouble) -> [WorkingDecimal] {
        if let values = series[name] { return values }
        throw missing[name] ?? .missing(name, required: true)
    }
}
