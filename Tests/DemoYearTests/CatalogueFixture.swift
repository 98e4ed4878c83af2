// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Postgres

/// Puts the project's own config/ into the catalogue of a test database.
enum CatalogueFixture {
    /// Reads the folder and copies its rows in.
    static func load(_ folder: String, into database: isolated Connection) throws {
        let contents = try CatalogueFolder.read(folder)
        try copyTesting(contents, into: database)
        try copyInstruments(contents, into: database)
        try database.copyIn("copy catalogue.holiday (day, name_vi, name_en, source) from stdin") { writer in
            for row in contents.holidays { try writer.row([row.day, row.nameVi, row.nameEn, row.source]) }
        }
        try database.copyIn("copy catalogue.place (code, kind, name_vi, parent, in_city, valid) from stdin") {
            writer in
            for row in contents.places {
                try writer.row([
                    row.code, row.kind.rawValue, row.nameVi, row.parent, row.isInCity, range(row.validity),
                ])
            }
        }
        try database.copyIn("copy catalogue.laboratory (key, value) from stdin") { writer in
            for row in contents.laboratory { try writer.row([row.key, row.canonicalText]) }
        }
    }

    private static func copyTesting(_ contents: CatalogueContents, into database: isolated Connection) throws {
        try database.copyIn("copy catalogue.field (code, position, name_vi, name_en) from stdin") { writer in
            for row in contents.fields { try writer.row([row.code, row.position, row.nameVi, row.nameEn]) }
        }
        try database.copyIn("copy catalogue.matrix (code, field_code, name_vi, name_en) from stdin") {
            writer in
            for row in contents.matrices {
                try writer.row([row.code, row.fieldCode, row.nameVi, row.nameEn])
            }
        }
        let lines = """
            copy catalogue.line (code, matrix_code, indicator_vi, indicator_en, method, unit, result_kind, lod, loq,
                                 decimals, valid) from stdin
            """
        try database.copyIn(lines) { writer in
            for row in contents.lines {
                try writer.row([
                    row.code, row.matrixCode, row.indicatorVi, row.indicatorEn, row.method, row.unit,
                    row.resultKind.rawValue, row.lod, row.loq, row.decimals, range(row.validity),
                ])
            }
        }
        let versions = """
            copy catalogue.specification (id, code, version, name_vi, name_en, matrix_code, decision_rule, valid) from stdin
            """
        try database.copyIn(versions) { writer in
            for (index, row) in contents.specifications.enumerated() {
                try writer.row([
                    index + 1, row.code, row.version, row.nameVi, row.nameEn, row.matrixCode,
                    row.decisionRule.rawValue,
                    range(row.validity),
                ])
            }
        }
        let limits =
            "copy catalogue.specification_limit (specification_id, position, line_code, lower, upper) from stdin"
        try database.copyIn(limits) { writer in
            for (index, row) in contents.specifications.enumerated() {
                for limit in row.limits {
                    try writer.row([index + 1, limit.position, limit.lineCode, limit.lower, limit.upper])
                }
            }
        }
    }

    private static func copyInstruments(_ contents: CatalogueContents, into database: isolated Connection)
        throws
    {
        try database.copyIn("copy catalogue.instrument_type (code, name_vi, name_en, family) from stdin") {
            writer in
            for row in contents.instrumentTypes {
                try writer.row([row.code, row.nameVi, row.nameEn, row.family.rawValue])
            }
        }
        let rules = """
            copy catalogue.interval_rule (code, version, type_code, cycle_months, type_approval, initial, periodic,
                                          after_repair, valid, source, confidence) from stdin
            """
        try database.copyIn(rules) { writer in
            for row in contents.intervalRules {
                try writer.row([
                    row.code, row.version, row.typeCode, row.cycleMonths, row.typeApproval, row.initial,
                    row.periodic,
                    row.afterRepair, range(row.validity), row.source, row.confidence.rawValue,
                ])
            }
        }
        try database.copyIn("copy catalogue.validity_policy (policy, valid, source) from stdin") { writer in
            for row in contents.validityPolicies {
                try writer.row([row.policy.rawValue, range(row.validity), row.source])
            }
        }
        let procedures = """
            copy catalogue.procedure (code, version, name_vi, name_en, kind, type_codes, content, sha256, valid)
            from stdin
            """
        try database.copyIn(procedures) { writer in
            for row in contents.procedures {
                try writer.row([
                    row.code, row.version, row.nameVi, row.nameEn, row.kind.rawValue, row.typeCodes,
                    row.canonicalText, "-", range(row.validity),
                ])
            }
        }
    }

    private static func range(_ validity: ValidityRange) -> String {
        "[\(validity.from),\(validity.through ?? "")]"
    }
}
