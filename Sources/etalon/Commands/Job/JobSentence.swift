// SPDX-License-Identifier: Apache-2.0

import APIContract

/// What became of an act on the queue, in one sentence.
enum JobSentence {
    static func retried(_ job: Int64) -> Bilingual {
        Bilingual(vi: "Việc \(job) sẽ chạy lại.", en: "Job \(job) will run again.")
    }

    /// A job that ran when it was cancelled is asked to end, which may take a moment.
    static func cancelled(_ answer: Acknowledgement) -> Bilingual {
        answer.code == "running"
            ? Bilingual(
                vi: "Việc \(answer.id) đang chạy và được yêu cầu dừng.", en: "Job \(answer.id) is running and is asked to end.")
            : Bilingual(vi: "Việc \(answer.id) đã bị bỏ.", en: "Job \(answer.id) is cancelled.")
    }

    /// The answer's code is the moment until which the job waits.
    static func snoozed(_ answer: Acknowledgement) -> Bilingual {
        let until = answer.code ?? ""
        return Bilingual(
            vi: "Việc \(answer.id) được hoãn đến \(Column.withClock(until)).", en: "Job \(answer.id) waits until \(until).")
    }

    static func started(_ job: Int64) -> Bilingual {
        Bilingual(vi: "Việc \(job) được chạy ngay.", en: "Job \(job) is due now.")
    }

    static func paused(_ lane: String) -> Bilingual {
        Bilingual(
            vi: "Làn \(lane) đã tạm dừng; việc đang chạy vẫn chạy.", en: "Lane \(lane) is paused; jobs that run go on.")
    }

    static func resumed(_ lane: String) -> Bilingual {
        Bilingual(vi: "Làn \(lane) chạy tiếp.", en: "Lane \(lane) goes on.")
    }

    static func limited(_ lane: String, _ most: Int?) -> Bilingual {
        guard let most else {
            return Bilingual(vi: "Làn \(lane) không còn giới hạn.", en: "Lane \(lane) has no limit.")
        }
        return Bilingual(
            vi: "Làn \(lane) chạy cùng lúc nhiều nhất \(most) việc.", en: "Lane \(lane) runs at most \(most) jobs at a time.")
    }

    static func ruled(_ lane: String) -> Bilingual {
        Bilingual(
            vi: "Đã đặt quy tắc của làn \(lane); `etalon job lanes` cho xem.",
            en: "The rules of lane \(lane) are set; `etalon job lanes` shows them.")
    }

    static func disabled(_ schedule: String) -> Bilingual {
        Bilingual(vi: "Lịch \(schedule) đã tắt.", en: "Schedule \(schedule) is switched off.")
    }

    static func enabled(_ schedule: String) -> Bilingual {
        Bilingual(vi: "Lịch \(schedule) đã bật.", en: "Schedule \(schedule) is switched on.")
    }

    /// The answer's number is that of the job.
    static func ran(_ schedule: String, _ answer: Acknowledgement) -> Bilingual {
        Bilingual(
            vi: "Lịch \(schedule) chạy ngay: việc \(answer.id).", en: "Schedule \(schedule) runs now: job \(answer.id).")
    }

    static let clockReleased = Bilingual(
        vi: "Đồng hồ được tin như nó đang chỉ; lịch và kỳ hạn chạy tiếp.",
        en: "The clock is trusted as it is; schedules and deadlines go on.")
}
