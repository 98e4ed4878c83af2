// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Shows what a customer's last order asked for.
struct OrderLast: Verb {
    static let example = "etalon order last KH-0001"
    static let configuration = described(
        "last", "Đơn hàng trước của khách yêu cầu gì", "What the customer's last order asked for")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Mã khách hàng", "Code of the customer")) var customer: String

    func perform(_ session: Session) async throws {
        try await session.list("/customers/\(step(customer))/last-order", SampleTables.lastOrder)
    }
}
