// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Registers a visit of a campaign.
struct InspectionVisit: Verb {
    static let example = """
        etalon inspection visit 88/QĐ-SKHCN --customer KH-0001 --site DD-0001 --on 2018-03-12 \
        --finding "cột đo số 2 đứt niêm"
        """
    static let configuration = described("visit", "Ghi cơ sở được thanh tra", "Registers a visit")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số quyết định của đợt", "Decision number of the campaign")) var campaign: String
    @Option(help: .both("Mã khách hàng", "Code of the customer")) var customer: String
    @Option(help: .both("Mã địa điểm", "Code of the site")) var site: String?
    @Option(help: .both("Ngày", "Day")) var on: String
    @Option(help: .both("Phát hiện", "Finding")) var finding: String?

    func perform(_ session: Session) async throws {
        let body = AddInspectionVisit(
            campaign: campaign, customer: customer, site: site, visitedOn: on, finding: finding)
        try session.show(record: try await session.post("/inspection-visits", body), PartyTables.acknowledgement)
    }
}
