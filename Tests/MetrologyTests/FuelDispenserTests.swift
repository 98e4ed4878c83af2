// SPDX-License-Identifier: Apache-2.0

import Metrology
import Testing

@Suite("Fuel dispensers (ĐLVN 10)")
struct FuelDispenserTests {
    private func delivery(_ indicated: String, _ read: String) throws -> FuelDelivery {
        try FuelDelivery(indicatedVolume: decimal(indicated), measureReading: decimal(read))
    }

    @Test func `20,000 L indicated against 20,035 L read at 30 °C`() throws {
        let delivery = try delivery("20.000", "20.035")
        let uncorrected = try delivery.uncorrectedError()
        let corrected = try delivery.correctedError(
            temperature: decimal("30"),
            expansionCoefficient: decimal("47.7e-6")
        )
        #expect(uncorrected.percent.description == "-0.1747")
        #expect(corrected.percent.description == "-0.2223")
        let volume = try delivery.referenceVolume(
            temperature: decimal("30"),
            expansionCoefficient: decimal("47.7e-6")
        )
        #expect(try volume.rounded(toScale: 5, mode: .halfEven).description == "20.04456")
        let limit = MaximumPermissibleError(symmetric: try decimal("0.3"))
        #expect(try uncorrected.isPermitted(by: limit) && corrected.isPermitted(by: limit))
    }

    @Test func `19,930 L read for 20,000 L indicated fails 0.3 % and passes 0.5 %`() throws {
        let error = try delivery("20.000", "19.930").uncorrectedError()
        #expect(error.percent.description == "0.3512")
        #expect(try !error.isPermitted(by: MaximumPermissibleError(symmetric: decimal("0.3"))))
        #expect(try error.isPermitted(by: MaximumPermissibleError(symmetric: decimal("0.5"))))
    }

    @Test func `an error a hair above the limit fails although it prints as the limit`() throws {
        let limit = MaximumPermissibleError(symmetric: try decimal("0.3"))
        let over = try delivery("20.060001", "20.000").uncorrectedError()
        #expect(over.percent.description == "0.3000")
        #expect(try !over.isPermitted(by: limit))
        #expect(try delivery("20.060", "20.000").uncorrectedError().isPermitted(by: limit))
        #expect(try delivery("19.940", "20.000").uncorrectedError().isPermitted(by: limit))
        #expect(try !delivery("19.939999", "20.000").uncorrectedError().isPermitted(by: limit))
    }

    @Test func `the mean of two corrected errors is exact before it is rounded`() throws {
        let errors = try [("20.00", "20.035", "29.7"), ("20.01", "20.040", "30.2")].map {
            indicated,
            read,
            celsius in
            try delivery(indicated, read).correctedError(
                temperature: decimal(celsius),
                expansionCoefficient: decimal("47.7e-6")
            )
        }
        #expect(errors.map(\.percent.description) == ["-0.2209", "-0.1983"])
        #expect(try FuelDispenserError(meanOf: errors).percent.description == "-0.2096")
        #expect(throws: ConformityError.readingsMissing) { try FuelDispenserError(meanOf: []) }
    }

    @Test func `flow and half of the labelled flow`() throws {
        let flow = try FuelFlow(volume: decimal("20"), seconds: decimal("30.0"))
        #expect(try flow.litresPerMinute().description == "40.00")
        #expect(try flow.reaches(share: decimal("0.5"), ofLabelledFlow: decimal("80")))
        let slower = try FuelFlow(volume: decimal("20"), seconds: decimal("30.01"))
        #expect(try !slower.reaches(share: decimal("0.5"), ofLabelledFlow: decimal("80")))
        #expect(throws: ConformityError.notPositive(quantity: "t")) {
            try FuelFlow(volume: .one, seconds: .zero)
        }
    }

    @Test func `the computed price of 20,000 L at 18 870 đồng`() throws {
        let check = try FuelPriceCheck(
            indicatedVolume: decimal("20.000"),
            unitPrice: decimal("18870"),
            indicatedPrice: decimal("377450")
        )
        #expect(check.computedPrice.description == "377400")
        #expect(check.error == DecimalNumber(50))
    }

    @Test func `a measure that read nothing is refused`() throws {
        #expect(throws: ConformityError.notPositive(quantity: "V_REF")) { try delivery("20", "0.000") }
    }

    @Test func `crosswise comparison and rounded error never disagree by more than the rounding`() throws {
        var generator = SplitMix64(seed: 9)
        let limit = MaximumPermissibleError(symmetric: try decimal("0.3"))
        let slack = try decimal("0.00005")
        for _ in 0..<1000 {
            let read = try DecimalNumber(
                coefficient: Int128(Int.random(in: 19_900...20_100, using: &generator)),
                scale: 3
            )
            let error = try FuelDispenserError(indicatedVolume: decimal("20.000"), referenceVolume: read)
            let distance = try error.percent.magnitude.subtracting(decimal("0.3"))
            let passes = try error.isPermitted(by: limit)
            #expect(passes ? distance <= slack : distance >= slack.negated, "\(read)")
        }
    }
}
