// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Measuring instruments of customers.
struct InstrumentGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "instrument", "Phương tiện đo", "Measuring instruments",
        [
            InstrumentAdd.self, InstrumentList.self, InstrumentShow.self, InstrumentHistory.self,
            InstrumentEvent.self,
        ])
}
