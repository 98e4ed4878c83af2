// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import LabStore
internal import LaboratoryModel
internal import Metrology

/// What the calibrations of one subject found at one point: given with the request, or read from the records.
struct IntervalHistory {
    private(set) var calibrations: [IntervalAdvice.Calibration] = []
    private(set) var limit = DecimalNumber.one
    private let request: ProposeInterval
    private let givenLimit: DecimalNumber?
    /// The line of the records that was followed: result, point and channel.
    private var followed: String?

    /// Reads what the request gives.
    init(_ request: ProposeInterval, check: inout InputCheck) {
        self.request = request
        givenLimit = request.limit.flatMap { check.decimal("limit", $0) }
        for (index, row) in (request.history ?? []).enumerated() {
            let field = "history[\(index)]"
            let day = check.date("\(field).on", row.on)
            let found = check.decimal("\(field).as_found", row.asFound)
            let left = row.asLeft.flatMap { check.decimal("\(field).as_left", $0) }
            let uncertainty = check.decimal("\(field).standard_uncertainty", row.standardUncertainty)
            if let found, let uncertainty {
                calibrations.append(
                    IntervalAdvice.Calibration(
                        day: day.daysSinceEpoch, asFound: found, asLeft: left, standardUncertainty: uncertainty))
            }
        }
        if request.history != nil, givenLimit == nil {
            check.fault("limit", vi: "cần khi kê lịch sử", en: "is needed with a history")
        }
        if let givenLimit, givenLimit <= .zero { check.fault("limit", vi: "phải lớn hơn 0", en: "is above 0") }
        if let givenLimit { limit = givenLimit }
    }

    /// The history with what the records say, where the request gave none.
    /// - Throws: ``ActError/invalid(_:)`` where there is nothing to go by.
    func completed(for instrument: Int64?, on day: CivilDate, database: isolated Transaction) throws -> IntervalHistory {
        guard request.history == nil else { return self }
        var history = self
        let rows = try instrument.map { try database.all(Statements.intervalHistory, $0, "\(day)") } ?? []
        guard let latest = rows.last, let line = followedLine(latest.lines), let limit = givenLimit ?? Self.limit(of: line) else {
            throw ActError.invalid(
                "history", vi: "sổ không có lần hiệu chuẩn nào có giới hạn ở điểm này; hãy kê lịch sử và giới hạn",
                en: "the records hold no calibration with a limit at this point; give a history and a limit")
        }
        history.limit = limit
        history.followed = [line.result, line.point, line.channel.map { "\($0)" }].compactMap(\.self).joined(separator: " ")
        history.calibrations = rows.compactMap { Self.calibration($0, like: line) }
        return history
    }

    /// The line asked for, else the one nearest to its limit.
    private func followedLine(_ lines: [EvaluationLine]) -> EvaluationLine? {
        lines.filter { line in
            (request.result == nil || line.result == request.result) && (request.point == nil || line.point == request.point)
                && (givenLimit != nil || Self.limit(of: line) != nil) && line.expandedUncertainty != nil
        }.max { Self.share($0) < Self.share($1) }
    }

    private static func limit(of line: EvaluationLine) -> DecimalNumber? {
        // A limit that is no number bounds nothing.
        let bounds = [line.lower, line.upper].compactMap { $0.flatMap { try? DecimalNumber(parsing: $0) } }.map(\.magnitude)
        return bounds.filter { $0 > .zero }.min()
    }

    private static func share(_ line: EvaluationLine) -> Double {
        // A line whose value is no number is the last to be followed.
        guard let limit = limit(of: line), let value = try? DecimalNumber(parsing: line.value) else { return 0 }
        return value.magnitude.approximateValue / limit.approximateValue
    }

    private static func calibration(_ row: IntervalHistoryRow, like line: EvaluationLine) -> IntervalAdvice.Calibration? {
        let same = row.lines.filter { $0.result == line.result && $0.point == line.point && $0.channel == line.channel }
        guard let found = same.first(where: { $0.phase == "as_found" }) ?? same.first,
            // A calibration without numbers at the point tells nothing about its drift.
            let asFound = try? DecimalNumber(parsing: found.value), let uncertainty = standardUncertainty(found)
        else { return nil }
        // The same for what was left behind.
        let asLeft = same.last { $0.phase == "as_left" }.flatMap { try? DecimalNumber(parsing: $0.value) }
        return IntervalAdvice.Calibration(day: row.day, asFound: asFound, asLeft: asLeft, standardUncertainty: uncertainty)
    }

    private static func standardUncertainty(_ line: EvaluationLine) -> DecimalNumber? {
        // Texts of the evaluation are decimals; one that is not has no uncertainty to offer.
        guard let expanded = line.expandedUncertainty.flatMap({ try? DecimalNumber(parsing: $0) }) else { return nil }
        let factor = line.coverageFactor.flatMap { try? DecimalNumber(parsing: $0) }?.approximateValue ?? 2  // as usual
        // Six digits are more than an uncertainty has.
        return try? DecimalNumber(approximating: expanded.approximateValue / factor, significantDigits: 6, mode: .halfEven)
    }

    private struct Inputs: Encodable {
        struct Row: Encodable {
            let day: Int
            let asFound: String
            let asLeft: String
            let standardUncertainty: String
        }
        let followed: String?
        let limit: String
        let shortest: Int
        let longest: Int
        let innerFraction = "0.8"
        let factorUp = "1.25"
        let factorDown = "0.8"
        let confidence = "0.95"
        let history: [Row]
    }

    /// Everything that the advice was computed from, as JSON.
    func inputs(shortest: Int, longest: Int) throws -> String {
        try jsonText(
            Inputs(
                followed: followed, limit: "\(limit)", shortest: shortest, longest: longest,
                history: calibrations.map {
                    Inputs.Row(
                        day: $0.day, asFound: "\($0.asFound)", asLeft: "\($0.asLeft)",
                        standardUncertainty: "\($0.standardUncertainty)")
                }))
    }
}
