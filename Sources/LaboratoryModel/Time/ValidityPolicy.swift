// SPDX-License-Identifier: Apache-2.0

/// Way to write the last day of validity from the day of the work and a cycle in months.
///
/// The raw value is stored beside every date it produced. The last day is never moved off a weekend or
/// holiday, and the instrument is valid through the whole of that day.
/// Source: Circular 24/2013/TT-BKHCN, Art. 41(10), "ngày cuối, tháng cuối của chu kỳ", whose wording allows
/// both readings.
package enum ValidityPolicy: String, Sendable, CaseIterable, Codable {
    /// Last day of the calendar month in which the cycle ends.
    case endOfMonth = "END_OF_MONTH"
    /// Corresponding day of the month in which the cycle ends, or its last day where there is none.
    case anniversary = "ANNIVERSARY"

    /// Last valid day of a cycle.
    ///
    /// - Parameters:
    ///   - workDate: Day of the measurement.
    ///   - cycleMonths: Cycle in months, 1...1200.
    /// - Throws: ``ValidityError/cycleOutOfRange(months:)``, ``ValidityError/dateOutOfRange``.
    package func lastValidDay(
        workDate: CivilDate,
        cycleMonths: Int
    ) throws(ValidityError) -> CivilDate {
        guard (1...1200).contains(cycleMonths) else { throw .cycleOutOfRange(months: cycleMonths) }
        let anniversary: CivilDate
        do {
            anniversary = try workDate.adding(months: cycleMonths)
        } catch {
            throw .dateOutOfRange
        }
        return switch self {
        case .endOfMonth: anniversary.endOfMonth
        case .anniversary: anniversary
        }
    }
}

/// Reason why no last day of validity can be given.
package enum ValidityError: Error, Sendable, Hashable {
    /// A cycle has 1 to 1200 months; an instrument without a cycle has no last day of validity.
    case cycleOutOfRange(months: Int)
    /// The last day would lie after the year 9999.
    case dateOutOfRange
}
