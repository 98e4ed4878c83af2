// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import LabOperations
import LaboratoryModel
import Testing

/// Every key of the annual report moves by exactly one when one qualifying record is added through the verbs, and nothing else moves
/// but what the definitions move with it.
@Suite("Figures of the annual report")
struct AnnualFigureTests {
    /// Keys that were seen to move by one, against which the last test holds the report itself.
    static let covered: Set<String> = [
        "samples_tested", "plan", "plan_version", "indicators_tested", "indicators_subcontracted", "outside_city_samples",
        "state_management_samples", "fuel_lots_certified", "fuel_lots_blended", "fuel_lots_domestic", "fuel_lots_imported",
        "fuel_dispensers_verified", "fuel_dispensers_verifications", "fuel_dispensers_passed", "fuel_dispensers_failed",
        "fuel_dispensers_refused", "fuel_dispenser_enterprises", "fuel_dispenser_sites", "totalisers_sealed", "totaliser_sites",
        "scales_verified", "other_scales_verified", "scales_verifications", "scales_passed", "scales_failed", "markets",
        "districts",
        "inspection_campaigns", "inspected_establishments", "inspection_visits",
    ]

    @Test func `every number of the report is tried here`() async throws {
        let bench = try await Bench.open(on: "2017-11-15")
        let numbers = Set(try await bench.figures().numbers.keys)
        #expect(numbers.subtracting(["year"]).union(["plan", "plan_version"]) == Self.covered)
    }

    @Test func `a sample counts once its first report is issued, with its lines`() async throws {
        let bench = try await Bench.open(on: "2017-11-15")
        let inside = try await bench.moved { try await bench.reportedSample() }
        #expect(inside == ["samples_tested": 1, "indicators_tested": 1])
        let outside = try await bench.moved { try await bench.reportedSample(site: "KHO-DT") }
        #expect(outside == ["samples_tested": 1, "indicators_tested": 1, "outside_city_samples": 1])
        let state = try await bench.moved {
            try await bench.reportedSample(
                purpose: "state_management", site: "CHO-1", stateDocument: "12/KH-UBND", ministry: "MOH")
        }
        #expect(state == ["samples_tested": 1, "indicators_tested": 1, "state_management_samples": 1])
        let figures = try await bench.figures()
        #expect(figures.outsideCityPercent == "33.3")
        #expect(figures.stateManagementPercent == "33.3")
    }

    @Test func `not measured is no indicator; tested after all, it moves the indicators alone`() async throws {
        let bench = try await Bench.open(on: "2017-11-15")
        let sample = try await bench.receive(["FOOD-PB", "FOOD-AS"])
        try await bench.enter("0.08", of: sample)
        try await bench.enter(nil, for: "FOOD-AS", of: sample, notMeasured: "Máy hỏng")
        try await bench.review(sample)
        var report = ""
        let first = try await bench.moved { report = try await bench.issueReport(of: sample).label }
        #expect(first == ["samples_tested": 1, "indicators_tested": 1])
        try await bench.enter("0.05", for: "FOOD-AS", of: sample, reason: "Đã thử")
        try await bench.review(sample)
        let amended = try await bench.moved { try await bench.issueReport(of: sample, amends: report, reason: "Bổ sung As") }
        #expect(amended == ["indicators_tested": 1])
    }

    @Test func `a subcontracted line has a figure of its own`() async throws {
        let bench = try await Bench.open(on: "2017-11-15")
        let sample = try await bench.receive(["FOOD-PB", "FOOD-AS"], subcontracted: ["FOOD-AS"])
        for line in ["FOOD-PB", "FOOD-AS"] { try await bench.enter("0.08", for: line, of: sample) }
        try await bench.review(sample)
        let moved = try await bench.moved { try await bench.issueReport(of: sample) }
        #expect(moved == ["samples_tested": 1, "indicators_tested": 1, "indicators_subcontracted": 1])
    }

    @Test func `a report withdrawn takes back its sample and its lines`() async throws {
        let bench = try await Bench.open(on: "2017-11-15")
        let report = try await bench.reportedSample()
        try await bench.reportedSample()
        let moved = try await bench.moved { try await bench.document(report.label, "withdrawn", reason: "Nhầm mẫu") }
        #expect(moved == ["samples_tested": -1, "indicators_tested": -1])
        let again = try await bench.moved { try await bench.issueReport(of: try #require(report.sample)) }
        #expect(again == ["samples_tested": 1, "indicators_tested": 1])
    }

    @Test(arguments: [
        ("retained", "customer"), ("control", "customer"), ("proficiency", "customer"), ("internal", "customer"),
        ("customer", "internal"),
    ])
    func `what is not a customer's sample does not count`(kind: String, purpose: String) async throws {
        let bench = try await Bench.open(on: "2017-11-15")
        #expect(try await bench.moved { try await bench.reportedSample(kind: kind, purpose: purpose) } == [:])
    }

    @Test func `the plan is the newest version decided by the end of the year`() async throws {
        let bench = try await Bench.open(on: "2018-06-30")
        func decide(_ samples: Int, on day: String) async throws {
            try await bench.act(
                YearPlanSet.self, SetYearPlan(year: 2017, samples: samples, decision: "QĐ \(day)", decidedOn: day),
                by: bench.people.manager)
        }
        try await decide(4, on: "2017-01-05")
        #expect(try await bench.moved { try await decide(5, on: "2017-12-31") } == ["plan": 1, "plan_version": 1])
        #expect(try await bench.moved { try await decide(9, on: "2018-01-01") } == [:])
        #expect(try await bench.figures().planPercent == "0.0")
        #expect(try await bench.figures(asOf: "2017-12-30").plan == 4)
    }

    @Test(arguments: ["blended", "domestic", "imported"])
    func `a fuel lot counts by its origin, and no more once it is withdrawn`(origin: String) async throws {
        let bench = try await Bench.open(on: "2017-11-15")
        let lot = CertifyFuelLot(
            number: "L-\(origin)", customer: "XDHG", origin: origin, product: "Xăng RON 92-II", volumeM3: "1200.5",
            specification: "XANG-RON92-II", certificate: "GCN-\(origin)", certifiedOn: "2017-04-03")
        let certified = try await bench.moved { try await bench.act(FuelLotCertify.self, lot, by: bench.people.head) }
        #expect(certified == ["fuel_lots_certified": 1, "fuel_lots_\(origin)": 1])
        let withdrawn = try await bench.moved {
            try await bench.act(
                FuelLotWithdraw.self, WithdrawFuelLot(lot: "L-\(origin)", withdrawnOn: "2017-05-02", reason: "Sai lô"),
                by: bench.people.head)
        }
        #expect(withdrawn == ["fuel_lots_certified": -1, "fuel_lots_\(origin)": -1])
    }

    @Test func `a campaign and a visit; the second visit to an establishment is a visit only`() async throws {
        let bench = try await Bench.open(on: "2017-11-15")
        func visit(_ site: String, of customer: String, on day: String) async throws {
            try await bench.act(
                InspectionVisitAdd.self, AddInspectionVisit(campaign: "QĐ 55", customer: customer, site: site, visitedOn: day),
                by: bench.people.manager)
        }
        let campaign = try await bench.moved {
            try await bench.act(
                InspectionCampaignAdd.self,
                AddInspectionCampaign(decision: "QĐ 55", decidedOn: "2017-03-01", title: "Thanh tra xăng dầu", subject: "mixed"),
                by: bench.people.manager)
        }
        #expect(campaign == ["inspection_campaigns": 1])
        #expect(
            try await bench.moved { try await visit("TRAM-1", of: "XDHG", on: "2017-03-06") }
                == ["inspected_establishments": 1, "inspection_visits": 1])
        #expect(try await bench.moved { try await visit("TRAM-1", of: "XDHG", on: "2017-03-20") } == ["inspection_visits": 1])
        #expect(
            try await bench.moved { try await visit("TRAM-2", of: "XDHG", on: "2017-03-20") }
                == ["inspected_establishments": 1, "inspection_visits": 1])
    }

    @Test func `the cut-off sees nothing that came after it`() async throws {
        let bench = try await Bench.open(on: "2017-11-15")
        try await bench.reportedSample()
        #expect(try await bench.figures(asOf: "2017-11-14").samplesTested == 0)
        #expect(try await bench.figures(asOf: "2017-11-15").samplesTested == 1)
        #expect(try await bench.figures(year: 2016).samplesTested == 0)
    }
}
