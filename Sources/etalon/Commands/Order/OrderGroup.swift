// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Orders of customers.
struct OrderGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "order", "Đơn hàng", "Orders", [OrderShow.self, OrderLast.self, OrderSlip.self])
}
