// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Registers a site of a customer.
struct SiteAdd: Verb {
    static let example =
        #"etalon site add --customer KH-0001 --name "Cửa hàng xăng dầu số 5" --kind fuel_station --place 916"#
    static let configuration = described("add", "Thêm địa điểm", "Registers a site")

    @OptionGroup var global: GlobalOptions
    @Option(help: .both("Mã khách hàng", "Code of the customer")) var customer: String
    @Option(help: .both("Tên", "Name")) var name: String
    @Option(
        help: """
            fuel_station, wholesale_market, retail_market, hospital, pharmacy, laboratory, factory, office, other
            """)
    var kind: String
    @Option(help: .both("Mã đơn vị hành chính", "Code of the administrative unit")) var place: String
    @Option(help: .both("Mã; tự cấp nếu không nêu", "Code; given when absent")) var code: String?
    @Option(help: .both("Địa chỉ", "Address")) var address: String?

    func perform(_ session: Session) async throws {
        let body = AddSite(code: code, customer: customer, name: name, kind: kind, place: place, address: address)
        try session.show(record: try await session.post("/sites", body), PartyTables.acknowledgement)
    }
}
