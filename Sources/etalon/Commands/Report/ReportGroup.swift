// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Test reports.
struct ReportGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "report", "Phiếu kết quả thử nghiệm, báo cáo năm", "Test reports, annual report",
        [
            ReportIssue.self, ReportAmend.self, ReportList.self, ReportShow.self, ReportPDF.self,
            ReportHandOver.self, ReportAnnual.self,
        ])
}
