// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Says where a person gets mail.
struct StaffMail: Verb {
    static let example = "etalon staff mail ktv.hoa hoa@trungtam.example"
    static let configuration = described(
        "mail", "Ghi địa chỉ thư của một người; không có địa chỉ thì xóa", "Sets a person's mail address, or removes it")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Tài khoản", "User name")) var person: String
    @Argument(help: .both("Địa chỉ thư", "Mail address")) var email: String?

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/staff-addresses", SetPersonMail(person: person, email: email))
        try session.show(record: answer, PartyTables.acknowledgement)
    }
}
