// SPDX-License-Identifier: Apache-2.0

/// Tables of reports, records, certificates and signatures.
enum DocumentTables {
    static let documents = [
        Column("label", vi: "Số", en: "Label"), Column("kind", vi: "Loại", en: "Kind"),
        Column("state", vi: "Trạng thái", en: "State", emphasis: Wording.emphasis),
        Column("sample", vi: "Mẫu", en: "Sample"), Column("measurement", vi: "Lần đo", en: "Measurement", .number),
        Column("frozen_on", vi: "Lập ngày", en: "Made", .date), Column("issued_on", vi: "Phát hành", en: "Issued", .date),
        Column("replaces", vi: "Thay thế", en: "Replaces"), Column("replaced_by", vi: "Được thay bởi", en: "Replaced by"),
        Column("pdf", vi: "PDF", en: "PDF"),
    ]

    static let document =
        documents + [
            Column("access_code", vi: "Mã tra cứu", en: "Access code"),
            Column("content_sha256", vi: "SHA-256", en: "SHA-256"),
        ]

    static let signatures = Section(
        "signatures", vi: "Chữ ký", en: "Signatures",
        [
            Column("step", vi: "Bước", en: "Step"), Column("name", vi: "Họ tên", en: "Name"),
            Column("person", vi: "Tài khoản", en: "User name"), Column("signed_on", vi: "Ngày ký", en: "Signed", .date),
        ])

    static let signing = [
        Column("document", vi: "Văn bản", en: "Document"), Column("signed", vi: "Đã ký", en: "Signed"),
        Column("issued", vi: "Phát hành", en: "Issued"), Column("why", vi: "Vì sao không", en: "Why not"),
    ]

    static let reasons = [
        Column("text", vi: "Lý do", en: "Reason"), Column("clause", vi: "Điều khoản", en: "Clause", .citation),
        Column("code", vi: "Mã", en: "Code"),
    ]

    static let publicCheck = [
        Column("label", vi: "Số", en: "Label"), Column("kind", vi: "Loại", en: "Kind"),
        Column("status", vi: "Tình trạng", en: "Status", emphasis: Wording.emphasis),
        Column("item", vi: "Đối tượng", en: "Item"), Column("issued_on", vi: "Phát hành", en: "Issued", .date),
        Column("valid_until", vi: "Có giá trị đến", en: "Valid until", .date),
        Column("replaced_by", vi: "Được thay bởi", en: "Replaced by"), Column("content_sha256", vi: "SHA-256", en: "SHA-256"),
    ]
}
