// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import LaboratoryModel

/// What the mails about due lists say: Vietnamese first, English below.
enum DueLetters {
    /// A subject and a body.
    struct Text: Equatable {
        let subject: String
        let body: String
    }

    /// Alarms that are open, to the administrators.
    static func alarm(_ alarms: [DueAlarmView]) -> Text {
        let lines = alarms.map { alarm -> (vi: String, en: String) in
            let day = SentenceParts.vietnameseDay(alarm.night)
            let (lines, usual) = (alarm.lines ?? 0, alarm.usual.map(String.init) ?? "–")
            return switch alarm.kind {
            case "missing": ("Đêm \(day): chưa có danh sách đến hạn.", "Night of \(alarm.night): there is no due list.")
            case "empty":
                (
                    "Đêm \(day): danh sách trống, trong khi vẫn có phương tiện đo có hạn.",
                    "Night of \(alarm.night): the due list is empty, although instruments have deadlines."
                )
            default:
                (
                    "Đêm \(day): danh sách chỉ có \(lines) dòng; thường có \(usual).",
                    "Night of \(alarm.night): the due list has only \(lines) lines; usual are \(usual)."
                )
            }
        }
        let newest = alarms.map(\.night).max() ?? ""
        return Text(
            subject: "Etalon: cảnh báo danh sách đến hạn ngày \(SentenceParts.vietnameseDay(newest)) / due list alarm",
            body: (lines.map(\.vi) + [
                "", "Xem: etalon due runs alarms --open; chạy bù: systemctl start etalon-due.", "",
            ] + lines.map(\.en) + [
                "", "See: etalon due runs alarms --open; catch up: systemctl start etalon-due.", "",
            ]).joined(separator: "\n"))
    }
}
