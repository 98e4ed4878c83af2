// SPDX-License-Identifier: Apache-2.0

/// The people of the centre, by the ids under which the year names them.
enum Staff {
    static let reception = 1
    static let technician = 2
    static let technician2 = 3
    static let reviewer = 4
    /// Head of the centre.
    static let head = 5
    /// Head of the testing laboratory.
    static let testingHead = 6
    static let manager = 7
    static let quality = 8
    static let administrator = 9
    /// Deputy head, signing for the head (KT.).
    static let deputy = 10
    /// Head of the measurement laboratory.
    static let measurementHead = 11
    static let secondReviewer = 12
    /// Those who hold a verifier card: the two technicians and five more.
    static let verifiers = [2, 3, 13, 14, 15, 16, 17]
    /// Those who test samples.
    static let testers = [2, 3, 18, 19, 20, 21, 22, 23]
    /// Signing authorities by id.
    static let authorityOfHead = 1
    static let authorityOfDeputy = 2
    static let authorityOfTestingHead = 3
    static let authorityOfMeasurementHead = 4

    static let names: [String] = [
        "Nguyễn Thị Kim Ngân", "Trần Văn Phúc", "Lê Hoàng Nam", "Phạm Thị Ngọc Hân", "Võ Minh Tâm",
        "Huỳnh Thanh Tùng", "Đặng Quốc Việt", "Bùi Thị Thu Hà", "Ngô Gia Bảo", "Lý Trung Nghĩa",
        "Trương Công Đạt",
        "Hồ Thị Mỹ Loan", "Nguyễn Hữu Tài", "Phan Chí Dũng", "Dương Quốc Khánh", "Thạch Minh Sơn",
        "Lâm Phước Lộc",
        "Đỗ Thị Bích Thủy", "Châu Ngọc Yến", "Võ Thị Kim Trang", "Lê Thị Diễm", "Trần Mỹ Linh",
        "Nguyễn Trung Hiếu",
    ]

    private static let accounts: [(username: String, title: String, role: String)] = [
        ("reception", "Nhân viên tiếp nhận", "reception"), ("technician", "Kiểm định viên", "technician"),
        ("technician2", "Kiểm định viên", "technician"), ("reviewer", "Thử nghiệm viên chính", "reviewer"),
        ("signatory", "Giám đốc", "signatory"), ("signatory2", "Trưởng phòng Thử nghiệm", "signatory"),
        ("manager", "Trưởng phòng Kế hoạch", "manager"), ("quality", "Phụ trách chất lượng", "quality"),
        ("administrator", "Quản trị hệ thống", "administrator"), ("deputy", "Phó Giám đốc", "signatory"),
        ("measurement.head", "Trưởng phòng Đo lường", "signatory"),
        ("reviewer2", "Thử nghiệm viên chính", "reviewer"),
    ]

    /// Whether a verifier may work on a day: one card is suspended for six weeks, one runs out and is not renewed.
    static func mayVerify(_ person: Int, on day: Day) -> Bool {
        switch person {
        case 16: day < Day(2018, 3, 5) || day > Day(2018, 4, 16)
        case 17: day < Day(2017, 10, 1)
        default: true
        }
    }

    /// Number of the card that a verifier holds on a day; the cards were renewed one by one in September 2017.
    static func card(of person: Int, on day: Day) -> String? {
        guard let index = verifiers.firstIndex(of: person) else { return nil }
        let isRenewed = day >= Day(2017, 9, 4 + index)
        return cardNumber(index * 2 + (isRenewed ? 2 : 1))
    }

    private static func cardNumber(_ id: Int) -> String { "KĐV 92.\(padded(id, 3))" }

    /// Adds people, what each may do, verifier cards, authorities to sign and the designation of the centre.
    static func add(to tables: inout DemoTables, types: [String], families: [String]) {
        for (index, name) in names.enumerated() {
            let id = index + 1
            let isVerifier = verifiers.contains(id)
            let account =
                index < accounts.count
                ? accounts[index]
                : (
                    username: "staff\(id)", title: isVerifier ? "Kiểm định viên" : "Thử nghiệm viên",
                    role: "technician"
                )
            tables.people.add(.number(id), .text(account.username), .text(name), .text(account.title))
            tables.roleGrants.add(.number(id), .text(account.role))
        }
        addCards(to: &tables, families: arrayText(families))
        addAuthorities(to: &tables)
        let all = arrayText(types)
        tables.designations.add(
            1, "1482/QĐ-TĐC", .text(all), .day(Day(2012, 9, 14)), .day(Day(2016, 9, 14)),
            "theo phụ lục kèm quyết định")
        tables.designations.add(
            2, "1655/QĐ-TĐC", .text(all), .day(Day(2016, 8, 30)), .day(Day(2021, 8, 30)),
            "theo phụ lục kèm quyết định")
    }

    private static func addCards(to tables: inout DemoTables, families: String) {
        var id = 0
        for (index, person) in verifiers.enumerated() {
            for (round, issued) in [Day(2012, 10, 1 + index), Day(2017, 9, 4 + index)].enumerated() {
                id += 1
                let expires = Day(number: issued.number + 365 * 5 + 1)
                // The renewed card of one verifier is not there: it runs out in October 2017.
                if person == 17 && round == 1 { continue }
                tables.verifierCards.add(
                    .number(id), .number(person), .text(cardNumber(id)), .text(families),
                    .day(issued), .day(expires), .text("Quyết định số \(210 + id)/QĐ-TĐC"))
            }
        }
        tables.verifierCardEvents.add(
            1, 12, "suspended", .day(Day(2018, 3, 5)), "Chưa tham gia đào tạo lại", .number(quality))
        tables.verifierCardEvents.add(
            2, 12, "restored", .day(Day(2018, 4, 16)), "Đã hoàn thành đào tạo lại", .number(quality))
    }

    private static func addAuthorities(to tables: inout DemoTables) {
        let since = "[2013-01-01,)"
        tables.signingAuthorities.add(
            .number(authorityOfHead), .number(head), "head", "", "Giám đốc", "Director", .text(since),
            "Quyết định số 27/QĐ-SKHCN")
        tables.signingAuthorities.add(
            .number(authorityOfDeputy), .number(deputy), "head", "KT.", "Phó Giám đốc", "Deputy Director",
            .text(since), "Quyết định số 28/QĐ-SKHCN")
        tables.signingAuthorities.add(
            .number(authorityOfTestingHead), .number(testingHead), "laboratory_head", "",
            "Trưởng phòng Thử nghiệm",
            "Head of the Testing Laboratory", .text(since), "Quyết định số 12/QĐ-KT3")
        tables.signingAuthorities.add(
            .number(authorityOfMeasurementHead), .number(measurementHead), "laboratory_head", "",
            "Trưởng phòng Đo lường", "Head of the Measurement Laboratory", .text(since),
            "Quyết định số 13/QĐ-KT3")
    }
}

/// Array literal of texts that need no escape.
func arrayText(_ items: [String]) -> String {
    "{" + items.map { "\"\($0)\"" }.joined(separator: ",") + "}"
}
