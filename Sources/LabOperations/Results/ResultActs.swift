// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import LabStore
package import LaboratoryModel

/// Enters results: all of them, or none.
package enum ResultEnter: Act {
    package static let name = "result.enter"
    package static let roles: Set<Role> = [.technician]
    /// More go through the import.
    static let most = 1000

    package static func perform(
        _ request: EnterResults, in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<EnteredResult> {
        guard !request.results.isEmpty, request.results.count <= most else {
            throw ActError.invalid(
                "results", vi: "cần từ 1 đến \(most) kết quả; nhiều hơn thì dùng etalon result import",
                en: "between 1 and \(most) results; use `etalon result import` for more")
        }
        return List(items: try enter(request.results, field: "results", in: setting, on: database))
    }

    /// Enters a batch; shared by the entry and the import.
    static func enter(
        _ results: [NewResult], field: String, in setting: ActSetting, on database: isolated Transaction
    ) throws -> [EnteredResult] {
        let facts = try database.all(Statements.resultFacts, results.map(\.sample), results.map(\.indicator))
        var check = InputCheck(today: setting.today)
        var faults: [InputFault] = []
        var reasons: [Reason] = []
        var columns = ResultColumns()
        var entered: [EnteredResult] = []
        var seen: Set<Int64> = []
        for (index, (result, known)) in zip(results, facts).enumerated() {
            let place = "\(field)[\(index)]"
            guard known.sampleId != nil else {
                faults.append(Self.unknown("\(place).sample", result.sample, vi: "không có mẫu", en: "there is no sample"))
                continue
            }
            guard let request = known.requestId else {
                faults.append(
                    Self.unknown(
                        "\(place).indicator", result.indicator, vi: "mẫu \(result.sample) không yêu cầu chỉ tiêu",
                        en: "sample \(result.sample) does not ask for"))
                continue
            }
            if !seen.insert(request).inserted {
                check.fault(
                    place, vi: "chỉ tiêu lặp lại trong cùng lần nhập", en: "the same indicator stands twice in this entry")
            }
            if known.rejected { reasons.append(.sampleRejected(sample: result.sample)) }
            let tested = check.date("\(place).tested_on", result.testedOn, required: false)
            if let received = known.receivedOn, "\(tested)" < received {
                check.fault(
                    "\(place).tested_on", vi: "trước ngày nhận mẫu \(SentenceParts.vietnameseDay(received))",
                    en: "before the sample came on \(received)")
            }
            if known.version > 0, (result.reason ?? "").trimmed.isEmpty {
                check.fault(
                    "\(place).reason", vi: "đã có kết quả “\(known.currentText ?? "")”; sửa phải ghi lý do",
                    en: "there is a result “\(known.currentText ?? "")” already; a correction needs its reason")
            }
            do {
                let judged = try ResultJudgement(result, known, field: place)
                columns.append(judged, request: request, version: known.version + 1, result, tested: tested)
                entered.append(
                    EnteredResult(
                        sample: result.sample, indicator: result.indicator, version: known.version + 1, text: judged.text,
                        kind: judged.kind, unit: known.unit ?? "", flags: judged.flags, lower: known.lower, upper: known.upper))
            } catch {
                faults.append(error)
            }
        }
        faults += check.faults
        if !faults.isEmpty { throw ActError.invalid(faults) }
        if !reasons.isEmpty { throw ActError.refused(reasons) }
        try columns.insert(by: setting.caller, on: database)
        return entered
    }

    private static func unknown(_ field: String, _ name: String, vi: String, en: String) -> InputFault {
        InputFault(field: field, message: BilingualSentence(vi: "\(vi) “\(name)”", en: "\(en) “\(name)”"))
    }
}

/// Columns of a set-based insert of results.
struct ResultColumns {
    private var requests: [Int64] = []
    private var versions: [Int] = []
    private var texts: [String] = []
    private var kinds: [String] = []
    private var values: [String?] = []
    private var flags: [String] = []
    private var reasons: [String?] = []
    private var days: [String] = []

    mutating func append(
        _ judged: ResultJudgement, request: Int64, version: Int, _ result: NewResult, tested: CivilDate
    ) {
        requests.append(request)
        versions.append(version)
        texts.append(judged.text)
        kinds.append(judged.kind)
        values.append(judged.value.map { "\($0)" })
        flags.append(judged.flags.joined(separator: " "))
        reasons.append(result.notMeasured ?? result.reason)
        days.append("\(tested)")
    }

    func insert(by caller: Caller, on database: isolated Transaction) throws {
        try database.run(
            Statements.resultsAdd, requests, versions, texts, kinds, values, flags, reasons, days, caller.personID)
    }
}

/// Reviews what another person entered.
package enum ResultReview: Act {
    package static let name = "result.review"
    package static let roles: Set<Role> = [.reviewer]

    package static func perform(
        _ request: ReviewResults, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let decision = check.word("decision", request.decision, of: ["approved", "sent_back"])
        if decision == "sent_back" { _ = check.text("reason", request.reason) }
        try check.finish()
        let sample = try database.sample(request.sample)
        let waiting = try database.all(Statements.reviewCandidates, sample.id, request.indicators)
        guard !waiting.isEmpty else { throw ActError.refused([.nothingToReview(sample: request.sample)]) }
        let own = waiting.filter { $0.enteredBy == setting.caller.personID }
        guard own.isEmpty else {
            throw ActError.refused(own.map { .enteredAndReviewedBySamePerson(item: "\(request.sample) \($0.code)") })
        }
        try database.run(
            Statements.reviewsAdd, waiting.map(\.id), decision, request.reason, setting.caller.personID)
        return Acknowledgement(id: sample.id, code: request.sample)
    }
}

/// What waits for a technician.
package enum WorkList: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ parameters: (matrix: String?, indicator: String?, limit: Int), in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<WorkItem> {
        List(items: try database.all(Statements.workList, parameters.matrix, parameters.indicator, parameters.limit))
    }
}

/// Every version of a sample's results: the reviewer's view.
package enum ResultHistory: Question {
    package static let roles: Set<Role> = [.reviewer, .signatory, .quality, .manager, .administrator]

    package static func answer(
        _ sample: String, in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<ResultVersion> {
        _ = try database.sample(sample)
        return List(items: try database.all(Statements.resultHistory, sample))
    }
}
