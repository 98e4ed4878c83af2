// SPDX-License-Identifier: Apache-2.0

/// One reason for an advised interval, to be read by people in Vietnamese or English.
package enum IntervalReason: Sendable, Hashable {
    /// The error as found is within the inner part of its limit.
    case wellWithin(error: DecimalNumber, limit: DecimalNumber, percent: DecimalNumber)
    /// The error as found is within its limit, but not well within.
    case within(error: DecimalNumber, limit: DecimalNumber, percent: DecimalNumber)
    /// The error as found exceeds its limit.
    case beyond(error: DecimalNumber, limit: DecimalNumber)
    /// Drift in 365 days, with its standard uncertainty, from a number of intervals observed.
    case drift(perYear: DecimalNumber, uncertainty: DecimalNumber, intervals: Int)
    /// Days until the error with its band reaches the limit.
    case reachesLimit(days: Int, percent: DecimalNumber)
    /// The error with its band stays within the limit for as long as anybody asks.
    case neverReachesLimit(percent: DecimalNumber)
    /// The error with its band exceeds the limit already.
    case exceedsLimitNow(percent: DecimalNumber)
    /// Too few calibrations to see a drift.
    case tooFewForDrift(intervals: Int, needed: Int)
    /// The drift could not be fitted.
    case noDrift
    /// Hours of use left and hours used a day.
    case use(hours: DecimalNumber, perDay: DecimalNumber)
    /// The shortest interval allowed was taken.
    case shortest(days: Int)
    /// The longest interval allowed was taken.
    case longest(days: Int)

    /// The reason in Vietnamese, with a decimal comma.
    package var vietnamese: String {
        func text(_ number: DecimalNumber) -> String { number.text(decimalSign: ",") }
        return switch self {
        case .wellWithin(let error, let limit, let percent):
            "Sai số trước hiệu chỉnh \(text(error)) không vượt quá \(text(percent)) % của sai số cho phép lớn nhất \(text(limit))."
        case .within(let error, let limit, let percent):
            "Sai số trước hiệu chỉnh \(text(error)) vượt quá \(text(percent)) % nhưng vẫn trong sai số cho phép lớn nhất \(text(limit))."
        case .beyond(let error, let limit):
            "Sai số trước hiệu chỉnh \(text(error)) vượt quá sai số cho phép lớn nhất \(text(limit))."
        case .drift(let perYear, let uncertainty, let intervals):
            "Độ trôi \(text(perYear)) mỗi năm, độ không đảm bảo đo chuẩn \(text(uncertainty)), từ \(intervals) chu kỳ đã quan sát."
        case .reachesLimit(let days, let percent):
            "Sau \(days) ngày, dải dự đoán \(text(percent)) % của sai số chạm giới hạn cho phép."
        case .neverReachesLimit(let percent):
            "Dải dự đoán \(text(percent)) % của sai số không chạm giới hạn cho phép trong thời gian dài nhất được xét."
        case .exceedsLimitNow(let percent):
            "Dải dự đoán \(text(percent)) % của sai số đã vượt giới hạn cho phép ngay sau lần hiệu chuẩn gần nhất."
        case .tooFewForDrift(let intervals, let needed):
            "Mới có \(intervals) chu kỳ đã quan sát; cần ít nhất \(needed) chu kỳ để xác định độ trôi."
        case .noDrift:
            "Không xác định được độ trôi từ các lần hiệu chuẩn đã có."
        case .use(let hours, let perDay):
            "Còn \(text(hours)) giờ sử dụng, mỗi ngày dùng \(text(perDay)) giờ."
        case .shortest(let days):
            "Lấy chu kỳ ngắn nhất cho phép: \(days) ngày."
        case .longest(let days):
            "Lấy chu kỳ dài nhất cho phép: \(days) ngày."
        }
    }

    /// The reason in English.
    package var english: String {
        switch self {
        case .wellWithin(let error, let limit, let percent):
            "The error as found, \(error), is not above \(percent) % of the maximum permissible error \(limit)."
        case .within(let error, let limit, let percent):
            "The error as found, \(error), is above \(percent) % of the maximum permissible error \(limit), but not above it."
        case .beyond(let error, let limit):
            "The error as found, \(error), exceeds the maximum permissible error \(limit)."
        case .drift(let perYear, let uncertainty, let intervals):
            "Drift \(perYear) a year, standard uncertainty \(uncertainty), from \(intervals) observed intervals."
        case .reachesLimit(let days, let percent):
            "After \(days) days the \(percent) % prediction band of the error reaches the limit."
        case .neverReachesLimit(let percent):
            "The \(percent) % prediction band of the error does not reach the limit within the longest time considered."
        case .exceedsLimitNow(let percent):
            "The \(percent) % prediction band of the error exceeds the limit right after the latest calibration."
        case .tooFewForDrift(let intervals, let needed):
            "Intervals observed so far: \(intervals); a drift needs at least \(needed)."
        case .noDrift:
            "No drift can be determined from the calibrations at hand."
        case .use(let hours, let perDay):
            "\(hours) hours of use are left, at \(perDay) hours a day."
        case .shortest(let days):
            "The shortest interval allowed is taken: \(days) days."
        case .longest(let days):
            "The longest interval allowed is taken: \(days) days."
        }
    }
}
