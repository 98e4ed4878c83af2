// SPDX-License-Identifier: Apache-2.0

/// Draws the year: plans everything that happens, then writes it down in the order in which it happened.
struct DemoGenerator {
    let catalogue: DemoCatalogue
    let calendar: WorkingCalendar
    let year = PublishedYear()
    let seed: UInt64
    var random: RandomSource
    var tables = DemoTables()
    var parties = DemoParties()
    var instruments: [InstrumentPlan] = []
    var works: [Work] = []
    var dispensersSeen = 0
    var stampCount = 0
    var stampEventCount = 0
    var instrumentEventCount = 0
    var channelCount = 0
    var papers = PaperTrail()
    var standardPapers: [StandardPaper] = []
    /// Address under which anyone may check a document; codes are put behind it.
    let checkAddress: String

    init(catalogue: DemoCatalogue, seed: UInt64, checkAddress: String) {
        self.checkAddress = checkAddress
        self.catalogue = catalogue
        self.seed = seed
        calendar = catalogue.calendar
        random = RandomSource(seed: seed)
    }

    /// Plans and writes everything; afterwards ``tables`` holds every row.
    mutating func generate() throws {
        let types = ["19", "20", "8a", "8b", "32", "34c", "50", "51"]
        var families: Set<String> = []
        for code in types { families.insert(try catalogue.type(code).family) }
        Staff.add(to: &tables, types: types, families: families.sorted())
        parties = try DemoParties(
            catalogue: catalogue, enterprises: year.dispenserEnterprises, random: &random, tables: &tables)
        addStandards()
        try addDispensers()
        try addScales()
        try addMedicalDevices()
        try addCalibrations()
        try writeWorks()
        writeUnusedStamps()
        try addSamples()
        try addFuelLots()
        addInspections()
        addPlans()
        try writePapers()
    }

    /// A verifier who may work on that day.
    mutating func verifier(on day: Day) -> Int {
        let free = Staff.verifiers.filter { Staff.mayVerify($0, on: day) }
        return random.pick(free)
    }

    /// Records that something happened to an instrument.
    mutating func event(_ instrument: Int, _ kind: String, on day: Day, note: String) {
        instrumentEventCount += 1
        tables.instrumentEvents.add(
            .number(instrumentEventCount), .number(instrument), .text(kind), .day(day), .text(note),
            .number(Staff.technician))
    }

    /// The instrument of an id.
    func instrument(_ id: Int) -> InstrumentPlan { instruments[id - 1] }
}

/// What a new instrument needs.
struct NewInstrument {
    let type: TypeRow
    let site: SitePlan
    let putInUse: Day
    var maker = ""
    var country = "Việt Nam"
    var model = ""
    var characteristics = "{}"
    var channels: [(name: String, characteristics: String)] = []
    var inTradeUse = true
    var calibrationMonths: Int?
    /// Scale interval in grams, where it is a scale.
    var division = 0
    /// Max in kilograms, where it is a scale.
    var capacity = 0
}

extension DemoGenerator {
    /// Registers an instrument and its channels; returns its id.
    mutating func addInstrument(_ new: NewInstrument) -> Int {
        let id = instruments.count + 1
        let madeIn = new.putInUse.year - random.below(3)
        let prefix = new.model.split(separator: "-").first.map(String.init) ?? "N"
        let serial = "\(prefix)\(twoDigits(madeIn % 100))\(padded(10_000 + id * 3, 6))"
        tables.instruments.add(
            .number(id), .text("TB\(padded(papers.next("instrument", year: 0), 6))"), .text(new.type.code), .text(serial),
            .text(new.maker),
            .text(new.country), .text(new.model), .number(madeIn),
            .text("PDM \(padded(100 + id % 60, 3))-\(madeIn)"),
            .number(new.site.id), .flag(new.inTradeUse), .day(new.putInUse), .optional(new.calibrationMonths),
            .text(new.characteristics))
        var channels: [Int] = []
        for (index, channel) in new.channels.enumerated() {
            channelCount += 1
            channels.append(channelCount)
            tables.channels.add(
                .number(channelCount), .number(id), .number(index + 1), .text(channel.name),
                .text(channel.characteristics))
        }
        instruments.append(
            InstrumentPlan(
                id: id, type: new.type.code, typeName: new.type.nameVi, serial: serial,
                maker: "\(new.maker), \(new.country)", model: new.model, madeInYear: madeIn,
                characteristics: new.characteristics, site: new.site, channels: channels,
                division: new.division,
                capacity: new.capacity))
        return id
    }
}
