// SPDX-License-Identifier: Apache-2.0

/// A customer as the generator remembers it.
struct Party: Sendable {
    let id: Int
    let name: String
    let address: String
    let place: String
    let isOutside: Bool
}

/// A site of a customer.
struct SitePlan: Sendable {
    let id: Int
    let owner: Int
    let name: String
    let place: String
    let address: String
    let kind: String
}

/// Customers and sites, handed out with their ids.
struct PartyRegister: Sendable {
    private(set) var parties: [Party] = []
    private(set) var sites: [SitePlan] = []
    private var names: Set<String> = []

    /// Adds a customer under a name that no other has.
    mutating func add(
        _ wanted: String, kind: String, place: PlaceRow, mergedInto: Int? = nil, random: inout RandomSource,
        tables: inout DemoTables
    ) -> Party {
        var name = wanted
        var attempt = 2
        while !names.insert(name).inserted {
            name = "\(wanted) \(attempt)"
            attempt += 1
        }
        let id = parties.count + 1
        let address = Names.address(&random, place: place.nameVi)
        // One legal person has one tax code; a code that was merged away has lost it.
        let taxCode = mergedInto == nil && kind != "state_body" ? "1800\(padded(100_000 + id * 7, 6))" : nil
        let phone = "0292 3\(padded(random.below(1_000_000), 6))"
        tables.customers.add(
            .number(id), .text("KH\(padded(id, 5))"), .text(name), .text(kind), .optional(taxCode),
            .text(address),
            .text(phone), .optional(mergedInto))
        let party = Party(id: id, name: name, address: address, place: place.code, isOutside: !place.inCity)
        parties.append(party)
        return party
    }

    /// Adds a site of a customer.
    mutating func addSite(
        _ name: String, of owner: Party, kind: String, place: PlaceRow, random: inout RandomSource,
        tables: inout DemoTables
    ) -> SitePlan {
        let id = sites.count + 1
        let address = Names.address(&random, place: place.nameVi)
        tables.sites.add(
            .number(id), .text("DD\(padded(id, 5))"), .number(owner.id), .text(name), .text(kind),
            .text(place.code),
            .text(address))
        let site = SitePlan(
            id: id, owner: owner.id, name: name, place: place.code, address: address, kind: kind)
        sites.append(site)
        return site
    }

    /// The customer of an id.
    func party(_ id: Int) -> Party { parties[id - 1] }
    /// The site of an id.
    func site(_ id: Int) -> SitePlan { sites[id - 1] }
}

/// Who holds what in the year.
struct DemoParties: Sendable {
    var register = PartyRegister()
    /// Stations in the city, each with the customer code under which it is served; one enterprise may hold two.
    var stations: [SitePlan] = []
    /// The code that serves a station: now and then one that was merged into another.
    var stationHolders: [Int] = []
    /// A station that changed hands in the year, by its index: whoever held it before.
    var formerHolder: (station: Int, party: Int)?
    var stationsOutside: [SitePlan] = []
    var wholesaleMarkets: [SitePlan] = []
    var retailMarkets: [SitePlan] = []
    var hospitals: [SitePlan] = []
    var laboratories: [SitePlan] = []
    var firmsInCity: [Party] = []
    var firmsOutside: [Party] = []
    var stateBodies: [Ministry: [Party]] = [:]
    var stateBodiesOutside: [Ministry: [Party]] = [:]
    /// The centre itself, for control and internal samples.
    var centre: Party?

    /// Customer codes merged into others, that still serve stations.
    static let mergedCodes = 5
    /// Enterprises that hold two stations.
    static let doubleStations = 22
    /// The enterprise, by index, that sold its second station in the year.
    static let soldBy = 10
}

extension DemoParties {
    /// Adds everyone the year deals with.
    init(
        catalogue: DemoCatalogue, enterprises: Int, random: inout RandomSource, tables: inout DemoTables
    ) throws(DemoYearError) {
        var districts: [PlaceRow] = []
        for (name, _) in MarketNames.byDistrict { districts.append(try catalogue.district(name)) }
        let centreParty = register.add(
            "Trung tâm Kỹ thuật Tiêu chuẩn Đo lường Chất lượng Cần Thơ", kind: "state_body",
            place: districts[0],
            random: &random, tables: &tables)
        centre = centreParty
        addStations(districts: districts, enterprises: enterprises, random: &random, tables: &tables)
        addMarkets(districts: districts, random: &random, tables: &tables)
        addStationsOutside(catalogue.provinces, random: &random, tables: &tables)
        addHealthAndLaboratories(
            districts: districts, provinces: catalogue.provinces, random: &random, tables: &tables)
        addFirms(districts: districts, provinces: catalogue.provinces, random: &random, tables: &tables)
        addStateBodies(
            city: districts[0], provinces: catalogue.provinces, random: &random, tables: &tables)
    }

    private mutating func addStations(
        districts: [PlaceRow], enterprises: Int, random: inout RandomSource, tables: inout DemoTables
    ) {
        let forms = [
            "DNTN Xăng dầu", "Công ty TNHH Xăng dầu", "Công ty TNHH MTV Xăng dầu", "Công ty CP Xăng dầu",
            "DNTN",
        ]
        var number = 0
        for index in 0..<enterprises {
            let place = districts[index % districts.count]
            let owner = register.add(
                "\(random.pick(forms)) \(random.pick(Names.firms))", kind: "enterprise", place: place,
                random: &random,
                tables: &tables)
            let isDouble = index < Self.doubleStations
            for copy in 0..<(isDouble ? 2 : 1) {
                number += 1
                let stationPlace = copy == 0 ? place : districts[(index + 3) % districts.count]
                let isSold = copy == 1 && index == Self.soldBy
                let holder = isSold ? register.party(stationHolders[0]) : owner
                if isSold { formerHolder = (stations.count, owner.id) }
                let site = register.addSite(
                    "Cửa hàng xăng dầu số \(number)", of: holder, kind: "fuel_station", place: stationPlace,
                    random: &random, tables: &tables)
                stations.append(site)
                // The second station of the first few was taken over with a firm whose code was merged.
                if copy == 1 && index < Self.mergedCodes {
                    let merged = register.add(
                        "DNTN \(random.pick(Names.firms)) (cũ)", kind: "enterprise", place: stationPlace,
                        mergedInto: owner.id, random: &random, tables: &tables)
                    stationHolders.append(merged.id)
                } else {
                    stationHolders.append(holder.id)
                }
            }
        }
    }

    private mutating func addMarkets(
        districts: [PlaceRow], random: inout RandomSource, tables: inout DemoTables
    ) {
        for (district, entry) in zip(districts, MarketNames.byDistrict) {
            for market in entry.markets {
                let owner = register.add(
                    "Ban Quản lý \(market)", kind: "state_body", place: district, random: &random,
                    tables: &tables)
                wholesaleMarkets.append(
                    register.addSite(
                        market, of: owner, kind: "wholesale_market", place: district, random: &random,
                        tables: &tables))
            }
            let owner = register.add(
                "Tổ Quản lý chợ bán lẻ \(entry.district)", kind: "state_body", place: district,
                random: &random,
                tables: &tables)
            retailMarkets.append(
                register.addSite(
                    "Chợ bán lẻ trung tâm \(entry.district)", of: owner, kind: "retail_market",
                    place: district,
                    random: &random, tables: &tables))
        }
    }

    private mutating func addStationsOutside(
        _ provinces: [PlaceRow], random: inout RandomSource, tables: inout DemoTables
    ) {
        for index in 0..<12 {
            let place = provinces[(index * 5) % provinces.count]
            let owner = register.add(
                "Công ty TNHH Xăng dầu \(random.pick(Names.firms))", kind: "enterprise", place: place,
                random: &random,
                tables: &tables)
            stationsOutside.append(
                register.addSite(
                    "Cửa hàng xăng dầu \(place.nameVi) số \(index + 1)", of: owner, kind: "fuel_station",
                    place: place,
                    random: &random, tables: &tables))
        }
    }

    private mutating func addHealthAndLaboratories(
        districts: [PlaceRow], provinces: [PlaceRow], random: inout RandomSource, tables: inout DemoTables
    ) {
        for district in districts {
            let owner = register.add(
                "Bệnh viện Đa khoa \(district.nameVi)", kind: "state_body", place: district, random: &random,
                tables: &tables)
            hospitals.append(
                register.addSite(
                    owner.name, of: owner, kind: "hospital", place: district, random: &random, tables: &tables
                ))
        }
        let kinds = [
            "Công ty CP Dược phẩm", "Công ty CP Thủy sản", "Công ty TNHH Phân tích môi trường", "Nhà thuốc",
        ]
        for index in 0..<60 {
            let place =
                index % 3 == 0 ? districts[index % districts.count] : provinces[index % provinces.count]
            let owner = register.add(
                "\(kinds[index % kinds.count]) \(random.pick(Names.firms))", kind: "enterprise", place: place,
                random: &random, tables: &tables)
            laboratories.append(
                register.addSite(
                    "Phòng thử nghiệm \(owner.name)", of: owner, kind: "laboratory", place: place,
                    random: &random,
                    tables: &tables))
        }
    }

    private mutating func addFirms(
        districts: [PlaceRow], provinces: [PlaceRow], random: inout RandomSource, tables: inout DemoTables
    ) {
        let trades = [
            "Thủy sản", "Lương thực", "Thực phẩm", "Phân bón", "Thương mại", "Xây dựng", "Chế biến nông sản",
            "Vật tư nông nghiệp",
        ]
        let forms = ["Công ty TNHH", "Công ty CP", "Công ty TNHH MTV", "DNTN", "Hợp tác xã"]
        for index in 0..<800 {
            let place = index < 420 ? districts[index % districts.count] : provinces[index % provinces.count]
            let name = "\(random.pick(forms)) \(random.pick(trades)) \(random.pick(Names.firms))"
            let party = register.add(name, kind: "enterprise", place: place, random: &random, tables: &tables)
            if party.isOutside { firmsOutside.append(party) } else { firmsInCity.append(party) }
        }
    }

    private mutating func addStateBodies(
        city: PlaceRow, provinces: [PlaceRow], random: inout RandomSource, tables: inout DemoTables
    ) {
        let bodies: [(Ministry, String)] = [
            (.science, "Chi cục Tiêu chuẩn Đo lường Chất lượng"),
            (.science, "Thanh tra Sở Khoa học và Công nghệ"),
            (.agriculture, "Chi cục Quản lý chất lượng nông lâm sản và thủy sản"),
            (.agriculture, "Chi cục Trồng trọt và Bảo vệ thực vật"),
            (.health, "Chi cục An toàn vệ sinh thực phẩm"),
            (.industry, "Chi cục Quản lý thị trường"), (.environment, "Chi cục Bảo vệ môi trường"),
            (.construction, "Thanh tra Sở Xây dựng"),
            (.labour, "Thanh tra Sở Lao động - Thương binh và Xã hội"),
        ]
        for (ministry, body) in bodies {
            let own = register.add(
                "\(body) thành phố Cần Thơ", kind: "state_body", place: city, random: &random, tables: &tables
            )
            stateBodies[ministry, default: []].append(own)
            for step in 0..<6 {
                let place = provinces[(step * 7 + 1) % provinces.count]
                let party = register.add(
                    "\(body) \(place.nameVi)", kind: "state_body", place: place, random: &random,
                    tables: &tables)
                stateBodiesOutside[ministry, default: []].append(party)
            }
        }
    }
}
