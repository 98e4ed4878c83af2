// SPDX-License-Identifier: Apache-2.0

/// One text in both languages of the laboratory's documents.
package struct BilingualWording: Sendable, Hashable {
    /// Vietnamese, numbers with a decimal comma.
    package let vietnamese: String
    /// English, numbers with a decimal point.
    package let english: String

    /// Joins sentences with blanks.
    static func joined(_ parts: [BilingualWording]) -> BilingualWording {
        BilingualWording(
            vietnamese: parts.map(\.vietnamese).joined(separator: " "), english: parts.map(\.english).joined(separator: " "))
    }
}

extension ConformityDecision {
    /// Name of the outcome as printed.
    package var title: BilingualWording {
        switch self {
        case .pass: BilingualWording(vietnamese: "Đạt", english: "Pass")
        case .conditionalPass: BilingualWording(vietnamese: "Đạt có điều kiện", english: "Conditional pass")
        case .conditionalFail: BilingualWording(vietnamese: "Không đạt có điều kiện", english: "Conditional fail")
        case .fail: BilingualWording(vietnamese: "Không đạt", english: "Fail")
        }
    }
}

extension DecisionRule {
    /// Name of the rule with its parameter and its document, as printed.
    package var title: BilingualWording {
        let name = namedInWords
        return BilingualWording(vietnamese: "\(name.vietnamese) (\(edition))", english: "\(name.english) (\(edition))")
    }

    private var namedInWords: BilingualWording {
        switch method {
        case .simple: return BilingualWording(vietnamese: "chấp nhận đơn giản, w = 0", english: "simple acceptance, w = 0")
        case .sharedRisk(let ratio):
            return BilingualWording(
                vietnamese: "chia sẻ rủi ro, w = 0, dung sai ít nhất bằng ±\(ratio.text(decimalSign: ",")) U",
                english: "shared risk, w = 0, with a tolerance of at least ±\(ratio) U")
        case .guardBand(let multiplier):
            let sign = multiplier.isNegative ? "−" : ""
            let factor = multiplier.magnitude == .one ? "" : "\(multiplier.magnitude.text(decimalSign: ",")) "
            let factorInEnglish = multiplier.magnitude == .one ? "" : "\(multiplier.magnitude) "
            return multiplier.isNegative
                ? BilingualWording(
                    vietnamese: "bác bỏ có dải bảo vệ, w = \(sign)\(factor)U",
                    english: "guarded rejection, w = \(sign)\(factorInEnglish)U")
                : BilingualWording(
                    vietnamese: "chấp nhận có dải bảo vệ, w = \(factor)U",
                    english: "guarded acceptance, w = \(factorInEnglish)U")
        case .nonBinary:
            return BilingualWording(
                vietnamese: "kết luận nhiều mức có dải bảo vệ, w = U", english: "non-binary statement with guard band, w = U")
        case .permittedRisk(let risk):
            let percent = WordedNumber.percent(risk.approximateValue)
            return BilingualWording(
                vietnamese: "dải bảo vệ để xác suất chấp nhận sai không quá \(percent.vietnamese)",
                english: "guard band for a probability of false acceptance of at most \(percent.english)")
        case .managedRisk:
            return BilingualWording(
                vietnamese: "dải bảo vệ theo tỷ số độ không đảm bảo, phương pháp 6",
                english: "guard band from the test uncertainty ratio, method 6")
        case .rootDifferenceOfSquares:
            return BilingualWording(
                vietnamese: "dải bảo vệ theo căn bậc hai của hiệu các bình phương",
                english: "guard band by the root of the difference of squares")
        }
    }
}

extension ConformityStatement {
    /// Statement as a certificate prints it: outcome, rule, limits, uncertainty, risk.
    ///
    /// - Parameter unit: Symbol of the unit of value, limits and U; empty for none.
    /// - Source: What ISO/IEC 17025:2017, 7.8.6.2 and ILAC-G8:09/2019, 6 ask to be told; the sentences are our own.
    package func wording(unit: String) throws(ConformityError) -> BilingualWording {
        var sentences = [outcome(unit: unit), ruleSentence(unit: unit)]
        if let uncertainty { sentences.append(Self.sentence(uncertainty, unit: unit)) }
        if let specificRisk { sentences.append(riskSentence(specificRisk)) }
        if decision == .pass, let greatest = try riskAtAcceptanceLimit() {
            let percent = WordedNumber.percent(greatest)
            sentences.append(
                BilingualWording(
                    vietnamese: "Với mọi kết quả được chấp nhận, xác suất này không quá \(percent.vietnamese).",
                    english: "For any accepted result this probability is at most \(percent.english)."))
        }
        return BilingualWording.joined(sentences)
    }

    private func outcome(unit: String) -> BilingualWording {
        let number = WordedNumber.quantity(value, unit: unit)
        let title = decision.title
        guard !acceptance.isEmpty || decision != .fail else {
            return BilingualWording(
                vietnamese: "\(title.vietnamese): các dải bảo vệ phủ hết dung sai, không giá trị nào được chấp nhận.",
                english: "\(title.english): the guard bands cover the whole tolerance, so that no value can be accepted.")
        }
        let range = WordedNumber.range(acceptance.lower, acceptance.upper, unit: unit)
        switch decision {
        case .pass:
            return BilingualWording(
                vietnamese:
                    "\(title.vietnamese): giá trị đo \(number.vietnamese) nằm trong giới hạn chấp nhận (\(range.vietnamese)).",
                english:
                    "\(title.english): the measured value \(number.english) lies within the acceptance limits (\(range.english))."
            )
        case .fail:
            return BilingualWording(
                vietnamese:
                    "\(title.vietnamese): giá trị đo \(number.vietnamese) nằm ngoài giới hạn chấp nhận (\(range.vietnamese)).",
                english:
                    "\(title.english): the measured value \(number.english) lies outside the acceptance limits (\(range.english))."
            )
        case .conditionalPass:
            return BilingualWording(
                vietnamese:
                    "\(title.vietnamese): giá trị đo \(number.vietnamese) nằm trong dung sai nhưng cách giới hạn chưa đến U.",
                english:
                    "\(title.english): the measured value \(number.english) is within tolerance, but less than U from a limit.")
        case .conditionalFail:
            return BilingualWording(
                vietnamese:
                    "\(title.vietnamese): giá trị đo \(number.vietnamese) nằm ngoài dung sai nhưng không vượt giới hạn quá U.",
                english: "\(title.english): the measured value \(number.english) is out of tolerance, but by no more than U.")
        }
    }

    private func ruleSentence(unit: String) -> BilingualWording {
        let tolerance = WordedNumber.range(limits.lower, limits.upper, unit: unit)
        let band = WordedNumber.quantity(guardBand, unit: unit)
        let isNamed = guardBand.isZero
        return BilingualWording(
            vietnamese: "Quy tắc quyết định: \(rule.title.vietnamese)\(isNamed ? "" : "; w = \(band.vietnamese)"). "
                + "Giới hạn dung sai: \(tolerance.vietnamese).",
            english: "Decision rule: \(rule.title.english)\(isNamed ? "" : "; w = \(band.english)"). "
                + "Tolerance limits: \(tolerance.english).")
    }

    private static func sentence(_ uncertainty: StatedUncertainty, unit: String) -> BilingualWording {
        let expanded = WordedNumber.quantity(uncertainty.expanded, unit: unit)
        let factor = WordedNumber.quantity(uncertainty.coverageFactor, unit: "")
        let probability = uncertainty.coverageProbability.map { WordedNumber.percent($0.approximateValue, digits: 4) }
        return BilingualWording(
            vietnamese: "Độ không đảm bảo đo mở rộng U = \(expanded.vietnamese), hệ số phủ k = \(factor.vietnamese)"
                + (probability.map { ", xác suất phủ khoảng \($0.vietnamese)." } ?? "."),
            english: "Expanded uncertainty U = \(expanded.english), coverage factor k = \(factor.english)"
                + (probability.map { ", coverage probability about \($0.english)." } ?? "."))
    }

    private func riskSentence(_ risk: Double) -> BilingualWording {
        let percent = WordedNumber.percent(risk)
        return decision.isAccepted
            ? BilingualWording(
                vietnamese: "Xác suất giá trị thực không phù hợp: \(percent.vietnamese).",
                english: "Probability that the true value does not conform: \(percent.english).")
            : BilingualWording(
                vietnamese: "Xác suất giá trị thực vẫn phù hợp: \(percent.vietnamese).",
                english: "Probability that the true value conforms nevertheless: \(percent.english).")
    }
}

/// Numbers inside sentences.
enum WordedNumber {
    /// Number with its unit, if it has one.
    static func quantity(_ number: DecimalNumber, unit: String) -> BilingualWording {
        let sign = number.isNegative ? "−" : ""
        let tail = unit.isEmpty ? "" : "\u{A0}\(unit)"
        return BilingualWording(
            vietnamese: "\(sign)\(number.magnitude.text(decimalSign: ","))\(tail)",
            english: "\(sign)\(number.magnitude)\(tail)")
    }

    /// `9.9 mm to 10.1 mm`, `at most 10.1 mm`, `at least 9.9 mm`.
    static func range(_ lower: DecimalNumber?, _ upper: DecimalNumber?, unit: String) -> BilingualWording {
        let low = lower.map { quantity($0, unit: unit) }
        let high = upper.map { quantity($0, unit: unit) }
        switch (low, high) {
        case (let low?, let high?):
            return BilingualWording(
                vietnamese: "từ \(low.vietnamese) đến \(high.vietnamese)", english: "\(low.english) to \(high.english)")
        case (let low?, nil):
            return BilingualWording(vietnamese: "không nhỏ hơn \(low.vietnamese)", english: "at least \(low.english)")
        case (nil, let high?):
            return BilingualWording(vietnamese: "không lớn hơn \(high.vietnamese)", english: "at most \(high.english)")
        case (nil, nil):
            return BilingualWording(vietnamese: "không giới hạn", english: "unlimited")
        }
    }

    /// Probability in percent, with two significant digits unless told otherwise; below 1e-6 only that bound is said.
    static func percent(_ probability: Double, digits: Int = 2) -> BilingualWording {
        let least = 1e-6
        // A probability is finite and at most 1, so that it always fits; the bound stands in were it otherwise.
        guard probability >= least,
            let rounded = try? DecimalNumber(approximating: probability * 100, significantDigits: digits, mode: .halfEven)
        else { return BilingualWording(vietnamese: "dưới 0,0001\u{A0}%", english: "less than 0.0001\u{A0}%") }
        return quantity(rounded.withoutTrailingZeros, unit: "%")
    }
}
