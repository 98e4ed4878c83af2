// SPDX-License-Identifier: Apache-2.0

/// Parts of personal names and of the names of firms, as they are met in the Mekong Delta.
enum Names {
    static let families = [
        "Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý",
        "Trương",
        "Phan", "Lâm", "Châu", "Thạch", "Kim", "Quách",
    ]
    static let maleMiddles = [
        "Văn", "Hữu", "Minh", "Thanh", "Quốc", "Hoàng", "Trung", "Chí", "Công", "Phước",
    ]
    static let maleGivens = [
        "Tâm", "Phúc", "Nghĩa", "Tài", "Lộc", "Bình", "Dũng", "Hải", "Khánh", "Long", "Nhân", "Quân", "Sơn",
        "Thắng",
        "Tùng", "Vinh", "Đạt", "Đức", "Hiếu", "Kiệt",
    ]
    static let femaleMiddles = ["Thị", "Ngọc", "Thị Kim", "Thị Ngọc", "Thu", "Mỹ", "Thị Thu", "Bích"]
    static let femaleGivens = [
        "Ngân", "Hân", "Hà", "Loan", "Phượng", "Trang", "Thảo", "Tuyền", "Yến", "Diễm", "Linh", "Mai",
        "Nhung", "Oanh",
        "Quyên", "Thủy", "Vy", "Đào", "Hạnh", "Lan",
    ]
    /// Words that firms take for a name.
    static let firms = [
        "Phúc Thịnh", "Hưng Phát", "Thành Đạt", "Tân Tiến", "Minh Khang", "Vạn Lợi", "Hoàng Gia", "Đại Phát",
        "Kim Ngân",
        "Trường Thịnh", "An Bình", "Hòa Phát", "Thuận An", "Tây Đô", "Hậu Giang", "Sông Hậu", "Cửu Long",
        "Nam Bộ",
        "Phước Lộc", "Quang Minh", "Thanh Bình", "Thiên Phú", "Đông Phương", "Ngọc Hân", "Hải Đăng",
        "Tín Nghĩa",
        "Việt Hưng", "Phú Quý", "Đồng Tâm", "Hồng Hà", "Bảo Long", "Gia Huy",
    ]
    static let streets = [
        "Nguyễn Văn Cừ", "30 Tháng 4", "3 Tháng 2", "Mậu Thân", "Trần Hưng Đạo", "Cách Mạng Tháng Tám",
        "Lê Hồng Phong",
        "Nguyễn Trãi", "Hùng Vương", "Trần Quang Diệu", "Võ Văn Kiệt", "Quang Trung", "Lý Tự Trọng",
        "Phạm Hùng",
        "Nguyễn Văn Linh", "Hòa Bình", "Trần Phú", "Quốc lộ 91", "Quốc lộ 1A", "Tỉnh lộ 923",
    ]

    /// A full name; even numbers of the draw are men.
    static func person(_ random: inout RandomSource) -> String {
        let family = random.pick(families)
        if random.below(2) == 0 {
            return "\(family) \(random.pick(maleMiddles)) \(random.pick(maleGivens))"
        }
        return "\(family) \(random.pick(femaleMiddles)) \(random.pick(femaleGivens))"
    }

    /// House number and street.
    static func address(_ random: inout RandomSource, place: String) -> String {
        "\(random.within(1...420)) \(random.pick(streets)), \(place)"
    }
}
