// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Fuel lots certified as conforming.
struct LotGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "lot", "Lô xăng dầu hợp quy", "Fuel lots certified as conforming", [LotCertify.self, LotWithdraw.self])
}
