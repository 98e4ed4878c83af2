// SPDX-License-Identifier: Apache-2.0
internal import Metrology

/// Case of `nawi_mpe`: a permissible error, an error from the changeover point or a check of the accuracy class.
package struct WeighingCase: Calculation {
    private let fields: ConformityFields

    package init(from decoder: any Decoder) throws {
        fields = try ConformityFields(from: decoder)
    }

    private enum Operation: String, CaseIterable {
        case permissibleError = "mpe"
        case errorFromChangeover = "error_from_changeover"
        case classCheck = "class_check"
    }

    /// Answers the case.
    ///
    /// - Throws: ``CalculationError`` with code `invalid` that names the field.
    package func solve() throws(CalculationError) -> ConformityAnswer {
        switch try fields.choice("op", of: Operation.allCases.map(\.rawValue), Operation.init(rawValue:)) {
        case .permissibleError: try permissibleError()
        case .errorFromChangeover: try errorFromChangeover()
        case .classCheck: try classCheck()
        }
    }

    private func accuracyClass() throws(CalculationError) -> WeighingAccuracyClass {
        let known = WeighingAccuracyClass.allCases.map(\.rawValue)
        return try fields.choice("accuracy_class", of: known, WeighingAccuracyClass.init(written:))
    }

    private func stage() throws(CalculationError) -> MetrologicalControl {
        let known = MetrologicalControl.allCases.map(\.rawValue)
        return try fields.choice("stage", of: known, MetrologicalControl.init(rawValue:))
    }

    /// Limit at a load; nil beyond the table of the class.
    private func limit(
        _ accuracyClass: WeighingAccuracyClass, interval: DecimalNumber, load: DecimalNumber, stage: MetrologicalControl
    ) throws(CalculationError) -> MaximumPermissibleError? {
        do {
            return try NonAutomaticWeighing(accuracyClass: accuracyClass, verificationInterval: interval)
                .maximumPermissibleError(load: load, control: stage)
        } catch ConformityError.loadOutsideTable {
            return nil
        } catch {
            throw .invalid("e, load", error.description)
        }
    }

    private func permissibleError() throws(CalculationError) -> ConformityAnswer {
        let accuracyClass = try accuracyClass()
        let interval = try fields.positive("e")
        let load = try fields.number("load")
        let stage = try stage()
        let limit = try limit(accuracyClass, interval: interval, load: load, stage: stage)
        // A limit is a multiple of half an interval, so that one decimal place holds the quotient exactly.
        let inIntervals = try ConformityFields.refusing("e") { () throws(ConformityError) in
            do throws(DecimalError) {
                return try limit?.upper.divided(by: interval, scale: 1, rounding: .halfEven)
            } catch {
                throw .decimal(error)
            }
        }
        return ConformityAnswer(values: ["mpe": .decimal(limit?.upper), "mpe_in_e": .decimal(inIntervals)])
    }

    private func errorFromChangeover() throws(CalculationError) -> ConformityAnswer {
        let interval = try fields.positive("e")
        let indication = try fields.number("indication")
        let load = try fields.number("load")
        let added = try fields.number("additional_load")
        guard !added.isNegative else { throw .invalid("additional_load", "\(added) is below zero; small weights are added") }
        let zero = try fields.number("error_at_zero")
        let isJudged = try fields.optionalWord("accuracy_class") != nil
        let accuracyClass = isJudged ? try accuracyClass() : .medium
        let errors = try ConformityFields.refusing("indication") { () throws(ConformityError) in
            let error = try NonAutomaticWeighing(accuracyClass: accuracyClass, verificationInterval: interval)
                .errorFromChangeover(indication: indication, load: load, additionalLoad: added)
            do throws(DecimalError) {
                return (plain: error, corrected: try error.subtracting(zero))
            } catch {
                throw .decimal(error)
            }
        }
        var answer: [String: ConformityAnswer.Value] = [
            "error": .decimal(errors.plain), "corrected_error": .decimal(errors.corrected),
        ]
        if isJudged {
            let limit = try limit(accuracyClass, interval: interval, load: load, stage: stage())
            answer["mpe"] = .decimal(limit?.upper)
            answer["within_mpe"] = limit.map { .flag($0.permits(errors.corrected)) } ?? .null
        }
        return ConformityAnswer(values: answer)
    }

    private func classCheck() throws(CalculationError) -> ConformityAnswer {
        let accuracyClass = try accuracyClass()
        // Exponents of ten from the unit to grams.
        let units = ["mg": -3, "g": 0, "kg": 3, "t": 6]
        let exponent = try fields.choice("unit", of: units.keys.sorted()) { units[$0] }
        let interval = try fields.positive("e")
        let maximum = try fields.positive("max")
        let masses = try ConformityFields.refusing("e, max") { () throws(ConformityError) in
            do throws(DecimalError) {
                let grams = try DecimalNumber(coefficient: 1, scale: -exponent)
                return try (interval: interval.multiplied(by: grams), maximum: maximum.multiplied(by: grams))
            } catch {
                throw .decimal(error)
            }
        }
        let found = try ConformityFields.refusing("e, max") { () throws(ConformityError) in
            try WeighingClassCheck(
                accuracyClass: accuracyClass, verificationIntervalGrams: masses.interval, maximumCapacityGrams: masses.maximum)
        }
        return ConformityAnswer(values: [
            "valid": .flag(found.isFulfilled), "n": .decimal(found.intervals), "reason": .text(found.reason),
        ])
    }
}
