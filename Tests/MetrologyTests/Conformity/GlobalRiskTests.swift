// SPDX-License-Identifier: Apache-2.0
import Glibc
import Metrology
import Testing

@Suite("Global risks (JCGM 106:2012, 9)")
struct GlobalRiskTests {
    private func risk(
        mean: String = "0", sd: String, u: String, _ lower: String?, _ upper: String?, guardBand: String = "0"
    ) throws -> GlobalRisk {
        let limits = try ToleranceLimits(lower: lower.map(decimal), upper: upper.map(decimal))
        return try GlobalRisk(
            GlobalRisk.Setting(mean: decimal(mean), deviation: decimal(sd), uncertainty: decimal(u)), limits: limits,
            acceptance: limits.acceptanceInterval(guardBand: decimal(guardBand)))
    }

    @Test func `printed figures of Deaver are met`() throws {
        let plain = try risk(sd: "4", u: "1", "-8", "8")
        #expect(abs(plain.falseAccept - 0.008) < 0.0005 && abs(plain.falseReject - 0.015) < 0.0005)
        let guarded = try risk(sd: "1", u: "0.5", "-2", "2", guardBand: "0.18")
        #expect(abs(guarded.falseAccept - 0.008) < 0.0005 && abs(guarded.falseReject - 0.066) < 0.001)
    }

    @Test(arguments: ["1e-9", "1e-6", "0.001", "0.1", "0.5", "1", "2", "10", "1000", "1e6", "1e9"])
    func `a limit at the mean of the process has the risk of the quadrant, arctan(u over sd)`(u: String) throws {
        // P(X > 0, Y <= 0) for two centred normal variables is their angle over 2π.
        let found = try risk(sd: "1", u: u, nil, "0")
        let wanted = atan(try decimal(u).approximateValue) / (2 * .pi)
        #expect(agrees(found.falseAccept, wanted, relative: 1e-9), "\(found.falseAccept) \(wanted)")
        #expect(agrees(found.falseReject, wanted, relative: 1e-9), "\(found.falseReject) \(wanted)")
        #expect(abs(found.probabilityAccept - 0.5) < 1e-15)
    }

    @Test func `P(accepted) = P(conforming) - P(false reject) + P(false accept), and the mirror image has the same risks`() throws
    {
        var generator = SplitMix64(seed: 51)
        func hundredths(_ range: ClosedRange<Int>) throws -> DecimalNumber {
            try DecimalNumber(coefficient: Int128(Int.random(in: range, using: &generator)), scale: 2)
        }
        for round in 0..<300 {
            let lower = try hundredths(-500...0)
            let upper = try lower.adding(hundredths(1...800))
            let isOneSided = round % 3 == 0
            let limits = try ToleranceLimits(lower: isOneSided ? nil : lower, upper: upper)
            let mirrored = try ToleranceLimits(lower: upper.negated, upper: isOneSided ? nil : lower.negated)
            let band = try hundredths(-100...100)
            let mean = try hundredths(-300...300)
            let setting = try GlobalRisk.Setting(
                mean: mean, deviation: hundredths(1...400), uncertainty: hundredths(1...300))
            let mirror = try GlobalRisk.Setting(
                mean: mean.negated, deviation: setting.deviation, uncertainty: setting.uncertainty)
            let risk = try GlobalRisk(setting, limits: limits, acceptance: limits.acceptanceInterval(guardBand: band))
            let other = try GlobalRisk(mirror, limits: mirrored, acceptance: mirrored.acceptanceInterval(guardBand: band))
            let sum = risk.priorConforming - risk.falseReject + risk.falseAccept
            #expect(abs(sum - risk.probabilityAccept) < 1e-11, "seed 51, round \(round): \(sum) \(risk.probabilityAccept)")
            #expect(agrees(other.falseAccept, risk.falseAccept, relative: 1e-9), "seed 51, round \(round)")
            #expect(agrees(other.falseReject, risk.falseReject, relative: 1e-9), "seed 51, round \(round)")
        }
    }

    @Test func `a wider guard band lowers false acceptance and raises false rejection`() throws {
        var earlier: GlobalRisk?
        for band in ["-0.4", "0", "0.1", "0.2", "0.4", "0.8", "0.99"] {
            let found = try risk(sd: "0.5", u: "0.2", "-1", "1", guardBand: band)
            if let earlier {
                #expect(found.falseAccept < earlier.falseAccept && found.falseReject > earlier.falseReject, "\(band)")
            }
            earlier = found
        }
    }

    @Test func `an interval that accepts nothing rejects all that conforms`() throws {
        let none = try risk(sd: "1", u: "0.5", "-1", "1", guardBand: "1.01")
        #expect(none.falseAccept == 0 && none.falseReject == none.priorConforming && none.conditionalFalseAccept == nil)
    }

    @Test func `a small risk keeps its digits`() throws {
        // Acceptance limits ten uncertainties inside: about the tail beyond 10 u.
        let found = try risk(sd: "1", u: "0.01", nil, "1", guardBand: "0.1")
        #expect(found.falseAccept > 0 && found.falseAccept < 1e-24)
        let farther = try risk(sd: "1", u: "0.01", nil, "1", guardBand: "0.2")
        #expect(farther.falseAccept > 0 && farther.falseAccept < 1e-85)
    }

    @Test(arguments: [("1e-30", "1e30"), ("1e30", "1e-30"), ("1e-50", "1e-3"), ("1e-60", "0.5"), ("1e35", "1e35")])
    func `numbers that lie far apart give probabilities`(sd: String, u: String) throws {
        let found = try risk(mean: "1", sd: sd, u: u, "0", "2")
        for probability in [found.falseAccept, found.falseReject, found.priorConforming, found.probabilityAccept] {
            #expect(probability >= 0 && probability <= 1)
        }
    }

    @Test func `items that all conform are rejected by the measurement alone`() throws {
        let found = try risk(mean: "1", sd: "1e-9", u: "0.5", "0", "2")
        // P(|z| > 2)
        #expect(found.falseAccept == 0 && agrees(found.falseReject, 0.0455002638963584, relative: 1e-12))
        let beyond = try risk(mean: "3", sd: "1e-9", u: "0.5", "0", "2")
        #expect(beyond.falseReject == 0 && agrees(beyond.falseAccept, 0.0227501309615, relative: 1e-6))
    }

    @Test func `a bound of 2 % on false acceptance gives the guard band that meets it`() throws {
        let limits = try ToleranceLimits(lower: decimal("-1"), upper: decimal("1"))
        let setting = try GlobalRisk.Setting(mean: .zero, deviation: decimal("0.7"), uncertainty: decimal("0.3"))
        let band = try GlobalRisk.guardBand(keepingFalseAcceptAtMost: decimal("0.02"), setting: setting, limits: limits)
        let met = try GlobalRisk(setting, limits: limits, acceptance: limits.acceptanceInterval(guardBand: band))
        #expect(band > .zero && agrees(met.falseAccept, 0.02, relative: 1e-8) && met.falseAccept <= 0.02 + 1e-14)
        let good = try GlobalRisk.Setting(mean: .zero, deviation: decimal("0.4"), uncertainty: decimal("0.05"))
        #expect(try GlobalRisk.guardBand(keepingFalseAcceptAtMost: decimal("0.02"), setting: good, limits: limits).isZero)
    }
}
