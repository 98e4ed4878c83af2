// SPDX-License-Identifier: Apache-2.0

extension Terms {
    /// Kinds of work, evidence, documents and samples, and who signs.
    static let kinds: [Entry] = [
        ("verification", "kiểm định", "verification"), ("calibration", "hiệu chuẩn", "calibration"),
        ("test", "thử nghiệm", "test"),
        ("certification", "chứng nhận chuẩn", "certification"), ("initial", "ban đầu", "initial"),
        ("periodic", "định kỳ", "periodic"), ("after_repair", "sau sửa chữa", "after repair"),
        ("as_found", "như nhận", "as found"), ("as_left", "sau hiệu chỉnh", "as left"), ("stamp", "tem", "stamp"),
        ("seal", "chì niêm", "seal"), ("mark", "dấu", "mark"), ("totaliser_seal", "niêm bộ đếm tổng", "totaliser seal"),
        ("inspection_seal", "niêm thanh tra", "inspection seal"),
        ("test_report", "phiếu kết quả thử nghiệm", "test report"),
        ("verification_record", "biên bản kiểm định", "verification record"),
        ("verification_certificate", "giấy chứng nhận kiểm định", "verification certificate"),
        ("calibration_certificate", "giấy chứng nhận hiệu chuẩn", "calibration certificate"),
        ("verifier", "kiểm định viên", "verifier"), ("laboratory_head", "trưởng phòng", "head of the laboratory"),
        ("head", "người đứng đầu trung tâm", "head of the centre"),
        ("customer", "khách hàng", "customer"), ("state_management", "quản lý nhà nước", "state management"),
        ("conformity", "chứng nhận hợp quy", "conformity"), ("internal", "nội bộ", "internal"),
        ("retained", "mẫu lưu", "retained"), ("control", "mẫu kiểm soát", "control"),
        ("proficiency", "thử nghiệm thành thạo", "proficiency"), ("instrument", "phương tiện đo", "instrument"),
        ("standard", "chuẩn đo lường", "standard"), ("verifier_card", "thẻ kiểm định viên", "verifier card"),
        ("designation", "quyết định chỉ định", "designation"), ("sample", "mẫu", "sample"),
        ("numeric", "số", "numeric"), ("qualitative", "định tính", "qualitative"), ("class", "cấp", "class"),
        ("not_measured", "không đo", "not measured"), ("blended", "pha chế", "blended"), ("domestic", "trong nước", "domestic"),
        ("imported", "nhập khẩu", "imported"), ("quality", "chất lượng", "quality"), ("labels", "nhãn hàng hóa", "labels"),
        ("mixed", "nhiều nội dung", "mixed"), ("all", "tất cả", "all"), ("value", "giá trị", "value"),
        ("below_lod", "dưới LOD", "below the LOD"), ("below_loq", "dưới LOQ", "below the LOQ"),
        ("above", "lớn hơn một giá trị", "above a value"), ("range", "khoảng", "range"),
    ]

    /// Kinds of customers, sites and places.
    static let places: [Entry] = [
        ("enterprise", "doanh nghiệp", "enterprise"), ("state_body", "cơ quan nhà nước", "state body"),
        ("individual", "cá nhân", "individual"), ("fuel_station", "cửa hàng xăng dầu", "fuel station"),
        ("wholesale_market", "chợ đầu mối", "wholesale market"), ("retail_market", "chợ dân sinh", "retail market"),
        ("hospital", "bệnh viện", "hospital"), ("pharmacy", "nhà thuốc", "pharmacy"),
        ("laboratory", "phòng thí nghiệm", "laboratory"), ("factory", "nhà máy", "factory"), ("office", "văn phòng", "office"),
        ("other", "khác", "other"), ("province", "tỉnh, thành phố", "province"), ("district", "quận, huyện", "district"),
        ("commune", "xã, phường", "commune"),
    ]

    /// Fields of measurement, which a verifier's card covers.
    static let fields: [Entry] = [
        ("acoustics", "âm thanh, rung động", "acoustics"), ("electrical", "điện, điện từ", "electrical"),
        ("force", "lực, độ cứng", "force"), ("length", "độ dài", "length"), ("mass", "khối lượng", "mass"),
        ("medical", "y tế", "medical"), ("optics", "quang học", "optics"), ("physico_chemical", "hóa lý", "physico-chemical"),
        ("pressure", "áp suất", "pressure"), ("radiation", "bức xạ", "radiation"), ("temperature", "nhiệt độ", "temperature"),
        ("time_frequency", "thời gian, tần số", "time and frequency"), ("volume", "dung tích, lưu lượng", "volume"),
    ]

    /// Lanes and kinds of the daemon's own work.
    static let work: [Entry] = [
        ("default", "chung", "default"), ("render", "in văn bản", "rendering"), ("list", "danh sách", "lists"),
        ("maintenance", "bảo trì", "maintenance"), ("maint", "bảo trì", "maintenance"), ("deadline", "kỳ hạn", "deadlines"),
        ("mail", "thư", "mail"), ("render_document", "in văn bản", "rendering of a document"),
        ("mail_send", "gửi thư", "sending of a mail"), ("webhook_send", "giao sự kiện", "delivery of an event"),
        ("deadline_reconcile", "so lại mọi kỳ hạn", "comparison of all deadlines"),
        ("due_list_watch", "theo dõi danh sách đến hạn", "watch over the due list"),
        ("due_alarm_tell", "báo cảnh báo danh sách đến hạn", "telling of a due list alarm"),
        ("due_run_mail", "gửi danh sách đến hạn", "mailing of a due list"),
        ("print_due_run", "in danh sách đến hạn", "printing of a due list"),
    ]

    /// Runs of the due list, their files and alarms.
    static let dueRuns: [Entry] = [
        ("nightly", "hằng đêm", "nightly"), ("requested", "theo yêu cầu", "requested"), ("caught_up", "chạy bù", "caught up"),
        ("small", "ít bất thường", "suspiciously short"), ("empty", "trống", "empty"),
        ("came", "thêm", "came"), ("went", "bớt", "went"),
        ("manifest", "bản kê", "manifest"), ("link", "mắt xích", "link"), ("counts", "số lượng", "counts"),
    ]
}
