// SPDX-License-Identifier: Apache-2.0
internal import LaboratoryModel
internal import Metrology

/// A table of maximum permissible errors that the program knows by name, with its arguments made ready.
final class LimitTable: Sendable {
    private let table: PermissibleErrorTable
    /// Arguments that are words: keys of the instrument's characteristics, or the words themselves.
    private let words: [String: String]
    private let formulas: [String: Formula]
    /// Unit of the limit.
    private let unit: MeasurementUnit

    init(_ table: PermissibleErrorTable, words: [String: String], formulas: [String: Formula], unit: MeasurementUnit) {
        (self.table, self.words, self.formulas, self.unit) = (table, words, formulas, unit)
    }

    /// Unit of an argument of a table whose limit is wanted in a unit.
    static func unit(of argument: String, in table: PermissibleErrorTable.Name, limit: String) -> String {
        switch (table, argument) {
        case (.weights, _): "g"
        case (.pistonPipettes, _): "µL"
        case (.flasks, _), (.glassPipettes, _), (.burettes, _): "mL"
        case (.pressureGauges, "class"), (.combined, "percent"): "%"
        case (.combined, "digits"): "1"
        default: limit
        }
    }

    /// Largest permitted magnitude, in coherent units.
    func limit(_ scope: Scope, instrument: MeasuredInstrument, procedure: Procedure) throws(EvaluationTrouble) -> WorkingDecimal {
        var arguments: [String: String] = [:]
        for (name, word) in words {
            let characteristic = procedure.characteristics.first { $0.key == word }
            arguments[name] = instrument.characteristics[word] ?? characteristic?.otherwise ?? word
        }
        for (name, formula) in formulas {
            let number = try formula.number(scope)
            // A limit is asked for at the magnitude of a load; a number beyond decimals the table refuses by its argument's name.
            let magnitude = try? number.magnitude.decimal(significantDigits: 25, mode: .halfEven).withoutTrailingZeros
            arguments[name] = magnitude.map { "\($0)" } ?? ""
        }
        do {
            return try unit.toCoherent(WorkingDecimal(table.limit(arguments).upper), asDifference: true)
        } catch {
            throw .notComputable("\(error)")
        }
    }
}
