// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
internal import LabStore
internal import LaboratoryModel
internal import Metrology

/// The part of a stored procedure version that the evaluation needs.
struct StoredProcedure: Decodable {
    struct Evidence: Decodable {
        let mark: String
        let stamp: String
        let seals: String
        let certificate: String
    }
    struct Standard: Decodable {
        let kind: String
        let vi: String
        let en: String
        let required: Bool
    }
    struct Step: Decodable {
        let code: String
        let vi: String
        let en: String
        let modes: [String]
    }
    struct Point: Decodable {
        let code: String
        let vi: String
        let en: String
        let purpose: String
        let repetitions: Int
    }
    struct PermissibleError: Decodable {
        let points: [String]
        let modes: [String]
        let rule: String
        let value: String?
    }
    struct UncertaintyInput: Decodable {
        let code: String
        let distribution: String
        let halfWidth: String?
    }

    let evidence: Evidence?
    let standards: [Standard]
    let steps: [Step]
    let points: [Point]
    let maximumPermissibleErrors: [PermissibleError]
    let uncertaintyInputs: [UncertaintyInput]

    /// What people call its parts.
    var names: ProcedurePlan.Names {
        var names = ProcedurePlan.Names()
        for step in steps { names.steps[step.code] = BilingualSentence(vi: step.vi, en: step.en) }
        for point in points { names.points[point.code] = BilingualSentence(vi: point.vi, en: point.en) }
        for standard in standards { names.standards[standard.kind] = BilingualSentence(vi: standard.vi, en: standard.en) }
        return names
    }
}

extension GateProcedure {
    /// The plan of this version for a mode.
    func plan(mode: String?) throws -> ProcedurePlan {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let stored = try decoder.decode(StoredProcedure.self, from: Data(content.utf8))
        let errors = stored.maximumPermissibleErrors.filter { $0.modes.isEmpty || $0.modes.contains(mode ?? "") }
        func limit(_ point: String) throws -> DecimalNumber? {
            let own = errors.first { $0.points.contains(point) } ?? errors.first { $0.points.isEmpty }
            guard let own, ["percent", "absolute"].contains(own.rule), let value = own.value else { return nil }
            return try DecimalNumber(parsing: value)
        }
        let measured: Set<String> = ["error", "minimum_quantity", "repeatability", "eccentricity"]
        var rectangular: [String: DecimalNumber] = [:]
        for input in stored.uncertaintyInputs where input.distribution == "rectangular" {
            if let width = input.halfWidth { rectangular[input.code] = try DecimalNumber(parsing: width) }
        }
        var evidence: [String] = []
        if stored.evidence?.mark == "on_pass" { evidence.append("mark") }
        if stored.evidence?.stamp == "on_pass" { evidence.append("stamp") }
        if stored.evidence?.seals == "on_pass" { evidence.append("seal") }
        var plan = ProcedurePlan(
            engine: engine,
            steps: stored.steps.map { ProcedurePlan.Step(code: $0.code, modes: $0.modes) },
            points: try points(stored.points.filter { measured.contains($0.purpose) }, limit: limit),
            standardKinds: stored.standards.filter(\.required).map(\.kind), unit: unit, evidence: evidence,
            certificate: stored.evidence?.certificate != "on_request", rectangular: rectangular)
        plan.names = stored.names
        return plan
    }

    /// Points of the plan. A scale is loaded wherever its own Max and e put the points, so there only the sort counts (`up` of `up:50e`).
    private func points(
        _ stored: [StoredProcedure.Point], limit: (String) throws -> DecimalNumber?
    ) throws -> [ProcedurePlan.Point] {
        guard engine == "nonautomatic_scale" else {
            return try stored.map { ProcedurePlan.Point(kind: $0.code, count: $0.repetitions, limit: try limit($0.code)) }
        }
        var counts: [(kind: String, count: Int)] = []
        for point in stored {
            let kind = String(point.code.prefix { $0 != ":" })
            if let known = counts.firstIndex(where: { $0.kind == kind }) {
                counts[known].count += point.repetitions
            } else {
                counts.append((kind, point.repetitions))
            }
        }
        return counts.map { ProcedurePlan.Point(kind: $0.kind, count: $0.count) }
    }

    private var unit: String {
        switch engine {
        case "fuel_dispenser": "%"
        case "nonautomatic_scale", "weight_calibration": "g"
        case "thermometer_calibration": "°C"
        default: ""
        }
    }
}
