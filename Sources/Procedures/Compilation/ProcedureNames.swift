// SPDX-License-Identifier: Apache-2.0
package import LaboratoryModel

extension ProcedureStep {
    /// Code and name.
    package var name: CodedName { CodedName(code, name: BilingualSentence(vi: vi, en: en)) }
}

extension RequiredStandard {
    /// Kind and name.
    package var name: CodedName { CodedName(kind, name: BilingualSentence(vi: vi, en: en)) }
}

extension MeasurementResult {
    /// Code and name.
    package var name: CodedName { CodedName(code, name: BilingualSentence(vi: vi, en: en)) }
}

extension SurroundingCondition {
    /// Key and name.
    var name: CodedName {
        CodedName(quantity, name: vi.flatMap { vi in en.map { BilingualSentence(vi: vi, en: $0) } })
    }
}

extension CompiledProcedure {
    /// A point as read, with the name of the procedure's point that it belongs to.
    func name(ofPoint code: String) -> CodedName {
        let point = pointIndex(of: code).map { procedure.points[$0] }
        return CodedName(code, name: point.map { BilingualSentence(vi: $0.vi, en: $0.en) })
    }

    /// A reading quantity with its name.
    func name(ofReading code: String) -> CodedName {
        let reading = procedure.readings.first { $0.name == code }
        return CodedName(code, name: reading.map { BilingualSentence(vi: $0.vi, en: $0.en) })
    }

    /// A quantity of the surroundings with its name.
    func name(ofCondition code: String) -> CodedName {
        procedure.conditions.first { $0.quantity == code }?.name ?? CodedName(code)
    }

    /// A kind of standard with its name.
    func name(ofStandard kind: String) -> CodedName {
        procedure.standards.first { $0.kind == kind }?.name ?? CodedName(kind)
    }
}
