// SPDX-License-Identifier: Apache-2.0
import Metrology
import Testing

@Suite("Control charts and proficiency tests (ISO 7870-2, Westgard, Nelson, ISO 13528)")
struct QualityControlTests {
    /// Factors as tables print them: n, d₂, d₃, c₄, A₂, A₃, B₃, B₄, D₃, D₄.
    private static let printed = """
        2 1.128 0.853 0.7979 1.880 2.659 0 3.267 0 3.267
        3 1.693 0.888 0.8862 1.023 1.954 0 2.568 0 2.575
        5 2.326 0.864 0.9400 0.577 1.427 0 2.089 0 2.114
        6 2.534 0.848 0.9515 0.483 1.287 0.030 1.970 0 2.004
        7 2.704 0.833 0.9594 0.419 1.182 0.118 1.882 0.076 1.924
        15 3.472 0.756 0.9823 0.223 0.789 0.428 1.572 0.347 1.653
        25 3.931 0.708 0.9896 0.153 0.606 0.565 1.435 0.459 1.541
        """

    @Test func `the factors are those of the printed tables`() throws {
        for line in Self.printed.split(separator: "\n") {
            let columns = line.split(separator: " ").compactMap { Double(String($0)) }
            let factors = try ControlChartConstants(subgroupSize: Int(columns[0]))
            let got = [
                factors.d2, factors.d3, factors.c4, factors.a2, factors.a3, factors.b3, factors.b4, factors.d3Limit,
                factors.d4Limit,
            ]
            for (value, expected) in zip(got, columns.dropFirst()) {
                #expect(abs(value - expected) <= 0.000_9, "n = \(columns[0]): \(value), printed \(expected)")
            }
        }
    }

    @Test func `the range of two readings has a closed form`() throws {
        let factors = try ControlChartConstants(subgroupSize: 2)
        #expect(agrees(factors.d2, 2 / Double.pi.squareRoot(), relative: 1e-12))
        #expect(agrees(factors.d3, (2 - 4 / Double.pi).squareRoot(), relative: 1e-11))
        // Three readings: 3/√π.
        #expect(agrees(try ControlChartConstants(subgroupSize: 3).d2, 3 / Double.pi.squareRoot(), relative: 1e-12))
        let largest = try ControlChartConstants(subgroupSize: 1_000)
        #expect(largest.d2 > 6.4 && largest.d2 < 6.6 && largest.c4 < 1)
        #expect(throws: StatisticsError.self) { try ControlChartConstants(subgroupSize: 1) }
        #expect(throws: StatisticsError.self) { try ControlChartConstants(subgroupSize: 1_001) }
    }

    private func series(_ text: String) throws -> ControlSeries {
        ControlSeries(standardised: try text.split(separator: " ").map { try decimal(String($0)) })
    }

    @Test(arguments: [
        ("2.1 -2.1", "1_2s R_4s"), ("2 -2.1", "1_2s"), ("3 3", "1_2s 2_2s"), ("-3.01", "1_2s 1_3s"),
        ("-1.1 -1.2 -1.3 -1.01", "4_1s"), ("1.1 1.2 1.3 1", ""), ("1.1 1.2 -1.3 1.1", ""),
        ("2.5 2.5 2.5 2.5 2.5 2.5 2.5 2.5 2.5 2.5", "1_2s 2_2s 4_1s 10_x"), ("", ""), ("2.5 0.1", ""),
    ])
    func `Westgard rules look at the newest point`(points: String, broken: String) throws {
        #expect(try series(points).westgardViolations.map(\.rawValue).joined(separator: " ") == broken)
    }

    @Test(arguments: [
        ("3", ""), ("3.001", "1"), ("2.2 2.1 0.5", ""), ("2.2 0.5 -2.1", ""), ("0.5 2.2 2.1", "5"),
        ("1.1 1.2 0.3 1.3 1.1", "6"), ("1.1 1.2 0.3 1.3 -1.1", ""), ("0.9 0.5 0.4 0.3 0.2 0.1", "3"),
        ("0.5 0.4 0.4 0.3 0.2 0.1", ""),
        ("0.1 -0.1 0.1 0.2 -0.3 0.1 0.2 0.3 -0.1 0.5 0.4 0.1 -0.1 0.2 0.3", "7"),
        ("0.1 -0.1 0.1 0.2 -0.3 0.1 0.2 0.3 -0.1 0.5 0.4 0.1 -0.1 0.2 1", ""),
        ("0.1 0.2 0.3 0.1 0.2 0.3 0.1 0.2 0", ""),
    ])
    func `Nelson rules look at the newest point`(points: String, broken: String) throws {
        #expect(try series(points).nelsonViolations.map { String($0.rawValue) }.joined(separator: " ") == broken)
    }

    @Test func `Western Electric tests stop at eight points on one side`() throws {
        #expect(try series("0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1").westernElectricViolations == [.eightOnOneSide])
        #expect(try series("0.1 0.1 0.1 0.1 0.1 0.1 0.1").westernElectricViolations == [])
        #expect(try series("-3.1").westernElectricViolations == [.beyondThree])
    }

    @Test func `points in their own unit are judged like standardised ones`() throws {
        let values = try ["10.02", "10.05", "9.81", "10.21"].map { try decimal($0) }
        let own = try ControlSeries(values: values, centre: decimal("10"), deviation: decimal("0.07"))
        // 10.21 lies exactly on three standard deviations, which a quotient of doubles puts beyond.
        #expect(own.westgardViolations.map(\.rawValue) == ["1_2s", "R_4s"])
        #expect(throws: StatisticsError.self) { try ControlSeries(values: values, centre: .one, deviation: .zero) }
    }

    @Test func `every rule is blind to the side of the centre line`() throws {
        for seed in UInt64(1)...300 {
            var generator = SplitMix64(seed: seed)
            let points = try (0..<16).map { _ in
                try DecimalNumber(coefficient: Int128(Int.random(in: -35...35, using: &generator)), scale: 1)
            }
            let mirrored = ControlSeries(standardised: points.map(\.negated))
            let given = ControlSeries(standardised: points)
            #expect(given.westgardViolations == mirrored.westgardViolations, "seed \(seed)")
            #expect(given.nelsonViolations == mirrored.nelsonViolations, "seed \(seed)")
            // Points older than the longest rule do not matter.
            let longer = ControlSeries(standardised: [DecimalNumber(4)] + points)
            #expect(given.nelsonViolations == longer.nelsonViolations, "seed \(seed)")
        }
    }

    @Test func `a score on a limit is judged by its decimals`() throws {
        // In doubles these quotients are 2.0000000000000018 and 2.9999999999999982.
        let two = try ProficiencyScore.z(result: decimal("10.4"), assigned: decimal("10"), deviation: decimal("0.2"))
        let three = try ProficiencyScore.z(result: decimal("10.6"), assigned: decimal("10"), deviation: decimal("0.2"))
        #expect(two.score == 2 && two.assessment == .acceptable)
        #expect(three.score == 3 && three.assessment == .action)
        for seed in UInt64(1)...500 {
            var generator = SplitMix64(seed: seed)
            // 3² + 4² = 5²: the score is a whole number of fifths whatever the unit.
            let unit = try DecimalNumber(coefficient: Int128(Int.random(in: 1...99_999_999, using: &generator)), scale: 9)
            func times(_ factor: Int) throws -> DecimalNumber { try unit.multiplied(by: DecimalNumber(factor)) }
            let score = try ProficiencyScore.normalizedError(
                result: times(105), assigned: times(100), expandedUncertainty: times(3), assignedExpandedUncertainty: times(4))
            #expect(score.score == 1 && score.assessment == .acceptable, "seed \(seed)")
            let zeta = try ProficiencyScore.zeta(
                result: times(85), assigned: times(100), uncertainty: times(4), assignedUncertainty: times(3))
            #expect(zeta.score == -3 && zeta.assessment == .action, "seed \(seed)")
        }
    }

    @Test func `uncertainties of many digits are still compared`() throws {
        let score = try ProficiencyScore.zeta(
            result: decimal("10.4"), assigned: decimal("10"), uncertainty: decimal("0.14142135623730950488016887242097"),
            assignedUncertainty: decimal("0.14142135623730950488016887242097"))
        #expect(agrees(score.score, 2, relative: 1e-14))
        #expect(throws: StatisticsError.notPositive(what: "the combined standard uncertainty")) {
            try ProficiencyScore.zeta(result: .one, assigned: .one, uncertainty: .zero, assignedUncertainty: .zero)
        }
    }

    @Test func `algorithm A shrugs off an outlier however far it lies`() throws {
        let good = ["10.1", "10.2", "9.9", "10.0", "10.1", "9.8", "10.0"]
        let near = try RobustEstimate(results: (good + ["15"]).map { try decimal($0) })
        let far = try RobustEstimate(results: (good + ["1500000"]).map { try decimal($0) })
        #expect(near.robust == far.robust)
        #expect(near.assignedUncertainty == far.assignedUncertainty)
        #expect(abs(near.robust.mean - 10.03) < 0.05)
    }

    @Test func `algorithm A follows shifts and scales`() throws {
        for seed in UInt64(1)...100 {
            var generator = SplitMix64(seed: seed)
            let results = try (0..<11).map { _ in
                try DecimalNumber(coefficient: Int128(Int.random(in: 0...999, using: &generator)), scale: 2)
            }
            let plain = try RobustEstimate(results: results)
            let moved = try RobustEstimate(
                results: results.map { try $0.multiplied(by: DecimalNumber(4)).adding(DecimalNumber(100)) })
            #expect(agrees(moved.robust.mean, plain.robust.mean * 4 + 100, relative: 1e-12), "seed \(seed)")
            #expect(agrees(moved.robust.deviation, plain.robust.deviation * 4, relative: 1e-11), "seed \(seed)")
            #expect(
                agrees(moved.normalizedInterquartileRange, plain.normalizedInterquartileRange * 4, relative: 1e-12),
                "seed \(seed)")
        }
    }

    @Test func `more than half equal results start from the plain deviation`() throws {
        let results = try ["5", "5", "5", "5", "5", "5.1", "4.8"].map { try decimal($0) }
        let estimate = try RobustEstimate(results: results)
        #expect(estimate.startedFromPlainDeviation && estimate.scaledMedianDeviation == 0)
        #expect(estimate.robust.deviation > 0)
        let equal = try RobustEstimate(results: [DecimalNumber.one, .one, .one])
        #expect(equal.robust.mean == 1 && equal.robust.deviation == 0 && !equal.startedFromPlainDeviation)
        // One outlier among equals: the deviation goes to zero, and the mean to the median.
        let lone = try RobustEstimate(results: Array(repeating: DecimalNumber(7), count: 12) + [DecimalNumber(9)])
        #expect(lone.robust.mean == 7 && lone.robust.deviation == 0)
    }
}
