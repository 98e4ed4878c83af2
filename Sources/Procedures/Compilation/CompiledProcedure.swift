// SPDX-License-Identifier: Apache-2.0
internal import LaboratoryModel
package import Metrology

/// A procedure made ready for evaluation: symbols and units known, formulas parsed, every reference resolved.
package final class CompiledProcedure: Sendable {
    package let procedure: Procedure
    let symbols: SymbolTable
    let results: [CompiledResult]
    /// Repetitions by point, in the order of the procedure.
    let repetitions: [Formula]
    /// Nominal values by point.
    let nominals: [Formula?]
    /// Largest uncertainties by standard.
    let largestUncertainties: [Formula?]
    /// Values that certificates must cover, by standard.
    let standardRanges: [StandardRange?]
    /// Symbols of readings.
    let readings: [SymbolTable.Symbol]
    /// The parts of the points' codes before a colon.
    let pointKinds: [String]

    /// Makes a procedure ready.
    ///
    /// - Throws: ``ProcedureFaults`` with everything that is wrong.
    package init(_ procedure: Procedure) throws(ProcedureFaults) {
        var check = ProcedureCheck(procedure)
        check.references()
        self.procedure = procedure
        repetitions = procedure.points.enumerated().compactMap { index, point in
            check.formula(point.repetitions, unit: "1", reach: .plan, at: "points[\(index)].repetitions")
        }
        nominals = procedure.points.enumerated().map { index, point in
            point.nominal.flatMap { check.formula($0, unit: point.unit ?? "1", reach: .plan, at: "points[\(index)].nominal") }
        }
        standardRanges = procedure.standards.enumerated().map { index, standard in
            standard.range.flatMap { check.range($0, at: "standards[\(index)].range") }
        }
        largestUncertainties = procedure.standards.enumerated().map { index, standard in
            standard.largestUncertainty.flatMap {
                check.formula($0, unit: standard.unit ?? "1", reach: .plan, at: "standards[\(index)].largest_uncertainty")
            }
        }
        results = procedure.results.enumerated().compactMap { check.result($1, at: "results[\($0)]") }
        symbols = check.symbols
        readings = symbols.symbols.filter(\.isReading)
        pointKinds = procedure.points.map(\.code.pointKind)
        guard check.faults.isEmpty else { throw ProcedureFaults(faults: check.faults) }
    }

    /// The points that a mode of verification asks for, by index in the procedure.
    func pointIndices(mode: String?) -> [Int] {
        let mode = mode.flatMap { VerificationMode(rawValue: $0) }
        return procedure.points.indices.filter { index in
            let modes = procedure.points[index].modes
            return modes.isEmpty || mode.map { modes.contains($0) } ?? false
        }
    }

    /// The point of the procedure that a reading belongs to: by its code, else by the part before the colon.
    func pointIndex(of point: String) -> Int? {
        let kind = point.pointKind
        return procedure.points.firstIndex { $0.code == point } ?? procedure.points.firstIndex { $0.code == kind }
    }

    /// Steps that a mode asks for.
    package func steps(mode: String?) -> [ProcedureStep] {
        let mode = mode.flatMap { VerificationMode(rawValue: $0) }
        return procedure.steps.filter { step in step.modes.isEmpty || mode.map { step.modes.contains($0) } ?? false }
    }

    /// Nominal value of a point for an instrument, in the point's own unit; nil where the procedure or the instrument gives none.
    ///
    /// - Parameters:
    ///   - code: Code of a point.
    ///   - instrument: The instrument with its characteristics.
    package func nominalValue(at code: String, for instrument: MeasuredInstrument) -> DecimalNumber? {
        guard let index = pointIndex(of: code), let formula = nominals[index] else { return nil }
        var gaps = Evaluation()
        let setting = EvaluationSetting(mode: nil, instrument: instrument, standards: [], conditions: [:])
        let scope = MeasurementEvaluation(self, in: setting).planScope(&gaps)
        // An instrument that lacks a characteristic has no nominal value there.
        return try? formula.number(scope).decimal(significantDigits: 25, mode: .halfEven).withoutTrailingZeros
    }
}
