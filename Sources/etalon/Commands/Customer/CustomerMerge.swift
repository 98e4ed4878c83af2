// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Says that two customers are one.
struct CustomerMerge: Verb {
    static let example = "etalon customer merge KH-0002 --into KH-0001"
    static let configuration = described("merge", "Gộp khách hàng trùng", "Merges a customer into the one that stays")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Mã bị gộp", "Code that goes")) var code: String
    @Option(help: .both("Mã được giữ", "Code that stays")) var into: String

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/customer-merges", MergeCustomer(customer: code, into: into))
        try session.show(record: answer, PartyTables.acknowledgement)
    }
}
