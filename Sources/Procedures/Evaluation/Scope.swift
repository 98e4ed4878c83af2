// SPDX-License-Identifier: Apache-2.0
internal import Metrology

/// A symbol that a formula or model needs: where its value stands in a scope, and its name for messages.
struct NeededSymbol: Sendable {
    let name: String
    let slot: Int
}

/// Values of symbols at a place of the evaluation, in coherent units, by their slots in the ``SymbolTable``.
struct Scope {
    private var numbers: [WorkingDecimal?]
    private var series: [[WorkingDecimal]?]
    private var troubles: [EvaluationTrouble?]

    /// A scope without values.
    init(slots: Int) {
        numbers = Array(repeating: nil, count: slots)
        series = Array(repeating: nil, count: slots)
        troubles = Array(repeating: nil, count: slots)
    }

    /// Keeps a single value.
    mutating func set(_ value: WorkingDecimal, at slot: Int) { numbers[slot] = value }

    /// Keeps repeated values.
    mutating func set(_ values: [WorkingDecimal], at slot: Int) { series[slot] = values }

    /// Keeps why there is no value; one that was kept before stays.
    mutating func miss(_ trouble: EvaluationTrouble, at slot: Int) { troubles[slot] = trouble }

    /// Single value of a symbol.
    func value(_ symbol: NeededSymbol) throws(EvaluationTrouble) -> WorkingDecimal {
        if let value = numbers[symbol.slot] { return value }
        throw troubles[symbol.slot] ?? .missing(symbol.name, required: true)
    }

    /// Repeated values of a symbol.
    func repeated(_ symbol: NeededSymbol) throws(EvaluationTrouble) -> [WorkingDecimal] {
        if let values = series[symbol.slot] { return values }
        throw troubles[symbol.slot] ?? .missing(symbol.name, required: true)
    }
}
