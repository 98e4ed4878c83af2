// SPDX-License-Identifier: Apache-2.0
internal import LaboratoryModel
internal import Metrology

/// Compiles the parts of a procedure and collects what is wrong with them.
struct ProcedureCheck {
    let procedure: Procedure
    private(set) var symbols: SymbolTable
    private(set) var faults: [ProcedureFault]

    init(_ procedure: Procedure) {
        self.procedure = procedure
        symbols = SymbolTable(procedure)
        faults = symbols.faults
    }

    mutating func fault(_ path: String, vi: String, en: String) {
        faults.append(ProcedureFault(path, vi: vi, en: en))
    }

    /// Most repetitions at a point, and most rows of a list of the file.
    static let mostRepetitions = 1_000
    static let mostRows = 500

    // MARK: References

    /// Reports codes that stand twice and references to nothing.
    mutating func references() {
        sizes()
        unique(procedure.points.map(\.code), "points", "code")
        unique(procedure.steps.map(\.code), "steps", "code")
        unique(procedure.results.map(\.code), "results", "code")
        readingNames()
        unique(procedure.standards.map(\.kind), "standards", "kind")
        if !procedure.readings.contains(where: { $0.name == "indicated" }) {
            fault("readings", vi: "thiếu đại lượng 'indicated'", en: "no reading is named 'indicated'; every repetition has one")
        }
        for (index, reading) in procedure.readings.enumerated() { points(reading.points, "readings[\(index)].points") }
        for (index, result) in procedure.results.enumerated() {
            points(result.points, "results[\(index)].points")
            for (number, limit) in result.limits.enumerated() {
                points(limit.points, "results[\(index)].limits[\(number)].points")
            }
        }
    }

    /// Reports lists that no procedure needs and numbers of repetitions that nobody reads.
    private mutating func sizes() {
        let lists = [
            ("points", procedure.points.count), ("results", procedure.results.count), ("steps", procedure.steps.count),
            ("readings", procedure.readings.count), ("examples", procedure.examples.count),
            ("characteristics", procedure.characteristics.count), ("parameters", procedure.parameters.count),
            ("conditions", procedure.conditions.count), ("standards", procedure.standards.count),
        ]
        for (list, count) in lists where count > Self.mostRows {
            fault(list, vi: "\(count) dòng; tối đa \(Self.mostRows)", en: "\(count) rows; at most \(Self.mostRows)")
        }
        for (index, point) in procedure.points.enumerated() {
            guard let number = Double(point.repetitions) else { continue }
            if number != number.rounded() || !(1...Double(Self.mostRepetitions)).contains(number) {
                fault(
                    "points[\(index)].repetitions",
                    vi: "`\(point.repetitions)` không dùng được; số nguyên từ 1 đến \(Self.mostRepetitions)",
                    en: "`\(point.repetitions)` cannot be used; a whole number from 1 to \(Self.mostRepetitions)")
            }
        }
    }

    /// A name may stand several times, with a unit of its own each, for points that have none in common.
    private mutating func readingNames() {
        for (index, reading) in procedure.readings.enumerated() {
            let other = procedure.readings[..<index].first { other in
                other.name == reading.name
                    && (other.points.isEmpty || reading.points.isEmpty || !Set(other.points).isDisjoint(with: reading.points))
            }
            if other != nil {
                fault(
                    "readings[\(index)].name", vi: "'\(reading.name)' đã dùng ở trên cho cùng điểm đo",
                    en: "'\(reading.name)' stands above already; give each its own points")
            }
        }
    }

    private mutating func unique(_ codes: [String], _ list: String, _ key: String) {
        var known: Set<String> = []
        for (index, code) in codes.enumerated() where !known.insert(code).inserted {
            fault(
                "\(list)[\(index)].\(key)", vi: "'\(code)' đã dùng ở trên",
                en: "'\(code)' stands above already; each is named once")
        }
    }

    private mutating func points(_ named: [String], _ path: String) {
        let known = procedure.points.map(\.code)
        for (index, point) in named.enumerated()
        where !known.contains(where: { $0 == point || $0.prefix { $0 != ":" } == point }) {
            fault("\(path)[\(index)]", vi: "không có điểm đo '\(point)'", en: "no point has the code '\(point)'")
        }
    }

    // MARK: Formulas

    mutating func formula(
        _ text: String, unit: String, reach: SymbolTable.Reach, at path: String
    ) -> Formula? {
        guard let unit = unitOrFault(unit, at: path) else { return nil }
        return formula(text, unit: unit, reach: reach, at: path)
    }

    mutating func unitOrFault(_ text: String, at path: String) -> MeasurementUnit? {
        do {
            return try MeasurementUnit(parsing: text)
        } catch {
            fault(path, vi: "không có đơn vị '\(text)': \(error)", en: "no unit '\(text)': \(error)")
            return nil
        }
    }

    mutating func formula(
        _ text: String?, unit: MeasurementUnit, reach: SymbolTable.Reach, nominal: MeasurementUnit? = nil,
        difference: Bool = false,
        at path: String
    ) -> Formula? {
        guard let text else { return nil }
        do {
            let own = nominal.map { [(name: SymbolTable.nominal, unit: $0)] } ?? []
            return try Formula(
                text, unit: unit, symbols: symbols.visible(reach).map { ($0.name, $0.unit) } + own,
                series: symbols.series(reach).map { ($0.name, $0.unit) }, tables: symbols, difference: difference)
        } catch {
            fault(path, vi: "công thức '\(text)' không dùng được: \(error)", en: "formula '\(text)' cannot be used: \(error)")
            return nil
        }
    }
}
