// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Registers a customer.
struct CustomerAdd: Verb {
    static let example = #"etalon customer add --name "Công ty Xăng dầu Cần Thơ" --kind enterprise --tax-code 1800158559"#
    static let configuration = described("add", "Thêm khách hàng", "Registers a customer")

    @OptionGroup var global: GlobalOptions
    @Option(help: .both("Tên đầy đủ theo pháp luật", "Full legal name")) var name: String
    @Option(help: "enterprise, state_body, individual") var kind: String = "enterprise"
    @Option(help: .both("Mã; tự cấp nếu không nêu", "Code; given when absent")) var code: String?
    @Option(help: .both("Mã số thuế", "Tax code")) var taxCode: String?
    @Option(help: .both("Địa chỉ", "Address")) var address: String?
    @Option(help: .both("Điện thoại", "Phone")) var phone: String?

    func perform(_ session: Session) async throws {
        let body = AddCustomer(
            code: code, name: name, kind: kind, taxCode: taxCode, address: address, phone: phone)
        try session.show(record: try await session.post("/customers", body), PartyTables.acknowledgement)
    }
}
