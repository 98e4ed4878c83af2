// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Stamps and seals from the delivery to the instrument.
struct SealGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "seal", "Tem kiểm định và chì niêm", "Stamps and seals",
        [SealReceive.self, SealAssign.self, SealList.self, SealEvent.self, SealReconcile.self])
}
