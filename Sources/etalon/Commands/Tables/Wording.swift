// SPDX-License-Identifier: Apache-2.0

import APIContract

/// Words for the codes of the wire, so that tables read as people speak.
enum Wording {
    private struct Word {
        let text: Bilingual
        let emphasis: Column.Emphasis?
    }

    /// Members whose values are codes; everything else is content and is left as it is.
    private static let members: Set<String> = [
        "state", "kind", "class", "outcome", "verdict", "mode", "phase", "status", "flags", "event", "what", "origin",
        "purpose", "reason", "decision", "stage", "fault", "result_kind", "subject_type",
    ]

    /// The value with codes replaced by words, in all its lists and records.
    static func translated(_ value: JSONValue, _ language: Language) -> JSONValue {
        switch value {
        case .array(let elements): .array(elements.map { translated($0, language) })
        case .object(let pairs):
            .object(
                pairs.map { pair in
                    if language == .en, let english = inEnglish(pair.name, pairs) { return JSONMember(pair.name, english) }
                    let isCode = members.contains(pair.name)
                    return JSONMember(
                        pair.name, isCode ? words(pair.value, language) : translated(pair.value, language))
                })
        case .null, .bool, .number, .string: value
        }
    }

    /// Of a name that is there in both languages, the English one.
    private static func inEnglish(_ name: String, _ pairs: [JSONMember]) -> JSONValue? {
        guard name.hasSuffix("_vi") else { return nil }
        let twin = name.dropLast(3) + "_en"
        return pairs.first { $0.name == twin }?.value
    }

    private static func words(_ value: JSONValue, _ language: Language) -> JSONValue {
        switch value {
        case .string(let code): .string(words[code]?.text[language] ?? code)
        case .array(let elements): .array(elements.map { words($0, language) })
        case .null, .bool, .number, .object: translated(value, language)
        }
    }

    /// The word for a code; the code itself where there is none.
    static func word(_ code: String, _ language: Language) -> String { words[code]?.text[language] ?? code }

    /// How a code, or its word in either language, stands out.
    @Sendable static func emphasis(_ shown: String) -> Column.Emphasis? { emphases[shown] }

    private static let words: [String: Word] = Dictionary(
        uniqueKeysWithValues: table.map { ($0.0, Word(text: Bilingual(vi: $0.1, en: $0.2), emphasis: $0.3)) })

    private static let emphases: [String: Column.Emphasis] = words.reduce(into: [:]) { found, entry in
        guard let emphasis = entry.value.emphasis else { return }
        for text in [entry.key, entry.value.text.vi, entry.value.text.en] { found[text] = emphasis }
    }

    private static let table: [(String, String, String, Column.Emphasis?)] =
        states + conclusions + deadlines + events + kinds

    private static let states: [(String, String, String, Column.Emphasis?)] = [
        ("received", "đã nhận", "received", nil), ("in_progress", "đang thử", "in progress", nil),
        ("to_review", "chờ soát xét", "to review", .warning), ("approved", "đã duyệt", "approved", .good),
        ("reported", "đã có báo cáo", "reported", .good), ("rejected", "không nhận", "rejected", .bad),
        ("waiting", "đang chờ", "waiting", nil), ("entered", "đã nhập", "entered", nil),
        ("sent_back", "bị trả lại", "sent back", .warning), ("numbered", "đã lấy số", "numbered", nil),
        ("rendered", "chờ ký", "to be signed", .warning), ("issued", "đã phát hành", "issued", .good),
        ("amended", "đã được thay thế", "amended", .warning), ("withdrawn", "đã thu hồi", "withdrawn", .bad),
        ("voided", "đã hủy số", "voided", .bad), ("assigned", "đã giao", "assigned", nil),
        ("affixed", "đã dán", "affixed", .good), ("void", "hủy", "void", .warning), ("lost", "mất", "lost", .bad),
        ("returned", "đã trả lại kho", "returned", nil), ("removed", "đã tháo", "removed", nil),
        ("valid", "có hiệu lực", "valid", .good),
        ("ready", "sẵn sàng", "ready", nil), ("running", "đang chạy", "running", nil),
        ("succeeded", "đã xong", "succeeded", .good), ("superseded", "đã có việc mới hơn", "superseded", nil),
        ("cancelled", "đã bỏ", "cancelled", nil), ("dead", "cần người xử lý", "dead", .bad),
        ("not_yet_issued", "chưa phát hành", "not yet issued", .warning),
        ("ended_early", "mất hiệu lực trước hạn", "ended early", .bad),
    ]

    private static let conclusions: [(String, String, String, Column.Emphasis?)] = [
        ("pass", "đạt", "pass", .good), ("fail", "không đạt", "fail", .bad), ("refused", "từ chối", "refused", .bad),
        ("not_done", "không thực hiện", "not done", .warning), ("calibrated", "đã hiệu chuẩn", "calibrated", .good),
        ("informative", "tham khảo", "informative", nil), ("not_applicable", "không áp dụng", "not applicable", nil),
        ("above_limit", "vượt giới hạn", "above the limit", .bad),
        ("below_limit", "dưới giới hạn", "below the limit", .bad),
        ("outside_limit", "ngoài giới hạn", "outside the limit", .bad),
        ("limit_undecidable", "không kết luận được", "limit undecidable", .warning),
        ("below_reporting_limit", "dưới ngưỡng báo cáo", "below the reporting limit", nil),
        ("altered", "bị sửa", "altered", .bad), ("missing", "bị mất", "missing", .bad),
        ("no entry", "không có dấu vết", "no entry", .bad), ("entries altered", "dấu vết bị sửa", "entries altered", .bad),
        ("balanced", "khớp", "balanced", .good), ("not_balanced", "không khớp", "not balanced", .bad),
        ("ok", "được", "ok", .good), ("error", "lỗi", "error", .bad), ("exists", "đã có", "exists", .warning),
    ]

    private static let deadlines: [(String, String, String, Column.Emphasis?)] = [
        ("overdue", "quá hạn", "overdue", .bad), ("due", "đến hạn", "due", .warning),
        ("not_under_control", "không thuộc diện kiểm định", "not under control", nil),
        ("expired", "hết hiệu lực", "expired", nil), ("ended-early", "mất hiệu lực sớm", "ended early", nil),
        ("failed", "kiểm định không đạt", "verification failed", .bad),
        ("never-verified", "chưa từng kiểm định", "never verified", nil),
    ]

    private static let events: [(String, String, String, Column.Emphasis?)] = [
        ("accepted", "tiếp nhận", "accepted", nil), ("handed_over", "bàn giao", "handed over", nil),
        ("stored", "đưa vào lưu", "stored", nil), ("disposed", "thanh lý", "disposed", nil),
        ("seal_broken", "đứt niêm", "seal broken", .bad), ("stamp_lost", "mất tem", "stamp lost", .bad),
        ("mark_lost", "mất dấu", "mark lost", .bad), ("repaired", "đã sửa chữa", "repaired", nil),
        ("changed", "đã thay đổi", "changed", nil), ("failed_inspection", "thanh tra không đạt", "failed inspection", .bad),
        ("evidence_recalled", "thu hồi chứng cứ", "evidence recalled", .bad), ("moved", "chuyển chỗ", "moved", nil),
        ("owner_changed", "đổi chủ", "owner changed", nil), ("taken_out", "ngừng sử dụng", "taken out of use", nil),
        ("put_back", "dùng lại", "put back into use", nil), ("event", "sự kiện", "event", nil),
        ("measurement", "lần đo", "measurement", nil),
    ]

    private static let kinds: [(String, String, String, Column.Emphasis?)] = [
        ("verification", "kiểm định", "verification", nil), ("calibration", "hiệu chuẩn", "calibration", nil),
        ("certification", "chứng nhận chuẩn", "certification", nil), ("initial", "ban đầu", "initial", nil),
        ("periodic", "định kỳ", "periodic", nil), ("after_repair", "sau sửa chữa", "after repair", nil),
        ("as_found", "như nhận", "as found", nil), ("as_left", "sau hiệu chỉnh", "as left", nil),
        ("stamp", "tem", "stamp", nil), ("seal", "chì niêm", "seal", nil), ("mark", "dấu", "mark", nil),
        ("totaliser_seal", "niêm bộ đếm tổng", "totaliser seal", nil),
        ("inspection_seal", "niêm thanh tra", "inspection seal", nil),
        ("test_report", "phiếu kết quả thử nghiệm", "test report", nil),
        ("verification_record", "biên bản kiểm định", "verification record", nil),
        ("verification_certificate", "giấy chứng nhận kiểm định", "verification certificate", nil),
        ("calibration_certificate", "giấy chứng nhận hiệu chuẩn", "calibration certificate", nil),
        ("enterprise", "doanh nghiệp", "enterprise", nil), ("state_body", "cơ quan nhà nước", "state body", nil),
        ("individual", "cá nhân", "individual", nil), ("fuel_station", "cửa hàng xăng dầu", "fuel station", nil),
        ("wholesale_market", "chợ đầu mối", "wholesale market", nil), ("retail_market", "chợ dân sinh", "retail market", nil),
        ("hospital", "bệnh viện", "hospital", nil), ("pharmacy", "nhà thuốc", "pharmacy", nil),
        ("laboratory", "phòng thí nghiệm", "laboratory", nil), ("factory", "nhà máy", "factory", nil),
        ("office", "văn phòng", "office", nil), ("other", "khác", "other", nil),
        ("customer", "khách hàng", "customer", nil), ("state_management", "quản lý nhà nước", "state management", nil),
        ("conformity", "chứng nhận hợp quy", "conformity", nil), ("internal", "nội bộ", "internal", nil),
        ("retained", "mẫu lưu", "retained", nil), ("control", "mẫu kiểm soát", "control", nil),
        ("proficiency", "thử nghiệm thành thạo", "proficiency", nil),
        ("instrument", "phương tiện đo", "instrument", nil), ("standard", "chuẩn đo lường", "standard", nil),
        ("verifier_card", "thẻ kiểm định viên", "verifier card", nil),
        ("designation", "quyết định chỉ định", "designation", nil), ("sample", "mẫu", "sample", nil),
    ]
}
