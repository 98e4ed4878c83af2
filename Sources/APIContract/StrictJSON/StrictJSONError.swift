// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a JSON document, and where.
package struct StrictJSONError: Error, Hashable, Sendable {
    /// What the grammar did not allow.
    package enum Syntax: Hashable, Sendable {
        case unexpectedEnd, valueExpected, nameExpected, colonExpected, commaExpected, digitExpected
        case controlCharacter, badEscape, loneSurrogate, nulCharacter, tooDeep, trailingText
        /// The same name twice in one object.
        case duplicateName(String)
    }

    /// The kinds of value, as they are named to people.
    package enum ValueKind: Hashable, Sendable {
        case null, bool, number, wholeNumber, text, list, object
    }

    /// What is wrong.
    package enum Fault: Hashable, Sendable {
        case emptyDocument, notUTF8, byteOrderMark
        /// The grammar was broken at that line and column, both counted from 1.
        case malformed(Syntax, line: Int, column: Int)
        /// A member nobody asked for; the path ends in its name.
        case unknownField(known: [String])
        /// A required member is absent; the path ends in its name. A present member of nearly that name is given.
        case missingField(similar: String?)
        case wrongType(expected: ValueKind, found: ValueKind)
        /// The text is none of those allowed.
        case notOneOf([String], found: String)
        /// A number outside what can be kept.
        case outOfRange(String)
        /// The type's own rule said no.
        case invalid(String)
    }

    /// What is wrong.
    package var fault: Fault
    /// Where; the whole document when the grammar was broken.
    package var path: JSONPath

    /// A fault at a place.
    package init(_ fault: Fault, at path: JSONPath = .document) {
        self.fault = fault
        self.path = path
    }
}

// MARK: - As a problem

extension StrictJSONError {
    /// The problem document (400) that names the field and what to do.
    package var problem: Problem {
        let sentence = sentences
        var problem = Problem(kind, vi: sentence.vi, en: sentence.en)
        if !path.steps.isEmpty { problem.field = path.pointer }
        if let remedy = remedies {
            problem.remedyVi = remedy.vi
            problem.remedy = remedy.en
        }
        return problem
    }

    private var kind: ProblemKind {
        switch fault {
        case .emptyDocument, .notUTF8, .byteOrderMark, .malformed: .malformedJSON
        case .unknownField: .unknownField
        case .missingField: .missingField
        case .wrongType, .notOneOf, .outOfRange, .invalid: .invalidField
        }
    }

    private var place: (vi: String, en: String) {
        path.steps.isEmpty ? ("tài liệu", "the document") : ("`\(path)`", "`\(path)`")
    }

    /// The last name of the path, and where it stands.
    private var nameAndParent: (name: String, vi: String, en: String) {
        guard case .member(let name)? = path.steps.last else { return ("", "", "") }
        var parent = JSONPath.document
        for step in path.steps.dropLast() { parent = parent.appending(step) }
        let shown = JSONPath.shortened(name)
        return parent.steps.isEmpty ? (shown, "", "") : (shown, " trong `\(parent)`", " in `\(parent)`")
    }

    private var sentences: (vi: String, en: String) {
        switch fault {
        case .emptyDocument: ("nội dung trống, cần một tài liệu JSON", "empty body, a JSON document expected")
        case .notUTF8: ("nội dung không phải UTF-8", "the body is not UTF-8")
        case .byteOrderMark: ("tài liệu bắt đầu bằng dấu BOM", "the document begins with a byte order mark")
        case .malformed(let syntax, let line, let column):
            ("dòng \(line), cột \(column): \(syntax.sentences.vi)", "line \(line), column \(column): \(syntax.sentences.en)")
        case .unknownField(let known):
            (
                "trường không biết `\(nameAndParent.name)`\(nameAndParent.vi); các trường đã biết: \(listed(known, "không có"))",
                "unknown field `\(nameAndParent.name)`\(nameAndParent.en); known: \(listed(known, "none"))"
            )
        case .missingField:
            (
                "thiếu trường `\(nameAndParent.name)`\(nameAndParent.vi)",
                "missing field `\(nameAndParent.name)`\(nameAndParent.en)"
            )
        case .wrongType(let expected, let found):
            (
                "\(place.vi): cần \(expected.names.vi)\(expected.example(.vi, found)), nhận được \(found.names.vi)",
                "\(place.en): \(expected.names.en) expected\(expected.example(.en, found)), got \(found.names.en)"
            )
        case .notOneOf(let allowed, let found):
            (
                "\(place.vi): \"\(JSONPath.shortened(found))\" không nằm trong: \(listed(allowed, "không có"))",
                "\(place.en): \"\(JSONPath.shortened(found))\" is none of: \(listed(allowed, "none"))"
            )
        case .outOfRange(let number):
            (
                "\(place.vi): số \(JSONPath.shortened(number)) ngoài phạm vi",
                "\(place.en): the number \(JSONPath.shortened(number)) is out of range"
            )
        case .invalid(let reason):
            ("\(place.vi): \(reason)", "\(place.en): \(reason)")
        }
    }

    private var remedies: (vi: String, en: String)? {
        switch fault {
        case .emptyDocument: ("gửi một tài liệu JSON", "send a JSON document")
        case .notUTF8: ("gửi nội dung mã hoá UTF-8", "send the body in UTF-8")
        case .byteOrderMark: ("lưu tệp dạng UTF-8 không có BOM", "save the file as UTF-8 without a byte order mark")
        case .malformed: ("sửa cú pháp JSON tại chỗ đã nêu", "correct the JSON at the place named")
        case .unknownField: ("bỏ trường này hoặc sửa tên", "leave the field out or correct its name")
        case .missingField(let similar?): ("có phải `\(similar)` là trường này?", "is `\(similar)` meant to be it?")
        case .missingField(nil): ("thêm trường này", "add the field")
        case .wrongType(.text, .number):
            ("đặt số trong dấu ngoặc kép để giữ đúng các chữ số", "put the number in quotes, so that its digits are kept")
        case .wrongType, .notOneOf, .outOfRange, .invalid: nil
        }
    }

    private func listed(_ names: [String], _ none: String) -> String {
        names.isEmpty ? none : names.map { "`\($0)`" }.joined(separator: ", ")
    }
}

extension StrictJSONError.ValueKind {
    fileprivate enum ExampleLanguage { case vi, en }

    fileprivate var names: (vi: String, en: String) {
        switch self {
        case .null: ("null", "null")
        case .bool: ("true hoặc false", "true or false")
        case .number: ("số", "number")
        case .wholeNumber: ("số nguyên", "whole number")
        case .text: ("văn bản", "text")
        case .list: ("danh sách", "list")
        case .object: ("đối tượng", "object")
        }
    }

    /// An example where a number came and a text is wanted: the commonest mistake, and one that loses digits.
    fileprivate func example(_ language: ExampleLanguage, _ found: StrictJSONError.ValueKind) -> String {
        guard self == .text, found == .number else { return "" }
        return switch language {
        case .vi: #", ví dụ "0.50""#
        case .en: #", e.g. "0.50""#
        }
    }
}

extension StrictJSONError.Syntax {
    fileprivate var sentences: (vi: String, en: String) {
        switch self {
        case .unexpectedEnd: ("tài liệu kết thúc giữa chừng", "the document ends too early")
        case .valueExpected: ("cần một giá trị", "a value expected")
        case .nameExpected: ("cần tên trường trong dấu ngoặc kép", "a field name in quotes expected")
        case .colonExpected: ("cần dấu hai chấm", "a colon expected")
        case .commaExpected: ("cần dấu phẩy hoặc dấu ngoặc đóng", "a comma or a closing bracket expected")
        case .digitExpected: ("cần một chữ số", "a digit expected")
        case .controlCharacter:
            ("ký tự điều khiển trong văn bản phải viết dạng \\u00XX", "a control character in a text must be escaped")
        case .badEscape: ("chuỗi thoát không hợp lệ", "not an escape sequence")
        case .loneSurrogate: ("nửa cặp thay thế Unicode đứng một mình", "half of a surrogate pair stands alone")
        case .nulCharacter: ("ký tự U+0000 không được chấp nhận", "the character U+0000 is not accepted")
        case .tooDeep: ("lồng nhau quá 32 mức", "nested more than 32 levels deep")
        case .trailingText: ("còn nội dung sau tài liệu", "more text after the document")
        case .duplicateName(let name):
            ("trường `\(JSONPath.shortened(name))` lặp lại", "the field `\(JSONPath.shortened(name))` is given twice")
        }
    }
}
