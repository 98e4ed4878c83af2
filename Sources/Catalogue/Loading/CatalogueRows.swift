// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import Digests
internal import Foundation
package import LabStore
package import Postgres

extension Connection {
    /// Loads master data in one transaction: all of it, or none. Owner's rights are needed.
    /// - Returns: what became of each table.
    package func load(_ contents: CatalogueContents) throws -> [(table: String, loaded: LoadedTable)] {
        let rows = try CatalogueRows(contents)
        return try transaction { database in
            var loaded: [(table: String, loaded: LoadedTable)] = []
            for table in rows.named {
                loaded.append((table.name, try database.loadNames(table.name, key: table.key, rows: table.json)))
            }
            for table in rows.versioned {
                loaded.append((table.name, try database.loadVersions(table.name, key: table.key, rows: table.json)))
            }
            try database.loadLimits(rows.limits)
            let summary = Dictionary(uniqueKeysWithValues: loaded.map { ($0.table, $0.loaded) })
            try database.noteLoad(
                files: rows.fileCount, sha256: rows.sha256,
                summary: String(decoding: try StrictJSON.encode(summary), as: UTF8.self))
            return loaded
        }
    }
}

/// Master data as rows of the catalogue's tables.
struct CatalogueRows: Sendable {
    struct Table: Sendable {
        let name: String
        let key: String
        let json: String
    }

    private(set) var named: [Table] = []
    private(set) var versioned: [Table] = []
    let limits: String
    let fileCount: Int
    let sha256: String

    init(_ contents: CatalogueContents) throws {
        fileCount = contents.files.count
        sha256 = SHA256.hex(contents.files.map { "\($0.path)\n\($0.text)" }.joined(separator: "\n"))
        limits = try Self.json(
            contents.specifications.flatMap { specification in
                specification.limits.map { limit in
                    Self.row([
                        "code": specification.code, "version": specification.version, "position": limit.position,
                        "line_code": limit.lineCode, "lower": limit.lower, "upper": limit.upper, "text_limit": limit.textLimit,
                        "source": limit.source, "confidence": limit.confidence?.rawValue,
                    ])
                }
            })
        try addNames(contents)
        try addVersions(contents)
        try addReminders(contents)
    }

    private mutating func addNames(_ contents: CatalogueContents) throws {
        named.append(
            Table(
                name: "field", key: "code",
                json: try Self.json(
                    contents.fields.map {
                        Self.row(["code": $0.code, "position": $0.position, "name_vi": $0.nameVi, "name_en": $0.nameEn])
                    })))
        named.append(
            Table(
                name: "matrix", key: "code",
                json: try Self.json(
                    contents.matrices.map {
                        Self.row(["code": $0.code, "field_code": $0.fieldCode, "name_vi": $0.nameVi, "name_en": $0.nameEn])
                    })))
        named.append(
            Table(
                name: "instrument_type", key: "code",
                json: try Self.json(
                    contents.instrumentTypes.map {
                        Self.row(["code": $0.code, "name_vi": $0.nameVi, "name_en": $0.nameEn, "family": $0.family.rawValue])
                    })))
        named.append(
            Table(
                name: "holiday", key: "day",
                json: try Self.json(
                    contents.holidays.map {
                        Self.row(["day": $0.day, "name_vi": $0.nameVi, "name_en": $0.nameEn, "source": $0.source])
                    })))
        named.append(
            Table(
                name: "laboratory", key: "key",
                json: "["
                    + contents.laboratory.map { #"{"key": "\#($0.key)", "value": \#($0.canonicalText)}"# }.joined(separator: ",")
                    + "]"))
    }

    private mutating func addVersions(_ contents: CatalogueContents) throws {
        versioned.append(
            Table(
                name: "line", key: "code",
                json: try Self.json(
                    contents.lines.map {
                        Self.row([
                            "code": $0.code, "matrix_code": $0.matrixCode, "indicator_vi": $0.indicatorVi,
                            "indicator_en": $0.indicatorEn, "method": $0.method, "method_name": $0.methodName, "unit": $0.unit,
                            "result_kind": $0.resultKind.rawValue, "lod": $0.lod, "loq": $0.loq, "decimals": $0.decimals,
                            "physical_lower": $0.physicalLower, "physical_upper": $0.physicalUpper,
                            "valid": Self.range($0.validity),
                            "confidence": $0.confidence.rawValue, "source": $0.source,
                        ])
                    })))
        versioned.append(
            Table(
                name: "specification", key: "code",
                json: try Self.json(
                    contents.specifications.map {
                        Self.row([
                            "code": $0.code, "version": $0.version, "name_vi": $0.nameVi, "name_en": $0.nameEn,
                            "matrix_code": $0.matrixCode, "decision_rule": $0.decisionRule.rawValue,
                            "valid": Self.range($0.validity), "source": $0.source, "confidence": $0.confidence.rawValue,
                        ])
                    })))
        versioned.append(
            Table(
                name: "interval_rule", key: "type_code",
                json: try Self.json(
                    contents.intervalRules.map {
                        Self.row([
                            "code": $0.code, "version": $0.version, "type_code": $0.typeCode, "cycle_months": $0.cycleMonths,
                            "initial_cycle_months": $0.initialCycleMonths,
                            "after_repair_cycle_months": $0.afterRepairCycleMonths,
                            "type_approval": $0.typeApproval, "initial": $0.initial, "periodic": $0.periodic,
                            "after_repair": $0.afterRepair, "valid": Self.range($0.validity), "source": $0.source,
                            "confidence": $0.confidence.rawValue,
                        ])
                    })))
        versioned.append(
            Table(
                name: "validity_policy", key: "policy",
                json: try Self.json(
                    contents.validityPolicies.map {
                        Self.row(["policy": $0.policy.rawValue, "valid": Self.range($0.validity), "source": $0.source])
                    })))
        versioned.append(
            Table(
                name: "place", key: "code",
                json: try Self.json(
                    contents.places.map {
                        Self.row([
                            "code": $0.code, "kind": $0.kind.rawValue, "name_vi": $0.nameVi, "parent": $0.parent,
                            "in_city": $0.isInCity, "valid": Self.range($0.validity), "source": $0.source,
                        ])
                    })))
        let procedures = try contents.procedures.map(CatalogueRow.procedure)
        versioned.append(Table(name: "procedure", key: "code", json: "[" + procedures.joined(separator: ",") + "]"))
    }

    private mutating func addReminders(_ contents: CatalogueContents) throws {
        versioned.append(
            Table(
                name: "reminder_policy", key: "code",
                json: try Self.json(
                    contents.reminderPolicies.map {
                        Self.row([
                            "code": $0.code, "name_vi": $0.nameVi, "name_en": $0.nameEn, "subject_type": $0.subject?.rawValue,
                            "kind": $0.kind, "type_code": $0.typeCode, "by_choice": $0.isByChoice, "at": $0.at,
                            "stage_days": $0.stages.map(\.days), "stage_tells": $0.stages.map { $0.tells.map(\.rawValue) },
                            "valid": Self.range($0.validity), "source": $0.source,
                        ])
                    })))
        versioned.append(
            Table(
                name: "reminder_audience", key: "code",
                json: try Self.json(
                    contents.reminderAudiences.map {
                        Self.row([
                            "code": $0.audience.rawValue, "addresses": $0.addresses, "language": $0.language.rawValue,
                            "valid": Self.range($0.validity),
                        ])
                    })))
        versioned.append(
            Table(
                name: "grace", key: "code",
                json: try Self.json(
                    contents.grace.map {
                        Self.row([
                            "code": $0.deadline.rawValue, "days": $0.days, "valid": Self.range($0.validity), "source": $0.source,
                        ])
                    })))
    }

    fileprivate static func range(_ validity: ValidityRange) -> String {
        "[\(validity.from),\(validity.through ?? "")\(validity.through == nil ? ")" : "]")"
    }

    /// A row without its absent values.
    fileprivate static func row(_ values: [String: Any?]) -> [String: Any] {
        values.compactMapValues { $0 }
    }

    fileprivate static func json(_ rows: [[String: Any]]) throws -> String {
        String(decoding: try JSONSerialization.data(withJSONObject: rows, options: [.sortedKeys]), as: UTF8.self)
    }
}

/// Single rows, for what comes by itself.
package enum CatalogueRow {
    /// A version of a procedure as a JSON row of its table.
    package static func procedure(_ procedure: ProcedureVersion) throws -> String {
        let row = try CatalogueRows.json([
            CatalogueRows.row([
                "code": procedure.code, "version": procedure.version, "name_vi": procedure.nameVi, "name_en": procedure.nameEn,
                "kind": procedure.kind.rawValue, "type_codes": procedure.typeCodes,
                "sha256": SHA256.hex(procedure.canonicalText), "valid": CatalogueRows.range(procedure.validity),
                "source": procedure.source,
            ])
        ])
        // The content is JSON text already and goes in as it is.
        return String(row.dropFirst().dropLast(2)) + #", "content": \#(procedure.canonicalText)}"#
    }

    /// Types of instruments as a JSON list of rows of their table.
    package static func types(_ types: [InstrumentType]) throws -> String {
        try CatalogueRows.json(
            types.map {
                CatalogueRows.row(["code": $0.code, "name_vi": $0.nameVi, "name_en": $0.nameEn, "family": $0.family.rawValue])
            })
    }
}
