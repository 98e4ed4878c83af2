// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// What a verification or calibration was: instrument, procedure, day, standards, checks, stamps.
struct WorkOptions: ParsableArguments {
    @Option(help: .both("Mã phương tiện đo", "Code of the instrument")) var instrument: String?
    @Option(help: "verification, calibration, test") var kind: String = "verification"
    @Option(help: "initial, periodic, after_repair") var mode: String?
    @Option(help: .both("Mã quy trình", "Code of the procedure")) var procedure: String?
    @Option(help: .both("Ngày làm việc", "Day of the work")) var workedOn: String?
    @Option(name: .customLong("by"), help: .both("Tài khoản người đo; mặc định là bạn", "Who measured; you when absent"))
    var measuredBy: String?
    @Option(name: .customLong("standard"), help: .both("Mã chuẩn; lặp lại được", "Code of a standard; may be repeated"))
    var standards: [String] = []
    @Option(
        name: .customLong("condition"),
        help: .both("Điều kiện, ví dụ temperature_celsius=29,5", "Condition, such as temperature_celsius=29.5"))
    var conditions: [Pair] = []
    @Option(help: .both("Các bước đạt, cách nhau bằng dấu phẩy", "Steps that pass, separated by commas"))
    var passed: [String] = []
    @Option(
        name: .customLong("check"),
        help: .both("Bước: [VÒI/]BƯỚC=pass|fail|not_applicable[:ghi chú]", "[CHANNEL/]STEP=pass|fail|not_applicable[:note]"))
    var checks: [JudgedCheck] = []
    @Option(name: .customLong("exclude"), help: .both("Vòi đã niêm, loại ra", "Channel that is sealed off")) var excluded: [Int] =
        []
    @Option(help: .both("refused hoặc not_done, kèm --reason", "refused or not_done, with --reason")) var outcome: String?
    @Option(name: .customLong("reason"), help: .both("Lý do", "Why")) var reasons: [String] = []
    @Option(
        help: .both("Tem, niêm, dấu: LOẠI:KÝ-HIỆU:SỐ[:CHỖ]", "Stamp, seal or mark: KIND:SERIES:NUMBER[:PLACE]"))
    var evidence: [AffixedEvidence] = []

    /// The record with its readings.
    func request(_ readings: [NewReading]) -> RecordMeasurement {
        let judged = (passed.listed ?? []).map { NewCheck(step: $0, outcome: "pass") } + checks.map(\.check)
        return RecordMeasurement(
            instrument: instrument ?? "", kind: kind, mode: mode, procedure: procedure ?? "",
            workedOn: workedOn ?? "", measuredBy: measuredBy, standards: standards.listed ?? [],
            conditions: conditions.dictionary, checks: judged.isEmpty ? nil : judged, readings: readings,
            excludedChannels: excluded.isEmpty ? nil : excluded, outcome: outcome,
            reasons: reasons.isEmpty ? nil : reasons, evidence: evidence.isEmpty ? nil : evidence.map(\.evidence))
    }
}

/// A judged step on the command line: `2/leak=fail:rò ở khớp nối`.
struct JudgedCheck: ExpressibleByArgument {
    let check: NewCheck

    init?(argument: String) {
        guard let pair = Pair(argument: argument) else { return nil }
        let place = pair.name.split(separator: "/", maxSplits: 1).map(String.init)
        let said = pair.value.split(separator: ":", maxSplits: 1).map(String.init)
        guard let outcome = said.first, ["pass", "fail", "not_applicable"].contains(outcome) else { return nil }
        let channel = place.count == 2 ? Int(place[0]) : nil
        guard let step = place.last, place.count == 1 || channel != nil else { return nil }
        check = NewCheck(step: step, channel: channel, outcome: outcome, note: said.count == 2 ? said[1] : nil)
    }
}

/// A stamp, seal or mark on the command line: `stamp:KD18:000123:mặt trước`.
struct AffixedEvidence: ExpressibleByArgument {
    let evidence: NewEvidence

    init?(argument: String) {
        let parts = argument.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 3, parts.prefix(3).allSatisfy({ !$0.isEmpty }) else { return nil }
        evidence = NewEvidence(
            kind: parts[0], series: parts[1], number: parts[2], place: parts.count == 4 ? parts[3] : nil)
    }
}
