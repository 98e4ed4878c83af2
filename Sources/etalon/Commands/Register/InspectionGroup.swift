// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Inspections of the Department.
struct InspectionGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "inspection", "Thanh tra, kiểm tra của Sở", "Inspections of the Department",
        [InspectionCampaign.self, InspectionVisit.self])
}
