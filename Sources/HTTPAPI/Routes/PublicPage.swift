// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// The small public page behind a QR code: number, item, dates, status. It needs no script and no file.
enum PublicPage {
    /// How the page is described.
    static let operation = Operation(
        method: .get, path: "/verify/{code}", id: "publicVerification", tag: "documents",
        summary: "Tells anyone what the document behind a code is, and whether it is valid today.", access: .open,
        answers: [
            Operation.Answer(
                status: 200, meaning: "The document is known.",
                contents: [.file("text/html; charset=utf-8"), .json(JSONSchema(of: PublicCheck.self))])
        ])

    static func response(_ check: PublicCheck?) -> Response {
        let page = check.map(found) ?? notFound
        return Response(
            status: check == nil ? .notFound : .ok,
            headers: [
                .contentType: "text/html; charset=utf-8", .cacheControl: "no-store",
                .contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: page)))
    }

    private static let statuses: [String: (vi: String, en: String, colour: String)] = [
        "valid": ("CÓ HIỆU LỰC", "VALID", "#176b2c"),
        "not_yet_issued": ("CHƯA PHÁT HÀNH", "NOT ISSUED YET", "#8a5a00"),
        "expired": ("HẾT HIỆU LỰC", "EXPIRED", "#a01212"),
        "ended_early": ("MẤT HIỆU LỰC TRƯỚC HẠN", "ENDED EARLY", "#a01212"),
        "amended": ("ĐÃ ĐƯỢC THAY THẾ", "AMENDED", "#8a5a00"),
        "withdrawn": ("ĐÃ THU HỒI", "WITHDRAWN", "#a01212"),
        "voided": ("ĐÃ HỦY SỐ", "VOIDED", "#a01212"),
    ]

    private static func found(_ check: PublicCheck) -> String {
        let status = statuses[check.status] ?? (check.status, check.status, "#333")
        var rows = [
            ("Số / Number", check.label), ("Đối tượng / Item", check.item), ("Ngày phát hành / Issued", check.issuedOn ?? "–"),
        ]
        if let until = check.validUntil { rows.append(("Có giá trị đến / Valid until", until)) }
        if let replaced = check.replacedBy { rows.append(("Được thay bởi / Replaced by", replaced)) }
        rows.append(("SHA-256", check.contentSha256))
        let body = rows.map { "<tr><th>\(escaped($0.0))</th><td>\(escaped($0.1))</td></tr>" }.joined()
        return page(
            "<p class=s style=\"background:\(status.colour)\">\(status.vi) · \(status.en)</p><table>\(body)</table>")
    }

    private static let notFound = page(
        "<p class=s style=\"background:#a01212\">KHÔNG CÓ MÃ NÀY · NO SUCH CODE</p>"
            + "<p>Hãy kiểm tra lại mã in dưới mã QR. / Check the code printed below the QR code.</p>")

    private static func page(_ body: String) -> String {
        """
        <!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>Etalon · kiểm tra giấy chứng nhận</title><style>body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;
        margin:2rem auto;padding:0 1rem}.s{color:#fff;padding:.8rem 1rem;font-weight:700;border-radius:.4rem}
        th{text-align:left;padding:.3rem 1rem .3rem 0;vertical-align:top;white-space:nowrap}td{overflow-wrap:anywhere}</style>
        <h1>Kiểm tra giấy chứng nhận<br><small>Certificate check</small></h1>\(body)</html>
        """
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
    }
}
