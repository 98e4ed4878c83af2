// SPDX-License-Identifier: Apache-2.0
package import LaboratoryModel
internal import Metrology

extension CompiledProcedure {
    /// Most readings of one record. A market of scales is many records.
    package static let mostReadings = 2_000

    /// What a record holds that the procedure has no place for: a reading that nobody would judge, a check that nobody asked for.
    ///
    /// - Parameters:
    ///   - observations: Readings in the order of the record; fields are named `readings[0]` and so on.
    ///   - steps: Judged steps in the order of the record, before `*` is written out.
    ///   - conditions: Surroundings by quantity.
    ///   - mode: Mode of verification; nil otherwise.
    package func faults(
        of observations: [Observation], steps: [JudgedStep], conditions: [String: String], mode: String?
    ) -> [InputFault] {
        guard observations.count <= Self.mostReadings else {
            return [
                InputFault(
                    field: "readings",
                    message: BilingualSentence(
                        vi: "có \(observations.count) lần đọc; tối đa \(Self.mostReadings)",
                        en: "\(observations.count) readings; at most \(Self.mostReadings)"))
            ]
        }
        return observations.enumerated().flatMap { faults(of: $1, at: "readings[\($0)]", mode: mode) }
            + faults(of: steps, mode: mode) + faults(of: conditions)
    }

    // MARK: Readings

    private func faults(of observation: Observation, at field: String, mode: String?) -> [InputFault] {
        var faults: [InputFault] = []
        func fault(_ key: String, _ vi: String, _ en: String) {
            faults.append(InputFault(field: "\(field).\(key)", message: BilingualSentence(vi: vi, en: en)))
        }
        let asked = pointIndices(mode: mode).map { procedure.points[$0] }
        if !asked.contains(where: { $0.takes(observation.point) }) {
            let known = asked.map { "`\($0.code)`" }.joined(separator: ", ")
            fault(
                "point", "quy trình không đo điểm `\(observation.point)`; có: \(known)",
                "no point `\(observation.point)`; there are \(known)")
            return faults
        }
        if procedure.perChannel, observation.channel == nil {
            fault("channel", "phải ghi vòi (kênh)", "each channel is read by itself; name it")
        }
        if !procedure.perChannel, observation.channel != nil {
            fault(
                "channel", "quy trình đo cả phương tiện, không theo kênh",
                "this procedure reads the instrument as a whole, not by channels")
        }
        let known = procedure.readings.filter { $0.points.covers(observation.point) }.map(\.name)
        for name in observation.values.keys.sorted() where !known.contains(name) {
            let names = known.map { "`\($0)`" }.joined(separator: ", ")
            fault(name, "điểm này không đọc `\(name)`; có: \(names)", "`\(name)` is not read at this point; there are \(names)")
        }
        return faults
    }

    // MARK: Steps and surroundings

    private func faults(of judged: [JudgedStep], mode: String?) -> [InputFault] {
        let asked = steps(mode: mode).map(\.code)
        var isRestNamed = false
        return judged.enumerated().compactMap { index, step in
            if step.step == "*" {
                defer { isRestNamed = true }
                guard isRestNamed else { return nil }
                return InputFault(
                    field: "checks[\(index)].step", message: BilingualSentence(vi: "`*` chỉ ghi một lần", en: "`*` stands once"))
            }
            guard !asked.contains(step.step) else { return nil }
            let names = asked.map { "`\($0)`" }.joined(separator: ", ")
            return InputFault(
                field: "checks[\(index)].step",
                message: BilingualSentence(
                    vi: "quy trình không có bước `\(step.step)`; có: \(names)",
                    en: "the procedure has no step `\(step.step)`; there are \(names)"))
        }
    }

    private func faults(of conditions: [String: String]) -> [InputFault] {
        procedure.conditions.compactMap { condition in
            guard let text = conditions[condition.quantity] else { return nil }
            do {
                _ = try DecimalNumber(parsing: text)
                return nil
            } catch {
                return InputFault(
                    field: "conditions.\(condition.quantity)",
                    message: BilingualSentence(
                        vi: "“\(text)” không phải là số; chỉ ghi số, tính bằng \(condition.unit)",
                        en: "'\(text)' is no number; write the number alone, in \(condition.unit)"))
            }
        }
    }
}

extension MeasurementPoint {
    /// Whether a reading belongs to this point: by its code, by a code with something behind a colon, or, where the value is chosen at the
    /// site, by the part before the colon.
    func takes(_ point: String) -> Bool {
        if code == point { return true }
        let kind = point.prefix { $0 != ":" }
        return code == kind || (free && code.prefix { $0 != ":" } == kind)
    }
}
