// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Pure calculations; no daemon is needed.
struct MetrologyGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "metrology", "Phép tính đo lường, không cần dịch vụ", "Calculations of metrology, without the daemon",
        [MetrologySolve.self, MetrologyUncertainty.self])
}
