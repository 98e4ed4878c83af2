// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Records of measurements.
struct RecordGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "record", "Biên bản kiểm định", "Verification records", [RecordPrint.self])
}
