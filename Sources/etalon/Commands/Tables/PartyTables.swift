// SPDX-License-Identifier: Apache-2.0

/// Tables of customers, sites, places and staff.
enum PartyTables {
    static let customers = [
        Column("code", vi: "Mã", en: "Code"), Column("name", vi: "Tên", en: "Name"),
        Column("kind", vi: "Loại", en: "Kind"), Column("tax_code", vi: "Mã số thuế", en: "Tax code"),
        Column("address", vi: "Địa chỉ", en: "Address"), Column("phone", vi: "Điện thoại", en: "Phone"),
        Column("merged_into", vi: "Đã gộp vào", en: "Merged into"),
    ]

    static let customer = customers + [Column("revision", vi: "Lần sửa", en: "Revision", .number)]

    static let sites = [
        Column("code", vi: "Mã", en: "Code"), Column("name", vi: "Tên", en: "Name"),
        Column("kind", vi: "Loại", en: "Kind"), Column("customer_name", vi: "Khách hàng", en: "Customer"),
        Column("customer", vi: "Mã KH", en: "Customer code"), Column("place_name", vi: "Nơi", en: "Place"),
        Column("place", vi: "Mã nơi", en: "Place code"), Column("address", vi: "Địa chỉ", en: "Address"),
    ]

    static let places = [
        Column("code", vi: "Mã", en: "Code"), Column("name", vi: "Tên", en: "Name"),
        Column("in_city", vi: "Thuộc thành phố", en: "In the city"),
    ]

    static let staff = [
        Column("username", vi: "Tài khoản", en: "User name"), Column("name", vi: "Họ tên", en: "Name"),
        Column("title", vi: "Chức danh", en: "Title"), Column("roles", vi: "Vai trò", en: "Roles"),
        Column("os_user", vi: "Tài khoản máy", en: "System account"), Column("active", vi: "Đang làm", en: "Active"),
    ]

    static let token = [
        Column("id", vi: "Số", en: "Number", .number), Column("person", vi: "Người", en: "Person"),
        Column("label", vi: "Nhãn", en: "Label"), Column("token", vi: "Thẻ truy cập", en: "Token"),
    ]

    static let caller = [
        Column("username", vi: "Tài khoản", en: "User name"), Column("name", vi: "Họ tên", en: "Name"),
        Column("roles", vi: "Vai trò", en: "Roles"),
    ]

    /// What was made or changed.
    static let acknowledgement = [
        Column("code", vi: "Mã", en: "Code"), Column("id", vi: "Số", en: "Number", .number),
    ]
}
