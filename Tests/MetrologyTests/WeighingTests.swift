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
