// SPDX-License-Identifier: Apache-2.0

import Certificates
import Postgres
import Procedures

/// The master data that the year is made from, read once from the database.
struct DemoCatalogue: Sendable {
    let matrices: [TestingField: [Matrix]]
    let calendar: WorkingCalendar
    let letterhead: IssuingLaboratory
    private let districtCodes: [String: PlaceRow]
    let provinces: [PlaceRow]
    private let procedures: [ProcedureVersion]
    /// Procedures made ready, by their identity.
    let compiled: [Int: CompiledProcedure]
    private let types: [String: TypeRow]
    private let specifications: [String: [SpecificationVersion]]
    private let limits: [Int: [String: SpecificationLimit]]

    /// Reads the catalogue as it stood in the middle of the year.
    /// - Throws: ``DemoYearError/missing(kind:code:)`` naming the first code that is not there.
    init(reading connection: isolated Connection, sql: DemoStatements) throws {
        let midYear = "2017-06-30"
        let lines = try connection.rows(sql.rows("demo_year_lines", of: CatalogueLine.self), midYear)
        let codes = try connection.rows(sql.rows("demo_year_fields", of: CodeRow.self)).map(\.code)
        matrices = try Self.matrices(of: lines, fields: codes)
        let places = try connection.rows(sql.rows("demo_year_places", of: PlaceRow.self), midYear)
        provinces = places.filter { !$0.inCity && Self.isInReach($0.code) }
        districtCodes = Dictionary(
            places.filter(\.inCity).map { (Self.plainName($0.nameVi), $0) },
            uniquingKeysWith: { first, _ in first })
        procedures = try connection.rows(sql.rows("demo_year_procedures", of: ProcedureVersion.self))
        compiled = Dictionary(
            try procedures.map { ($0.id, try CompiledProcedure($0.content)) }, uniquingKeysWith: { first, _ in first })
        let typeRows = try connection.rows(sql.rows("demo_year_types", of: TypeRow.self), midYear)
        types = Dictionary(typeRows.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let versions = try connection.rows(
            sql.rows("demo_year_specifications", of: SpecificationVersion.self))
        specifications = Dictionary(grouping: versions, by: \.matrixCode)
        let limitRows = try connection.rows(sql.rows("demo_year_limits", of: SpecificationLimit.self))
        limits = Dictionary(grouping: limitRows, by: \.specificationId).mapValues { rows in
            Dictionary(rows.map { ($0.lineCode, $0) }, uniquingKeysWith: { first, _ in first })
        }
        let holidays = try connection.rows(sql.rows("demo_year_holidays", of: HolidayRow.self))
        calendar = WorkingCalendar(holidays: Set(holidays.compactMap { Day(text: $0.day) }))
        guard let head = try connection.first(sql.rows("demo_year_letterhead", of: LetterheadRow.self)) else {
            throw DemoYearError.missing(kind: "fact about the laboratory", code: "issuing_laboratory")
        }
        letterhead = head.letterhead
        if provinces.isEmpty { throw DemoYearError.missing(kind: "province outside the city", code: "any") }
    }

    /// The district of a plain name such as "Ninh Kiều".
    func district(_ name: String) throws(DemoYearError) -> PlaceRow {
        guard let found = districtCodes[name] else { throw .missing(kind: "district", code: name) }
        return found
    }

    /// The instrument type of a code.
    func type(_ code: String) throws(DemoYearError) -> TypeRow {
        guard let found = types[code] else { throw .missing(kind: "instrument type", code: code) }
        return found
    }

    /// The procedure for a type on a day; nil where the centre had none then.
    func procedure(kind: String, type: String, on day: Day) -> ProcedureVersion? {
        let text = day.text
        return procedures.first {
            $0.kind == kind && $0.typeCodes.contains(type) && $0.validFrom <= text && text < $0.validTo
        }
    }

    /// Last day of validity of an instrument that passed: the end of the month in which its cycle ends; nil without a cycle.
    func lastDay(type: String, verified: Day) -> Day? {
        guard let months = types[type]?.cycleMonths else { return nil }
        let civil = verified.civil
        let month = civil.month + months
        return Day(civil.year + month / 12, month % 12 + 1, 1) - 1
    }

    /// Specifications of a matrix that hold on a day.
    func specifications(matrix: String, on day: Day) -> [SpecificationVersion] {
        let text = day.text
        return specifications[matrix, default: []].filter { $0.validFrom <= text && text < $0.validTo }
    }

    /// The limit that a specification sets for a line, where it sets one.
    func limit(specification: Int, line: String) -> SpecificationLimit? {
        limits[specification]?[line]
    }

    private static func matrices(of lines: [CatalogueLine], fields: [String]) throws(DemoYearError)
        -> [TestingField: [Matrix]]
    {
        let byMatrix = Dictionary(grouping: lines, by: \.matrixCode)
        var found: [TestingField: [Matrix]] = [:]
        for code in byMatrix.keys.sorted() {
            guard let lines = byMatrix[code], let first = lines.first else { continue }
            guard let field = TestingField(rawValue: first.fieldCode) else { continue }
            found[field, default: []].append(Matrix(code: code, name: first.matrixVi, lines: lines))
        }
        for field in TestingField.allCases {
            guard fields.contains(field.rawValue) else {
                throw .missing(kind: "testing field", code: field.rawValue)
            }
            if found[field] == nil {
                throw .missing(kind: "matrix with lines in the field", code: field.rawValue)
            }
        }
        return found
    }

    /// Whether customers come from a province: Bình Định and what lies south of it, by the codes of the statistics office.
    private static func isInReach(_ code: String) -> Bool {
        Int(code).map { $0 >= 52 } ?? false
    }

    /// "Quận Ninh Kiều" and "Ninh Kiều" are the same district.
    private static func plainName(_ name: String) -> String {
        for word in ["Quận ", "Huyện ", "quận ", "huyện "] where name.hasPrefix(word) {
            return String(name.dropFirst(word.count))
        }
        return name
    }
}

/// A matrix and its lines of the catalogue.
struct Matrix: Sendable {
    let code: String
    let name: String
    let lines: [CatalogueLine]
}
