// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Verifications and calibrations.
struct MeasurementGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "measurement", "Kiểm định và hiệu chuẩn", "Verifications and calibrations",
        [MeasurementEnter.self, MeasurementShow.self, MeasurementList.self])
}
