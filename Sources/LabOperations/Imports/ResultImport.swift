// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import LabStore
internal import LaboratoryModel

/// Imports results: judged one by one as at the entry, asked for and added as sets.
enum ResultImport: Act {
    static let name = "import.results"
    static var roles: Set<Role> { ImportKind.results.roles }

    static func perform(
        _ request: ImportFile, in setting: ActSetting, on database: isolated Transaction
    ) throws -> ImportReport {
        var file = try ImportReading(request.content, kind: .results)
        var lines: [Int] = []
        var results: [NewResult] = []
        while let line = try file.next() {
            lines.append(line.number)
            results.append(
                NewResult(
                    sample: line["sample"] ?? "", indicator: line["indicator"] ?? "", value: line["value"],
                    notMeasured: line["not_measured"], testedOn: line["tested_on"], reason: line["reason"]))
        }
        let known = try database.all(Statements.importResultRows, results.map(\.sample), results.map(\.indicator))
        var judging = try ResultJudging(known, today: setting.today, on: database)
        for (position, row) in known.enumerated() {
            judging.judge(results[position], row, line: lines[position])
        }
        let applied = request.apply && judging.tally.errors + file.ragged.errors == 0
        if applied, judging.tally.ok > 0 { try judging.columns.insert(by: setting.caller, on: database) }
        return judging.tally.report(with: file.ragged, applied: applied)
    }
}

/// Judges the lines of a file of results; what belongs to an indicator is asked for once.
private struct ResultJudging {
    private(set) var tally = ImportTally()
    private(set) var columns = ResultColumns()
    private let today: CivilDate
    private let facts: [Indicator: ResultFacts]
    private var seen: [Int64: Int] = [:]
    private var days: [String: CivilDate] = [:]
    private var verdicts: [Question: Result<ResultJudgement, InputFault>] = [:]

    /// A catalogue line under a specification.
    private struct Indicator: Hashable {
        let line: Int64
        let specification: Int64?
    }

    /// What a judgement hangs on.
    private struct Question: Hashable {
        let indicator: Indicator
        let value: String?
        let notMeasured: String?
    }

    init(_ rows: [ImportResultRow], today: CivilDate, on database: isolated Transaction) throws {
        self.today = today
        let indicators = Set(
            rows.compactMap { row in row.lineId.map { Indicator(line: $0, specification: row.specificationId) } })
        let asked = Array(indicators)
        let answers = try database.all(Statements.importIndicatorFacts, asked.map(\.line), asked.map(\.specification))
        facts = Dictionary(uniqueKeysWithValues: answers.map { (asked[$0.position - 1], $0) })
    }

    mutating func judge(_ result: NewResult, _ row: ImportResultRow, line: Int) {
        var check = InputCheck(today: today)
        let tested = day(result.testedOn, &check)
        guard let request = row.requestId, let lineID = row.lineId,
            let facts = facts[Indicator(line: lineID, specification: row.specificationId)]
        else {
            Self.noteUnknown(result, row, &check)
            tally.error(line, check.faults)
            return
        }
        if let first = seen.updateValue(line, forKey: request) {
            check.fault(
                "indicator", vi: "mẫu và chỉ tiêu này đã có ở dòng \(first)",
                en: "this sample and indicator stand on line \(first) already")
        }
        if row.rejected {
            let text = Reason.sampleRejected(sample: result.sample).text
            check.fault("sample", vi: text.vi, en: text.en)
        }
        if let received = row.receivedOn, let came = day(received, &check), tested ?? today < came {
            check.fault(
                "tested_on", vi: "trước ngày nhận mẫu \(SentenceParts.vietnameseDay(received))",
                en: "before the sample came on \(received)")
        }
        let indicator = Indicator(line: lineID, specification: row.specificationId)
        switch verdict(on: result, facts, indicator) {
        case .failure(let fault):
            tally.error(line, check.faults + [fault])
        case .success(let judged):
            settle(judged, result, row, request: request, tested: tested ?? today, line: line, check: check)
        }
    }

    private mutating func settle(
        _ judged: ResultJudgement, _ result: NewResult, _ row: ImportResultRow, request: Int64, tested: CivilDate, line: Int,
        check: InputCheck
    ) {
        var check = check
        // A file that is sent again is recognised by its values, days and reasons.
        let reason = result.notMeasured ?? result.reason
        let isThere =
            row.currentText == judged.text && (result.testedOn == nil || row.currentTestedOn == "\(tested)")
            && (reason == nil || row.currentReason == reason)
        if row.version > 0, !isThere, result.reason == nil {
            check.fault(
                "reason", vi: "đã có kết quả “\(row.currentText ?? "")”; sửa phải ghi lý do",
                en: "there is a result “\(row.currentText ?? "")” already; a correction needs its reason")
        }
        if !check.faults.isEmpty {
            tally.error(line, check.faults)
        } else if isThere {
            tally.exists(line, as: judged.text, field: "value")
        } else {
            tally.ok(line)
            columns.append(judged, request: request, version: row.version + 1, result, tested: tested)
        }
    }

    private mutating func verdict(
        on result: NewResult, _ facts: ResultFacts, _ indicator: Indicator
    ) -> Result<ResultJudgement, InputFault> {
        let question = Question(indicator: indicator, value: result.value, notMeasured: result.notMeasured)
        if let known = verdicts[question] { return known }
        let verdict: Result<ResultJudgement, InputFault>
        do {
            verdict = .success(try ResultJudgement(result, facts, field: ""))
        } catch {
            verdict = .failure(InputFault(field: String(error.field.drop { $0 == "." }), message: error.message))
        }
        verdicts[question] = verdict
        return verdict
    }

    /// The day of a text, read once for the many lines that have it; nil for none.
    private mutating func day(_ text: String?, _ check: inout InputCheck) -> CivilDate? {
        guard let text else { return nil }
        if let known = days[text] { return known }
        let faults = check.faults.count
        let day = check.date("tested_on", text)
        if check.faults.count == faults { days[text] = day }
        return day
    }

    private static func noteUnknown(_ result: NewResult, _ row: ImportResultRow, _ check: inout InputCheck) {
        if result.sample.isEmpty {
            _ = check.text("sample", nil)
        } else if row.sampleId == nil {
            check.missing("sample", result.sample, vi: "mẫu", en: "sample")
        }
        if result.indicator.isEmpty {
            _ = check.text("indicator", nil)
        } else if row.sampleId != nil {
            check.fault(
                "indicator", vi: "mẫu \(result.sample) không yêu cầu chỉ tiêu “\(result.indicator)”",
                en: "sample \(result.sample) does not ask for “\(result.indicator)”")
        }
    }
}
