// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Changes a customer.
struct CustomerEdit: Verb {
    static let example = #"etalon customer edit KH-0001 --phone "0292 3820 123""#
    static let configuration = described(
        "edit", "Sửa khách hàng; phần không nêu giữ nguyên", "Changes a customer; the rest stays")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Mã khách hàng", "Code of the customer")) var code: String
    @Option(help: .both("Tên đầy đủ theo pháp luật", "Full legal name")) var name: String?
    @Option(help: .both("Mã số thuế", "Tax code")) var taxCode: String?
    @Option(help: .both("Địa chỉ", "Address")) var address: String?
    @Option(help: .both("Điện thoại", "Phone")) var phone: String?
    @Option(help: .both("Lần sửa đã thấy; mặc định là lần hiện tại", "Revision that was seen; the present one when absent"))
    var revision: Int?

    func perform(_ session: Session) async throws {
        let seen: Int
        if let revision {
            seen = revision
        } else {
            seen = try session.read(CustomerView.self, try await session.customer(code).bytes).revision
        }
        let body = EditCustomer(customer: code, name: name, taxCode: taxCode, address: address, phone: phone)
        let answer = try await session.patch("/customers", body, revision: seen)
        try session.show(record: answer, PartyTables.acknowledgement)
    }
}
