// SPDX-License-Identifier: Apache-2.0

/// Tables of background work.
enum JobTables {
    static let jobs = [
        Column("id", vi: "Số", en: "Number", .number), Column("kind", vi: "Việc", en: "Kind"),
        Column("lane", vi: "Làn", en: "Lane"),
        Column("state", vi: "Trạng thái", en: "State", emphasis: Wording.emphasis),
        Column("attempt", vi: "Lần thử", en: "Attempt", .number),
        Column("max_attempt", vi: "Nhiều nhất", en: "At most", .number), Column("key", vi: "Khóa", en: "Key"),
        Column("run_at", vi: "Chạy từ", en: "Runs from", .moment), Column("last_error", vi: "Lỗi cuối", en: "Last error"),
    ]

    static let job = [
        Column("id", vi: "Số", en: "Number"), Column("kind", vi: "Việc", en: "Kind"), Column("lane", vi: "Làn", en: "Lane"),
        Column("state", vi: "Trạng thái", en: "State", emphasis: Wording.emphasis), Column("key", vi: "Khóa", en: "Key"),
        Column("attempt", vi: "Lần thử", en: "Attempt"), Column("max_attempt", vi: "Nhiều nhất", en: "At most"),
        Column("rescues", vi: "Lần được cứu", en: "Rescues"), Column("worker", vi: "Tiến trình", en: "Worker"),
        Column("enqueued_at", vi: "Vào hàng đợi", en: "Enqueued", .moment), Column("enqueued_by", vi: "Do", en: "By"),
        Column("run_at", vi: "Chạy từ", en: "Runs from", .moment), Column("finished_at", vi: "Kết thúc", en: "Ended", .moment),
        Column("is_cancel_requested", vi: "Được yêu cầu dừng", en: "Asked to end"),
        Column("reason", vi: "Bỏ cuộc vì", en: "Given up because"), Column("last_error", vi: "Lỗi cuối", en: "Last error"),
        Column("time_limit_milliseconds", vi: "Thời hạn chạy (ms)", en: "Time limit (ms)"),
        Column("flow.batch", vi: "Thuộc lô", en: "Batch"), Column("flow.after", vi: "Chạy sau việc", en: "Comes after"),
        Column("flow.waits_for", vi: "Còn đợi việc", en: "Still waits for"),
        Column("flow.followers", vi: "Việc chạy sau nó", en: "Followed by"), Column("flow.keys", vi: "Khóa lượt", en: "Keys"),
        Column("flow.in_line_for", vi: "Đang đợi lượt", en: "In line for"),
        Column("flow.held_by", vi: "Lượt do việc", en: "Held by"), Column("trace", vi: "Dấu vết", en: "Trace"),
        Column("payload", vi: "Nội dung", en: "Payload"),
    ]

    static let jobSections = [
        Section(
            "failures", vi: "Các lần thử không xong", en: "Failed attempts",
            [
                Column("attempt", vi: "Lần", en: "Attempt", .number), Column("at", vi: "Lúc", en: "At", .moment),
                Column("worker", vi: "Tiến trình", en: "Worker", .number), Column("error", vi: "Lỗi", en: "Error"),
            ]),
        Section(
            "flow.steps", vi: "Các bước đã xong", en: "Steps done",
            [
                Column("name", vi: "Bước", en: "Step"), Column("attempt", vi: "Lần", en: "Attempt", .number),
                Column("at", vi: "Lúc", en: "At", .moment),
            ]),
        Section("interventions", vi: "Người đã can thiệp", en: "What operators did", interventions),
    ]

    static let interventions = [
        Column("at", vi: "Lúc", en: "At", .moment), Column("actor", vi: "Người", en: "Person"),
        Column("act", vi: "Việc", en: "Act"), Column("subject", vi: "Về", en: "To"),
        Column("detail", vi: "Chi tiết", en: "Detail"),
        Column("reason", vi: "Lý do", en: "Why"),
    ]

    static let why = [
        Column("job", vi: "Số", en: "Number"), Column("kind", vi: "Việc", en: "Kind"), Column("lane", vi: "Làn", en: "Lane"),
        Column("state", vi: "Trạng thái", en: "State", emphasis: Wording.emphasis),
    ]

    static let reasons = Section("reasons", vi: "Vì sao", en: "Why", [Column("vi", vi: "Lý do", en: "Reason", .dated)])

    static let redriven = [
        Column("jobs", vi: "Chạy lại", en: "Run again"), Column("left", vi: "Còn lại", en: "Left"),
    ]

    static let statistics = [
        Column("lane", vi: "Làn", en: "Lane"), Column("is_paused", vi: "Tạm dừng", en: "Paused"),
        Column("waiting", vi: "Đợi giờ", en: "Waiting", .number), Column("ready", vi: "Sẵn sàng", en: "Ready", .number),
        Column("running", vi: "Đang chạy", en: "Running", .number), Column("dead", vi: "Cần người xử lý", en: "Dead", .number),
        Column("oldest_ready_seconds", vi: "Đợi lâu nhất (s)", en: "Oldest (s)", .number),
    ]

    static let kinds = [
        Column("kind", vi: "Việc", en: "Kind"), Column("lane", vi: "Làn", en: "Lane"),
        Column("succeeded", vi: "Xong", en: "Done", .number), Column("superseded", vi: "Thừa", en: "Superseded", .number),
        Column("cancelled", vi: "Bị bỏ", en: "Cancelled", .number),
        Column("tried_again", vi: "Thử lại", en: "Tried again", .number),
        Column("dead", vi: "Cần người xử lý", en: "Dead", .number),
        Column("mean_wait_milliseconds", vi: "Đợi (ms)", en: "Wait (ms)", .number),
        Column("mean_run_milliseconds", vi: "Chạy (ms)", en: "Run (ms)", .number),
        Column("longest_run_milliseconds", vi: "Lâu nhất (ms)", en: "Longest (ms)", .number),
    ]

    static let lanes = [
        Column("lane", vi: "Làn", en: "Lane"), Column("is_paused", vi: "Tạm dừng", en: "Paused"),
        Column("paused_at", vi: "Từ", en: "Since", .moment), Column("max_running", vi: "Nhiều nhất", en: "At most", .number),
        Column("rate_count", vi: "Khởi chạy", en: "Starts", .number),
        Column("rate_seconds", vi: "Trong (s)", en: "Within (s)", .number),
        Column("is_fair", vi: "Chia lượt", en: "Shared out"),
        Column("ready", vi: "Sẵn sàng", en: "Ready", .number), Column("running", vi: "Đang chạy", en: "Running", .number),
        Column("dead", vi: "Cần người xử lý", en: "Dead", .number),
        Column("oldest_ready_seconds", vi: "Đợi lâu nhất (s)", en: "Oldest (s)", .number),
    ]

    static let workers = [
        Column("id", vi: "Số", en: "Number", .number), Column("host", vi: "Máy", en: "Host"),
        Column("pid", vi: "PID", en: "PID", .number), Column("version", vi: "Phiên bản", en: "Version"),
        Column("started_at", vi: "Bắt đầu", en: "Started", .moment),
        Column("state", vi: "Trạng thái", en: "State", emphasis: Wording.emphasis),
        Column("silent_seconds", vi: "Im lặng (s)", en: "Silent (s)", .number),
        Column("running", vi: "Đang chạy", en: "Running", .number),
    ]

    static let schedules = [
        Column("key", vi: "Lịch", en: "Schedule"), Column("pattern", vi: "Khi nào", en: "When"),
        Column("tz", vi: "Múi giờ", en: "Zone"), Column("kind", vi: "Việc", en: "Kind"),
        Column("is_enabled", vi: "Đang bật", en: "Enabled"), Column("next_slot", vi: "Lần tới", en: "Next slot", .moment),
        Column("late_seconds", vi: "Trễ (s)", en: "Late (s)", .number),
        Column("last_slot", vi: "Lần cuối", en: "Last slot", .moment),
        Column("outcome", vi: "Kết quả", en: "Outcome", emphasis: Wording.emphasis), Column("reason", vi: "Vì", en: "Because"),
        Column("catch_up", vi: "Chạy bù", en: "Catch-up"), Column("overlap", vi: "Khi chồng", en: "Overlap"),
    ]

    static let scheduleRuns = [
        Column("slot", vi: "Lần", en: "Slot", .moment),
        Column("outcome", vi: "Kết quả", en: "Outcome", emphasis: Wording.emphasis),
        Column("job_id", vi: "Việc", en: "Job", .number), Column("at", vi: "Ghi lúc", en: "Noted", .moment),
        Column("reason", vi: "Vì", en: "Because"),
    ]

    static let forecast = [
        Column("slot", vi: "Lần", en: "Slot", .moment), Column("schedule", vi: "Lịch", en: "Schedule"),
        Column("kind", vi: "Việc", en: "Kind"), Column("instant", vi: "Lúc", en: "Instant"),
        Column("note_vi", vi: "Lưu ý", en: "Note"),
    ]

    static let clock = [
        Column("clock.now", vi: "Đồng hồ", en: "Clock", .moment),
        Column("clock.held_at", vi: "Giữ lại từ", en: "Held since", .moment),
        Column("clock.expected_at", vi: "Lẽ ra là", en: "Expected", .moment),
        Column("clock.shift_seconds", vi: "Nhảy tới (s)", en: "Ahead by (s)", .number),
        Column("clock.noticed_by", vi: "Ai thấy", en: "Noticed by"),
        Column("clock.due_schedules", vi: "Lịch sẽ chạy ngay", en: "Schedules due", .number),
        Column("clock.released_at", vi: "Cho chạy lại lúc", en: "Released", .moment),
        Column("clock.released_by", vi: "Bởi", en: "By"), Column("clock.released_reason", vi: "Vì", en: "Because"),
    ]

    static let clockEvents = Section(
        "events", vi: "Đã xảy ra", en: "What happened",
        [
            Column("at", vi: "Lúc", en: "At", .moment), Column("vi", vi: "Việc", en: "Event"),
            Column("shift_seconds", vi: "Lệch (s)", en: "Shift (s)", .number), Column("who", vi: "Ai", en: "Who"),
            Column("reason", vi: "Vì", en: "Because"),
        ])

    static let doctor = [
        Column("healthy", vi: "Không hỏng hóc", en: "No fault", emphasis: { ["có", "yes"].contains($0) ? .good : .bad }),
        Column("checked_at", vi: "Khám lúc", en: "Examined", .moment),
    ]

    static let checks = Section(
        "checks", vi: "Từng mục", en: "Checks",
        [
            Column("level", vi: "Mức", en: "Level", emphasis: Wording.emphasis), Column("check", vi: "Mục", en: "Check"),
            Column("vi", vi: "Thấy gì", en: "Found", .dated), Column("remedy_vi", vi: "Làm gì", en: "What to do"),
        ])

    static let overview = [
        Column("figures.at", vi: "Lúc", en: "At", .moment), Column("figures.live_workers", vi: "tiến trình", en: "workers"),
        Column("figures.waiting", vi: "đợi giờ", en: "waiting"),
        Column("figures.due_within_hour", vi: "trong 1 giờ", en: "within 1 h"),
        Column("figures.due_within_day", vi: "trong 24 giờ", en: "within 24 h"),
        Column("figures.dead", vi: "cần người xử lý", en: "dead"),
    ]

    static let overviewLanes = Section(
        "lanes", vi: "Các làn", en: "Lanes",
        [
            Column("lane", vi: "Làn", en: "Lane"), Column("is_paused", vi: "Dừng", en: "Paused"),
            Column("ready", vi: "Sẵn sàng", en: "Ready", .number),
            Column("oldest_ready_seconds", vi: "Đợi (s)", en: "Oldest (s)", .number),
            Column("running", vi: "Chạy", en: "Running", .number),
            Column("max_running", vi: "Nhiều nhất", en: "At most", .number),
            Column("finished", vi: "Xong/phút", en: "Ended/min", .number),
            Column("failed", vi: "Lỗi/phút", en: "Failed/min", .number), Column("dead", vi: "Cần xử lý", en: "Dead", .number),
        ])

    static let overviewRunning = Section(
        "running", vi: "Đang chạy", en: "Running",
        [
            Column("id", vi: "Số", en: "Number", .number), Column("kind", vi: "Việc", en: "Kind"),
            Column("lane", vi: "Làn", en: "Lane"), Column("seconds", vi: "Giây", en: "Seconds", .number),
            Column("attempt", vi: "Lần", en: "Attempt", .number), Column("worker", vi: "Tiến trình", en: "Worker", .number),
            Column("key", vi: "Khóa", en: "Key"),
        ])

    static let overviewFailures = Section(
        "failures", vi: "Lỗi gần nhất", en: "Latest failures",
        [
            Column("at", vi: "Lúc", en: "At", .moment), Column("job", vi: "Việc", en: "Job", .number),
            Column("kind", vi: "Loại", en: "Kind"), Column("attempt", vi: "Lần", en: "Attempt", .number),
            Column("error", vi: "Lỗi", en: "Error"),
        ])

    static let overviewWorkers = Section("workers", vi: "Tiến trình", en: "Workers", workers)
}
