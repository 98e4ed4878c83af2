// SPDX-License-Identifier: Apache-2.0
import Metrology
import Testing

@Suite("Statistics of readings (JCGM 100, 4.2 and H.5; ISO 5725-2; NIST StRD)")
struct ReadingStatisticsTests {
    @Test(arguments: ["1", "1000000", "10000000", "100000000000000"])
    func `a common offset costs no digits (NumAcc2 to 4)`(offset: String) throws {
        // Offset + 0.2, then 500 pairs of 0.1 and 0.3 above the offset.
        var readings = [try decimal("0.2")]
        for _ in 0..<500 { readings += [try decimal("0.1"), try decimal("0.3")] }
        let statistics = try ReadingStatistics(readings: readings.map { try $0.adding(decimal(offset)) })
        #expect(statistics.mean == (try decimal(offset).adding(decimal("0.2"))).approximateValue)
        #expect(agrees(statistics.standardDeviation, 0.1, relative: 1e-15))
        #expect(agrees(try #require(statistics.lag1Autocorrelation), -0.999, relative: 1e-14))
        #expect(statistics.isAutocorrelated)
    }

    @Test func `readings that wander are told from readings that scatter`() throws {
        let wandering = try ReadingStatistics(readings: (0..<40).map { DecimalNumber($0) })
        #expect(wandering.isAutocorrelated)
        var generator = SplitMix64(seed: 7)
        var flagged = 0
        for _ in 0..<1_000 {
            let readings = (0..<50).map { _ in Double.random(in: 0...1, using: &generator) }
            if try ReadingStatistics(readings: readings).isAutocorrelated { flagged += 1 }
        }
        // About 5 of 100, give or take four standard deviations; seed 7.
        #expect((15...80).contains(flagged), "\(flagged)")
        let equal = try ReadingStatistics(readings: [DecimalNumber.one, .one, .one])
        #expect(equal.lag1Autocorrelation == nil && !equal.isAutocorrelated && equal.standardDeviation == 0)
    }

    @Test func `pooled deviations add up their degrees of freedom`() throws {
        let pooled = try PooledDeviation(deviations: [3, 4], degreesOfFreedom: [4, 9])
        #expect(agrees(pooled.standardDeviation, (180.0 / 13).squareRoot(), relative: 1e-15))
        #expect(pooled.degreesOfFreedom == 13)
        #expect(agrees(try pooled.standardUncertaintyOfMean(of: 4), pooled.standardDeviation / 2, relative: 1e-15))
        let series = try [["1.1", "1.3", "1.2"], ["5.0", "5.2"]].map { try $0.map { try decimal($0) } }
        #expect(agrees(try PooledDeviation(series: series).standardDeviation, (0.04 / 3).squareRoot(), relative: 1e-14))
        #expect(throws: StatisticsError.self) { try PooledDeviation(deviations: [1], degreesOfFreedom: [0]) }
        #expect(throws: StatisticsError.self) { try PooledDeviation(series: [[.one]]) }
    }

    @Test func `an analysis of readings is that of their means and deviations`() throws {
        for seed in UInt64(1)...50 {
            var generator = SplitMix64(seed: seed)
            let groups = try (0..<6).map { group in
                try (0..<4).map { _ in
                    try DecimalNumber(coefficient: Int128(group * 30 + Int.random(in: 0...99, using: &generator)), scale: 2)
                }
            }
            let analysis = try OneWayAnalysis(groups: groups)
            let each = try groups.map { try ReadingStatistics(readings: $0) }
            let all = try ReadingStatistics(readings: groups.flatMap { $0 })
            #expect(agrees(analysis.mean, all.mean, relative: 1e-14), "seed \(seed)")
            // The sums of squares between and within groups make up the whole.
            let total = Double(all.count - 1) * all.standardDeviation * all.standardDeviation
            let within = each.map { 3 * $0.standardDeviation * $0.standardDeviation }.reduce(0, +)
            let between = 4 * 5 * analysis.deviationOfMeans * analysis.deviationOfMeans
            #expect(agrees(between + within, total, relative: 1e-12), "seed \(seed)")
            #expect(
                agrees(analysis.pooledStandardUncertaintyOfMean, all.standardUncertaintyOfMean, relative: 1e-12), "seed \(seed)")
        }
    }

    @Test func `reproducibility holds repeatability and the laboratories`() throws {
        let results = try [["12.1", "12.3"], ["12.6", "12.4"], ["11.9", "12.0"], ["12.2", "12.2"]].map {
            try $0.map { try decimal($0) }
        }
        let experiment = try PrecisionExperiment(results: results)
        let (r, l, total) = (
            experiment.repeatabilityDeviation, experiment.betweenLaboratoryDeviation, experiment.reproducibilityDeviation
        )
        // Differences 0.2, 0.2, 0.1, 0: s_r² = Σ d²/(2p) = 0.09/8.
        #expect(agrees(r, (0.09 / 8).squareRoot(), relative: 1e-13))
        #expect(agrees(total * total, r * r + l * l, relative: 1e-14))
        #expect(agrees(experiment.repeatabilityLimit, 2.8 * r, relative: 1e-15))
        let between = experiment.laboratories.compactMap(\.betweenStatistic)
        #expect(abs(between.reduce(0, +)) < 1e-9)
        // The squares of k add up to the number of laboratories.
        let within = experiment.laboratories.compactMap(\.withinStatistic)
        #expect(agrees(within.map { $0 * $0 }.reduce(0, +), 4, relative: 1e-12))
        #expect(agrees(try #require(experiment.largestVarianceShare), 4.0 / 9, relative: 1e-12))
    }

    @Test(arguments: [
        (10, 2, 0.05, 0.602), (10, 2, 0.01, 0.718), (10, 3, 0.05, 0.445), (10, 3, 0.01, 0.536), (20, 2, 0.05, 0.389),
    ])
    func `Cochran's critical values are those of the table of ISO 5725-2`(
        laboratories: Int, replicates: Int, significance: Double, printed: Double
    ) throws {
        let results = (0..<laboratories).map { laboratory in
            (0..<replicates).map { DecimalNumber(laboratory + $0) }
        }
        let critical = try PrecisionExperiment(results: results).criticalVarianceShare(significance: significance)
        #expect(abs(critical - printed) <= 0.0015, "\(critical)")
    }

    @Test func `layouts that cannot be analysed say why`() throws {
        #expect(throws: StatisticsError.tooFew(what: "readings", count: 1, needed: 2)) { try ReadingStatistics(readings: [.one]) }
        #expect(throws: StatisticsError.self) { try OneWayAnalysis(groups: []) }
        #expect(throws: StatisticsError.self) { try OneWayAnalysis(groups: [[.one, .one]]) }
        #expect(throws: StatisticsError.unequalSizes(what: "the groups")) {
            try OneWayAnalysis(groups: [[.one, .one], [.one]])
        }
        #expect(throws: StatisticsError.self) {
            try OneWayAnalysis(groupMeans: [.one, .one], groupDeviations: [.one, DecimalNumber(-1)], perGroup: 3)
        }
        #expect(throws: StatisticsError.notFinite(what: "the scatter of the readings")) {
            try ReadingStatistics(readings: [Double.infinity, 1])
        }
    }
}

@Suite("Numbers of twice the digits of a double")
struct ExtendedNumberTests {
    @Test func `a third of one keeps 31 digits`() {
        let third = ExtendedNumber.one / ExtendedNumber(3)
        let rest = (third * ExtendedNumber(3) - .one).magnitude
        #expect(rest.value < 1e-31)
    }

    @Test func `sums, products, quotients and roots invert one another`() throws {
        for seed in UInt64(1)...2_000 {
            var generator = SplitMix64(seed: seed)
            let a = ExtendedNumber(try DecimalNumber.random(digits: 25, using: &generator))
            let b = ExtendedNumber(try DecimalNumber.random(digits: 25, using: &generator))
            guard a.high != 0, b.high != 0 else { continue }
            let tolerance = 1e-29
            #expect(((a + b) - b - a).magnitude.value <= tolerance * (abs(a.high) + abs(b.high)), "seed \(seed)")
            #expect((a * b / b - a).magnitude.value <= tolerance * abs(a.high), "seed \(seed)")
            let root = a.magnitude.squareRoot()
            #expect((root * root - a.magnitude).magnitude.value <= tolerance * abs(a.high), "seed \(seed)")
        }
    }

    @Test func `a decimal comes in with all its digits`() throws {
        for text in [
            "0.1", "170141183460469231731687303715884105727", "-170141183460469231731687303715884105727", "1e-60", "-12.25",
        ] {
            let number = ExtendedNumber(try decimal(text))
            #expect(number.value == Double(text), "\(text)")
        }
        let sum = (0..<10).map { _ in 0.1 }.reduce(0, +)
        #expect(sum != 1)
        let tenth = ExtendedNumber(try decimal("0.1"))
        #expect((0..<10).reduce(ExtendedNumber.zero) { total, _ in total + tenth }.value == 1)
        #expect(ExtendedNumber(7).power(5).value == 16_807)
    }
}
