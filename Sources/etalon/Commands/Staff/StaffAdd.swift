// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Adds a person.
struct StaffAdd: Verb {
    static let example = #"etalon staff add ktv.hoa --name "Nguyễn Thị Hoa" --os-user hoa --role technician"#
    static let configuration = described("add", "Thêm người", "Adds a person")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Tài khoản: a–z, 0–9, . _ -", "User name: a–z, 0–9, . _ -")) var username: String
    @Option(help: .both("Họ tên", "Name")) var name: String
    @Option(help: .both("Chức danh", "Title")) var title: String?
    @Option(help: .both("Tài khoản trên máy chủ", "Account on the machine")) var osUser: String?
    @Option(
        name: .customLong("role"),
        help: "reception, technician, reviewer, signatory, manager, quality, administrator")
    var roles: [String] = []

    func perform(_ session: Session) async throws {
        let body = AddPerson(username: username, name: name, title: title, osUser: osUser, roles: roles.listed ?? [])
        try session.show(record: try await session.post("/staff", body), PartyTables.acknowledgement)
    }
}
