// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Results from the bench to their approval.
struct ResultGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "result", "Kết quả thử nghiệm", "Test results",
        [
            ResultWorkList.self, ResultEnter.self, ResultImport.self, ResultQueue.self, ResultReview.self,
            ResultApprove.self, ResultRetest.self, ResultHistory.self,
        ])
}
