// SPDX-License-Identifier: Apache-2.0

/// Tables of what leaves the house.
enum DeliveryTables {
    static let mails = [
        Column("id", vi: "Số", en: "Number", .number), Column("recorded_at", vi: "Ghi lúc", en: "Recorded", .moment),
        Column("kind", vi: "Loại", en: "Kind"), Column("recipient", vi: "Người nhận", en: "Recipient"),
        Column("subject", vi: "Tiêu đề", en: "Subject"),
        Column("stage", vi: "Trạng thái", en: "State", emphasis: Wording.emphasis),
        Column("reason", vi: "Vì", en: "Because"), Column("attempt", vi: "Lần gửi", en: "Sendings", .number),
        Column("at", vi: "Từ", en: "Since", .moment),
    ]

    static let mail = [
        Column("id", vi: "Số", en: "Number"), Column("recorded_at", vi: "Ghi lúc", en: "Recorded", .moment),
        Column("recorded_by", vi: "Do", en: "By"), Column("kind", vi: "Loại", en: "Kind"),
        Column("when_unknown", vi: "Khi không rõ đã đi chưa", en: "When its outcome is unknown"),
        Column("recipient", vi: "Người nhận", en: "Recipient"), Column("subject", vi: "Tiêu đề", en: "Subject"),
        Column("about", vi: "Về", en: "About"), Column("key", vi: "Khóa", en: "Key"),
        Column("message_id", vi: "Message-ID", en: "Message-ID"), Column("bytes", vi: "Số byte", en: "Bytes"),
        Column("sha256", vi: "SHA-256", en: "SHA-256"),
    ]

    static let mailStages = Section(
        "stages", vi: "Đã xảy ra", en: "What happened",
        [
            Column("at", vi: "Lúc", en: "At", .moment),
            Column("stage", vi: "Trạng thái", en: "State", emphasis: Wording.emphasis),
            Column("attempt", vi: "Lần gửi", en: "Sending", .number), Column("reason", vi: "Vì", en: "Because"),
            Column("status", vi: "Mã", en: "Status"), Column("note", vi: "Ghi chú", en: "Note"),
            Column("person", vi: "Người", en: "Person"),
        ])

    static let addresses = [
        Column("address", vi: "Địa chỉ", en: "Address"), Column("at", vi: "Từ", en: "Since", .moment),
        Column("mail", vi: "Thư", en: "Mail", .number), Column("status", vi: "Mã", en: "Status"),
        Column("note", vi: "Ghi chú", en: "Note"),
    ]

    static let bounce = [
        Column("outcome", vi: "Kết quả", en: "Outcome"), Column("mail", vi: "Thư", en: "Mail"),
        Column("quarantined", vi: "Địa chỉ bị cách ly", en: "Address in quarantine"),
    ]

    static let webhooks = [
        Column("code", vi: "Mã", en: "Code"), Column("url", vi: "Địa chỉ", en: "Address"),
        Column("events", vi: "Sự kiện", en: "Events"), Column("accepted", vi: "Đã nhận", en: "Accepted", .number),
        Column("open", vi: "Đang giao", en: "Under way", .number),
        Column("dead", vi: "Cần người xử lý", en: "Given up", .number),
        Column("added_at", vi: "Thêm lúc", en: "Added", .moment), Column("ended_at", vi: "Ngừng lúc", en: "Ended", .moment),
        Column("ended_why", vi: "Vì", en: "Because"),
    ]

    static let newWebhook = [
        Column("id", vi: "Số", en: "Number"), Column("code", vi: "Mã", en: "Code"),
        Column("secret", vi: "Khóa bí mật", en: "Secret"),
    ]

    static let deliveries = [
        Column("id", vi: "Số", en: "Number", .number), Column("webhook", vi: "Nơi nhận", en: "Webhook"),
        Column("event", vi: "Sự kiện", en: "Event"), Column("key", vi: "Khóa", en: "Key"),
        Column("recorded_at", vi: "Ghi lúc", en: "Recorded", .moment),
        Column("stage", vi: "Trạng thái", en: "State", emphasis: Wording.emphasis),
        Column("attempt", vi: "Lần giao", en: "Try", .number), Column("answer", vi: "Trả lời", en: "Answer", .number),
        Column("note", vi: "Ghi chú", en: "Note"), Column("at", vi: "Từ", en: "Since", .moment),
    ]
}
