// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Sites of customers.
struct SiteGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "site", "Địa điểm của khách hàng", "Sites of customers", [SiteAdd.self, SiteList.self])
}
