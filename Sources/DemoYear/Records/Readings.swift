// SPDX-License-Identifier: Apache-2.0

import Metrology
import Procedures

extension DemoGenerator {
    /// Readings at the procedure's points that agree with the outcome; returns rows for the record's table.
    mutating func writeReadings(_ work: Work, id: Int, plan: InstrumentPlan, procedure: CompiledProcedure) -> [[String]] {
        let points = procedure.procedure.points.filter(\.required)
        switch plan.type {
        case "19", "20": return writeDeliveries(work, id: id, plan: plan, points: points)
        case "8a", "8b": return writeWeighings(work, id: id, plan: plan, procedure: procedure)
        default: return writePoints(work, id: id, points: points)
        }
    }

    /// Deliveries from each nozzle.
    ///
    /// Errors stay within ±0.25 % of a pass and exceed 0.55 % in one nozzle of a failure: the limit is 0.3 % by ĐLVN 10:2013,
    /// 0.5 % by later versions after first use.
    private mutating func writeDeliveries(
        _ work: Work, id: Int, plan: InstrumentPlan, points: [MeasurementPoint]
    )
        -> [[String]]
    {
        var rows: [[String]] = []
        for (index, channel) in plan.channels.enumerated() {
            let isBad = work.outcome == "fail" && index == 0
            let spread = random.deviation() * 18 / 1000
            let bias = isBad ? random.within(62...80) * (random.chance(perMille: 600) ? 1 : -1) : spread
            for point in points {
                for repetition in 1...max(1, Int(point.repetitions) ?? 1) {
                    let reading = delivery(point, bias: bias)
                    add(reading, work, id: id, channel: channel, point: point.code, repetition: repetition)
                    if point.purpose == .error, let reference = reading.reference {
                        let millilitres = scaledNumber(reference, 3) ?? 0
                        let error = (20_000 - millilitres) / 2
                        rows.append([
                            "Vòi \(index + 1), \(point.vi)", reading.indicated, reference, percent(error),
                        ])
                    }
                }
            }
        }
        return rows
    }

    /// One delivery; an error of one hundredth of a per cent of 20 L is 2 mL.
    private mutating func delivery(_ point: MeasurementPoint, bias: Int) -> (
        indicated: String, reference: String?
    ) {
        switch point.purpose {
        case .error: ("20.00", decimalText(20_000 - (bias + random.within(-5...5)) * 2, 3))
        case .minimumQuantity: ("2.00", decimalText(2_000 - random.within(-8...8), 3))
        default: (decimalText(random.within(40...120), 1), nil)
        }
    }

    /// Loads on a scale: a pass stays within a fifth of a division, a failure shows two and more at the greatest load.
    private mutating func writeWeighings(_ work: Work, id: Int, plan: InstrumentPlan, procedure: CompiledProcedure) -> [[String]]
    {
        var rows: [[String]] = []
        for point in procedure.procedure.points where point.required {
            guard let load = grams(of: point, plan: plan, procedure: procedure) else { continue }
            for repetition in 1...max(1, Int(point.repetitions) ?? 1) {
                let isBad = work.outcome == "fail" && point.purpose == .error && load >= plan.capacity * 1000
                let error =
                    isBad ? plan.division * random.within(2...3) : random.within(-2...2) * plan.division / 10
                let reading = (decimalText(load + error, 3), decimalText(load, 3))
                add(reading, work, id: id, point: point.code, repetition: repetition)
                if point.purpose == .error { rows.append([point.vi, reading.0, reading.1, "\(error) g"]) }
            }
        }
        return rows
    }

    /// The load of a point in grams, a whole number of divisions and at least one; nil where it is beyond the capacity.
    private func grams(of point: MeasurementPoint, plan: InstrumentPlan, procedure: CompiledProcedure) -> Int? {
        let instrument = MeasuredInstrument(
            characteristics: [
                "max_kg": "\(plan.capacity)", "min_kg": decimalText(plan.division * 10, 3), "e_g": "\(plan.division)",
            ], channels: [:])
        guard let kilograms = procedure.nominalValue(at: point.code, for: instrument),
            let wanted = scaledNumber("\(kilograms)", 3), wanted <= plan.capacity * 1000
        else { return nil }
        return max(wanted / plan.division * plan.division, plan.division)
    }

    private mutating func writePoints(_ work: Work, id: Int, points: [MeasurementPoint]) -> [[String]] {
        var rows: [[String]] = []
        for (index, point) in points.enumerated() {
            let nominal = point.nominal.flatMap { scaledNumber($0, 2) } ?? 10_000
            for repetition in 1...max(1, Int(point.repetitions) ?? 1) {
                let error = work.outcome == "fail" && index == 0 ? 90 : random.within(-8...8)
                let reading = (decimalText(nominal + error, 2), decimalText(nominal, 2))
                add(reading, work, id: id, point: point.code, repetition: repetition)
                rows.append([point.vi, reading.0, reading.1, decimalText(error, 2)])
            }
        }
        return rows
    }

    private mutating func add(
        _ reading: (indicated: String, reference: String?), _ work: Work, id: Int, channel: Int? = nil,
        point: String,
        repetition: Int
    ) {
        tables.readings.add(
            .number(tables.readings.count + 1), .number(id), .optional(channel), .text(point),
            .number(repetition),
            .text(reading.indicated), .optional(reading.reference), .optional(work.person))
    }

    private func percent(_ hundredths: Int) -> String {
        let magnitude = abs(hundredths)
        return "\(hundredths < 0 ? "-" : "")\(magnitude / 100),\(padded(magnitude % 100, 2)) %"
    }
}

/// A whole number of the last place as a decimal with so many places.
func decimalText(_ scaled: Int, _ decimals: Int) -> String {
    guard decimals > 0 else { return "\(scaled)" }
    var power = 1
    for _ in 0..<decimals { power *= 10 }
    let magnitude = abs(scaled)
    return "\(scaled < 0 ? "-" : "")\(magnitude / power).\(padded(magnitude % power, decimals))"
}

/// A decimal as a whole number of its so-manieth place; digits beyond are cut off. Nil for anything else.
func scaledNumber(_ text: String, _ decimals: Int) -> Int? {
    let parts = text.split(separator: ".", maxSplits: 1)
    guard let first = parts.first, let whole = Int(first) else { return nil }
    var fraction = parts.count > 1 ? String(parts[1].prefix(decimals)) : ""
    while fraction.utf8.count < decimals { fraction += "0" }
    var power = 1
    for _ in 0..<decimals { power *= 10 }
    guard let small = fraction.isEmpty ? 0 : Int(fraction) else { return nil }
    return first.hasPrefix("-") ? whole * power - small : whole * power + small
}
