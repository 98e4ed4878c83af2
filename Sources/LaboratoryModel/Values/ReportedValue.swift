// SPDX-License-Identifier: Apache-2.0

package import Metrology

/// Result of one indicator as the technician wrote it, with what the writing means.
///
/// The text is kept as typed (without blanks round it) and is what a report prints; an empty field is an
/// error and never zero.
package struct ReportedValue: Sendable, Hashable {
    /// The text as typed, without blanks round it.
    package let text: String
    /// What the text means.
    package let kind: Kind

    /// Meaning of a reported text.
    package enum Kind: Sendable, Hashable {
        /// A number with its digits: 0,50.
        case value(DecimalNumber)
        /// Not detected: KPH, ND, KPH (LOD: 0,1); the limit of detection where it is written.
        case belowLOD(limit: DecimalNumber?)
        /// Below the limit of quantification: <0,05 or <LOQ; the limit where it is written.
        case belowLOQ(limit: DecimalNumber?)
        /// Beyond the upper end of what the method can tell: >10.
        case above(limit: DecimalNumber)
        /// From one number to another: 10÷12.
        case range(low: DecimalNumber, high: DecimalNumber)
        /// A finding in words: Âm tính, Dương tính, Đạt, Không đạt.
        case qualitative(QualitativeFinding)
        /// One of the classes of the method: 1a (copper strip corrosion).
        case classified(String)
        /// Deliberately not measured: không thử.
        case notMeasured
    }
}

/// Finding of a qualitative test.
package enum QualitativeFinding: String, Sendable, CaseIterable, Codable {
    /// Âm tính.
    case negative
    /// Dương tính.
    case positive
    /// Đạt.
    case passed
    /// Không đạt.
    case failed
}

extension ReportedValue.Kind {
    /// Name of the kind as stored and sent: value, below_lod, below_loq, above, range, qualitative, class,
    /// not_measured.
    package var code: String {
        switch self {
        case .value: "value"
        case .belowLOD: "below_lod"
        case .belowLOQ: "below_loq"
        case .above: "above"
        case .range: "range"
        case .qualitative: "qualitative"
        case .classified: "class"
        case .notMeasured: "not_measured"
        }
    }

    /// The number written: the value, the limit behind < or >, or the lower end of a range; nil where there
    /// is none.
    package var number: DecimalNumber? {
        switch self {
        case .value(let number), .above(let number), .range(let number, _): number
        case .belowLOD(let limit), .belowLOQ(let limit): limit
        case .qualitative, .classified, .notMeasured: nil
        }
    }

    /// Upper end of a range; nil for every other kind.
    package var upperNumber: DecimalNumber? {
        guard case .range(_, let high) = self else { return nil }
        return high
    }
}

/// Reason why a reported text was refused.
package enum ReportedValueError: Error, Sendable, Hashable {
    /// The field is empty; an empty field is not zero and not "not measured".
    case empty
    /// The text has no meaning known here.
    case unrecognised(String)
    /// A number in the text was refused.
    case number(DecimalError)
    /// The first number of a range is greater than the second.
    case rangeReversed(String)
    /// ≤ and ≥ belong to limits; a result is written with <, > or as a number.
    case limitSign(String)
}

extension ReportedValueError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty:
            "no result was given; write the value, KPH, <LOQ, or 'không thử' if it was not measured"
        case .unrecognised(let text):
            "'\(text)' is not a result; write a number, <0,05, KPH (LOD: 0,1), 10÷12, Âm tính, Đạt or a class"
        case .number(let error):
            error.description
        case .rangeReversed(let text):
            "the range '\(text)' starts with its greater number"
        case .limitSign(let text):
            "'\(text)' looks like a limit; write the result with < or > or as a number"
        }
    }
}
