// SPDX-License-Identifier: Apache-2.0
internal import LabStore
package import LaboratoryModel
package import Metrology

/// Collects every fault of a request before anything is done, so that the caller mends them in one go.
package struct InputCheck {
    /// Faults so far, in the order of the request.
    package private(set) var faults: [InputFault] = []
    private let today: CivilDate

    package init(today: CivilDate) {
        self.today = today
    }

    /// Notes a fault.
    package mutating func fault(_ field: String, vi: String, en: String) {
        faults.append(InputFault(field: field, message: BilingualSentence(vi: vi, en: en)))
    }

    /// Throws when anything was noted.
    package func finish() throws {
        if !faults.isEmpty { throw ActError.invalid(faults) }
    }

    /// A text that must not be blank.
    package mutating func text(_ field: String, _ value: String?, longest: Int = 500) -> String {
        let trimmed = (value ?? "").trimmed
        if trimmed.isEmpty {
            fault(field, vi: "không được để trống", en: "must not be empty")
        } else if trimmed.unicodeScalars.count > longest {
            fault(field, vi: "dài quá \(longest) ký tự", en: "is longer than \(longest) characters")
        } else if trimmed.unicodeScalars.contains(where: { $0.value < 32 && $0.value != 10 }) {
            fault(field, vi: "có ký tự điều khiển", en: "contains control characters")
        }
        return trimmed
    }

    /// One of a few words.
    package mutating func word(_ field: String, _ value: String?, of words: [String]) -> String {
        let given = value ?? ""
        if !words.contains(given) {
            let choices = SentenceParts.choices(words)
            fault(
                field, vi: "“\(given)” không hợp lệ; chọn một trong: \(choices.vi)",
                en: "“\(given)” is not known; choose one of: \(choices.en)")
        }
        return given
    }

    /// A civil date; today when absent and `required` is false.
    package mutating func date(_ field: String, _ value: String?, required: Bool = true, future: Bool = false) -> CivilDate {
        guard let value, !value.isEmpty else {
            if required { fault(field, vi: "thiếu ngày, dạng 15/03/2017", en: "a date is missing, as 2017-03-15") }
            return today
        }
        do {
            let date = try CivilDate(parsing: value)
            if !future, date > today {
                fault(
                    field, vi: "ngày \(date.dayMonthYear) ở tương lai (hôm nay \(today.dayMonthYear))",
                    en: "\(value) lies in the future (today is \(today))")
            } else if date.year < 1990 || date.year > 2200 {
                fault(field, vi: "năm \(date.year) không hợp lý", en: "the year \(date.year) is not plausible")
            }
            return date
        } catch {
            fault(field, vi: "“\(value)” không phải ngày; viết NGÀY/THÁNG/NĂM, ví dụ 15/03/2017", en: "\(error)")
            return today
        }
    }

    /// A civil date that may be absent.
    package mutating func dateIfAny(_ field: String, _ value: String?) -> CivilDate? {
        guard let value, !value.isEmpty else { return nil }
        return date(field, value, future: true)
    }

    /// A decimal number, comma or point.
    package mutating func decimal(_ field: String, _ value: String?) -> DecimalNumber? {
        guard let value, !value.trimmed.isEmpty else {
            fault(field, vi: "thiếu số; ô trống không phải là 0", en: "a number is missing; an empty cell is not 0")
            return nil
        }
        do {
            return try DecimalNumber(parsing: value.trimmed)
        } catch {
            fault(field, vi: "“\(value)” không phải số thập phân", en: "\(error)")
            return nil
        }
    }
}

extension String {
    /// Without white space at both ends.
    package var trimmed: String {
        var rest = self[...]
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}
