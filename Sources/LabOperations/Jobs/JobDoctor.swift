// SPDX-License-Identifier: Apache-2.0
package import APIContract
internal import Glibc
package import Jobs
package import LabStore
package import LaboratoryModel

/// What the process that answers knows of its own runner and of its machine.
package struct JobDesk: Sendable {
    private let dueTimerZones: @Sendable () -> [String]?
    private let probe: @Sendable () async -> ListenerProbe

    /// A desk beside a runner; without one nothing is asked.
    ///
    /// - Parameters:
    ///   - dueTimerZones: time zones that the timer of the due list counts in; nil where the machine has none.
    ///   - probe: sends a notification to the runner of this process and waits for it to be heard.
    package init(
        dueTimerZones: @escaping @Sendable () -> [String]? = { nil },
        probe: @escaping @Sendable () async -> ListenerProbe = { .notAsked }
    ) {
        (self.dueTimerZones, self.probe) = (dueTimerZones, probe)
    }

    /// Asks for all of it.
    package func evidence() async -> DoctorEvidence { DoctorEvidence(await probe(), dueTimerZones: dueTimerZones()) }
}

/// What an examination cannot find in the database.
package struct DoctorEvidence: Sendable {
    let probe: ListenerProbe
    let dueTimerZones: [String]?

    /// What a process found on its machine; nil zones: it has no timer of the due list.
    package init(_ probe: ListenerProbe, dueTimerZones: [String]? = nil) {
        (self.probe, self.dueTimerZones) = (probe, dueTimerZones)
    }
}

/// Examines the queue, the server around it, and what the laboratory expects of both.
package enum JobDoctor: Question {
    package static let roles = jobReaders

    package static func answer(
        _ evidence: DoctorEvidence, in setting: ActSetting, on database: isolated Transaction
    ) throws -> JobDoctorView {
        var moment = timespec()
        clock_gettime(CLOCK_REALTIME, &moment)
        let clock = Int64(moment.tv_sec) * 1000 + Int64(moment.tv_nsec) / 1_000_000
        var checks = try QueueDoctor.examine(probe: evidence.probe, clock: clock, on: database).map(JobCheckView.init)
        checks.append(try dueRun(on: database))
        checks.append(try reminders(on: database))
        if let zones = evidence.dueTimerZones, !zones.isEmpty { checks.append(try dueTimer(zones, on: database)) }
        let at = try database.only(Statements.dueNow).now
        return JobDoctorView(
            healthy: !checks.contains { $0.level == FindingLevel.fault.rawValue }, checkedAt: at, checks: checks)
    }

    /// The timer makes the list in the night of the laboratory, not of another place.
    private static func dueTimer(_ zones: [String], on database: isolated Transaction) throws -> JobCheckView {
        let ours = try database.only(Statements.zonesApart, zones)
        guard !ours.apart.isEmpty else {
            return JobCheckView(
                check: "due_timer", level: FindingLevel.ok.rawValue, figure: 0,
                vi: "etalon-due.timer tính giờ theo múi giờ của phòng thí nghiệm",
                en: "etalon-due.timer counts in the time zone of the laboratory")
        }
        let named = ours.apart.map { "`\($0)`" }.joined(separator: ", ")
        let lines = "`[Timer]`, `OnCalendar=`, `OnCalendar=*-*-* 02:00:00 \(ours.name)`"
        return JobCheckView(
            check: "due_timer", level: FindingLevel.warning.rawValue, figure: ours.apart.count,
            vi: "etalon-due.timer tính giờ theo \(named), phòng thí nghiệm theo `\(ours.name)`",
            en: "etalon-due.timer counts in \(named), the laboratory in `\(ours.name)`",
            remedyVi: "`systemctl edit etalon-due.timer`: \(lines); etalon-backup.timer cũng vậy",
            remedyEn: "`systemctl edit etalon-due.timer`: \(lines); likewise etalon-backup.timer")
    }

    /// Every reminder reaches somebody, and whatever has no address of its own has somebody named for it.
    private static func reminders(on database: isolated Transaction) throws -> JobCheckView {
        let reach = try database.only(Statements.reminderReach)
        guard reach.isOn else { return mailIsOff(unreached: reach.unreached) }
        guard reach.unreached > 0 || reach.isOpen else {
            return JobCheckView(
                check: "reminders", level: FindingLevel.ok.rawValue, figure: 0, vi: "Mọi lời nhắc đều đến được người nhận",
                en: "Every reminder reached somebody")
        }
        let missed = reach.audiences.map(SentenceParts.word)
        let said: BilingualSentence =
            reach.unreached == 0
            ? .init(
                vi: "Chưa có địa chỉ nhận phần chưa giao: lời nhắc không có người nhận sẽ không đến được ai",
                en: "Nobody is named for what is unassigned: a reminder without an addressee would reach nobody")
            : .init(
                vi:
                    "\(reach.unreached) lời nhắc trong bảy ngày qua không đến được ai: \(missed.map(\.vi).joined(separator: ", "))",
                en:
                    "\(reach.unreached) \(reach.unreached == 1 ? "reminder" : "reminders") of the last seven days reached nobody: "
                    + missed.map(\.en).joined(separator: ", "))
        return JobCheckView(
            check: "reminders", level: FindingLevel.warning.rawValue, figure: reach.unreached, vi: said.vi, en: said.en,
            remedyVi:
                "Đặt `mail.unassigned` cùng `mail.sender` trong `/etc/etalon/etalon.yaml` rồi khởi động lại etalond; địa chỉ riêng: `etalon tell assign`, `etalon tell subscribe`, "
                + "`config/reminders.yaml`; những gì đã lỡ: `etalon deadline notices`, `etalon due list`",
            remedyEn:
                "Set `mail.unassigned` beside `mail.sender` in `/etc/etalon/etalon.yaml` and restart etalond; addresses of their own: `etalon tell assign`, "
                + "`etalon tell subscribe`, `config/reminders.yaml`; what was missed: `etalon deadline notices`, `etalon due list`"
        )
    }

    /// Without mail nobody is reminded, which is one thing to say, not one for each reminder.
    private static func mailIsOff(unreached: Int) -> JobCheckView {
        JobCheckView(
            check: "reminders", level: FindingLevel.warning.rawValue, figure: unreached,
            vi: "Chưa cấu hình gửi thư, hoặc đã tắt: lời nhắc và danh sách đến hạn không được gửi cho ai",
            en: "Mail is not set up, or switched off: reminders and due lists are sent to nobody",
            remedyVi:
                "Đặt `mail.sender` và `mail.unassigned` trong `/etc/etalon/etalon.yaml` rồi khởi động lại etalond; "
                + "trong khi chờ: `etalon due list`, `etalon deadline notices`",
            remedyEn:
                "Set `mail.sender` and `mail.unassigned` in `/etc/etalon/etalon.yaml` and restart etalond; "
                + "until then: `etalon due list`, `etalon deadline notices`")
    }

    /// The list of every night is there: made for today, or for yesterday while today's night is not over.
    private static func dueRun(on database: isolated Transaction) throws -> JobCheckView {
        guard let days = try database.only(Statements.dueRunAge).days else {
            return JobCheckView(
                check: "due_run", level: FindingLevel.warning.rawValue, figure: 0,
                vi: "Chưa đêm nào có danh sách đến hạn", en: "No night has a due list yet",
                remedyVi: "`systemctl enable --now etalon-due.timer`, rồi `systemctl start etalon-due`",
                remedyEn: "`systemctl enable --now etalon-due.timer`, then `systemctl start etalon-due`")
        }
        let level = FindingLevel(days, warning: 1, fault: 2)
        guard level != .ok else {
            return JobCheckView(
                check: "due_run", level: level.rawValue, figure: days, vi: "Đã có danh sách đến hạn của đêm nay",
                en: "The due list of this night is there")
        }
        return JobCheckView(
            check: "due_run", level: level.rawValue, figure: days,
            vi: "Danh sách đến hạn mới nhất của đêm là từ \(days) ngày trước",
            en: "The newest night with a due list was \(days) days ago",
            remedyVi: "Xem `systemctl status etalon-due`, rồi `systemctl start etalon-due`",
            remedyEn: "See `systemctl status etalon-due`, then `systemctl start etalon-due`")
    }
}

/// Everything that a live view of the queue shows.
package enum JobOverview: Question {
    package static let roles = jobReaders

    package static func answer(_ nothing: Void, in setting: ActSetting, on database: isolated Transaction) throws -> QueueOverview
    {
        try QueueOverview.read(on: database)
    }
}
