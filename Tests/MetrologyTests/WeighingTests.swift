// SPDX-License-Identifier: Apache-2.0

import Metrology
import Testing

@Suite("Weighing instruments (OIML R 76-1)")
struct WeighingTests {
    private func rules(_ accuracyClass: String, e: String) throws -> NonAutomaticWeighing {
        try NonAutomaticWeighing(
            accuracyClass: #require(WeighingAccuracyClass(rawValue: accuracyClass)),
            verificationInterval: decimal(e)
        )
    }

    @Test(arguments: WeighingTable.permissibleErrors)
    func `the permissible error follows from class, load and control`(row: [String]) throws {
        let rules = try rules(row[0], e: row[1])
        let load = try decimal(row[2])
        let control = try #require(MetrologicalControl(rawValue: row[3]))
        if row[4] == "none" {
            #expect(throws: ConformityError.self) {
                try rules.maximumPermissibleError(load: load, control: control)
            }
        } else {
            let limit = try rules.maximumPermissibleError(load: load, control: control)
            #expect(try limit.upper == decimal(row[4]) && limit.lower == limit.upper.negated)
        }
    }

    @Test(arguments: WeighingTable.changeovers)
    func `the error is found with small weights`(row: [String]) throws {
        let rules = try rules(row[0], e: row[1])
        let error = try rules.errorFromChangeover(
            indication: decimal(row[2]),
            load: decimal(row[4]),
            additionalLoad: decimal(row[3])
        )
        let corrected = try error.subtracting(decimal(row[5]))
        #expect(try error == decimal(row[6]) && corrected == decimal(row[7]))
        if row[8] != "none" {
            let limit = try rules.maximumPermissibleError(load: decimal(row[4]), control: .initial)
            #expect(limit.permits(corrected) == (row[8] == "true"))
        }
    }

    @Test(arguments: WeighingTable.classDemands)
    func `a class allows certain intervals`(row: [String]) throws {
        let interval = try decimal(row[1])
        let demand = WeighingClassDemand(
            accuracyClass: try #require(WeighingAccuracyClass(rawValue: row[0])),
            verificationIntervalGrams: interval
        )
        let fulfilled = try demand.isFulfilled(
            maximumCapacityGrams: decimal(row[2]),
            verificationIntervalGrams: interval
        )
        #expect(fulfilled == (row[3] == "true"))
    }

    @Test func `a spring scale of 15 kg with e = 50 g`() throws {
        let rules = try rules("IIII", e: "50")
        for (load, limit) in [("2500", "25"), ("2500.1", "50"), ("10000", "50"), ("15000", "75")] {
            let got = try rules.maximumPermissibleError(load: decimal(load), control: .subsequent)
            #expect(try got.upper == decimal(limit), "\(load)")
        }
        let eccentric = try NonAutomaticWeighing.eccentricityLoad(maximumCapacity: decimal("15"))
        #expect(try eccentric.rounded(toScale: 0, mode: .halfEven).description == "5")
        let six = try NonAutomaticWeighing.eccentricityLoad(maximumCapacity: decimal("100"), supports: 6)
        #expect(try six.rounded(toScale: 0, mode: .halfEven).description == "20")
    }

    @Test func `repeatability and hysteresis are differences of indications`() throws {
        let readings = try ["7.50", "7.52", "7.49"].map(decimal)
        #expect(try IndicationSpread.repeatability(readings).description == "0.03")
        let hysteresis = try IndicationSpread.hysteresis(
            rising: ["0.50", "2.50", "7.50"].map(decimal),
            falling: ["0.50", "2.52", "7.47"].map(decimal)
        )
        #expect(hysteresis.description == "0.03")
        #expect(throws: ConformityError.readingsMissing) { try IndicationSpread.repeatability([.one]) }
        #expect(throws: ConformityError.readingsMissing) {
            try IndicationSpread.hysteresis(rising: [.one], falling: [])
        }
    }

    @Test func `classes are read as Roman numbers or as cấp 1 to 4`() {
        #expect(WeighingAccuracyClass(written: "3") == .medium)
        #expect(WeighingAccuracyClass(written: "iv") == .ordinary)
        #expect(WeighingAccuracyClass(written: "IIII")?.number == 4)
        #expect(WeighingAccuracyClass(written: "V") == nil)
    }

    @Test func `the permissible error never falls with the load and doubles in service`() throws {
        var generator = SplitMix64(seed: 10)
        for accuracyClass in WeighingAccuracyClass.allCases {
            let rules = try NonAutomaticWeighing(
                accuracyClass: accuracyClass,
                verificationInterval: decimal("0.02")
            )
            for _ in 0..<200 {
                // 20 is the greatest load, 1 000 e, of class IIII.
                let loads = (0..<2).map { _ in Int.random(in: 0...2000, using: &generator) }.sorted()
                let first = try DecimalNumber(coefficient: Int128(loads[0]), scale: 2)
                let second = try DecimalNumber(coefficient: Int128(loads[1]), scale: 2)
                let low = try rules.maximumPermissibleError(load: first, control: .initial)
                let high = try rules.maximumPermissibleError(load: second, control: .initial)
                let inService = try rules.maximumPermissibleError(load: first, control: .inService)
                #expect(low.upper <= high.upper, "\(first) \(second)")
                #expect(try inService == low.multiplied(by: DecimalNumber(2)), "\(first)")
            }
        }
    }

    @Test func `limits that lie the wrong way round are refused`() throws {
        #expect(throws: ConformityError.limitsReversed) {
            try MaximumPermissibleError(lower: .one, upper: .zero)
        }
        let limit = try MaximumPermissibleError(lower: decimal("-0.2"), upper: decimal("0.5"))
        #expect(try limit.permits(decimal("0.50")) && !limit.permits(decimal("-0.201")))
    }
}

@Suite("Weights and thermometers")
struct CalibrationTests {
    @Test func `a linear drift drops out of an A-B-B-A cycle`() throws {
        // Standard 100.00000 g, test weight 0.00012 g heavier, drift 0.00003 g from reading to reading.
        let cycle = try SubstitutionCycle(
            standardFirst: decimal("100.00000"),
            testFirst: decimal("100.00015"),
            testSecond: decimal("100.00018"),
            standardSecond: decimal("100.00009")
        )
        #expect(try cycle.difference() == decimal("0.00012"))
        let weighing = try SubstitutionWeighing(cycles: [cycle, cycle, cycle])
        let mass = try weighing.conventionalMass(standardMass: decimal("100.00003"), places: 5)
        #expect(mass.description == "100.00015")
        #expect(try weighing.typeAEvaluation().standardDeviation == 0)
        #expect(try weighing.meanDifference().rounded(toScale: 5, mode: .halfEven).description == "0.00012")
        #expect(throws: ConformityError.readingsMissing) { try SubstitutionWeighing(cycles: []) }
    }

    @Test func `the correction of a thermometer is reference minus indication`() throws {
        let point = try ComparisonPoint(
            references: ["37.02", "37.03", "37.02"].map(decimal),
            indications: ["37.1", "37.1", "37.2"].map(decimal)
        )
        #expect(try point.meanError().rounded(toScale: 3, mode: .halfEven).description == "0.110")
        #expect(try point.correction().rounded(toScale: 2, mode: .halfEven).description == "-0.11")
        #expect(throws: ConformityError.readingsMissing) {
            try ComparisonPoint(references: [], indications: [])
        }
    }
}
