// SPDX-License-Identifier: Apache-2.0
internal import Metrology

extension MeasurementUnit {
    /// The unit of differences of this one: Δ°C for °C, itself for all others.
    var difference: MeasurementUnit {
        guard isPoint else { return self }
        // Every scale of the table has the unit of its differences beside it.
        return (try? MeasurementUnit(parsing: "Δ\(symbol)")) ?? self
    }
}
