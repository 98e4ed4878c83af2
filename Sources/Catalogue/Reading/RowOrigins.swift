// SPDX-License-Identifier: Apache-2.0

/// Where each row of the contents was written, in the same order, and the checks that look across rows.
struct RowOrigins {
    var fields: [SourcePosition] = []
    var matrices: [SourcePosition] = []
    var lines: [SourcePosition] = []
    var specifications: [SourcePosition] = []
    /// Of the limits of each specification.
    var limits: [[SourcePosition]] = []
    var instrumentTypes: [SourcePosition] = []
    var intervalRules: [SourcePosition] = []
    var validityPolicies: [SourcePosition] = []
    var procedures: [SourcePosition] = []
    var holidays: [SourcePosition] = []
    var places: [SourcePosition] = []
    var reminderPolicies: [SourcePosition] = []
    var reminderAudiences: [SourcePosition] = []
    var grace: [SourcePosition] = []

    /// Reports codes used twice, validity that overlaps and references that do not resolve.
    func check(_ contents: CatalogueContents, findings: FindingList) {
        unique(contents.fields.map(\.code), fields, findings)
        unique(contents.matrices.map(\.code), matrices, findings)
        unique(contents.instrumentTypes.map(\.code), instrumentTypes, findings)
        unique(contents.holidays.map(\.day), holidays, findings)
        apart(contents.lines.map { ($0.code, $0.validity) }, lines, findings)
        apart(contents.specifications.map { ($0.code, $0.validity) }, specifications, findings)
        apart(contents.intervalRules.map { ($0.typeCode, $0.validity) }, intervalRules, findings)
        apart(contents.validityPolicies.map { ("validity policy", $0.validity) }, validityPolicies, findings)
        apart(contents.procedures.map { ($0.code, $0.validity) }, procedures, findings)
        apart(contents.places.map { ($0.code, $0.validity) }, places, findings)
        apart(contents.reminderPolicies.map { ($0.code, $0.validity) }, reminderPolicies, findings)
        apart(contents.reminderAudiences.map { ($0.audience.rawValue, $0.validity) }, reminderAudiences, findings)
        apart(contents.grace.map { ($0.deadline.rawValue, $0.validity) }, grace, findings)
        resolve(contents, findings)
    }

    private func unique(_ codes: [String], _ positions: [SourcePosition], _ findings: FindingList) {
        var firstLines: [String: Int] = [:]
        for (code, position) in zip(codes, positions) {
            if let line = firstLines[code] {
                findings.add(.duplicateCode(code, firstLine: line), at: position)
            } else {
                firstLines[code] = position.line
            }
        }
    }

    private func apart(
        _ rows: [(code: String, validity: ValidityRange)], _ positions: [SourcePosition],
        _ findings: FindingList
    ) {
        var earlier: [String: [(ValidityRange, Int)]] = [:]
        for (row, position) in zip(rows, positions) {
            if let other = earlier[row.code]?.first(where: { $0.0.overlaps(row.validity) }) {
                findings.add(.overlappingValidity(row.code, otherLine: other.1), at: position)
            }
            earlier[row.code, default: []].append((row.validity, position.line))
        }
    }

    private func resolve(_ contents: CatalogueContents, _ findings: FindingList) {
        let matrixCodes = Set(contents.matrices.map(\.code))
        let typeCodes = Set(contents.instrumentTypes.map(\.code))
        let placeCodes = Set(contents.places.map(\.code))
        func need(_ code: String, in known: Set<String>, _ kind: String, _ position: SourcePosition) {
            if !known.contains(code) { findings.add(.unresolved(kind: kind, code: code), at: position) }
        }
        for (line, position) in zip(contents.lines, lines) {
            need(line.matrixCode, in: matrixCodes, "matrix", position)
        }
        for (rule, position) in zip(contents.intervalRules, intervalRules) {
            need(rule.typeCode, in: typeCodes, "instrument type", position)
        }
        for (policy, position) in zip(contents.reminderPolicies, reminderPolicies) {
            if let code = policy.typeCode { need(code, in: typeCodes, "instrument type", position) }
        }
        for (procedure, position) in zip(contents.procedures, procedures) {
            for code in procedure.typeCodes { need(code, in: typeCodes, "instrument type", position) }
        }
        for (place, position) in zip(contents.places, places) {
            for code in place.predecessors + [place.parent].compactMap({ $0 }) {
                need(code, in: placeCodes, "place", position)
            }
        }
        for (specification, position) in zip(contents.specifications, specifications) {
            need(specification.matrixCode, in: matrixCodes, "matrix", position)
        }
        resolveLimits(contents, findings)
    }

    private func resolveLimits(_ contents: CatalogueContents, _ findings: FindingList) {
        let lines = Dictionary(grouping: contents.lines, by: \.code)
        for (specification, positions) in zip(contents.specifications, limits) {
            unique(specification.limits.map(\.lineCode), positions, findings)
            for (limit, position) in zip(specification.limits, positions)
            where lines[limit.lineCode]?.first?.matrixCode != specification.matrixCode {
                let kind = "line of matrix \(specification.matrixCode)"
                findings.add(.unresolved(kind: kind, code: limit.lineCode), at: position)
            }
        }
    }
}
