// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Shows a customer.
struct CustomerShow: Verb {
    static let example = "etalon customer show KH-0001"
    static let configuration = described("show", "Xem khách hàng", "Shows a customer")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Mã khách hàng", "Code of the customer")) var code: String

    func perform(_ session: Session) async throws {
        try session.show(record: try await session.customer(code).bytes, PartyTables.customer)
    }
}

extension Session {
    /// The customer with a code, as the list has them.
    ///
    /// - Throws: ``Failure`` when there is none.
    func customer(_ code: String) async throws -> JSONValue {
        var cursor: String?
        repeat {
            let page = try parsed(
                try await get("/customers", ["search": code, "limit": "1000", "cursor": cursor]))
            if let found = page["items"]?.array?.first(where: { $0["code"]?.string == code }) { return found }
            cursor = page["next"]?.string
        } while cursor != nil
        let text = Phrase.noCustomer.filled(["code": code])
        throw Failure(problem: Problem(.notFound, vi: text.vi, en: text.en), exitCode: .badInput)
    }
}
