// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// What is due and overdue.
struct DueGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "due", "Đến hạn, quá hạn", "What is due and overdue",
        [
            DueList.self, DueWhy.self, DueEmit.self, DueRunsGroup.self, DueReminders.self, DuePage.self,
            DueForecast.self, DueCalendar.self, DuePlanGroup.self,
        ])
}
