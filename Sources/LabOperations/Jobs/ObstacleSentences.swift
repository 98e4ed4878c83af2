// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import Jobs
internal import LaboratoryModel

extension JobObstacle {
    /// The stable code, for programs.
    var code: String {
        switch self {
        case .moment: "waits_for_moment"
        case .failedAttempt: "attempt_failed"
        case .dependencies: "waits_for_jobs"
        case .inLine: "waits_for_key"
        case .rate: "lane_rate"
        case .lanePaused: "lane_paused"
        case .laneFull: "lane_full"
        case .ahead: "others_first"
        case .noWorker: "no_worker"
        case .unknownKind: "unknown_kind"
        case .newerPayload: "newer_payload"
        case .laneUnserved: "lane_unserved"
        case .nothing: "next_look"
        case .runs: "runs"
        case .workerSilent: "worker_silent"
        case .cancelRequested: "cancel_requested"
        case .dead: "given_up"
        case .keyTaken: "key_taken"
        case .ended: "ended"
        }
    }

    /// What it means, and what can be done about it.
    ///
    /// - Parameter pause: who paused the lane last, and why.
    func sentence(of kind: String, in lane: String, pause: JobInterventionView?) -> BilingualSentence {
        switch self {
        case .moment(let at, let seconds):
            BilingualSentence(
                vi: "Chưa đến giờ: chạy từ \(at), còn \(Pause(seconds).vi)",
                en: "Its moment has not come: it runs from \(at), in \(Pause(seconds).en)")
        case .failedAttempt(let attempt, let most, let error):
            BilingualSentence(
                vi: "Lần thử \(attempt) trên \(most) không xong: “\(error)”",
                en: "Attempt \(attempt) of \(most) failed: “\(error)”")
        case .lanePaused(let since): Self.paused(lane, since: since, pause)
        case .laneFull(let running, let most):
            BilingualSentence(
                vi: "Làn `\(lane)` đã đủ: \(running) việc đang chạy, nhiều nhất \(most)",
                en: "The lane `\(lane)` is full: \(running) jobs run, \(most) may")
        case .ahead(let count):
            BilingualSentence(
                vi: "\(count >= 10_000 ? "Hơn " : "")\(count) việc sẵn sàng của làn `\(lane)` đứng trước",
                en: "\(count >= 10_000 ? "More than " : "")\(count) ready jobs of the lane `\(lane)` come first")
        case .noWorker:
            BilingualSentence(
                vi: "Không có tiến trình nào đang chạy việc: hãy khởi động etalond",
                en: "No worker gives signs of life: start etalond")
        case .nothing:
            BilingualSentence(
                vi: "Không có gì cản trở: lần xem tiếp theo sẽ nhận việc này",
                en: "Nothing stands in the way: the next look takes it")
        case .dependencies, .inLine, .rate: link(lane)
        case .unknownKind, .newerPayload, .laneUnserved: untaken(lane, kind)
        default: fate
        }
    }

    private func link(_ lane: String) -> BilingualSentence {
        switch self {
        case .dependencies([]):
            BilingualSentence(
                vi: "Còn đợi việc khác hoặc lượt của khóa; sẽ được xét trong giây lát",
                en: "It waits for other jobs or its turn at a key; this is looked at in a moment")
        case .dependencies(let jobs):
            BilingualSentence(
                vi: "Đợi việc khác xong trước: \(Self.listed(jobs))", en: "It waits for other jobs to end: \(Self.listed(jobs))")
        case .inLine(let key, let holders):
            BilingualSentence(
                vi: "Đợi lượt của khóa “\(key)”, đang do việc \(Self.listed(holders)) giữ",
                en: "It waits for its turn at the key “\(key)”, which the jobs \(Self.listed(holders)) hold")
        case .rate(let count, let seconds):
            BilingualSentence(
                vi: "Làn `\(lane)` chỉ khởi chạy \(count) việc trong \(Pause(seconds).vi)",
                en: "The lane `\(lane)` starts only \(count) jobs in \(Pause(seconds).en)")
        default: BilingualSentence(vi: "", en: "")
        }
    }

    private func untaken(_ lane: String, _ kind: String) -> BilingualSentence {
        switch self {
        case .unknownKind(let workers):
            BilingualSentence(
                vi:
                    "\(workers) tiến trình đang chạy, không cái nào biết loại việc `\(kind)`: cập nhật rồi khởi động lại etalond (phiên bản: `etalon job workers`), hoặc `etalon job cancel` nếu không cần nữa",
                en:
                    "\(workers == 1 ? "The one living worker does not know" : "None of the \(workers) living workers knows") the kind `\(kind)`: update and restart etalond (versions: `etalon job workers`), or `etalon job cancel` it if it is not wanted any more"
            )
        case .newerPayload(let version):
            BilingualSentence(
                vi:
                    "Nội dung ở dạng \(version), mới hơn mọi tiến trình đang chạy đọc được: cập nhật rồi khởi động lại etalond (phiên bản: `etalon job workers`)",
                en:
                    "Its payload has form \(version), newer than any living worker reads: update and restart etalond (versions: `etalon job workers`)"
            )
        case .laneUnserved:
            BilingualSentence(
                vi: "Không tiến trình nào biết việc này có chỗ chạy cho làn `\(lane)`: khởi động etalond có phục vụ làn này",
                en: "No worker that knows its kind has slots for the lane `\(lane)`: start an etalond that serves the lane")
        default: BilingualSentence(vi: "", en: "")
        }
    }

    private static func listed(_ jobs: [Int64]) -> String {
        jobs.isEmpty ? "–" : jobs.prefix(10).map(String.init).joined(separator: ", ") + (jobs.count > 10 ? " …" : "")
    }

    private var fate: BilingualSentence {
        switch self {
        case .runs(let worker, let seconds):
            BilingualSentence(
                vi: "Đang chạy ở tiến trình \(worker), đã \(Pause(seconds).vi)",
                en: "It has been running on worker \(worker) for \(Pause(seconds).en)")
        case .workerSilent(let worker, let seconds):
            BilingualSentence(
                vi: "Tiến trình \(worker) im lặng \(seconds.map { Pause($0).vi } ?? "đã lâu"); việc sẽ được giao lại",
                en:
                    "Worker \(worker) has been silent \(seconds.map { "for " + Pause($0).en } ?? "for long"); the job will be rescued"
            )
        case .cancelRequested:
            BilingualSentence(vi: "Đã được yêu cầu dừng", en: "It has been asked to end")
        case .dead(let reason, let error):
            BilingualSentence(
                vi: "Đã bỏ cuộc (“\(reason)”)\(error.map { ": “\($0)”" } ?? ""). Sửa nguyên nhân rồi `etalon job retry`",
                en: "It was given up (“\(reason)”)\(error.map { ": “\($0)”" } ?? ""). Mend the cause, then `etalon job retry`")
        case .keyTaken(let twin):
            BilingualSentence(
                vi: "Việc \(twin) chưa xong đang giữ khóa của nó", en: "Job \(twin), which is unfinished, has its key")
        case .ended(let state, let at):
            BilingualSentence(vi: "Đã kết thúc lúc \(at): `\(state)`", en: "It ended at \(at): `\(state)`")
        default: BilingualSentence(vi: "", en: "")
        }
    }

    private static func paused(_ lane: String, since: String, _ pause: JobInterventionView?) -> BilingualSentence {
        let by = pause?.actor.map { BilingualSentence(vi: " bởi \($0)", en: " by \($0)") }
        let why = pause?.reason.map { ": “\($0)”" } ?? ""
        return BilingualSentence(
            vi: "Làn `\(lane)` tạm dừng từ \(since)\(by?.vi ?? "")\(why). Chạy tiếp: `etalon job resume \(lane)`",
            en: "The lane `\(lane)` has been paused since \(since)\(by?.en ?? "")\(why). Go on: `etalon job resume \(lane)`")
    }
}

/// A time in words, in its largest fitting unit.
struct Pause {
    let vi: String
    let en: String

    init(_ seconds: Int) {
        switch seconds {
        case ..<120: (vi, en) = ("\(seconds) giây", seconds == 1 ? "1 second" : "\(seconds) seconds")
        case ..<7200: (vi, en) = ("\(seconds / 60) phút", "\(seconds / 60) minutes")
        case ..<172_800: (vi, en) = ("\(seconds / 3600) giờ", "\(seconds / 3600) hours")
        default: (vi, en) = ("\(seconds / 86_400) ngày", "\(seconds / 86_400) days")
        }
    }
}
