// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Customers.
struct CustomerGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "customer", "Khách hàng", "Customers",
        [CustomerAdd.self, CustomerList.self, CustomerShow.self, CustomerEdit.self, CustomerMerge.self])
}
