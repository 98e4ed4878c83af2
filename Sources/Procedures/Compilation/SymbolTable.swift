// SPDX-License-Identifier: Apache-2.0
internal import LaboratoryModel
internal import Metrology

/// The symbols that formulas of a procedure may use, each with its unit.
struct SymbolTable: Sendable {
    /// Where the value of a symbol comes from.
    enum Origin: Sendable {
        case reading(ReadingQuantity)
        case characteristic(Characteristic)
        /// In coherent units.
        case parameter(WorkingDecimal)
        case condition(SurroundingCondition)
    }

    final class Symbol: Sendable {
        let name: String
        let origin: Origin
        let unit: MeasurementUnit
        /// Place of its value in a ``Scope``.
        let slot: Int

        init(name: String, origin: Origin, unit: MeasurementUnit, slot: Int) {
            (self.name, self.origin, self.unit, self.slot) = (name, origin, unit, slot)
        }

        var isReading: Bool { if case .reading = origin { true } else { false } }
    }

    /// What a formula stands in the reach of.
    enum Reach {
        /// Before anything is measured: characteristics, parameters, conditions.
        case plan
        /// With one repetition.
        case reading
        /// With several repetitions, for series functions.
        case repetitions
    }

    /// Name under which the nominal value of the point is known; its unit is that of the points of a result.
    static let nominal = "nominal"

    private(set) var symbols: [Symbol] = []
    private var byName: [String: Symbol] = [:]
    private(set) var tables: [ModelTable] = []
    private(set) var tableUnits: [String: ModelTableUnits] = [:]
    private(set) var faults: [ProcedureFault] = []

    init(_ procedure: Procedure) {
        for (index, row) in procedure.characteristics.enumerated() {
            guard let symbol = row.symbol else { continue }
            add(symbol, .characteristic(row), row.unit ?? "", at: "characteristics[\(index)]")
        }
        for (index, row) in procedure.parameters.enumerated() {
            let path = "parameters[\(index)]"
            guard let unit = unit(row.unit, at: "\(path).unit"), let value = number(row.value, in: unit, at: "\(path).value")
            else {
                continue
            }
            add(row.symbol, .parameter(value), row.unit, at: path)
        }
        for (index, row) in procedure.conditions.enumerated() {
            guard let symbol = row.symbol else {
                _ = unit(row.unit, at: "conditions[\(index)].unit")
                continue
            }
            add(symbol, .condition(row), row.unit, at: "conditions[\(index)]")
        }
        for (index, row) in procedure.readings.enumerated() {
            add(row.symbol, .reading(row), row.unit, at: "readings[\(index)]")
        }
        for (index, table) in procedure.tables.enumerated() { add(table, at: "tables[\(index)]") }
    }

    /// Symbols within reach that stand for one value.
    func visible(_ reach: Reach) -> [Symbol] {
        symbols.filter { reach == .reading || !$0.isReading }
    }

    /// Symbols within reach that stand for repeated readings.
    func series(_ reach: Reach) -> [Symbol] {
        reach == .repetitions ? symbols.filter(\.isReading) : []
    }

    subscript(name: String) -> Symbol? { byName[name] }

    // MARK: Slots

    /// Number of slots of a ``Scope``: one a symbol, and behind them one for the nominal value of the point.
    var slotCount: Int { symbols.count + 1 }

    /// Slot of a symbol, or of the nominal value, which no table lists.
    func slot(of name: String) -> Int { byName[name]?.slot ?? symbols.count }

    // MARK: Reading units and numbers

    /// A unit, or a fault at a place.
    mutating func unit(_ text: String, at path: String) -> MeasurementUnit? {
        do {
            return try MeasurementUnit(parsing: text)
        } catch {
            faults.append(ProcedureFault(path, vi: "không có đơn vị '\(text)': \(error)", en: "no unit '\(text)': \(error)"))
            return nil
        }
    }

    /// A decimal in coherent units, or a fault at a place.
    private mutating func number(_ text: String, in unit: MeasurementUnit, at path: String) -> WorkingDecimal? {
        do {
            return try unit.toCoherent(WorkingDecimal(DecimalNumber(parsing: text)), asDifference: false)
        } catch {
            faults.append(
                ProcedureFault(
                    path, vi: "'\(text)' không phải là số dùng được: \(error)", en: "'\(text)' is no usable number: \(error)"))
            return nil
        }
    }

    private mutating func add(_ name: String, _ origin: Origin, _ unitText: String, at path: String) {
        guard let unit = unit(unitText, at: "\(path).unit") else { return }
        if self[name] != nil {
            faults.append(
                ProcedureFault(
                    "\(path).symbol", vi: "ký hiệu '\(name)' đã dùng cho đại lượng khác",
                    en: "symbol '\(name)' already stands for another quantity; choose another"))
        }
        keep(Symbol(name: name, origin: origin, unit: unit, slot: symbols.count))
    }

    private mutating func keep(_ symbol: Symbol) {
        symbols.append(symbol)
        byName[symbol.name] = symbol
    }

    private mutating func add(_ table: FormulaTable, at path: String) {
        guard let argument = unit(table.xUnit, at: "\(path).x_unit"), let value = unit(table.yUnit, at: "\(path).y_unit") else {
            return
        }
        var columns: (arguments: [DecimalNumber], values: [DecimalNumber]) = ([], [])
        for (index, row) in table.rows.enumerated() {
            guard let x = number(row.x, in: argument, at: "\(path).rows[\(index)].x"),
                let y = number(row.y, in: value, at: "\(path).rows[\(index)].y")
            else { return }
            do {
                columns.arguments.append(try x.decimal())
                columns.values.append(try y.decimal())
            } catch {
                faults.append(ProcedureFault("\(path).rows[\(index)]", vi: "số quá dài: \(error)", en: "\(error)"))
            }
        }
        do {
            tables.append(try ModelTable(name: table.name, arguments: columns.arguments, values: columns.values))
            tableUnits[table.name] = ModelTableUnits(argument: argument, value: value)
        } catch {
            faults.append(ProcedureFault(path, vi: "bảng không dùng được: \(error)", en: "\(error)"))
        }
    }
}
