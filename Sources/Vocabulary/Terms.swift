// SPDX-License-Identifier: Apache-2.0

/// Words for the codes that the records and the wire know: a code is for programs, people read its word.
package enum Terms {
    /// A code with its word in both languages.
    typealias Entry = (code: String, vi: String, en: String)

    /// The word for a code; `nil` for what is no code, such as a name or a code of the master data.
    package static func word(for code: String) -> Bilingual? { words[code] ?? stage(code) }

    /// The words for a stage of reminders, which master data name by days: `90_days` ahead, `14_days_over`.
    private static func stage(_ code: String) -> Bilingual? {
        let parts = code.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 2 || (parts.count == 3 && parts[2] == "over"), parts[1] == "days", let days = Int(parts[0]),
            (0...9999).contains(days)
        else { return nil }
        return parts.count == 2
            ? Bilingual(vi: "trước \(days) ngày", en: "\(days) days ahead")
            : Bilingual(vi: "quá \(days) ngày", en: "\(days) days over")
    }

    /// The word for a role of the staff; roles have words of their own, since `quality` is a subject elsewhere.
    package static func role(_ code: String) -> Bilingual? { roleWords[code] }

    /// The word for an outcome where it is another than the code's elsewhere: a reminder that is handed over has not arrived.
    package static func outcome(_ code: String) -> Bilingual? { outcomeWords[code] ?? word(for: code) }

    /// Every code that has a word, roles included.
    package static var codes: Set<String> { Set(words.keys).union(roleWords.keys) }

    static let entries =
        states + queue + conclusions + deadlines + derivation + events + kinds + places + fields + work + dueRuns + deliveries

    private static let words = table(entries)
    private static let roleWords = table(roles)
    private static let outcomeWords = table(outcomes)

    /// A test holds that no code stands twice; were it to, the first would count.
    private static func table(_ entries: [Entry]) -> [String: Bilingual] {
        Dictionary(entries.map { ($0.code, Bilingual(vi: $0.vi, en: $0.en)) }, uniquingKeysWith: { first, _ in first })
    }

    static let outcomes: [Entry] = [("handed_over", "để người nhận phần chưa giao báo", "left to whom the unassigned goes")]

    static let roles: [Entry] = [
        ("reception", "tiếp nhận", "reception"), ("technician", "kỹ thuật viên", "technician"),
        ("reviewer", "người soát xét", "reviewer"), ("signatory", "người ký", "signatory"),
        ("manager", "lãnh đạo", "manager"), ("quality", "quản lý chất lượng", "quality manager"),
        ("administrator", "quản trị viên", "administrator"),
    ]
}
