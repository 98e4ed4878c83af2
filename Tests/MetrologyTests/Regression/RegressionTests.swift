// SPDX-License-Identifier: Apache-2.0
import Metrology
import Testing

@Suite("Least squares and calibration curves (JCGM 100, H.3; ISO/TS 28037; NIST StRD)")
struct RegressionTests {
    private static func decimals(_ text: String) throws -> [DecimalNumber] {
        try text.split(separator: " ").map { try decimal(String($0)) }
    }

    private func fit(_ powers: [Int], _ x: String, _ y: String, u: String? = nil) throws -> LeastSquaresFit {
        try LeastSquaresFit(
            powers: powers, x: Self.decimals(x), readings: Self.decimals(y), uncertainties: u.map(Self.decimals))
    }

    private static let zeroToTwenty = (0...20).map(String.init).joined(separator: " ")

    /// Readings of the Wampler sets: 1 + x + … + x⁵, and that plus multiples of a fixed disturbance.
    private static func wampler(disturbance factor: Int) -> String {
        let disturbance = [
            759, -2048, 2048, -2048, 2523, -2048, 2048, -2048, 1838, -2048, 2048, -2048, 1838, -2048, 2048, -2048, 2523, -2048,
            2048, -2048, 759,
        ]
        return (0...20).map { x in
            String((0...5).reduce(0) { sum, _ in sum * x + 1 } + (factor * disturbance[x]))
        }.joined(separator: " ")
    }

    @Test(arguments: [(1, 2_152.326_246_781_70, 2_360.145_023_792_68), (10_000, 21_523_262.467_817_0, 23_601_450.237_926_8)])
    func `the Wampler sets keep their parameters however large the residuals are`(
        factor: Int, uncertainty: Double, deviation: Double
    ) throws {
        let fit = try fit(Array(0...5), Self.zeroToTwenty, Self.wampler(disturbance: factor))
        for parameter in fit.parameters { #expect(agrees(parameter, 1, relative: 1e-14), "\(parameter)") }
        #expect(agrees(fit.standardUncertainties[0], uncertainty, relative: 1e-14))
        guard case .residual(let got) = fit.scatter else { return #expect(Bool(false)) }
        #expect(agrees(got, deviation, relative: 1e-14))
    }

    @Test func `Wampler2 has a tenth of each coefficient in the next one`() throws {
        // y = 1 + 0.1·x + … + 0.00001·x⁵, exact in decimals.
        let y = try (0...20).map { x in
            try DecimalNumber(coefficient: Int128((0...5).reduce(0) { sum, power in sum + Self.whole(x, power, 5) }), scale: 5)
        }
        let fit = try LeastSquaresFit(powers: Array(0...5), x: (0...20).map { DecimalNumber($0) }, readings: y)
        for (parameter, expected) in zip(fit.parameters, [1, 0.1, 0.01, 0.001, 0.000_1, 0.000_01]) {
            #expect(agrees(parameter, expected, relative: 1e-14), "\(parameter)")
        }
    }

    /// x^power·10^(digits − power).
    private static func whole(_ x: Int, _ power: Int, _ digits: Int) -> Int {
        (0..<digits).reduce(1) { product, index in product * (index < power ? x : 10) }
    }

    @Test func `unequal known uncertainties weigh the points of ISO TS 28037 clause 6`() throws {
        let fit = try fit([0, 1], "1 2 3 4 5 6", "3.2 4.3 7.6 8.6 11.7 12.8", u: "0.5 0.5 0.5 1 1 1")
        #expect(agrees(fit.parameters[0], 0.885, relative: 1e-3))
        #expect(agrees(fit.parameters[1], 2.057, relative: 1e-3))
        #expect(agrees(fit.standardUncertainties[0], 0.530, relative: 1e-3))
        #expect(agrees(fit.standardUncertainties[1], 0.178, relative: 3e-3))
        guard case .known(let chiSquare, let probability) = fit.scatter else { return #expect(Bool(false)) }
        #expect(agrees(chiSquare, 4.131, relative: 1e-3))
        #expect(probability > 0.05 && probability < 1)
    }

    @Test func `both coordinates uncertain give the line of ISO TS 28037 clause 7`() throws {
        let x = try Self.decimals("1.2 1.9 2.9 4.0 4.7 5.9")
        let y = try Self.decimals("3.4 4.4 7.2 8.5 10.8 13.5")
        let uY = try Self.decimals("0.2 0.2 0.2 0.4 0.4 0.4")
        let points = try x.indices.map {
            UncertainPoint(x: x[$0], xUncertainty: try decimal("0.2"), y: y[$0], yUncertainty: uY[$0])
        }
        let line = try UncertainLine(points: points)
        #expect(agrees(line.intercept, 0.5788, relative: 1e-4))
        #expect(agrees(line.slope, 2.1597, relative: 1e-4))
        #expect(agrees(line.interceptUncertainty, 0.4764, relative: 2e-3))
        #expect(agrees(line.slopeUncertainty, 0.1355, relative: 2e-3))
        #expect(agrees(line.parameterCovariance, -0.0577, relative: 4e-3))
        #expect(agrees(line.chiSquare, 2.743, relative: 1e-3))
    }

    @Test func `correlated coordinates give the line of least distance`() throws {
        let columns = try [
            "0.3 1.1 1.9 3.2 4.1 4.8", "0.2 0.1 0.3 0.2 0.15 0.25", "1.2 2.9 5.1 7.3 9.6 10.4", "0.3 0.2 0.4 0.1 0.3 0.2",
            "0.5 -0.3 0.8 0 0.9 -0.7",
        ].map(Self.decimals)
        let line = try UncertainLine(
            points: columns[0].indices.map {
                UncertainPoint(
                    x: columns[0][$0], xUncertainty: columns[1][$0], y: columns[2][$0], yUncertainty: columns[3][$0],
                    correlation: columns[4][$0])
            })
        // By a simplex search for the least χ² and by the information matrix of all coordinates, in SciPy.
        #expect(agrees(line.intercept, 0.579_071_83, relative: 1e-8))
        #expect(agrees(line.slope, 2.191_248_62, relative: 1e-8))
        #expect(agrees(line.chiSquare, 2.294_464_393_582_73, relative: 1e-13))
        #expect(agrees(line.interceptUncertainty, 0.289_719_182_8, relative: 1e-8))
        #expect(agrees(line.slopeUncertainty, 0.082_410_256_97, relative: 1e-8))
        #expect(agrees(line.parameterCovariance, -0.021_947_875_2, relative: 1e-7))
    }

    @Test func `a line with exact abscissas is the weighted line`() throws {
        for seed in UInt64(1)...50 {
            var generator = SplitMix64(seed: seed)
            let x = try (0..<8).map {
                try DecimalNumber(coefficient: Int128($0 * 1_000 + Int.random(in: 0...900, using: &generator)), scale: 3)
            }
            let y = try (0..<8).map { _ in
                try DecimalNumber(coefficient: Int128(Int.random(in: -9_999...9_999, using: &generator)), scale: 2)
            }
            let u = try (0..<8).map { _ in
                try DecimalNumber(coefficient: Int128(Int.random(in: 1...500, using: &generator)), scale: 2)
            }
            let weighted = try LeastSquaresFit(powers: [0, 1], x: x, readings: y, uncertainties: u)
            let line = try UncertainLine(
                points: x.indices.map { UncertainPoint(x: x[$0], xUncertainty: .zero, y: y[$0], yUncertainty: u[$0]) })
            #expect(agrees(line.intercept, weighted.parameters[0], relative: 1e-12), "seed \(seed)")
            #expect(agrees(line.slope, weighted.parameters[1], relative: 1e-12), "seed \(seed)")
            #expect(agrees(line.interceptUncertainty, weighted.standardUncertainties[0], relative: 1e-12), "seed \(seed)")
            #expect(agrees(line.parameterCovariance, weighted.covariance[0][1], relative: 1e-12), "seed \(seed)")
        }
    }

    @Test func `a line with both coordinates uncertain does not mind which is called x`() throws {
        for seed in UInt64(1)...50 {
            var generator = SplitMix64(seed: seed)
            func number(_ range: ClosedRange<Int>) throws -> DecimalNumber {
                try DecimalNumber(coefficient: Int128(Int.random(in: range, using: &generator)), scale: 3)
            }
            let points = try (0..<6).map { index in
                UncertainPoint(
                    x: try DecimalNumber(index).adding(number(-100...100)), xUncertainty: try number(50...200),
                    y: try DecimalNumber(2 * index + 1).adding(number(-100...100)), yUncertainty: try number(50...200),
                    correlation: try number(-800...800))
            }
            let swapped = points.map {
                UncertainPoint(
                    x: $0.y, xUncertainty: $0.yUncertainty, y: $0.x, yUncertainty: $0.xUncertainty, correlation: $0.correlation)
            }
            let (line, other) = (try UncertainLine(points: points), try UncertainLine(points: swapped))
            #expect(agrees(other.slope, 1 / line.slope, relative: 1e-12), "seed \(seed)")
            #expect(agrees(other.chiSquare, line.chiSquare, relative: 1e-11), "seed \(seed)")
        }
    }

    @Test func `the thermometer of H_3 is extrapolated with the correlation of its parameters`() throws {
        let curve = try CalibrationCurve(
            powers: [0, 1], x: Self.decimals("1.521 2.012 2.512 3.003 3.507 3.999 4.513 5.002 5.503 6.010 6.511"),
            readings: Self.decimals("-0.171 -0.169 -0.166 -0.159 -0.164 -0.165 -0.156 -0.157 -0.159 -0.161 -0.160"))
        let value = try curve.value(at: decimal("10"))
        #expect(abs(value.y - -0.1494) <= 0.000_05)
        #expect(abs(value.curveUncertainty - 0.0041) <= 0.000_05)
        #expect(value.isExtrapolated)
        #expect(try !curve.value(at: decimal("5")).isExtrapolated)
        #expect(curve.degreesOfFreedom == 9)
    }

    @Test func `a curve read backwards gives the place it was read at`() throws {
        for seed in UInt64(1)...100 {
            var generator = SplitMix64(seed: seed)
            // Rising with a small bend: y = 0.2·x + bend·x², x from 0 to 100.
            let bend = Double.random(in: -0.000_9...0.005, using: &generator)
            let x = (0...10).map { Double($0 * 10) }
            let y = x.map { 0.2 * $0 + bend * $0 * $0 + Double.random(in: -0.001...0.001, using: &generator) }
            let fit = try LeastSquaresFit(powers: [1, 2], x: x, readings: y)
            let curve = try CalibrationCurve(fit: fit, powers: [1, 2], x: (0...10).map { DecimalNumber($0 * 10) })
            let asked = try DecimalNumber(coefficient: Int128(Int.random(in: 1...9_999, using: &generator)), scale: 2)
            let value = try curve.value(at: asked)
            let reading = try DecimalNumber(approximating: value.y, significantDigits: 17, mode: .halfEven)
            let place = try curve.place(ofReading: reading, uncertainty: .zero)
            #expect(agrees(place.x, asked.approximateValue, relative: 1e-12), "seed \(seed)")
            let slope = fit.parameters[0] + 2 * fit.parameters[1] * asked.approximateValue
            #expect(agrees(place.uncertainty, value.curveUncertainty / abs(slope), relative: 1e-9), "seed \(seed)")
        }
    }

    @Test func `a curve that turns is not read where two places have the reading`() throws {
        let curve = try CalibrationCurve(
            powers: [0, 1, 2], x: Self.decimals("0 1 2 3 4 5"), readings: Self.decimals("0 4.1 5.9 6 4.1 0"))
        #expect(throws: RegressionError.ambiguousInverse) { try curve.place(ofReading: decimal("4"), uncertainty: .zero) }
        #expect(throws: RegressionError.noInverse) { try curve.place(ofReading: decimal("9"), uncertainty: .zero) }
    }

    @Test func `a change of unit changes parameters by its powers`() throws {
        for seed in UInt64(1)...50 {
            var generator = SplitMix64(seed: seed)
            let x = try (0..<12).map {
                try DecimalNumber(coefficient: Int128($0 * 100 + Int.random(in: 0...99, using: &generator)), scale: 2)
            }
            let y = try x.map { _ in
                try DecimalNumber(coefficient: Int128(Int.random(in: -999...999, using: &generator)), scale: 1)
            }
            let plain = try LeastSquaresFit(powers: [0, 1, 3], x: x, readings: y)
            let milli = try LeastSquaresFit(
                powers: [0, 1, 3], x: x.map { try $0.multiplied(by: DecimalNumber(1_000)) }, readings: y)
            for (index, unit) in [1, 1e3, 1e9].enumerated() {
                #expect(agrees(milli.parameters[index] * unit, plain.parameters[index], relative: 1e-13), "seed \(seed)")
                #expect(
                    agrees(milli.standardUncertainties[index] * unit, plain.standardUncertainties[index], relative: 1e-13),
                    "seed \(seed)")
            }
        }
    }

    @Test func `what cannot be fitted says why`() throws {
        #expect(throws: RegressionError.dependentTerms(index: 1)) { try fit([0, 1], "2 2 2", "1 2 3") }
        #expect(throws: RegressionError.tooFewPoints(count: 2, needed: 3)) { try fit([0, 1], "1 2", "1 2") }
        #expect(throws: RegressionError.unusableUncertainty(index: 1)) { try fit([0, 1], "1 2 3", "1 2 3", u: "1 0 1") }
        #expect(throws: RegressionError.unusableModel) { try fit([1, 1], "1 2 3", "1 2 3") }
        #expect(throws: RegressionError.unusableModel) { try fit([-1], "1 2 3", "1 2 3") }
        #expect(throws: RegressionError.unequalLengths("x and y")) { try fit([0], "1 2 3", "1 2") }
        #expect(throws: RegressionError.notFinite) {
            try fit([20, 1], "1e30 2e30 3e30 5e30", "1 2 3 4")
        }
        // With known uncertainties two points do fix a line, and nothing is left to test it with.
        let line = try fit([0, 1], "1 2", "1 2", u: "0.1 0.1")
        #expect(line.scatter == .known(chiSquare: 0, probability: 1))
        #expect(throws: RegressionError.unusableCorrelation(index: 0)) {
            try UncertainLine(
                points: (0..<3).map {
                    UncertainPoint(
                        x: DecimalNumber($0), xUncertainty: .one, y: DecimalNumber($0), yUncertainty: .one, correlation: .one)
                })
        }
        #expect(throws: RegressionError.unusableCovariance) {
            try CalibrationCurve(
                powers: [0, 1], parameters: [1, 2], covariance: [[1, 2], [2, 1]], range: .zero...DecimalNumber.one)
        }
    }
}
