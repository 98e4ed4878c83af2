// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Shows an order with its samples.
struct OrderShow: Verb {
    static let example = "etalon order show 18-00007"
    static let configuration = described("show", "Xem đơn hàng", "Shows an order with its samples")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số đơn hàng", "Number of the order")) var number: String

    func perform(_ session: Session) async throws {
        let answer = try await session.get("/orders/\(step(number))")
        try session.show(record: answer, SampleTables.order, [SampleTables.orderSamples])
    }
}
