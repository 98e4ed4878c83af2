// SPDX-License-Identifier: Apache-2.0

/// Rules for control measurements, by the names under which laboratories know them.
///
/// Source: J. O. Westgard et al., Clin. Chem. 27 (1981) 493–501.
package enum WestgardRule: String, Sendable, Hashable, CaseIterable, Codable {
    /// One point beyond 2 s: a warning, not a rejection.
    case oneBeyondTwo = "1_2s"
    /// One point beyond 3 s.
    case oneBeyondThree = "1_3s"
    /// Two points in a row beyond 2 s on one side.
    case twoBeyondTwo = "2_2s"
    /// Two points in a row beyond 2 s on opposite sides.
    case rangeOfFour = "R_4s"
    /// Four points in a row beyond 1 s on one side.
    case fourBeyondOne = "4_1s"
    /// Ten points in a row on one side of the mean.
    case tenOnOneSide = "10_x"

    /// Whether a run that breaks the rule is rejected.
    package var rejects: Bool { self != .oneBeyondTwo }

    /// Whether the newest point of a series breaks the rule.
    package func isBroken(by series: ControlSeries) -> Bool {
        switch self {
        case .oneBeyondTwo: series.newestIsBeyond(2)
        case .oneBeyondThree: series.newestIsBeyond(3)
        case .twoBeyondTwo: series.newest(2, areBeyondOnOneSide: 2)
        case .rangeOfFour: series.newestTwoAreOpposite
        case .fourBeyondOne: series.newest(4, areBeyondOnOneSide: 1)
        case .tenOnOneSide: series.newest(10, areBeyondOnOneSide: 0)
        }
    }
}

/// Tests for special causes on a Shewhart chart, by their numbers.
///
/// Source: L. S. Nelson, J. Qual. Technol. 16 (1984) 237–239.
package enum NelsonRule: Int, Sendable, Hashable, CaseIterable, Codable {
    /// One point beyond 3 σ.
    case beyondThree = 1
    /// Nine points in a row on one side of the centre line.
    case nineOnOneSide
    /// Six points in a row that rise, or that fall.
    case sixInATrend
    /// Fourteen points in a row that go up and down in turn.
    case fourteenAlternating
    /// Two of three points in a row beyond 2 σ on one side.
    case twoOfThreeBeyondTwo
    /// Four of five points in a row beyond 1 σ on one side.
    case fourOfFiveBeyondOne
    /// Fifteen points in a row within 1 σ.
    case fifteenWithinOne
    /// Eight points in a row beyond 1 σ, on whichever side.
    case eightBeyondOne

    /// Whether the newest point of a series breaks the rule.
    package func isBroken(by series: ControlSeries) -> Bool {
        switch self {
        case .beyondThree: series.newestIsBeyond(3)
        case .nineOnOneSide: series.newest(9, areBeyondOnOneSide: 0)
        case .sixInATrend: series.newestAreATrend(6)
        case .fourteenAlternating: series.newestAlternate(14)
        case .twoOfThreeBeyondTwo: series.newest(2, of: 3, areBeyondOnOneSide: 2)
        case .fourOfFiveBeyondOne: series.newest(4, of: 5, areBeyondOnOneSide: 1)
        case .fifteenWithinOne: series.newestHugTheCentre(15)
        case .eightBeyondOne: series.newestAvoidTheMiddle(8)
        }
    }
}

/// The four zone tests of the Western Electric handbook.
///
/// Source: Western Electric Company, Statistical Quality Control Handbook (1956), tests for unnatural patterns.
package enum WesternElectricRule: Int, Sendable, Hashable, CaseIterable, Codable {
    /// One point beyond 3 σ.
    case beyondThree = 1
    /// Two of three points in a row beyond 2 σ on one side.
    case twoOfThreeBeyondTwo
    /// Four of five points in a row beyond 1 σ on one side.
    case fourOfFiveBeyondOne
    /// Eight points in a row on one side of the centre line.
    case eightOnOneSide

    /// Whether the newest point of a series breaks the rule.
    package func isBroken(by series: ControlSeries) -> Bool {
        switch self {
        case .beyondThree: series.newestIsBeyond(3)
        case .twoOfThreeBeyondTwo: series.newest(2, of: 3, areBeyondOnOneSide: 2)
        case .fourOfFiveBeyondOne: series.newest(4, of: 5, areBeyondOnOneSide: 1)
        case .eightOnOneSide: series.newest(8, areBeyondOnOneSide: 0)
        }
    }
}

extension ControlSeries {
    /// Westgard rules that the newest point breaks, in the order of their table.
    package var westgardViolations: [WestgardRule] { WestgardRule.allCases.filter { $0.isBroken(by: self) } }
    /// Nelson rules that the newest point breaks, by number.
    package var nelsonViolations: [NelsonRule] { NelsonRule.allCases.filter { $0.isBroken(by: self) } }
    /// Western Electric tests that the newest point fails, by number.
    package var westernElectricViolations: [WesternElectricRule] {
        WesternElectricRule.allCases.filter { $0.isBroken(by: self) }
    }
}
