// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Measurement standards of the centre.
struct StandardGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "standard", "Chuẩn đo lường của trung tâm", "Measurement standards of the centre",
        [StandardAdd.self, StandardList.self, StandardCertificate.self, StandardCheck.self])
}
