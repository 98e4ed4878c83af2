// SPDX-License-Identifier: Apache-2.0

package import Metrology

/// Outcome of comparing one result with what a specification demands.
package enum LimitVerdict: String, Sendable, CaseIterable, Codable {
    /// Every number the result can stand for fulfils the demand.
    case within
    /// No number the result can stand for fulfils the demand.
    case outside
    /// Nothing is demanded, or nothing was measured.
    case notApplicable = "not_applicable"
    /// The result does not say enough, as <5 against at most 3; a person decides or the test is repeated.
    case undecidable
}

/// Comparison of a result with a limit by simple acceptance: the result as written, no guard band.
///
/// Numbers on a limit that belongs to the interval are within. Source: ILAC-G8:09/2019, 4.2 (simple
/// acceptance).
package struct LimitCheck: Sendable, Hashable {
    /// What is demanded.
    package let limit: SpecificationLimit
    /// Limit of detection of the method, used where the result is written without one; nil if unknown.
    package let detectionLimit: DecimalNumber?
    /// Limit of quantification of the method, used where the result is written without one; nil if unknown.
    package let quantificationLimit: DecimalNumber?

    /// Creates a comparison.
    package init(
        limit: SpecificationLimit,
        detectionLimit: DecimalNumber? = nil,
        quantificationLimit: DecimalNumber? = nil
    ) {
        self.limit = limit
        self.detectionLimit = detectionLimit
        self.quantificationLimit = quantificationLimit
    }

    /// Verdict on a result.
    package func verdict(on result: ReportedValue) -> LimitVerdict {
        if case .notMeasured = result.kind { return .notApplicable }
        switch limit {
        case .reportOnly:
            return .notApplicable
        case .interval(let accepted):
            guard let possible = possibleNumbers(of: result.kind) else { return .undecidable }
            if accepted.contains(possible) { return .within }
            return accepted.overlaps(possible) ? .undecidable : .outside
        case .finding(let demanded):
            return verdict(on: result.kind, demanding: demanded)
        case .notDetected:
            return verdictOnDetection(of: result.kind)
        case .classes(let demanded):
            guard case .classified(let found) = result.kind else { return .undecidable }
            return demanded.contains { $0.lowercased() == found.lowercased() } ? .within : .outside
        }
    }

    /// Numbers that a result can stand for; nil where it names none.
    private func possibleNumbers(of kind: ReportedValue.Kind) -> LimitInterval? {
        switch kind {
        case .value(let number):
            LimitInterval(uncheckedLower: .init(number), upper: .init(number))
        case .range(let low, let high):
            LimitInterval(uncheckedLower: .init(low), upper: .init(high))
        case .above(let limit):
            LimitInterval(uncheckedLower: .init(limit, isIncluded: false), upper: nil)
        case .belowLOD(let written):
            numbers(below: written ?? detectionLimit)
        case .belowLOQ(let written):
            numbers(below: written ?? quantificationLimit)
        case .qualitative, .classified, .notMeasured:
            nil
        }
    }

    private func numbers(below limit: DecimalNumber?) -> LimitInterval? {
        limit.map { LimitInterval(uncheckedLower: nil, upper: .init($0, isIncluded: false)) }
    }

    private func verdict(
        on kind: ReportedValue.Kind,
        demanding demanded: QualitativeFinding
    ) -> LimitVerdict {
        switch kind {
        case .qualitative(let found):
            let areOfOneKind =
                [demanded, found].allSatisfy { $0 == .negative || $0 == .positive }
                || [demanded, found].allSatisfy { $0 == .passed || $0 == .failed }
            guard areOfOneKind else { return .undecidable }
            return found == demanded ? .within : .outside
        case .belowLOD where demanded == .negative:
            return .within
        case .belowLOD where demanded == .positive:
            return .outside
        default:
            return .undecidable
        }
    }

    private func verdictOnDetection(of kind: ReportedValue.Kind) -> LimitVerdict {
        switch kind {
        case .belowLOD, .qualitative(.negative): .within
        case .qualitative(.positive): .outside
        case .value(let number), .range(let number, _), .above(let number):
            number > .zero || isAbove(kind, zero: number) ? .outside : .undecidable
        case .belowLOQ, .qualitative, .classified, .notMeasured: .undecidable
        }
    }

    /// Whether the result is ">0", which names something detected.
    private func isAbove(_ kind: ReportedValue.Kind, zero number: DecimalNumber) -> Bool {
        if case .above = kind { return number.isZero }
        return false
    }
}
