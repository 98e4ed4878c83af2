// SPDX-License-Identifier: Apache-2.0

/// Risks of wrong decisions for items of a normal process, before any one of them is measured.
///
/// Source: JCGM 106:2012, 9.4 and annex B (joint probabilities of the true and the measured value).
package struct GlobalRisk: Sendable, Hashable {
    /// Probability that an item does not conform and is accepted (global consumer's risk).
    package let falseAccept: Double
    /// Probability that an item conforms and is rejected (global producer's risk).
    package let falseReject: Double
    /// Probability that an item conforms.
    package let priorConforming: Double
    /// Probability that an item is accepted.
    package let probabilityAccept: Double

    /// Probability that an accepted item does not conform; nil where nothing is ever accepted.
    package var conditionalFalseAccept: Double? {
        probabilityAccept > 0 ? min(1, falseAccept / probabilityAccept) : nil
    }

    /// Process and measurement, both normal.
    package struct Setting: Sendable, Hashable {
        /// Mean of the process, in the unit of the limits.
        package let mean: DecimalNumber
        /// Standard deviation of the process, positive.
        package let deviation: DecimalNumber
        /// Standard uncertainty of the measurement, positive.
        package let uncertainty: DecimalNumber

        /// Creates a setting.
        ///
        /// - Throws: ``ConformityError/notPositive(quantity:)``.
        package init(mean: DecimalNumber, deviation: DecimalNumber, uncertainty: DecimalNumber) throws(ConformityError) {
            guard deviation > .zero else { throw .notPositive(quantity: "the standard deviation of the process") }
            guard uncertainty > .zero else { throw .notPositive(quantity: "the standard uncertainty of the measurement") }
            self.mean = mean
            self.deviation = deviation
            self.uncertainty = uncertainty
        }
    }

    /// Evaluates the risks, to a relative accuracy of 1e-9.
    ///
    /// - Parameters:
    ///   - setting: Process and measurement.
    ///   - limits: Tolerance limits.
    ///   - acceptance: Accepted measured values; may be empty.
    /// - Throws: ``ConformityError/decimal(_:)``, ``ConformityError/notConverged`` when the probabilities contradict each
    ///   other: P(accepted) = P(conforming) − P(false reject) + P(false accept).
    package init(
        _ setting: Setting, limits: ToleranceLimits, acceptance: AcceptanceInterval
    ) throws(ConformityError) {
        let deviation = setting.deviation.approximateValue
        let uncertainty = setting.uncertainty.approximateValue
        let below = try Self.standardised(limits.lower, setting.mean, deviation) ?? -.infinity
        let above = try Self.standardised(limits.upper, setting.mean, deviation) ?? .infinity
        let width = try limits.width()?.approximateValue
        priorConforming = NormalInterval.inside(below, above, width: width.map { $0 / deviation })
        guard !acceptance.isEmpty else {
            (falseAccept, falseReject, probabilityAccept) = (0, priorConforming, 0)
            return
        }
        let acceptedWidth = try acceptance.width()?.approximateValue
        let spread = RiskIntegral.hypotenuse(deviation, uncertainty)
        let acceptedBelow = try Self.standardised(acceptance.lower, setting.mean, spread) ?? -.infinity
        let acceptedAbove = try Self.standardised(acceptance.upper, setting.mean, spread) ?? .infinity
        probabilityAccept = NormalInterval.inside(
            acceptedBelow, acceptedAbove, width: acceptedWidth.map { $0 / spread })
        guard min(abs(below), abs(above)) < RiskIntegral.farthest else {
            // No item is near a limit: all conform, or none does.
            let allConform = below < 0 && above > 0
            falseAccept = allConform ? 0 : probabilityAccept
            falseReject = allConform ? NormalInterval.outside(acceptedBelow, acceptedAbove) : 0
            return
        }
        var sums = (accepted: 0.0, rejected: 0.0)
        // Each half of the tolerance is integrated from its own limit.
        let half = width.map { $0 / 2 / uncertainty } ?? .infinity
        for (limit, place, outward) in [(limits.lower, below, -1.0), (limits.upper, above, 1.0)] {
            guard let limit else { continue }
            let integral = RiskIntegral(
                place: place, ratio: uncertainty / deviation,
                acceptedFrom: try Self.standardised(acceptance.lower, limit, uncertainty) ?? -.infinity,
                acceptedTo: try Self.standardised(acceptance.upper, limit, uncertainty) ?? .infinity,
                acceptedWidth: acceptedWidth.map { $0 / uncertainty })
            sums.accepted += try integral.value(direction: outward, length: .infinity, accepted: true)
            sums.rejected += try integral.value(direction: -outward, length: half, accepted: false)
        }
        (falseAccept, falseReject) = (sums.accepted, sums.rejected)
        let contradiction = abs(priorConforming - falseReject + falseAccept - probabilityAccept)
        guard contradiction <= Self.greatestContradiction else { throw .notConverged }
    }

    /// The probabilities are sums of about a hundred terms; 1e-10 is far above their rounding and far below any decision.
    private static let greatestContradiction = 1e-10

    /// (limit − origin)/scale with the difference in decimals; nil without a limit.
    private static func standardised(
        _ limit: DecimalNumber?, _ origin: DecimalNumber, _ scale: Double
    ) throws(ConformityError) -> Double? {
        try ConformanceProbability.distance(from: origin, to: limit).map { $0 / scale }
    }

    /// Smallest guard band, the same on each limit, that keeps the global probability of false acceptance at or below a
    /// bound; zero where none is needed. Its last digit is rounded up.
    ///
    /// - Parameters:
    ///   - bound: Above 0 and at most 0.5; 0.02 in ANSI/NCSL Z540.3:2006, 5.3 b).
    ///   - setting: Process and measurement.
    ///   - limits: Tolerance limits.
    /// - Throws: ``ConformityError/probabilityOutOfRange(quantity:most:)`` and what ``init(_:limits:acceptance:)`` throws.
    package static func guardBand(
        keepingFalseAcceptAtMost bound: DecimalNumber, setting: Setting, limits: ToleranceLimits
    ) throws(ConformityError) -> DecimalNumber {
        guard bound > .zero, bound <= DecisionRule.greatestPermittedRisk else {
            throw .probabilityOutOfRange(quantity: "a permitted risk", most: "\(DecisionRule.greatestPermittedRisk)")
        }
        func exceeds(_ band: Double) throws(ConformityError) -> Bool {
            let acceptance = try limits.acceptanceInterval(guardBand: DecisionRule.decimal(band))
            return try GlobalRisk(setting, limits: limits, acceptance: acceptance).falseAccept > bound.approximateValue
        }
        guard try exceeds(0) else { return .zero }
        var (low, high) = (0.0, setting.uncertainty.approximateValue)
        // Doubling ends: far enough inside, nothing that does not conform is accepted.
        while try exceeds(high) { (low, high) = (high, 2 * high) }
        while high - low > 1e-12 * high {
            let middle = (low + high) / 2
            (low, high) = try exceeds(middle) ? (middle, high) : (low, middle)
        }
        return try DecisionRule.decimal(high)
    }
}
