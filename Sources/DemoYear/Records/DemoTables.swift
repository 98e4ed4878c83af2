// SPDX-License-Identifier: Apache-2.0

/// The rows of every table that the year fills, in COPY's format.
struct DemoTables: Sendable {
    var people = CopyRows()
    var roleGrants = CopyRows()
    var verifierCards = CopyRows()
    var verifierCardEvents = CopyRows()
    var signingAuthorities = CopyRows()
    var designations = CopyRows()
    var customers = CopyRows()
    var sites = CopyRows()
    var standards = CopyRows()
    var standardCertificates = CopyRows()
    var instruments = CopyRows()
    var channels = CopyRows()
    var instrumentEvents = CopyRows()
    var measurements = CopyRows()
    var measurementStandards = CopyRows()
    var readings = CopyRows()
    var checks = CopyRows()
    var conclusions = CopyRows()
    var stamps = CopyRows()
    var stampEvents = CopyRows()
    var yearPlans = CopyRows()
    var orders = CopyRows()
    var samples = CopyRows()
    var sampleEvents = CopyRows()
    var requests = CopyRows()
    var results = CopyRows()
    var reviews = CopyRows()
    var fuelLots = CopyRows()
    var fuelLotWithdrawals = CopyRows()
    var campaigns = CopyRows()
    var visits = CopyRows()
    var documents = CopyRows()
    var documentResults = CopyRows()
    var signatures = CopyRows()
    var documentEvents = CopyRows()
    var numberSeries = CopyRows()
}

/// A table's place in the order of filling: its name for the operator and the block that holds its COPY statement.
struct TableCopy: Sendable {
    let name: String
    let rows: any WritableKeyPath<DemoTables, CopyRows> & Sendable

    /// Tables in an order in which every row finds what it points to.
    static let beforeDocuments: [TableCopy] = [
        TableCopy(name: "person", rows: \.people), TableCopy(name: "role_grant", rows: \.roleGrants),
        TableCopy(name: "verifier_card", rows: \.verifierCards),
        TableCopy(name: "verifier_card_event", rows: \.verifierCardEvents),
        TableCopy(name: "signing_authority", rows: \.signingAuthorities),
        TableCopy(name: "designation", rows: \.designations), TableCopy(name: "customer", rows: \.customers),
        TableCopy(name: "site", rows: \.sites), TableCopy(name: "standard", rows: \.standards),
        TableCopy(name: "standard_certificate", rows: \.standardCertificates),
        TableCopy(name: "instrument", rows: \.instruments), TableCopy(name: "channel", rows: \.channels),
        TableCopy(name: "instrument_event", rows: \.instrumentEvents),
        TableCopy(name: "measurement", rows: \.measurements),
        TableCopy(name: "measurement_standard", rows: \.measurementStandards),
        TableCopy(name: "reading", rows: \.readings), TableCopy(name: "check_result", rows: \.checks),
        TableCopy(name: "conclusion", rows: \.conclusions), TableCopy(name: "stamp", rows: \.stamps),
        TableCopy(name: "stamp_event", rows: \.stampEvents), TableCopy(name: "year_plan", rows: \.yearPlans),
        TableCopy(name: "work_order", rows: \.orders), TableCopy(name: "sample", rows: \.samples),
        TableCopy(name: "sample_event", rows: \.sampleEvents), TableCopy(name: "request", rows: \.requests),
        TableCopy(name: "result", rows: \.results), TableCopy(name: "result_review", rows: \.reviews),
        TableCopy(name: "fuel_lot", rows: \.fuelLots),
        TableCopy(name: "fuel_lot_withdrawal", rows: \.fuelLotWithdrawals),
        TableCopy(name: "inspection_campaign", rows: \.campaigns),
        TableCopy(name: "inspection_visit", rows: \.visits), TableCopy(name: "document", rows: \.documents),
    ]
    /// Tables that need the documents and their hashes to be there.
    static let afterDocuments: [TableCopy] = [
        TableCopy(name: "document_result", rows: \.documentResults),
        TableCopy(name: "signature", rows: \.signatures),
        TableCopy(name: "document_event", rows: \.documentEvents),
        TableCopy(name: "number_series", rows: \.numberSeries),
    ]
}
