// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import Jobs
internal import LaboratoryModel

extension JobCheckView {
    /// A finding in words.
    init(_ finding: QueueFinding) {
        let told = finding.sentence
        let remedy = finding.level == .ok ? nil : finding.remedy
        self.init(
            check: finding.check.rawValue, level: finding.level.rawValue, figure: finding.figure, vi: told.vi, en: told.en,
            remedyVi: remedy?.vi, remedyEn: remedy?.en)
    }
}

extension QueueFinding {
    private var listed: String { names.map { "`\($0)`" }.joined(separator: ", ") }

    /// What was found.
    fileprivate var sentence: BilingualSentence {
        switch check {
        case .workers: .init(vi: "\(figure) tiến trình đang nhận việc", en: "\(figure) workers take jobs")
        case .kinds:
            level == .ok
                ? .init(vi: "Mọi loại việc sẵn sàng đều có tiến trình nhận", en: "Some worker takes each kind of ready job")
                : .init(
                    vi: "Không tiến trình nào nhận \(figure) việc sẵn sàng thuộc loại: \(listed)",
                    en: "No worker takes \(figure) ready jobs of the kinds: \(listed)")
        case .orphans:
            .init(
                vi: "\(figure) việc đang chạy ở tiến trình đã im lặng", en: "\(figure) running jobs have a worker that is silent")
        case .lanes:
            level == .ok
                ? .init(vi: "Không có làn nào tạm dừng", en: "No lane is paused")
                : .init(vi: "Các làn tạm dừng: \(listed)", en: "Paused lanes: \(listed)")
        case .ready:
            figure == 0
                ? .init(vi: "Không có việc nào đợi chỗ chạy", en: "No job waits for a slot")
                : .init(
                    vi: "Việc sẵn sàng lâu nhất đã đợi \(Pause(figure).vi), ở làn \(listed)",
                    en: "The oldest ready job has waited \(Pause(figure).en), in the lane \(listed)")
        case .waiting:
            figure == 0
                ? .init(vi: "Không có việc nào quá giờ", en: "No waiting job has passed its moment")
                : .init(
                    vi: "Có việc quá giờ \(Pause(figure).vi)", en: "A waiting job has passed its moment by \(Pause(figure).en)")
        case .dead: .init(vi: "\(figure) việc cần người xử lý", en: "\(figure) jobs wait for a person")
        case .schedules:
            level == .ok
                ? .init(vi: "Mọi lịch đều chạy đúng giờ", en: "Every schedule ran its slots")
                : .init(
                    vi: "Lịch trễ \(Pause(figure).vi): \(listed)", en: "Schedules are late by \(Pause(figure).en): \(listed)")
        case .listener: heard
        default: server
        }
    }

    private var heard: BilingualSentence {
        if level == .fault { return .init(vi: "Thông báo gửi đi không được nghe thấy", en: "What is notified is not heard") }
        if names == ["polling"] {
            return .init(
                vi: "Không nghe thông báo, theo cấu hình: xem định kỳ", en: "It does not listen, by its settings: it polls")
        }
        if names == ["starting"] { return .init(vi: "etalond vừa khởi động", en: "etalond has just started") }
        if level == .warning {
            return .init(vi: "Tiến trình này không chạy việc, không hỏi được", en: "This process runs no jobs and was not asked")
        }
        return .init(vi: "Thông báo được nghe thấy", en: "Notifications are heard")
    }

    private var server: BilingualSentence {
        switch check {
        case .indexes:
            level == .ok
                ? .init(vi: "Mọi chỉ mục đều dùng được", en: "Every index can be used")
                : .init(vi: "Chỉ mục hỏng: \(listed)", en: "Broken indexes: \(listed)")
        case .plans:
            level == .ok
                ? .init(vi: "Việc được tìm bằng chỉ mục riêng phần", en: "Jobs are found by the partial indexes")
                : .init(vi: "Không tìm được việc bằng: \(listed)", en: "Jobs are not found by: \(listed)")
        case .snapshots:
            figure == 0
                ? .init(vi: "Không phiên nào giữ ảnh chụp cũ", en: "No session holds an old snapshot")
                : .init(
                    vi: "Ảnh chụp cũ nhất được giữ \(Pause(figure).vi) bởi \(listed)",
                    en: "The oldest snapshot has been held for \(Pause(figure).en) by \(listed)")
        case .visibility:
            level == .ok
                ? .init(vi: "Thấy được phiên của mọi vai trò", en: "Sessions of all roles are seen")
                : .init(vi: "Không thấy phiên của vai trò khác", en: "Sessions of other roles are not seen")
        case .vacuum: .init(vi: "\(figure) dòng chết trong bảng việc", en: "\(figure) dead rows in the table of jobs")
        case .notifications:
            .init(vi: "Hàng đợi thông báo đầy \(figure) %", en: "The notification queue is \(figure) % full")
        case .clock:
            .init(
                vi: "Đồng hồ của cơ sở dữ liệu và của tiến trình lệch \(figure) giây",
                en: "The clocks of the database and of this process differ by \(figure) seconds")
        default: care
        }
    }

    private var care: BilingualSentence {
        switch check {
        case .clockGuard:
            level == .ok
                ? .init(vi: "Đồng hồ được tin; không gì bị giữ lại", en: "The clock is trusted; nothing is held back")
                : .init(
                    vi: "Đồng hồ của cơ sở dữ liệu nhảy tới \(Pause(figure).vi): lịch và kỳ hạn bị giữ lại",
                    en: "The clock of the database jumped ahead by \(Pause(figure).en): schedules and deadlines are held")
        case .stranded:
            level == .ok
                ? .init(
                    vi: "Không việc nào đợi thời điểm được đặt khi đồng hồ chạy trước",
                    en: "No job waits for a moment that was set while the clock was ahead")
                : .init(
                    vi: "\(figure) việc còn đợi hơn một giờ tới thời điểm được đặt khi đồng hồ chạy trước, như \(listed)",
                    en: "\(figure) jobs wait over an hour for moments that were set while the clock was ahead, such as \(listed)")
        case .partitions:
            level == .ok
                ? .init(vi: "Bảng của các tháng tới đã có", en: "The tables of the months to come are there")
                : names.isEmpty
                    ? .init(vi: "\(figure) dòng chưa có tháng riêng", en: "\(figure) rows have no month of their own")
                    : .init(vi: "Thiếu bảng của tháng này hoặc tháng tới", en: "A table of this month or the next is missing")
        case .upkeep:
            level == .ok
                ? .init(vi: "Các bảng được trông nom", en: "The tables are kept in order")
                : .init(vi: "Không ai trông nom: \(listed)", en: "Nobody does: \(listed)")
        default: .init(vi: "\(figure)", en: "\(figure)")
        }
    }

    /// What to do about it.
    fileprivate var remedy: BilingualSentence {
        switch check {
        case .workers: .init(vi: "Khởi động etalond: `systemctl start etalond`", en: "Start etalond: `systemctl start etalond`")
        case .kinds:
            .init(
                vi: "Cập nhật rồi khởi động lại etalond (phiên bản: `etalon job workers`), hoặc `etalon job cancel`",
                en: "Update and restart etalond (versions: `etalon job workers`), or `etalon job cancel`")
        case .orphans:
            .init(
                vi: "Đợi hết hạn giữ việc (30 giây); nếu vẫn còn, xem nhật ký etalond",
                en: "Wait until the lease runs out (30 s); if they stay, see the log of etalond")
        case .lanes:
            .init(
                vi: "`etalon job log --subject LÀN`, rồi `etalon job resume LÀN`",
                en: "`etalon job log --subject LANE`, then `etalon job resume LANE`")
        case .ready:
            .init(
                vi: "Xem `etalon job why` của việc đó; nâng giới hạn làn hoặc thêm tiến trình",
                en: "See `etalon job why` of it; raise the limit of the lane, or add a process")
        case .waiting:
            .init(
                vi: "Không tiến trình nào xem hàng đợi: xem `etalon job workers` và nhật ký etalond",
                en: "No process looks at the queue: see `etalon job workers` and the log of etalond")
        case .dead:
            .init(
                vi: "`etalon job dead list`; sửa nguyên nhân, rồi `etalon job retry` hoặc `etalon job cancel`",
                en: "`etalon job dead list`; mend the cause, then `etalon job retry` or `etalon job cancel`")
        case .schedules:
            .init(
                vi: "Xem `etalon job schedules` và nhật ký etalond", en: "See `etalon job schedules` and the log of etalond")
        case .listener:
            level == .fault
                ? .init(
                    vi: "Kết nối nghe phải đi thẳng tới PostgreSQL, không qua pooler; việc vẫn chạy, chậm đến 2 giây",
                    en:
                        "The listening connection must go to PostgreSQL itself, not through a pooler; jobs run all the same, up to 2 s later"
                )
                : .init(vi: "Hỏi tiến trình etalond chạy việc", en: "Ask the etalond that runs jobs")
        default: serverRemedy
        }
    }

    private var serverRemedy: BilingualSentence {
        switch check {
        case .indexes:
            .init(
                vi: "Với vai trò etalon_owner: `reindex index concurrently jobs.TÊN`",
                en: "As etalon_owner: `reindex index concurrently jobs.NAME`")
        case .plans:
            .init(
                vi: "Với vai trò etalon_owner: `analyze jobs.job`; nếu thiếu chỉ mục, chạy `etalond migrate`",
                en: "As etalon_owner: `analyze jobs.job`; where an index is missing, run `etalond migrate`")
        case .snapshots:
            .init(
                vi: "Kết thúc phiên đó (`pg_terminate_backend`) hoặc chuyển báo cáo sang bản sao",
                en: "End that session (`pg_terminate_backend`), or move the report to a replica")
        case .visibility:
            .init(
                vi: "Với vai trò quản trị PostgreSQL: `grant pg_read_all_stats to etalon`",
                en: "As the superuser of PostgreSQL: `grant pg_read_all_stats to etalon`")
        case .vacuum:
            .init(
                vi: "Xem ai giữ ảnh chụp cũ; với vai trò etalon_owner: `vacuum jobs.job`",
                en: "See who holds an old snapshot; as etalon_owner: `vacuum jobs.job`")
        case .notifications:
            .init(
                vi: "Một phiên LISTEN không đọc: tìm trong pg_stat_activity và kết thúc nó",
                en: "A session that listens does not read: find it in pg_stat_activity and end it")
        case .clock:
            .init(
                vi: "Đồng hồ của cơ sở dữ liệu quyết định; chỉnh NTP trên cả hai máy",
                en: "The clock of the database decides; mend NTP on both machines")
        default: careRemedy
        }
    }

    private var careRemedy: BilingualSentence {
        switch check {
        case .clockGuard:
            .init(
                vi: "Kiểm tra giờ của máy chủ; nếu đúng: `etalon job clock release --reason …`",
                en: "Check the time of the server; if it is right: `etalon job clock release --reason …`")
        case .stranded:
            .init(
                vi: "Xem từng việc bằng `etalon job show SỐ`; việc nào cần chạy ngay: `etalon job retry SỐ`",
                en: "See each with `etalon job show ID`; those that should run now: `etalon job retry ID`")
        case .partitions:
            .init(
                vi: "etalond tự tạo; nếu không, với vai trò etalon_owner: `select jobs.prepare_partitions()`",
                en: "etalond makes them; if it does not, as etalon_owner: `select jobs.prepare_partitions()`")
        case .upkeep:
            .init(
                vi: "etalond tự làm mỗi vài phút: tìm `upkeep failed` trong nhật ký của nó",
                en: "etalond does it every few minutes: look for `upkeep failed` in its log")
        default: .init(vi: "", en: "")
        }
    }
}
