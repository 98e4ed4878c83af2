// SPDX-License-Identifier: Apache-2.0

/// What a version of a procedure says, apart from its name and dates: how an instrument is checked, read, computed and judged.
///
/// In the database and on the wire it is JSON with snake_case keys; decimals and formulas are texts. A formula is written over symbols;
/// every symbol has a unit, and units are checked before any number is seen. A formula without a symbol (`20`, `2.5e-3`) is a number in the
/// unit beside it; any other has the unit that its symbols give it.
package struct Procedure: Sendable, Equatable, Codable {
    /// The evidence that a pass earns; nil for a calibration or test.
    package var evidence: EvidenceRule?
    /// Months between calibrations, where the customer leaves them to the laboratory and nothing else was signed, 1...240.
    package var intervalMonths: Int?
    /// Measurement standards that the work needs.
    package var standards: [RequiredStandard]
    /// Surroundings: their limits, and their symbols where a formula needs them.
    package var conditions: [SurroundingCondition]
    /// Checks by eye and hand, in order.
    package var steps: [ProcedureStep]
    /// Whether each channel (nozzle, range, sensor) is read by itself; one failed channel fails the instrument.
    package var perChannel: Bool
    /// Characteristics of the instrument that formulas and limits need.
    package var characteristics: [Characteristic]
    /// Numbers that the procedure fixes.
    package var parameters: [Parameter]
    /// Tables that formulas look up.
    package var tables: [FormulaTable]
    /// What is read at a point.
    package var readings: [ReadingQuantity]
    /// Where and how often the instrument is read, in order.
    package var points: [MeasurementPoint]
    /// What is computed from the readings and judged, in order.
    package var results: [MeasurementResult]
    /// Statements that a certificate prints besides the ordinary ones.
    package var statements: [BilingualName]
    /// Worked examples, run whenever the procedure is read.
    package var examples: [WorkedExample]

    package init(
        evidence: EvidenceRule?, intervalMonths: Int? = nil, standards: [RequiredStandard], conditions: [SurroundingCondition],
        steps: [ProcedureStep],
        perChannel: Bool, characteristics: [Characteristic], parameters: [Parameter], tables: [FormulaTable],
        readings: [ReadingQuantity], points: [MeasurementPoint], results: [MeasurementResult], statements: [BilingualName],
        examples: [WorkedExample]
    ) {
        (self.evidence, self.standards, self.conditions, self.steps, self.perChannel) = (
            evidence, standards, conditions, steps, perChannel
        )
        self.intervalMonths = intervalMonths
        (self.characteristics, self.parameters, self.tables, self.readings, self.points) = (
            characteristics, parameters, tables, readings, points
        )
        (self.results, self.statements, self.examples) = (results, statements, examples)
    }
}

/// A name in both languages.
package struct BilingualName: Sendable, Equatable, Codable {
    package var vi: String
    package var en: String

    package init(vi: String, en: String) {
        (self.vi, self.en) = (vi, en)
    }
}

/// Mode of verification (Circular 23/2013/TT-BKHCN Art. 19).
package enum VerificationMode: String, Sendable, CaseIterable, Codable {
    case initial, periodic
    case afterRepair = "after_repair"
}

/// Which evidence a pass earns (Circular 24/2013/TT-BKHCN Art. 38).
package struct EvidenceRule: Sendable, Equatable, Codable {
    /// When a piece of evidence is given.
    package enum Occasion: String, Sendable, CaseIterable, Codable {
        case never
        case onPass = "on_pass"
        case onRequest = "on_request"
    }

    /// The mark (dấu kiểm định).
    package var mark: Occasion
    /// The stamp (tem kiểm định).
    package var stamp: Occasion
    /// Seals on parts that can change the characteristics.
    package var seals: Occasion
    /// The certificate (giấy chứng nhận kiểm định).
    package var certificate: Occasion

    package init(mark: Occasion, stamp: Occasion, seals: Occasion, certificate: Occasion) {
        (self.mark, self.stamp, self.seals, self.certificate) = (mark, stamp, seals, certificate)
    }

    /// Kinds of evidence that a pass must carry.
    package var onPass: [String] {
        [("mark", mark), ("stamp", stamp), ("seal", seals)].filter { $0.1 == .onPass }.map(\.0)
    }
}

/// A measurement standard that the work needs.
package struct RequiredStandard: Sendable, Equatable, Codable {
    /// Values that the certificate must cover: formulas over characteristics and parameters.
    package struct Range: Sendable, Equatable, Codable {
        package var lower: String?
        package var upper: String?
        package var unit: String

        package init(lower: String?, upper: String?, unit: String) {
            (self.lower, self.upper, self.unit) = (lower, upper, unit)
        }
    }

    /// Kind as registered, such as `volume_measure`.
    package var kind: String
    package var vi: String
    package var en: String
    /// Accuracy class at least, in words, such as `0.1` or `M1`.
    package var accuracyClass: String?
    /// Whether the work cannot be done without it.
    package var required: Bool
    /// Values that its certificate must cover by `range_lower` and `range_upper`; nil: not asked for.
    package var range: Range?
    /// Largest expanded uncertainty its certificate may state: a formula over characteristics and parameters.
    package var largestUncertainty: String?
    /// Unit of ``largestUncertainty``; the certificate's U is converted to it.
    package var unit: String?

    package init(
        kind: String, vi: String, en: String, accuracyClass: String?, required: Bool, range: Range?, largestUncertainty: String?,
        unit: String?
    ) {
        (self.kind, self.vi, self.en, self.accuracyClass, self.required) = (kind, vi, en, accuracyClass, required)
        (self.range, self.largestUncertainty, self.unit) = (range, largestUncertainty, unit)
    }
}

/// A quantity of the surroundings during the work.
package struct SurroundingCondition: Sendable, Equatable, Codable {
    /// Key of the value in the record, such as `temperature_celsius`.
    package var quantity: String
    /// Symbol for formulas; nil where none needs it.
    package var symbol: String?
    package var vi: String?
    package var en: String?
    package var unit: String
    /// Smallest permitted value.
    package var lower: String?
    /// Largest permitted value.
    package var upper: String?
    /// Whether nothing is concluded without it.
    package var required: Bool

    package init(
        quantity: String, symbol: String?, vi: String?, en: String?, unit: String, lower: String?, upper: String?,
        required: Bool
    ) {
        (self.quantity, self.symbol, self.vi, self.en, self.unit) = (quantity, symbol, vi, en, unit)
        (self.lower, self.upper, self.required) = (lower, upper, required)
    }
}

/// A check by eye or hand that is passed, failed or not applicable.
package struct ProcedureStep: Sendable, Equatable, Codable {
    /// What follows from a failed check.
    package enum Consequence: String, Sendable, CaseIterable, Codable {
        /// The instrument fails.
        case fail
        /// The instrument fails, and nothing is measured any more: points that were not read are not missed.
        case stop
        /// It is written down and decides nothing.
        case note
    }

    /// Code, unique within the procedure.
    package var code: String
    /// Clause of the procedure.
    package var clause: String?
    package var vi: String
    package var en: String
    /// Modes of verification in which it is done; empty for a calibration or test, which has none.
    package var modes: [VerificationMode]
    /// Whether each channel is checked by itself.
    package var perChannel: Bool
    package var onFail: Consequence

    package init(
        code: String, clause: String?, vi: String, en: String, modes: [VerificationMode], perChannel: Bool,
        onFail: Consequence
    ) {
        (self.code, self.clause, self.vi, self.en, self.modes) = (code, clause, vi, en, modes)
        (self.perChannel, self.onFail) = (perChannel, onFail)
    }
}
