// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// The staff and their roles.
struct StaffGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "staff", "Nhân sự và vai trò", "The staff and their roles",
        [StaffAdd.self, StaffList.self, StaffGrant.self, StaffRevoke.self, StaffMail.self])
}
