// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Enters results: by sample, by indicator column, or asked one by one.
struct ResultEnter: Verb {
    static let example = "etalon result enter M18-00012 PET-RON=95,2 'PET-S=<10' --tested-on 2018-06-30"
    static let configuration = described(
        "enter", "Nhập kết quả; không nêu giá trị thì hỏi từng chỉ tiêu",
        "Enters results; without values asks one by one")

    @OptionGroup var global: GlobalOptions
    @Argument(
        help: .both(
            "SỐ-MẪU rồi CHỈ-TIÊU=GIÁ-TRỊ…; với --indicator: SỐ-MẪU=GIÁ-TRỊ…",
            "SAMPLE, then INDICATOR=VALUE…; with --indicator: SAMPLE=VALUE…"))
    var words: [String] = []
    @Option(help: .both("Nhập theo cột của một chỉ tiêu", "Enter the column of one indicator")) var indicator: String?
    @Option(
        name: .customLong("not-measured"),
        help: .both("CHỈ-TIÊU=LÝ-DO không đo được", "INDICATOR=REASON it was not measured"))
    var notMeasured: [Pair] = []
    @Option(help: .both("Ngày thử; mặc định hôm nay", "Day of the test; today when absent")) var testedOn: String?
    @Option(help: .both("Lý do sửa giá trị đã nhập", "Why an earlier value is corrected")) var reason: String?

    func validate() throws {
        if indicator == nil, words.first.map({ $0.contains("=") }) ?? true {
            throw ValidationError.both("nêu số mẫu trước", "name the sample first")
        }
        for word in values where Pair(argument: word) == nil {
            throw ValidationError.both("“\(word)” phải có dạng TÊN=GIÁ-TRỊ", "“\(word)” must be NAME=VALUE")
        }
    }

    func perform(_ session: Session) async throws {
        let results = results
        guard results.isEmpty else {
            let answer = try await session.post("/results", EnterResults(results: results))
            return try session.show(list: answer, SampleTables.entered)
        }
        let questions = try await questions(session)
        try await ResultDialogue(session, testedOn: testedOn).run(questions)
    }

    private var values: [String] { indicator == nil ? Array(words.dropFirst()) : words }

    /// The results that stand on the command line.
    var results: [NewResult] {
        let pairs = values.compactMap { Pair(argument: $0) }
        if let indicator {
            let missing = notMeasured.map { result($0.name, indicator, notMeasured: $0.value) }
            return pairs.map { result($0.name, indicator, value: $0.value) } + missing
        }
        let sample = words.first ?? ""
        let missing = notMeasured.map { result(sample, $0.name, notMeasured: $0.value) }
        return pairs.map { result(sample, $0.name, value: $0.value) } + missing
    }

    private func result(
        _ sample: String, _ indicator: String, value: String? = nil, notMeasured: String? = nil
    ) -> NewResult {
        NewResult(
            sample: sample, indicator: indicator, value: value, notMeasured: notMeasured, testedOn: testedOn,
            reason: reason)
    }

    private func questions(_ session: Session) async throws -> [ResultDialogue.Question] {
        if let indicator {
            let answer = try await session.get("/work-list", ["indicator": indicator, "limit": "1000"])
            return try session.read(List<WorkItem>.self, answer).items.map { .init($0, session.language) }
        }
        let number = words.first ?? ""
        let sample = try session.read(SampleView.self, try await session.get("/samples/\(step(number))"))
        return sample.lines.compactMap { .init($0, of: sample.number, session.language) }
    }
}
