// SPDX-License-Identifier: Apache-2.0

import Yams

/// Reads one YAML mapping key by key and reports every key, type and form that is not as asked.
///
/// A value that cannot be read is reported and replaced by an empty one, so that reading goes on; nothing
/// leaves the folder reader while a finding exists. ``finish()`` reports the keys that were never asked for.
final class MappingReader {
    let position: SourcePosition
    let findings: FindingList
    private var values: [String: Node] = [:]
    private var asked: [String] = []

    init(_ node: Node, at position: SourcePosition, findings: FindingList) {
        self.findings = findings
        self.position = position
        guard case .mapping(let mapping) = node else {
            findings.add(.wrongType(expected: "a mapping", found: node.kind), at: position)
            return
        }
        for (key, value) in mapping {
            if case .scalar(let scalar) = key {
                values[scalar.string] = value
            } else {
                findings.add(.wrongType(expected: "a text as key", found: key.kind), at: position)
            }
        }
    }

    /// Keys as they stand in the mapping, sorted.
    var keys: [String] { values.keys.sorted() }

    /// Reports unknown keys, each with the nearest key that was asked for.
    func finish() {
        for key in keys where !asked.contains(key) {
            let nearest = asked.map { ($0, TextForm.distance(key, $0)) }.min { ($0.1, $0.0) < ($1.1, $1.0) }
            findings.add(.unknownKey(key, nearest: nearest?.0), at: place(of: key))
        }
    }

    /// Where a key stands; the mapping itself if the key is absent.
    func place(of key: String) -> SourcePosition {
        let path = position.path.isEmpty ? key : "\(position.path).\(key)"
        return SourcePosition(
            file: position.file, line: values[key]?.mark?.line ?? position.line,
            column: values[key]?.mark?.column ?? position.column, path: path)
    }

    /// Reports a problem of the value of a key.
    func report(_ problem: CatalogueFinding.Problem, of key: String) {
        findings.add(problem, at: place(of: key))
    }

    // MARK: Scalars

    func text(_ key: String) -> String {
        guard let text = optionalText(key) else {
            reportMissing(key)
            return ""
        }
        if text.isEmpty { report(.invalidValue(text, expected: "a text with something in it"), of: key) }
        return text
    }

    func optionalText(_ key: String) -> String? {
        guard let value = scalar(key, expected: "a text") else { return nil }
        switch value {
        case .text(let text):
            if !TextForm.isNormalised(text) { report(.notNormalised(text), of: key) }
            return text
        case .real(let text): report(.unquotedDecimal(text), of: key)
        case .null: return nil
        case .integer, .boolean: report(.wrongType(expected: "a text", found: value.kind), of: key)
        }
        return nil
    }

    func optionalDecimal(_ key: String) -> String? {
        guard let value = scalar(key, expected: "a quoted decimal") else { return nil }
        switch value {
        case .text(let text):
            if !TextForm.isDecimal(text) {
                report(.invalidValue(text, expected: "a decimal with a point"), of: key)
            }
            return text
        case .integer(let number): report(.unquotedDecimal(String(number)), of: key)
        case .real(let text): report(.unquotedDecimal(text), of: key)
        case .null: return nil
        case .boolean: report(.wrongType(expected: "a quoted decimal", found: value.kind), of: key)
        }
        return nil
    }

    func optionalInteger(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = scalar(key, expected: "a whole number"), value != .null else { return nil }
        guard case .integer(let number) = value else {
            report(.wrongType(expected: "a whole number", found: value.kind), of: key)
            return nil
        }
        if !range.contains(number) {
            report(
                .invalidValue(String(number), expected: "within \(range.lowerBound)...\(range.upperBound)"),
                of: key)
        }
        return number
    }

    func integer(_ key: String, in range: ClosedRange<Int>) -> Int {
        guard let number = optionalInteger(key, in: range) else {
            reportMissing(key)
            return range.lowerBound
        }
        return number
    }

    func optionalBoolean(_ key: String) -> Bool? {
        guard let value = scalar(key, expected: "true or false"), value != .null else { return nil }
        guard case .boolean(let truth) = value else {
            report(.wrongType(expected: "true or false", found: value.kind), of: key)
            return nil
        }
        return truth
    }

    func boolean(_ key: String) -> Bool {
        guard let truth = optionalBoolean(key) else {
            reportMissing(key)
            return false
        }
        return truth
    }

    func day(_ key: String) -> String {
        guard let day = optionalDay(key) else {
            reportMissing(key)
            return "0001-01-01"
        }
        return day
    }

    func optionalDay(_ key: String) -> String? {
        guard let text = optionalText(key) else { return nil }
        if !TextForm.isDay(text) { report(.invalidValue(text, expected: "a day YYYY-MM-DD"), of: key) }
        return text
    }

    func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, else fallback: Choice) -> Choice
    where Choice.RawValue == String {
        guard let choice: Choice = optionalChoice(key) else {
            reportMissing(key)
            return fallback
        }
        return choice
    }

    func optionalChoice<Choice: RawRepresentable & CaseIterable>(_ key: String) -> Choice?
    where Choice.RawValue == String {
        guard let text = optionalText(key) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        report(.invalidValue(text, expected: "one of \(known)"), of: key)
        return nil
    }

    // MARK: Lists and mappings

    /// A list of texts; nil entries are left out after their finding.
    func texts(_ key: String, optional: Bool = false) -> [String] {
        items(key, optional: optional).compactMap { node, place in
            guard case .scalar(let scalar) = node, case .text(let text) = PlainScalar(scalar) else {
                findings.add(.wrongType(expected: "a text", found: node.kind), at: place)
                return nil
            }
            return text
        }
    }

    func choices<Choice: RawRepresentable & CaseIterable>(_ key: String) -> [Choice]
    where Choice.RawValue == String {
        texts(key).compactMap { text in
            if let choice = Choice(rawValue: text) { return choice }
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            report(.invalidValue(text, expected: "one of \(known)"), of: key)
            return nil
        }
    }

    func mappings(_ key: String, optional: Bool = false) -> [MappingReader] {
        items(key, optional: optional).map { MappingReader($0, at: $1, findings: findings) }
    }

    func mapping(_ key: String) -> MappingReader? {
        asked.append(key)
        return values[key].map { MappingReader($0, at: place(of: key), findings: findings) }
    }

    /// The raw node of a key, for values of any shape.
    func node(_ key: String) -> Node? {
        asked.append(key)
        return values[key]
    }

    /// Reports a required key that has no value; one with an unreadable value has its finding already.
    func reportMissing(_ key: String) {
        guard let value = values[key] else {
            findings.add(.missingKey(key), at: position)
            return
        }
        if case .scalar(let scalar) = value, PlainScalar(scalar) == .null {
            report(.missingKey(key), of: key)
        }
    }

    private func scalar(_ key: String, expected: String) -> PlainScalar? {
        asked.append(key)
        guard let node = values[key] else { return nil }
        guard case .scalar(let scalar) = node else {
            report(.wrongType(expected: expected, found: node.kind), of: key)
            return nil
        }
        return PlainScalar(scalar)
    }

    private func items(_ key: String, optional: Bool) -> [(Node, SourcePosition)] {
        asked.append(key)
        guard let node = values[key] else {
            if !optional { reportMissing(key) }
            return []
        }
        guard case .sequence(let sequence) = node else {
            report(.wrongType(expected: "a list", found: node.kind), of: key)
            return []
        }
        let place = place(of: key)
        return sequence.enumerated().map { index, item in
            let (line, column) = (item.mark?.line ?? place.line, item.mark?.column ?? place.column)
            return (item, SourcePosition(file: place.file, line: line, column: column, path: "\(place.path)[\(index)]"))
        }
    }
}
