// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Foundation
import Procedures
import Testing

@Suite struct `The shipped master data` {
    let contents: CatalogueContents

    init() throws {
        contents = try CatalogueFolder.read(shippedFolder)
    }

    func rule(_ type: String, on day: String) -> IntervalRule? {
        contents.intervalRules.first { $0.typeCode == type && $0.validity.contains(day) }
    }

    func places(_ kind: Place.Kind, on day: String) -> [Place] {
        contents.places.filter { $0.kind == kind && $0.isInCity && $0.validity.contains(day) }
    }

    func procedure(_ code: String, on day: String) throws -> ProcedureVersion {
        try #require(contents.procedures.first { $0.code == code && $0.validity.contains(day) })
    }

    @Test func `eight testing fields have matrices and lines`() {
        #expect(contents.fields.count == 8)
        #expect(contents.lines.count >= 66)
        for field in contents.fields {
            let matrices = contents.matrices.filter { $0.fieldCode == field.code }.map(\.code)
            #expect(contents.lines.contains { matrices.contains($0.matrixCode) }, "\(field.code)")
        }
    }

    @Test func `every numeric line has decimals and its detection limit below its quantification limit`()
        throws
    {
        for line in contents.lines where line.resultKind == .numeric {
            #expect(line.decimals != nil, "\(line.code)")
            guard let lod = line.lod, let loq = line.loq else { continue }
            #expect(try #require(Decimal(string: lod)) <= #require(Decimal(string: loq)), "\(line.code)")
        }
    }

    @Test(arguments: ["2017-06-30", "2021-06-30", "2025-06-30"])
    func `a fuel dispenser is verified every 12 months in every table`(day: String) throws {
        let rule = try #require(self.rule("19", on: day))
        #expect(rule.cycleMonths == 12)
        #expect(rule.code == "G2-19")
        #expect(rule.typeApproval && rule.initial && rule.periodic && rule.afterRepair)
    }

    @Test func `three tables answer for three dates`() {
        #expect(rule("19", on: "2017-06-30")?.version == "23/2013")
        #expect(rule("19", on: "2021-06-30")?.version == "07/2019")
        #expect(rule("19", on: "2025-06-30")?.version == "03/2024")
        #expect(rule("19", on: "2013-11-14") == nil)
    }

    @Test func `the single-phase induction meter leaves the table on 2024-10-15`() {
        #expect(rule("43a", on: "2017-06-30")?.cycleMonths == 60)
        #expect(rule("43a", on: "2024-10-14")?.cycleMonths == 60)
        #expect(rule("43a", on: "2024-10-15") == nil)
    }

    @Test func `charging meters enter the table on 2024-10-15`() {
        #expect(rule("69a", on: "2024-10-14") == nil)
        #expect(rule("69a", on: "2025-01-01")?.cycleMonths == 60)
        #expect(rule("69c", on: "2025-01-01")?.cycleMonths == 36)
    }

    @Test(arguments: ["2017-06-30", "2021-06-30", "2025-06-30"])
    func `cycles of scales and thermometers`(day: String) throws {
        #expect(rule("8a", on: day)?.cycleMonths == 24)
        #expect(rule("8b", on: day)?.cycleMonths == 12)
        #expect(rule("34b", on: day)?.cycleMonths == 6)
        #expect(rule("34c", on: day)?.cycleMonths == 12)
        let mercury = try #require(rule("34a", on: day))
        #expect(mercury.cycleMonths == nil && !mercury.periodic && mercury.initial)
    }

    @Test func `a taximeter had 12 months in 2017 and has 18 since 2020`() {
        #expect(rule("2", on: "2017-06-30")?.cycleMonths == 12)
        #expect(rule("2", on: "2020-01-01")?.cycleMonths == 18)
    }

    @Test func `the table of 2013 says where it was copied`() {
        #expect(rule("6", on: "2017-06-30")?.source.hasPrefix("assumed") == true)
        #expect(rule("6", on: "2017-06-30")?.confidence == .low)
        #expect(rule("6", on: "2021-06-30")?.confidence == .high)
    }

    @Test func `nine districts in 2017 and 103 units from July 2025`() {
        #expect(places(.district, on: "2017-06-30").count == 9)
        #expect(places(.commune, on: "2017-06-30").isEmpty)
        #expect(places(.district, on: "2025-07-01").isEmpty)
        let units = places(.commune, on: "2025-07-01")
        #expect(units.count == 103)
        #expect(units.count { $0.nameVi.hasPrefix("Phường") } == 31)
    }

    @Test func `63 provinces in 2017 and 34 from July 2025`() {
        #expect(contents.places.count { $0.kind == .province && $0.validity.contains("2017-06-30") } == 63)
        #expect(contents.places.count { $0.kind == .province && $0.validity.contains("2025-07-01") } == 34)
    }

    @Test func `holidays of 2017 are those that were decided`() {
        let days = contents.holidays.map(\.day).filter { $0.hasPrefix("2017") }.sorted()
        #expect(
            days == [
                "2017-01-01", "2017-01-02", "2017-01-26", "2017-01-27", "2017-01-28", "2017-01-29",
                "2017-01-30",
                "2017-01-31", "2017-02-01", "2017-04-06", "2017-04-30", "2017-05-01", "2017-05-02",
                "2017-09-02",
                "2017-09-04",
            ])
    }

    @Test func `a year has ten days off until 2020 and eleven from 2021, days in lieu apart`() {
        for year in 2017...2030 {
            let days = contents.holidays.filter {
                $0.day.hasPrefix("\(year)") && !$0.nameVi.hasPrefix("Nghỉ bù")
            }
            #expect(days.count == (year < 2021 ? 10 : 11), "\(year)")
        }
    }

    @Test func `the limits of petrol RON 95 level 3 change with the regulation`() throws {
        func limit(_ line: String, on day: String) throws -> LineLimit {
            let version = try #require(
                contents.specifications.first { $0.code == "XANG-RON95-III" && $0.validity.contains(day) })
            return try #require(version.limits.first { $0.lineCode == line })
        }
        #expect(try limit("PET-RON", on: "2017-06-30").lower == "95")
        #expect(try limit("PET-PB", on: "2017-06-30").upper == "0.013")
        #expect(try limit("PET-PB", on: "2023-02-01").upper == "0.005")
        #expect(try limit("PET-BENZENE", on: "2023-02-01").upper == "2.5")
    }

    @Test func `a dispenser has 0.3 per cent in 2017 and 0.5 per cent periodically in 2018`() throws {
        func bound(_ mode: VerificationMode, on day: String) throws -> String? {
            try procedure("DLVN-10", on: day).content.results.first { $0.code == "error" }?.limits
                .first { $0.points.contains("qmax") && ($0.modes.isEmpty || $0.modes.contains(mode)) }?.symmetric
        }
        #expect(try bound(.periodic, on: "2017-12-31") == "0.3")
        #expect(try bound(.initial, on: "2018-01-01") == "0.3")
        #expect(try bound(.periodic, on: "2018-01-01") == "0.5")
        #expect(try bound(.afterRepair, on: "2018-01-01") == "0.5")
    }

    @Test func `a dispenser delivers twice at Qmax and twice at Qmin, and the corrected error decides nothing`() throws {
        let content = try procedure("DLVN-10", on: "2017-06-30").content
        #expect(content.points.filter { ["qmax", "qmin"].contains($0.code) }.map(\.repetitions) == ["2", "2"])
        #expect(content.results.first { $0.code == "corrected_error" }?.limits == [])
        #expect(content.standards.filter(\.required).map(\.kind) == ["volume_measure"])
    }

    @Test func `a spring scale carries mark and stamp and a certificate only on request`() throws {
        let evidence = try #require(try procedure("DLVN-30", on: "2017-06-30").content.evidence)
        #expect(evidence.mark == .onPass && evidence.stamp == .onPass && evidence.certificate == .onRequest)
    }

    @Test func `a calibration earns no stamp`() {
        for procedure in contents.procedures where procedure.kind == .calibration {
            #expect(procedure.content.evidence == nil, "\(procedure.code)")
        }
    }

    @Test func `the centre names seven ministries and one policy of validity`() throws {
        let fact = try #require(contents.laboratory.first { $0.key == "ministries" })
        #expect(fact.canonicalText.components(separatedBy: #""code":"#).count - 1 == 7)
        #expect(contents.validityPolicies.map(\.policy) == [.endOfMonth])
    }

    @Test func `reminders come in six stages, and only the last two go up the line`() throws {
        let general = try #require(contents.reminderPolicies.first { $0.code == "general" })
        #expect(general.at == "07:00" && general.stages.map(\.days) == [-60, -30, -7, 1, 14, 30])
        #expect(general.stages.map { $0.tells.contains(.manager) } == [false, false, false, false, true, true])
        #expect(general.stages.map { $0.tells.contains(.head) } == [false, false, false, false, false, true])
        #expect(contents.reminderPolicies.filter(\.isByChoice).map(\.code) == ["early"])
        #expect(contents.reminderAudiences.map(\.audience.rawValue) == ["staff", "manager", "head"])
        #expect(contents.grace.map(\.days) == [0])
    }
}
