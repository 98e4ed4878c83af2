// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// One's own PIN.
struct PINGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "pin", "Mã PIN để ký", "The PIN asked at each signature", [PINSet.self, PINReset.self])
}
