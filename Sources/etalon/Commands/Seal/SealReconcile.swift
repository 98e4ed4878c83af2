// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Accounts for every number of every series.
struct SealReconcile: Verb {
    static let example = "etalon seal reconcile"
    static let configuration = described(
        "reconcile", "Đối chiếu từng số của từng ký hiệu; thoát 1 nếu không khớp",
        "Accounts for every number; exit 1 when one is missing")

    @OptionGroup var global: GlobalOptions

    func perform(_ session: Session) async throws {
        let stock = try session.read(List<StampStock>.self, try await session.get("/stamps")).items
        let balances = Self.balances(stock)
        let list = JSONValue.object([JSONMember("items", .array(balances.map(\.row))), JSONMember("next", .null)])
        try session.show(list: list.bytes, InstrumentTables.reconciliation)
        if balances.contains(where: { !$0.isBalanced }) { throw end(.refused) }
    }

    /// A series with the numbers it should have and those in each state.
    struct Balance {
        let kind: String
        let series: String
        let first: String
        let last: String
        let counts: [String: Int]

        /// How many numbers lie between the first and the last.
        var span: Int { (Int(last) ?? 0) - (Int(first) ?? 0) + 1 }
        var isBalanced: Bool { counts.values.reduce(0, +) == span }

        /// The balance as a row.
        var row: JSONValue {
            let states = ["received", "assigned", "affixed", "returned", "void", "lost", "removed"]
            return .object(
                [
                    JSONMember("kind", .string(kind)), JSONMember("series", .string(series)),
                    JSONMember("first", .string(first)), JSONMember("last", .string(last)),
                    JSONMember("span", .number("\(span)")),
                ] + states.map { JSONMember($0, .number("\(counts[$0] ?? 0)")) }
                    + [JSONMember("verdict", .string(isBalanced ? "balanced" : "not_balanced"))])
        }
    }

    /// The balances by kind and series, from the stock by state and holder.
    static func balances(_ stock: [StampStock]) -> [Balance] {
        let groups = Dictionary(grouping: stock) { "\($0.kind)\u{0}\($0.series)" }
        return groups.sorted { $0.key < $1.key }.compactMap { _, parts in
            guard let any = parts.first else { return nil }
            let counts = parts.reduce(into: [String: Int]()) { $0[$1.state, default: 0] += $1.count }
            return Balance(
                kind: any.kind, series: any.series, first: parts.map(\.first).min() ?? any.first,
                last: parts.map(\.last).max() ?? any.last, counts: counts)
        }
    }
}
