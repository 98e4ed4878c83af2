// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Registers an inspection campaign.
struct InspectionCampaign: Verb {
    static let example = """
        etalon inspection campaign 88/QĐ-SKHCN --decided-on 2018-03-01 --title "Kiểm tra đo lường dịp lễ" \
        --subject measurement
        """
    static let configuration = described("campaign", "Ghi đợt thanh tra", "Registers a campaign")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số quyết định", "Number of the decision")) var decision: String
    @Option(help: .both("Ngày quyết định", "Day of the decision")) var decidedOn: String
    @Option(help: .both("Tên đợt", "Title")) var title: String
    @Option(help: "measurement, quality, labels, mixed") var subject: String

    func perform(_ session: Session) async throws {
        let body = AddInspectionCampaign(decision: decision, decidedOn: decidedOn, title: title, subject: subject)
        try session.show(
            record: try await session.post("/inspection-campaigns", body), PartyTables.acknowledgement)
    }
}
