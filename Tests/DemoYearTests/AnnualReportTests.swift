// SPDX-License-Identifier: Apache-2.0

import DemoYear
import Postgres
import Testing

/// The figures of the annual report that the tests compare.
struct AnnualReportRow: Decodable, Sendable, Equatable {
    let samplesTested: Int
    let plan: Int
    let planPercent: String
    let indicatorsTested: Int
    let outsideCitySamples: Int
    let outsideCityPercent: String
    let stateManagementSamples: Int
    let stateManagementPercent: String
    let fuelLotsCertified: Int
    let fuelDispensersVerified: Int
    let fuelDispensersVerifications: Int
    let fuelDispensersPassed: Int
    let fuelDispensersFailed: Int
    let fuelDispensersRefused: Int
    let fuelDispenserEnterprises: Int
    let fuelDispenserSites: Int
    let totalisersSealed: Int
    let totaliserSites: Int
    let scalesVerified: Int
    let otherScalesVerified: Int
    let scalesVerifications: Int
    let markets: Int
    let districts: Int
    let inspectionCampaigns: Int
    let inspectedEstablishments: Int
    let inspectionVisits: Int
}

struct BreakdownRow: Decodable, Sendable {
    let dimension: String
    let key: String?
    let samples: Int
    let indicators: Int
}

private let queries = NamedQueries.parse(EmbeddedFiles.texts["sql/queries/annual_report.sql", default: ""])

/// The report of a year as seen on a day.
func annualReport(_ year: Int, asOf: String, on database: isolated Connection) throws -> AnnualReportRow {
    let statement = Statement<AnnualReportRow>(
        name: "annual_report", sql: queries["annual_report", default: ""])
    return try #require(try database.first(statement, year, asOf))
}

@Suite struct AnnualReportTests {
    @Test func `the report of 2017 gives every published figure`() async throws {
        let published = PublishedYear()
        let database = try await DemoDatabase.filled.value.open()
        let report = try await annualReport(2017, asOf: "2018-06-30", on: database)
        #expect(report.samplesTested == published.samples)
        #expect(report.plan == published.plan)
        #expect(report.planPercent == "106.8")
        #expect(report.indicatorsTested == published.indicators)
        #expect(report.outsideCitySamples == published.outsideCity)
        #expect(report.outsideCityPercent == "43.7")
        #expect(report.stateManagementSamples == published.stateManagement)
        #expect(report.stateManagementPercent == "22.3")
        #expect(report.fuelLotsCertified == published.fuelLots)
        #expect(report.fuelDispensersVerified == published.dispensers)
        #expect(report.fuelDispenserEnterprises == published.dispenserEnterprises)
        #expect(report.totalisersSealed == published.totalisers)
        #expect(report.totaliserSites == published.totaliserSites)
        #expect(report.scalesVerified == published.marketScales)
        #expect(report.markets == published.markets)
        #expect(report.districts == published.districts)
        #expect(report.inspectionCampaigns == published.campaigns)
        #expect(report.inspectedEstablishments == published.inspectedEstablishments)
        await database.close()
    }

    @Test func `the companions show what the published figures leave out`() async throws {
        let database = try await DemoDatabase.filled.value.open()
        let report = try await annualReport(2017, asOf: "2018-06-30", on: database)
        #expect(report.fuelDispensersVerifications > report.fuelDispensersVerified)
        #expect(
            report.fuelDispensersPassed + report.fuelDispensersFailed == report.fuelDispensersVerifications)
        #expect(report.fuelDispensersFailed > 0)
        #expect(report.fuelDispensersRefused > 0)
        #expect(report.fuelDispenserSites > report.fuelDispenserEnterprises)
        #expect(report.scalesVerifications > report.scalesVerified)
        #expect(report.otherScalesVerified > 0)
        #expect(report.inspectionVisits > report.inspectedEstablishments)
        await database.close()
    }

    @Test func `the breakdowns by field, month and ministry each sum to the whole`() async throws {
        let database = try await DemoDatabase.filled.value.open()
        let statement = Statement<BreakdownRow>(
            name: "annual_report_breakdown", sql: queries["annual_report_breakdown", default: ""])
        let rows = try await database.rows(statement, 2017, "2018-06-30")
        for (dimension, parts) in [("field", 8), ("month", 12), ("ministry", 8)] {
            let of = rows.filter { $0.dimension == dimension }
            #expect(of.count == parts)
            #expect(of.reduce(0) { $0 + $1.samples } == PublishedYear().samples)
            #expect(of.reduce(0) { $0 + $1.indicators } == PublishedYear().indicators)
        }
        await database.close()
    }

    @Test func `a report withdrawn takes its sample out of the figure, and only after that day`() async throws {
        let database = try await DemoDatabase.filled.value.open()
        try await withdrawOne(on: database)
        await database.close()
    }

    private func withdrawOne(on database: isolated Connection) throws {
        struct Undo: Error {}
        #expect(throws: Undo.self) {
            try database.transaction { database in
                try database.script(
                    """
                    insert into record.document_event (document_id, kind, happened_on, reason)
                    select d.id, 'withdrawn', date '2018-06-30', 'test'
                    from record.document d
                    join record.sample s on s.id = d.sample_id and s.kind = 'customer' and s.parent_id is null
                    where d.year = 2017 and d.kind = 'test_report' and d.replaces_id is null
                      and not exists (select from record.document_event e where e.document_id = d.id and e.kind <> 'issued')
                    order by d.id limit 1
                    """)
                let after = try annualReport(2017, asOf: "2018-06-30", on: database)
                #expect(after.samplesTested == PublishedYear().samples - 1)
                let before = try annualReport(2017, asOf: "2018-06-29", on: database)
                #expect(before.samplesTested == PublishedYear().samples)
                throw Undo()
            }
        }
    }

    @Test func `a report replaced after the New Year still counts once for the old year`() async throws {
        let database = try await DemoDatabase.filled.value.open()
        let atNewYear = try await annualReport(2017, asOf: "2017-12-31", on: database)
        // Nine of the year's reports were withdrawn by then; none of them is counted at either cut-off.
        #expect(atNewYear.samplesTested == PublishedYear().samples)
        await database.close()
    }

    @Test func `the years around have samples of their own`() async throws {
        let database = try await DemoDatabase.filled.value.open()
        for year in [2016, 2018] {
            let report = try await annualReport(year, asOf: "2019-01-01", on: database)
            #expect(report.samplesTested > 1_000)
            #expect(report.fuelDispensersVerified > 100)
        }
        await database.close()
    }
}
