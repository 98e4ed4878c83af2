// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import LabStore
package import LaboratoryModel

/// Registers a customer.
package enum CustomerAdd: Act {
    package static let name = "customer.add"
    package static let roles: Set<Role> = [.reception, .administrator]

    package static func perform(
        _ request: AddCustomer, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let name = check.text("name", request.name)
        let kind = check.word("kind", request.kind, of: ["enterprise", "state_body", "individual"])
        try check.finish()
        let key = try database.only(
            Statements.customerAdd, request.code, name, kind, request.taxCode, request.address, request.phone)
        return Acknowledgement(id: key.id, code: key.code)
    }
}

/// Changes a customer that was read before.
package enum CustomerEdit: Act {
    package static let name = "customer.edit"
    package static let roles: Set<Role> = [.reception, .administrator]
    package static var needsRevision: Bool { true }

    package static func perform(
        _ request: EditCustomer, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        if let name = request.name { _ = check.text("name", name) }
        try check.finish()
        let customer = try database.customer(request.customer)
        guard
            let key = try database.find(
                Statements.customerEdit, customer.code, setting.revision ?? 0, request.name, request.taxCode, request.address,
                request.phone)
        else { throw ActError.staleRevision }
        return Acknowledgement(id: key.id, code: key.code)
    }
}

/// Says that two customers are one legal person.
package enum CustomerMerge: Act {
    package static let name = "customer.merge"
    package static let roles: Set<Role> = [.reception, .administrator]

    package static func perform(
        _ request: MergeCustomer, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        let customer = try database.customer(request.customer)
        let into = try database.customer(request.into)
        guard customer.id != into.id, let key = try database.find(Statements.customerMerge, customer.id, into.id) else {
            throw ActError.invalid(
                "into", vi: "không thể gộp một khách hàng vào chính nó", en: "a customer cannot be merged into itself")
        }
        return Acknowledgement(id: key.id, code: key.code)
    }
}

/// Registers a site of a customer.
package enum SiteAdd: Act {
    package static let name = "site.add"
    package static let roles: Set<Role> = [.reception, .technician, .administrator]
    static let kinds = [
        "fuel_station", "wholesale_market", "retail_market", "hospital", "pharmacy", "laboratory", "factory", "office", "other",
    ]

    package static func perform(
        _ request: AddSite, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let name = check.text("name", request.name)
        let kind = check.word("kind", request.kind, of: kinds)
        try check.finish()
        let customer = try database.customer(request.customer)
        _ = try database.place(request.place, on: setting.today, field: "place")
        let key = try database.only(
            Statements.siteAdd, request.code, customer.id, name, kind, request.place, request.address)
        return Acknowledgement(id: key.id, code: key.code)
    }
}

extension Transaction {
    /// The customer with a code, who is still a customer of their own.
    func customer(_ code: String) throws -> CustomerRow {
        guard let row = try find(Statements.customerByCode, code) else {
            throw ActError.notFound(thing: .customer, name: code)
        }
        if let into = row.mergedInto { throw ActError.refused([.customerMerged(customer: code, into: into)]) }
        return row
    }

    /// The site with a code.
    func site(_ code: String) throws -> SiteRow {
        guard let row = try find(Statements.siteByCode, code) else { throw ActError.notFound(thing: .site, name: code) }
        return row
    }

    /// The administrative unit with a code on a day.
    func place(_ code: String, on day: CivilDate, field: String) throws -> PlaceRow {
        guard let row = try find(Statements.placeOn, code, "\(day)") else {
            throw ActError.invalid(
                field, vi: "không có đơn vị hành chính “\(code)” vào ngày \(day.dayMonthYear); xem `etalon place list`",
                en: "there is no administrative unit “\(code)” on \(day); see `etalon place list`")
        }
        return row
    }

    /// The person with a user name.
    func person(_ username: String) throws -> KeyRow {
        guard let row = try find(Statements.personByUsername, username) else {
            throw ActError.notFound(thing: .person, name: username)
        }
        return row
    }
}

/// Where a page of a list starts and how long it is.
package struct Page: Sendable {
    /// Identity behind which the page starts; nil for the first.
    package let after: Int64?
    /// At most 1,000.
    package let limit: Int

    package init(after: Int64? = nil, limit: Int = 100) {
        (self.after, self.limit) = (after, limit)
    }

    /// Cuts a list that was asked for with one row too many into a page.
    func list<Item: Sendable>(_ items: [Item], cursor: (Item) -> Int64) -> List<Item> {
        guard items.count > limit, limit > 0 else { return List(items: items) }
        return List(items: Array(items.prefix(limit)), next: String(cursor(items[limit - 1])))
    }
}

/// Customers by search text.
package enum CustomerList: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ parameters: (search: String?, page: Page), in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<CustomerView> {
        let rows = try database.all(
            Statements.customerList, parameters.search, parameters.page.after ?? 0, parameters.page.limit + 1)
        return parameters.page.list(rows, cursor: \.id)
    }
}

/// Sites by search text and customer.
package enum SiteList: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ parameters: (search: String?, customer: String?, page: Page), in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<SiteView> {
        let rows = try database.all(
            Statements.siteList, parameters.search, parameters.customer, parameters.page.after ?? 0, parameters.page.limit + 1)
        if rows.isEmpty { try database.requireKnown([.customer: parameters.customer]) }
        return parameters.page.list(rows, cursor: \.id)
    }
}

/// Administrative units of a day.
package enum PlaceList: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ day: String?, in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<PlaceRow> {
        var check = InputCheck(today: setting.today)
        let day = check.date("on", day, required: false, future: true)
        try check.finish()
        return List(items: try database.all(Statements.placeList, "\(day)"))
    }
}
