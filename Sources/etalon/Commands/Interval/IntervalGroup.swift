// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Intervals between calibrations: what is agreed, advised and signed.
struct IntervalGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "interval", "Chu kỳ: thỏa thuận, đề xuất, ký", "Intervals: agreed, advised and signed",
        [IntervalAgree.self, IntervalPropose.self, IntervalSign.self, IntervalList.self])
}

/// Records what was agreed about an interval.
struct IntervalAgree: Verb {
    static let example = #"etalon interval agree PTD-00001 --months 6 --reference "HĐ 12/2018" --from 2018-07-01"#
    static let configuration = described("agree", "Ghi chu kỳ đã thỏa thuận", "Records an agreed interval")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Mã của đối tượng", "Code of the subject")) var code: String
    @Option(help: "instrument, standard") var subject: String?
    @Option(help: "calibration, verification") var kind: String?
    @Option(help: .both("Số tháng", "Months")) var months: Int?
    @Option(help: "agreed, as_advised, none") var basis: String?
    @Option(help: "ANNIVERSARY, END_OF_MONTH") var policy: String?
    @Option(help: .both("Từ ngày; mặc định hôm nay", "First day; today when absent")) var from: String?
    @Option(help: .both("Hợp đồng hoặc công văn", "Contract or letter")) var reference: String

    func perform(_ session: Session) async throws {
        let body = AgreeInterval(
            subject: subject, code: code, kind: kind, months: months, basis: basis, policy: policy, from: from,
            reference: reference)
        try session.show(record: try await session.post("/interval-agreements", body), PartyTables.acknowledgement)
    }
}

/// Proposes an interval from what calibrations found.
struct IntervalPropose: Verb {
    static let example = "etalon interval propose QC-0007 --result error --point mass:100"
    static let configuration = described(
        "propose", "Đề xuất chu kỳ từ các lần hiệu chuẩn", "Proposes an interval from the calibrations")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Mã của đối tượng", "Code of the subject")) var code: String
    @Option(help: "instrument, standard") var subject: String?
    @Option(help: .both("Mã kết quả trong quy trình", "Code of the result in the procedure")) var result: String?
    @Option(help: .both("Điểm đo", "Point")) var point: String?
    @Option(help: .both("Sai số cho phép lớn nhất", "Largest permissible error")) var limit: String?
    @Option(
        help: .both(
            "Lịch sử: tệp csv có cột on, as_found, as_left, standard_uncertainty",
            "History: csv with columns on, as_found, as_left, standard_uncertainty"))
    var history: String?
    @Option(help: .both("Ngắn nhất, ngày", "Shortest, days")) var shortest: Int?
    @Option(help: .both("Dài nhất, ngày", "Longest, days")) var longest: Int?

    func perform(_ session: Session) async throws {
        let rows = try history.map { try CSVSheet(file: $0).rows }?.map {
            ProposeInterval.Calibration(
                on: $0["on"] ?? "", asFound: $0["as_found"] ?? "", asLeft: $0["as_left"],
                standardUncertainty: $0["standard_uncertainty"] ?? "")
        }
        let body = ProposeInterval(
            subject: subject, code: code, result: result, point: point, limit: limit, history: rows, shortest: shortest,
            longest: longest)
        try session.show(
            record: try await session.post("/interval-proposals", body), DeadlineTables.proposal, [DeadlineTables.proposalReasons]
        )
    }
}

/// Signs a proposed interval with the PIN, or refuses it.
struct IntervalSign: Verb {
    static let example = "etalon interval sign 12 --pin-file ~/.etalon-pin"
    static let configuration = described("sign", "Ký hoặc từ chối đề xuất chu kỳ", "Signs or refuses a proposed interval")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số đề xuất", "Number of the proposal")) var proposal: Int64
    @Flag(help: .both("Từ chối", "Refuse it")) var refuse = false
    @Option(help: .both("Lý do từ chối", "Why it is refused")) var reason: String?
    @Option(help: .both("Có hiệu lực từ ngày", "From which day it counts")) var from: String?
    @Option(help: .both("Tệp chứa mã PIN", "File that holds the PIN")) var pinFile: String?

    func perform(_ session: Session) async throws {
        let pin = try PersonalSecret.read(file: pinFile, prompt: Phrase.pin, session)
        let body = DecideInterval(
            proposal: proposal, decision: refuse ? "refused" : "approved", from: from, reason: reason, pin: pin)
        try session.show(record: try await session.post("/interval-decisions", body), DeadlineTables.signed)
    }
}

/// Lists agreements and proposals.
struct IntervalList: Verb {
    static let example = "etalon interval list --waiting"
    static let configuration = described("list", "Thỏa thuận và đề xuất chu kỳ", "Agreements and proposals")

    @OptionGroup var global: GlobalOptions
    @Option(help: .both("Mã của đối tượng", "Code of the subject")) var code: String?
    @Option(help: "instrument, standard") var subject: String?
    @Flag(help: .both("Chỉ đề xuất chờ ký", "Only what waits for a signature")) var waiting = false
    @Option(help: .both("Số dòng nhiều nhất, 1–1000", "At most that many rows, 1–1000")) var limit: Int?

    func perform(_ session: Session) async throws {
        try await session.list(
            "/intervals",
            ["code": code, "subject": subject, "waiting": waiting.parameter, "limit": limit.map(String.init)],
            DeadlineTables.intervals)
    }
}
