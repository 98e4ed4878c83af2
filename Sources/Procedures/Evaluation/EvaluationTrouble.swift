// SPDX-License-Identifier: Apache-2.0

/// Why a value cannot be had at a place.
enum EvaluationTrouble: Error {
    /// A symbol without a value: its name in the record, and whether it had to be there.
    case missing(String, required: Bool)
    /// A calculation outside its domain, a unit that does not fit.
    case notComputable(String)
    /// Too few readings for a coverage factor.
    case tooFewReadings
    /// The certificate of a standard lacks a value: code of the standard, key.
    case certificateLacks(String, String)
    /// U as reported, and the largest that the limits permit.
    case tooUncertain(String, String)
}
