// SPDX-License-Identifier: Apache-2.0

/// A result as typed and what it means.
struct DrawnResult: Sendable {
    let text: String
    let kind: String
    /// The decimal value, where there is one.
    let value: String?
    /// Whether the value breaks its limit.
    let isOutOfLimit: Bool
}

extension DemoGenerator {
    /// Draws a plausible result of a line: around its limit or some way above its limit of detection.
    mutating func drawResult(_ line: CatalogueLine, specification: Int?) -> DrawnResult {
        switch line.resultKind {
        case "qualitative":
            return DrawnResult(text: "KPH", kind: "qualitative", value: nil, isOutOfLimit: false)
        case "class": return DrawnResult(text: "1a", kind: "qualitative", value: nil, isOutOfLimit: false)
        default: break
        }
        let decimals = line.decimals
        let limit = specification.flatMap { catalogue.limit(specification: $0, line: line.code) }
        let lower = limit?.lower.flatMap { scaledNumber($0, decimals) }
        let upper = limit?.upper.flatMap { scaledNumber($0, decimals) }
        let detection = line.lod.flatMap { scaledNumber($0, decimals) } ?? 0
        let isOut = (lower != nil || upper != nil) && random.chance(perMille: 22)
        var scaled: Int
        if !isOut, let usual = usualRange(line) {
            scaled = random.within(usual)
            // What the product says it is, such as RON 95, draws the usual values with it.
            if let lower, scaled < lower { scaled = lower + random.below(max(1, lower / 50)) }
            if let upper, scaled > upper { scaled = upper - random.below(max(1, upper / 50)) }
        } else {
            let isTrace = detection > 0 && random.chance(perMille: 140)
            let drawn = draw(lower: lower, upper: upper, detection: detection, decimals: decimals, isOut: isOut)
            scaled = isTrace && !isOut ? 0 : max(drawn, 0)
        }
        if detection > 0, scaled < detection {
            return DrawnResult(text: "KPH", kind: "below_lod", value: nil, isOutOfLimit: false)
        }
        let value = decimalText(scaled, decimals)
        // Six in ten are typed with a decimal comma; the value is the same.
        let text = random.chance(perMille: 600) ? value.withComma : value
        let breaks = (lower.map { scaled < $0 } ?? false) || (upper.map { scaled > $0 } ?? false)
        return DrawnResult(text: text, kind: "value", value: value, isOutOfLimit: breaks)
    }

    private func usualRange(_ line: CatalogueLine) -> ClosedRange<Int>? {
        guard let usual = TypicalResults.range(line.code), let low = scaledNumber(usual.low, line.decimals),
            let high = scaledNumber(usual.high, line.decimals), low <= high
        else { return nil }
        return low...high
    }

    private mutating func draw(lower: Int?, upper: Int?, detection: Int, decimals: Int, isOut: Bool) -> Int {
        switch (lower, upper) {
        case (let lower?, let upper?):
            let width = max(upper - lower, 1)
            return isOut ? upper + max(1, width / 8) : lower + width * random.within(15...85) / 100
        case (nil, let upper?):
            return isOut
                ? upper + max(1, upper * random.within(4...20) / 100) : upper * random.within(12...88) / 100
        case (let lower?, nil):
            return isOut
                ? lower - max(1, lower * random.within(1...6) / 100)
                : lower + lower * random.within(0...9) / 100
        case (nil, nil):
            if detection > 0 { return detection * random.within(3...60) }
            return scaledNumber("1", decimals).map { $0 * random.within(4...40) } ?? random.within(4...40)
        }
    }
}

extension String {
    /// With a decimal comma, as it is written in Vietnamese.
    var withComma: String {
        String(map { $0 == "." ? "," : $0 })
    }
}
