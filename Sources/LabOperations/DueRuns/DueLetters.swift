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
        var remedies: [(vi: String, en: String)] = []
        if alarms.contains(where: { $0.kind == "missing" }) { remedies.append(missing) }
        if alarms.contains(where: { $0.kind != "missing" }) { remedies.append(doubtful) }
        let vietnamese = lines.map(\.vi) + ["", "Xem: etalon due runs alarms --open."] + remedies.map(\.vi)
        let english = lines.map(\.en) + ["", "See: etalon due runs alarms --open."] + remedies.map(\.en)
        let newest = alarms.map(\.night).max() ?? ""
        return Text(
            subject: "Etalon: cảnh báo danh sách đến hạn ngày \(SentenceParts.vietnameseDay(newest)) / due list alarm",
            body: (vietnamese + [""] + english + [""]).joined(separator: "\n"))
    }

    /// What is to be done about a night without its list.
    private static let missing = (
        vi: "Đêm chưa có danh sách, chạy bù: systemctl start etalon-due.",
        en: "A night without its list is made up for: systemctl start etalon-due."
    )

    /// What is to be done about a list that is there and wrong.
    private static let doubtful = (
        vi: "Danh sách trống hoặc thiếu dòng giữ nguyên, không lập lại; xem vừa có nhập dữ liệu, sửa hàng loạt hay tạm hoãn nào "
            + "không. Cảnh báo hết khi có đêm sau bình thường. Danh sách đã sửa, không gửi cho ai: etalon due emit --on NGÀY --out THƯ_MỤC.",
        en: "An empty or small list stays as it was and is not made again; see whether an import, a mass change or a hold took "
            + "deadlines away. The next good night ends the alarm. The corrected list, mailed to nobody: "
            + "etalon due emit --on DATE --out FOLDER."
    )
}
