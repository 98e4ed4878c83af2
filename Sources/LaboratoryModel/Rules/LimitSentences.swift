// SPDX-License-Identifier: Apache-2.0

extension Reason {
    /// A result that its limits do not permit, with the limits as they are: about zero, on one side or on both.
    func beyondLimits(
        channel: Int?, result: CodedName, point: CodedName?, repetition: Int?, value: String, lower: String?, upper: String?,
        unit: String
    ) -> BilingualSentence {
        let unit = unit == "1" ? "" : " \(unit)"
        let place = BilingualSentence(
            vi: [
                channel.map { "Vòi \($0)" }, point.map { "\(channel == nil ? "Đ" : "đ")iểm \($0.text.vi)" },
                repetition.map { "lần \($0)" },
            ].compactMap { $0 }.joined(separator: ", "),
            en: [
                channel.map { "nozzle \($0)" }, point.map { "point \($0.text.en)" }, repetition.map { "reading \($0)" },
            ].compactMap { $0 }.joined(separator: ", "))
        let permitted = permitted(lower, upper, unit)
        let name = result.name ?? BilingualSentence(vi: result.code, en: result.code)
        return BilingualSentence(
            vi:
                "\(place.vi.isEmpty ? "" : "\(place.vi): ")\(name.vi) \(SentenceParts.vietnameseNumber(value))\(unit) vượt \(permitted.vi)",
            en: "\(place.en.isEmpty ? "" : "\(place.en): ")\(name.en) \(value)\(unit) is beyond \(permitted.en)")
    }

    /// Permitted values in words: ±0.3 %, at least 20 L/min, 36 °C to 38 °C.
    func permitted(_ lower: String?, _ upper: String?, _ unit: String) -> BilingualSentence {
        let unit = unit.isEmpty || unit.hasPrefix(" ") ? unit : " \(unit)"
        func vi(_ number: String) -> String { SentenceParts.vietnameseNumber(number) }
        switch (lower, upper) {
        case (let lower?, let upper?) where lower == "-\(upper)":
            return BilingualSentence(vi: "±\(vi(upper))\(unit)", en: "±\(upper)\(unit)")
        case (let lower?, let upper?):
            return BilingualSentence(
                vi: "khoảng \(vi(lower))\(unit) đến \(vi(upper))\(unit)", en: "\(lower)\(unit) to \(upper)\(unit)")
        case (let lower?, nil):
            return BilingualSentence(vi: "mức tối thiểu \(vi(lower))\(unit)", en: "the least of \(lower)\(unit)")
        case (nil, let upper?): return BilingualSentence(vi: "mức tối đa \(vi(upper))\(unit)", en: "the most of \(upper)\(unit)")
        case (nil, nil): return BilingualSentence(vi: "giới hạn", en: "its limits")
        }
    }
}
