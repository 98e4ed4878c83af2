// SPDX-License-Identifier: Apache-2.0

extension Terms {
    /// What something is in: samples, results, documents, stamps, jobs.
    static let states: [Entry] = [
        ("received", "đã nhận", "received"), ("in_progress", "đang thử", "in progress"),
        ("to_review", "chờ soát xét", "to review"), ("approved", "đã duyệt", "approved"),
        ("reported", "đã có báo cáo", "reported"), ("rejected", "không nhận", "rejected"),
        ("waiting", "đang chờ", "waiting"), ("entered", "đã nhập", "entered"), ("sent_back", "bị trả lại", "sent back"),
        ("identical", "giống từng chữ số", "identical"), ("different", "khác", "different"),
        ("not_evaluated", "không có phép tính", "not evaluated"),
        ("checked", "đã kiểm tra", "checked"), ("loaded", "đã nạp", "loaded"), ("unchanged", "không thay đổi", "unchanged"),
        ("numbered", "đã lấy số", "numbered"), ("rendered", "chờ ký", "to be signed"),
        ("issued", "đã phát hành", "issued"), ("amended", "đã được thay thế", "amended"),
        ("withdrawn", "đã thu hồi", "withdrawn"), ("voided", "đã hủy số", "voided"), ("assigned", "đã giao", "assigned"),
        ("affixed", "đã dán", "affixed"), ("void", "hủy", "void"), ("lost", "mất", "lost"),
        ("returned", "đã trả lại kho", "returned"), ("removed", "đã tháo", "removed"), ("twice", "nêu hai lần", "named twice"),
        ("valid", "có hiệu lực", "valid"), ("not_yet_issued", "chưa phát hành", "not yet issued"),
        ("ended_early", "mất hiệu lực trước hạn", "ended early"), ("suspended", "bị đình chỉ", "suspended"),
        ("restored", "được khôi phục", "restored"), ("ready", "sẵn sàng", "ready"), ("running", "đang chạy", "running"),
        ("succeeded", "đã xong", "succeeded"), ("superseded", "đã có việc mới hơn", "superseded"),
        ("cancelled", "đã bỏ", "cancelled"), ("dead", "cần người xử lý", "dead"),
    ]

    /// What workers, schedules and checks of the queue are in.
    static let queue: [Entry] = [
        ("live", "đang sống", "live"), ("stopping", "đang dừng", "stopping"), ("silent", "im lặng", "silent"),
        ("enqueued", "đã vào hàng đợi", "enqueued"), ("skipped", "bỏ qua", "skipped"),
        ("latest", "lần gần nhất", "the latest"), ("skip", "bỏ qua", "skip"), ("queue", "xếp hàng", "queue"),
        ("warning", "cảnh báo", "warning"), ("fault", "hỏng", "fault"),
        ("workers", "tiến trình", "workers"), ("orphans", "việc mồ côi", "orphans"), ("lanes", "làn", "lanes"),
        ("schedules", "lịch chạy", "schedules"), ("listener", "nghe thông báo", "listener"), ("indexes", "chỉ mục", "indexes"),
        ("plans", "cách tìm", "plans"), ("snapshots", "ảnh chụp cũ", "snapshots"), ("visibility", "tầm nhìn", "visibility"),
        ("vacuum", "dọn bảng", "vacuum"), ("notifications", "thông báo", "notifications"), ("clock", "đồng hồ", "clock"),
        ("due_run", "danh sách đến hạn", "due list"), ("reminders", "lời nhắc", "reminders"),
        ("clock_guard", "chốt đồng hồ", "clock guard"), ("kinds", "loại việc", "kinds"), ("stranded", "mắc kẹt", "stranded"),
        ("due_timer", "đồng hồ hẹn giờ của danh sách", "timer of the due list"),
        ("partitions", "bảng tháng", "months"), ("upkeep", "trông nom", "upkeep"),
    ]

    /// What something came to.
    static let conclusions: [Entry] = [
        ("pass", "đạt", "pass"), ("fail", "không đạt", "fail"), ("refused", "từ chối", "refused"),
        ("not_done", "không thực hiện", "not done"), ("calibrated", "đã hiệu chuẩn", "calibrated"),
        ("tested", "đã thử nghiệm", "tested"),
        ("informative", "tham khảo", "informative"), ("not_applicable", "không áp dụng", "not applicable"),
        ("above_limit", "vượt giới hạn", "above the limit"), ("below_limit", "dưới giới hạn", "below the limit"),
        ("outside_limit", "ngoài giới hạn", "outside the limit"),
        ("limit_undecidable", "không kết luận được", "limit undecidable"),
        ("below_reporting_limit", "dưới ngưỡng báo cáo", "below the reporting limit"),
        ("more_digits_than_method", "nhiều chữ số hơn phương pháp cho phép", "more digits than the method gives"),
        ("altered", "bị sửa", "altered"), ("missing", "bị mất", "missing"), ("no entry", "không có dấu vết", "no entry"),
        ("entries altered", "dấu vết bị sửa", "entries altered"), ("balanced", "khớp", "balanced"),
        ("not_balanced", "không khớp", "not balanced"), ("ok", "được", "ok"), ("error", "lỗi", "error"),
        ("exists", "đã có", "exists"), ("simple_acceptance", "chấp nhận đơn giản", "simple acceptance"),
    ]

    /// What is due, since when, and which reminder it was.
    static let deadlines: [Entry] = [
        ("overdue", "quá hạn", "overdue"), ("due", "đến hạn", "due"),
        ("not_under_control", "không thuộc diện kiểm định", "not under control"),
        ("expired", "hết hiệu lực", "expired"), ("ended-early", "mất hiệu lực sớm", "ended early"),
        ("failed", "kiểm định không đạt", "verification failed"),
        ("never-verified", "chưa từng kiểm định", "never verified"), ("never_verified", "chưa từng kiểm định", "never verified"),
        ("never-calibrated", "chưa từng hiệu chuẩn", "never calibrated"),
        ("never-calibration", "chưa từng hiệu chuẩn", "never calibrated"),
        ("never-certification", "chưa từng chứng nhận", "never certified"),
        ("type", "loại", "type"), ("proposed", "đề xuất", "proposed"),
        ("mailed", "đã gửi thư", "mailed"), ("no_address", "không báo được ai", "nobody told"),
        ("named_default", "gửi địa chỉ nhận phần chưa giao", "to whom the unassigned goes"),
        ("unaddressed", "khách hàng không có địa chỉ", "customers without an address"),
        ("staff", "nhân viên", "staff"),
        ("on_hold", "tạm hoãn", "on hold"), ("accreditation", "công nhận", "accreditation"),
        ("overridden", "hạn theo quyết định", "set by a decision"),
        ("agreed", "theo thỏa thuận", "as agreed"),
        ("as_advised", "theo đề xuất của phòng thí nghiệm", "as the laboratory advises"),
        ("agreement", "thỏa thuận", "agreement"), ("proposal", "đề xuất", "proposal"),
        ("staircase", "bậc thang", "staircase"), ("control_chart", "biểu đồ kiểm soát", "control chart"),
        ("in_use_time", "thời gian sử dụng", "in-use time"),
        ("card", "thời hạn thẻ", "card"), ("retention", "hạn lưu mẫu", "retention"),
    ]

    /// Steps of a derivation and what stands in them.
    static let derivation: [Entry] = [
        ("anchor", "mốc", "anchor"), ("interval", "chu kỳ", "interval"), ("last_day", "ngày cuối", "last day"),
        ("END_OF_MONTH", "cuối tháng", "end of the month"), ("ANNIVERSARY", "tròn chu kỳ", "anniversary"),
        ("none", "không có", "none"), ("no expiry", "không thời hạn", "no expiry"),
        ("verification concluded pass", "kiểm định kết luận đạt", "verification concluded pass"),
        ("verification concluded fail", "kiểm định kết luận không đạt", "verification concluded fail"),
        ("in use without a verification", "sử dụng khi chưa kiểm định", "in use without a verification"),
        ("agreed interval", "chu kỳ thỏa thuận", "agreed interval"),
        ("advised interval", "chu kỳ đề xuất đã ký", "advised interval"),
        ("procedure interval", "chu kỳ của quy trình", "procedure interval"), ("not_used", "không áp dụng", "not used"),
        ("plan_by", "làm trước ngày", "plan by"), ("grace", "thời gian gia hạn", "grace"),
        ("working day before", "ngày làm việc liền trước", "working day before"),
        ("accepted plan", "kế hoạch đã duyệt", "accepted plan"), ("decision", "quyết định", "decision"),
        ("suspension", "tạm hoãn", "suspension"), ("open", "chưa định", "open"), ("paper", "giấy chứng nhận", "paper"),
        ("calibration concluded", "hiệu chuẩn kết luận", "calibration concluded"),
        (
            "type not in the group-2 table on this date", "loại không có trong bảng nhóm 2 vào ngày đó",
            "type not in the group-2 table on this date"
        ),
        ("no policy in force: the anniversary", "không có quy tắc: tròn chu kỳ", "no policy in force: the anniversary"),
        ("high", "cao", "high"), ("medium", "trung bình", "medium"), ("low", "thấp", "low"),
        ("assumed", "giả định", "assumed"),
    ]

    /// What happened to samples, instruments and documents.
    static let events: [Entry] = [
        ("accepted", "tiếp nhận", "accepted"), ("handed_over", "bàn giao", "handed over"),
        ("stored", "đưa vào lưu", "stored"), ("disposed", "thanh lý", "disposed"),
        ("seal_broken", "đứt niêm", "seal broken"), ("stamp_lost", "mất tem", "stamp lost"),
        ("mark_lost", "mất dấu", "mark lost"), ("repaired", "đã sửa chữa", "repaired"), ("changed", "đã thay đổi", "changed"),
        ("failed_inspection", "thanh tra không đạt", "failed inspection"),
        ("evidence_recalled", "thu hồi chứng cứ", "evidence recalled"), ("moved", "chuyển chỗ", "moved"),
        ("owner_changed", "đổi chủ", "owner changed"), ("taken_out", "ngừng sử dụng", "taken out of use"),
        ("put_back", "dùng lại", "put back into use"), ("event", "sự kiện", "event"),
        ("measurement", "lần đo", "measurement"),
    ]

    /// How far mails and messages to webhooks got, and why they wait.
    static let deliveries: [Entry] = [
        ("resend", "gửi lại", "send again"), ("hold", "giữ lại", "hold"), ("recorded", "đã ghi, chờ gửi", "recorded"),
        ("held", "giữ lại", "held"), ("transmitting", "đang gửi", "transmitting"),
        ("deferred", "sẽ thử lại", "to be tried again"),
        ("unknown", "không rõ đã gửi chưa", "unknown"), ("bounced", "bị trả về", "bounced"),
        ("resent", "được gửi lại", "sent again"), ("marked_sent", "được xác nhận đã gửi", "marked as sent"),
        ("gone", "nơi nhận đã ngừng", "gone"), ("not_configured", "chưa cấu hình nơi gửi", "no sender configured"),
        ("switched_off", "thư đang tắt", "mail is switched off"), ("address_invalid", "địa chỉ sai", "address not valid"),
        ("address_quarantined", "địa chỉ bị cách ly", "address in quarantine"), ("too_large", "quá lớn", "too large"),
        ("by_person", "do người giữ", "held by a person"), ("outcome_unknown", "không rõ đã gửi chưa", "outcome unknown"),
        ("given_up", "thử quá nhiều lần", "tried too often"), ("quarantined", "bị cách ly", "in quarantine"),
        ("cleared", "được bỏ cách ly", "cleared"), ("due_list", "danh sách đến hạn", "due list"), ("alarm", "báo động", "alarm"),
        ("legal_notice", "thông báo pháp lý", "legal notice"), ("reminder", "nhắc hạn", "reminder"),
    ]
}
