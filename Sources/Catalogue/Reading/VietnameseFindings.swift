// SPDX-License-Identifier: Apache-2.0

extension CatalogueError {
    /// One finding a line, in Vietnamese.
    package var vietnamese: String { findings.map(\.vietnamese).joined(separator: "\n") }
}

extension CatalogueFinding {
    /// File, line, place and problem, in Vietnamese.
    package var vietnamese: String {
        "\(place) \(problem.vietnamese)"
    }
}

extension CatalogueFinding.Problem {
    /// The problem as a Vietnamese clause.
    package var vietnamese: String {
        switch self {
        case .unreadable: "không đọc được"
        case .unusable(let vi, _): vi
        case .notYAML(YAMLDocument.tabWords): "không phải YAML: đầu dòng có ký tự tab; hãy thụt dòng bằng dấu cách"
        case .notYAML(YAMLDocument.anchorWords):
            "không dùng neo và bí danh (&tên, *tên); hãy viết đủ các giá trị, và viết dấu & trong văn bản kèm dấu cách phía sau"
        case .notYAML(let words): "không phải YAML: “\(words)”"
        case .unknownKey(let key, let nearest):
            "khóa không biết '\(key)'" + (nearest.map { ", khóa gần nhất đã biết '\($0)'" } ?? "")
        case .missingKey(let key): "thiếu khóa '\(key)'"
        case .wrongType(let expected, let found): "cần \(Self.words(expected)), gặp \(Self.words(found))"
        case .unquotedDecimal(let text): "số \(text) sẽ mất chữ số: hãy đặt trong dấu ngoặc kép"
        case .invalidValue(let text, let expected): "'\(text)' không phải \(Self.words(expected))"
        case .notNormalised(let text): "'\(text)' không ở dạng chuẩn Unicode C"
        case .duplicateCode(let code, let line): "mã '\(code)' đã dùng ở dòng \(line)"
        case .overlappingValidity(let code, let line): "'\(code)' đã có hiệu lực trong một số ngày này ở dòng \(line)"
        case .unresolved(let kind, let code): "không có mã '\(code)' trong `\(kind)`"
        }
    }

    /// What was expected or found, in Vietnamese; what is not known stands in quotes.
    static func words(_ english: String) -> String {
        if let known = phrases[english] { return known }
        for (opening, vietnamese) in [("one of ", "một trong "), ("within ", "số trong khoảng ")] where english.hasPrefix(opening)
        {
            return vietnamese + english.dropFirst(opening.count)
        }
        return "“\(english)”"
    }

    private static let phrases = [
        "a text": "văn bản", "a whole number": "số nguyên", "a number": "số", "true or false": "true hoặc false",
        "nothing": "giá trị trống", "a mapping": "các cặp khóa và giá trị", "a list": "danh sách", "an alias": "bí danh",
        "a value": "một giá trị", "an empty file": "tệp trống", "a text as key": "khóa là văn bản",
        "a text with something in it": "văn bản có nội dung", "a quoted decimal": "số thập phân trong dấu ngoặc kép",
        "a decimal with a point": "số thập phân có dấu chấm", "a day YYYY-MM-DD": "ngày dạng NĂM-THÁNG-NGÀY",
        "a value that JSON can state": "giá trị viết được bằng JSON",
        "a day on or after valid_from": "ngày từ `valid_from` trở đi",
        "at least one worked example": "ít nhất một ví dụ", "pass or fail": "pass hoặc fail", "calibrated": "calibrated",
        "tested": "tested",
        "at or above lower": "số không nhỏ hơn `lower`", "A or B": "A hoặc B",
        "1 to 20 stages": "từ 1 đến 20 mốc nhắc", "somebody who is told": "ít nhất một người được nhắc",
        "more days than the stage before": "số ngày lớn hơn mốc trước",
        "a cycle in months with periodic verification, none without":
            "chu kỳ tính bằng tháng khi có kiểm định định kỳ, không có khi không",
    ]
}
