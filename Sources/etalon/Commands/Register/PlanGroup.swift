// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Plans of the year.
struct PlanGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "plan", "Kế hoạch năm", "Plans of the year", [PlanSet.self])
}
