// SPDX-License-Identifier: Apache-2.0

/// Where a rule stands, as Vietnamese readers cite it.
///
/// Clauses are kept once, in English; the names of Vietnamese acts are few and have one translation each.
package enum Citation {
    /// `Law 04/2011/QH13, Art. 14(6)` as `Luật 04/2011/QH13, Điều 14(6)`; other texts stay as they are.
    package static func vietnamese(_ clause: String) -> String {
        if let known = phrases[clause] { return known }
        return words.reduce(clause) { $0.replacing($1.0, with: $1.1) }
    }

    private static let words = [
        ("Circular ", "Thông tư "), ("Decree ", "Nghị định "), ("Law ", "Luật "), ("Decision ", "Quyết định "),
        ("Art. ", "Điều "), ("; event of ", "; sự kiện ngày "),
        (", read as the end of the month (assumed)", ", hiểu là cuối tháng (giả định)"), ("assumed: ", "giả định: "),
        (" by memory", " theo trí nhớ"),
    ]

    private static let phrases = [
        "queue of jobs": "hàng đợi công việc", "register of customers": "sổ khách hàng",
        "register of deadlines": "sổ theo dõi hạn",
    ]
}
