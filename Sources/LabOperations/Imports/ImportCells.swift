// SPDX-License-Identifier: Apache-2.0
internal import LaboratoryModel

extension InputCheck {
    /// A text that may be absent.
    mutating func textIfAny(_ field: String, _ value: String?, longest: Int = 500) -> String? {
        guard let value else { return nil }
        return text(field, value, longest: longest)
    }

    /// A whole number that may be absent.
    mutating func numberIfAny(_ field: String, _ value: String?, in range: ClosedRange<Int>) -> Int? {
        guard let value else { return nil }
        guard value.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(value), range.contains(number) else {
            let bounds = "\(range.lowerBound)…\(range.upperBound)"
            fault(
                field, vi: "“\(value)” không phải số nguyên trong khoảng \(bounds)",
                en: "“\(value)” is no whole number in \(bounds)")
            return nil
        }
        return number
    }

    /// A civil date that has come, where there is one.
    mutating func pastDateIfAny(_ field: String, _ value: String?) -> CivilDate? {
        guard let value else { return nil }
        return date(field, value)
    }

    /// Named values written as `key=value;key=value`.
    mutating func namedValues(_ field: String, _ value: String?) -> [String: String] {
        var values: [String: String] = [:]
        for pair in (value ?? "").split(separator: ";") where !String(pair).trimmed.isEmpty {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { String($0).trimmed }
            guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
                fault(field, vi: "“\(pair)” không có dạng tên=giá trị", en: "“\(pair)” is not of the form name=value")
                continue
            }
            guard values.updateValue(text(field, parts[1]), forKey: text(field, parts[0], longest: 60)) == nil else {
                fault(field, vi: "“\(parts[0])” lặp lại", en: "“\(parts[0])” is given twice")
                continue
            }
        }
        return values
    }
}
