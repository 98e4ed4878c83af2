// SPDX-License-Identifier: Apache-2.0
import Metrology
import Testing

@Suite("Intervals between calibrations (ILAC-G24 / OIML D 10, NCSLI RP-1, NASA-HDBK-8739.19-5)")
struct IntervalTests {
    private func policy() throws -> IntervalAdvice.Policy {
        try IntervalAdvice.Policy(
            staircase: ReactiveInterval.Staircase(
                innerFraction: decimal("0.8"), factorUp: decimal("1.25"), factorDown: decimal("0.7"), minimum: DecimalNumber(30),
                maximum: DecimalNumber(1_825)),
            confidence: decimal("0.95"))
    }

    private func calibration(_ day: Int, _ asFound: String, asLeft: String? = nil) throws -> IntervalAdvice.Calibration {
        IntervalAdvice.Calibration(
            day: day, asFound: try decimal(asFound), asLeft: try asLeft.map { try decimal($0) },
            standardUncertainty: try decimal("0.005"))
    }

    @Test func `the confidence limits of a share are what the binomial distribution says`() throws {
        for (found, count) in [(45, 50), (7, 9), (1, 20), (19, 20), (500, 1_000)] {
            let observation = try ObservedReliability(inTolerance: found, count: count)
            let (low, high) = try observation.interval(confidence: 0.9)
            #expect(agrees(Self.binomial(count, low) { $0 >= found }, 0.05, relative: 1e-9), "\(found) of \(count)")
            #expect(agrees(Self.binomial(count, high) { $0 <= found }, 0.05, relative: 1e-9), "\(found) of \(count)")
        }
        #expect(try ObservedReliability(inTolerance: 0, count: 5).interval(confidence: 0.9).low == 0)
        #expect(try ObservedReliability(inTolerance: 5, count: 5).interval(confidence: 0.9).high == 1)
    }

    /// Probability of the numbers that satisfy a condition, term by term.
    private static func binomial(_ n: Int, _ p: Double, _ condition: (Int) -> Bool) -> Double {
        // Logarithms by recursion: C(n, x+1) = C(n, x)·(n − x)/(x + 1).
        var (sum, term) = (0.0, 1.0)
        var scale = 0
        for _ in 0..<n {
            term *= 1 - p
            while term < 1e-200 { (term, scale) = (term * 1e100, scale + 1) }
        }
        for x in 0...n {
            if condition(x), scale == 0 { sum += term }
            guard x < n else { break }
            term *= p / (1 - p) * Double(n - x) / Double(x + 1)
            while scale > 0, term > 1e-100 { (term, scale) = (term * 1e-100, scale - 1) }
        }
        return sum
    }

    private func test(_ found: Int, of count: Int, target: String) throws -> IntervalTest {
        try IntervalTest(
            observation: ObservedReliability(inTolerance: found, count: count), interval: 365,
            parameters: IntervalTest.Parameters(
                target: decimal(target), changeConfidence: 0.5, maximumFactor: 2, minimumChange: 5, minimum: 14, maximum: 1_826))
    }

    @Test func `an interval grows with the share found in tolerance`() throws {
        for count in [5, 13, 40] {
            var previous = 0.0
            for found in 0...count {
                let test = try test(found, of: count, target: "0.85")
                #expect(test.interval >= previous, "\(found) of \(count)")
                #expect((0...1).contains(test.rejectionConfidence))
                #expect((182.5...730).contains(test.interval))
                previous = test.interval
            }
        }
        // A share equal to its target is never rejected.
        #expect(try test(18, of: 20, target: "0.9").rejectionConfidence == 0)
        #expect(try test(18, of: 20, target: "0.9").calculated == 365)
    }

    @Test func `one time of observation gives the rate that meets the share`() throws {
        let group = ExponentialReliability.Group(time: 365, observation: try ObservedReliability(inTolerance: 93, count: 100))
        let reliability = try ExponentialReliability(groups: [group])
        #expect(agrees(reliability.reliability(after: 365), 0.93, relative: 1e-12))
        #expect(agrees(try reliability.interval(target: 0.93), 365, relative: 1e-12))
        let all = ExponentialReliability.Group(time: 365, observation: try ObservedReliability(inTolerance: 9, count: 9))
        #expect(throws: IntervalError.noFailures) { try ExponentialReliability(groups: [all]) }
        let none = ExponentialReliability.Group(time: 365, observation: try ObservedReliability(inTolerance: 0, count: 9))
        #expect(throws: IntervalError.noSuccesses) { try ExponentialReliability(groups: [none]) }
    }

    @Test func `a drift reaches its limit where its band does`() throws {
        let times = try ["100", "200", "300", "400"].map { try decimal($0) }
        let deviations = try ["0.11", "0.19", "0.31", "0.40"].map { try decimal($0) }
        let model = try DriftModel(times: times, deviations: deviations, order: 1)
        let k = try model.coverageFactor(confidence: 0.95, isTwoSided: true)
        let limits = DriftModel.Limits(start: 0, lower: -1, upper: 1)
        let found = try model.interval(limits: limits, startUncertainty: 0.02, coverageFactor: k)
        let days = try #require(found)
        let u = (0.02 * 0.02 + model.residualDeviation * model.residualDeviation + model.fit.covariance[0][0] * days * days)
            .squareRoot()
        #expect(agrees(model.fit.parameters[0] * days + k * u, 1, relative: 1e-12))
        #expect(try model.interval(uncertaintyTarget: 0.001, startUncertainty: 0.02) == 0)
        let wide = DriftModel.Limits(start: 5, lower: nil, upper: 1)
        #expect(try model.interval(limits: wide, startUncertainty: 0.02, coverageFactor: k) == 0)
        let exact = try DriftModel(times: times, deviations: times.map { _ in .zero }, order: 1)
        #expect(try exact.interval(limits: limits, startUncertainty: 0.02, coverageFactor: k) == nil)
    }

    @Test func `a young instrument climbs the staircase and says why`() throws {
        let advice = try IntervalAdvice.advice(
            history: [calibration(0, "0.01"), calibration(365, "0.03")], limit: decimal("0.10"), current: 365, policy: policy())
        #expect(advice.method == .staircase)
        #expect(advice.advised == 456 && advice.action == .extend)
        #expect(
            advice.reasons.map(\.english) == [
                "Intervals observed so far: 1; a drift needs at least 3.",
                "The error as found, 0.03, is not above 80 % of the maximum permissible error 0.10.",
            ])
        #expect(
            advice.reasons.last?.vietnamese
                == "Sai số trước hiệu chỉnh 0,03 không vượt quá 80 % của sai số cho phép lớn nhất 0,10.")
    }

    @Test func `an instrument of known drift is calibrated before its band reaches the limit`() throws {
        let history = try [
            calibration(0, "0.000"), calibration(365, "0.021"), calibration(730, "0.039", asLeft: "0.001"),
            calibration(1_095, "0.020"), calibration(1_460, "0.041"),
        ]
        let advice = try IntervalAdvice.advice(history: history, limit: decimal("0.10"), current: 365, policy: policy())
        #expect(advice.method == .controlChart)
        #expect(advice.action == .extend && advice.advised > 500 && advice.advised < 1_200, "\(advice.advised)")
        guard case .drift(let perYear, let u, 4) = try #require(advice.reasons.first) else { return #expect(Bool(false)) }
        #expect(perYear == (try decimal("0.0198")) || abs(perYear.approximateValue - 0.02) < 0.002, "\(perYear) \(u)")
        let near = try IntervalAdvice.controlChart(history: history, limit: decimal("0.045"), current: 365, policy: policy())
        #expect(near.action == .shorten && near.advised == 30)
        #expect(near.reasons.contains(.shortest(days: 30)))
    }

    @Test func `an instrument beyond its limit is shortened, whatever its drift was`() throws {
        let history = try [calibration(0, "0"), calibration(365, "0"), calibration(730, "0"), calibration(1_095, "0.101")]
        let advice = try IntervalAdvice.advice(history: history, limit: decimal("0.10"), current: 365, policy: policy())
        #expect(advice.method == .staircase && advice.advised == 255 && advice.action == .shorten)
    }

    @Test func `hours of use become days`() throws {
        let advice = try IntervalAdvice.inUseTime(
            hours: DecimalNumber(2_000), hoursPerDay: decimal("7.5"), current: 365, policy: policy())
        #expect(advice.advised == 266 && advice.action == .shorten)
        #expect(throws: IntervalError.self) {
            try IntervalAdvice.inUseTime(hours: .one, hoursPerDay: DecimalNumber(25), current: 365, policy: policy())
        }
    }

    @Test func `every reason reads in both languages`() throws {
        let number = try decimal("0.5")
        let reasons: [IntervalReason] = [
            .wellWithin(error: number, limit: number, percent: number), .within(error: number, limit: number, percent: number),
            .beyond(error: number, limit: number), .drift(perYear: number, uncertainty: number, intervals: 4),
            .reachesLimit(days: 100, percent: number), .neverReachesLimit(percent: number), .exceedsLimitNow(percent: number),
            .tooFewForDrift(intervals: 1, needed: 3), .noDrift, .use(hours: number, perDay: number), .shortest(days: 30),
            .longest(days: 1_825),
        ]
        for reason in reasons {
            #expect(reason.english != reason.vietnamese && reason.english.hasSuffix(".") && reason.vietnamese.hasSuffix("."))
            #expect(!reason.vietnamese.contains("0.5") && !reason.english.contains("0,5"))
        }
        for method in IntervalAdvice.Method.allCases { #expect(method.english != method.vietnamese) }
    }

    @Test func `parameters that make no sense are refused`() throws {
        #expect(throws: IntervalError.self) { try ObservedReliability(inTolerance: 6, count: 5) }
        #expect(throws: IntervalError.self) { try ReactiveInterval.decrement(increment: 0.1, target: 1) }
        #expect(throws: IntervalError.self) {
            try ReactiveInterval.simpleResponse(interval: 365, history: [], increment: 0.1, target: 0.9)
        }
        #expect(throws: IntervalError.tooFew(count: 1, needed: 2)) { try DriftModel(times: [.one], deviations: [.one], order: 1) }
        #expect(throws: IntervalError.self) {
            try IntervalAdvice.staircase(history: [], limit: .one, current: 365, policy: policy())
        }
        #expect(throws: IntervalError.self) {
            try IntervalAdvice.controlChart(
                history: [calibration(5, "0"), calibration(5, "0"), calibration(9, "0")], limit: .one, current: 365,
                policy: policy())
        }
    }
}
