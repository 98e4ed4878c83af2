// SPDX-License-Identifier: Apache-2.0

/// The wholesale markets of the demonstration, four in each of the nine districts of 2017.
///
/// Names of places of the city; which of them holds a wholesale market is made up.
enum MarketNames {
    /// District as the catalogue names it (without the word for its kind), then its markets.
    static let byDistrict: [(district: String, markets: [String])] = [
        ("Ninh Kiều", ["Chợ An Bình", "Chợ Tân An", "Chợ Xuân Khánh", "Chợ An Nghiệp"]),
        ("Bình Thủy", ["Chợ Bình Thủy", "Chợ Trà Nóc", "Chợ Long Hòa", "Chợ An Thới"]),
        ("Cái Răng", ["Chợ đầu mối Cái Răng", "Chợ nổi Cái Răng", "Chợ Hưng Phú", "Chợ Phú Thứ"]),
        ("Ô Môn", ["Chợ Ô Môn", "Chợ Phước Thới", "Chợ Thới An", "Chợ Trường Lạc"]),
        ("Thốt Nốt", ["Chợ Thốt Nốt", "Chợ đầu mối gạo Thốt Nốt", "Chợ Thuận Hưng", "Chợ Tân Lộc"]),
        ("Phong Điền", ["Chợ Phong Điền", "Chợ nổi Phong Điền", "Chợ Trường Long", "Chợ Nhơn Ái"]),
        ("Cờ Đỏ", ["Chợ Cờ Đỏ", "Chợ Trung An", "Chợ Thới Hưng", "Chợ Trung Hưng"]),
        ("Thới Lai", ["Chợ Thới Lai", "Chợ Định Môn", "Chợ Trường Xuân", "Chợ Đông Bình"]),
        ("Vĩnh Thạnh", ["Chợ Vĩnh Thạnh", "Chợ Thạnh An", "Chợ Thạnh Quới", "Chợ Vĩnh Trinh"]),
    ]
}
