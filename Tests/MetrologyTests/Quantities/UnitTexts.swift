// SPDX-License-Identifier: Apache-2.0

/// Units that a metrology centre writes on its certificates and reports, beside those of the table.
enum UnitTexts {
    static let all = massAndVolume + mechanics + electricity + chemistry + numbers

    static let massAndVolume = [
        "kg", "g", "mg", "µg", "ng", "t", "Mg", "m³", "L", "mL", "µL", "dm³", "cm³", "mm³", "hL", "nL", "km", "m", "dm", "cm",
        "mm", "µm",
        "nm", "pm", "m²", "cm²", "mm²", "km²", "h", "min", "s", "ms", "µs", "ns", "d", "L/min", "L/h", "mL/min", "mL/h", "m³/h",
        "L/s",
        "m³/s", "kg/h", "g/min", "kg/m³", "g/cm³", "g/mL", "g/L", "mg/m³", "µg/m³", "g/m²", "g/m³", "kg/m²",
    ]
    static let mechanics = [
        "Pa", "hPa", "kPa", "MPa", "GPa", "mPa", "bar", "mbar", "mmHg", "psi", "kgf/cm²", "cmH₂O", "inHg", "N", "kN", "MN", "mN",
        "kgf",
        "N·m", "kN·m", "mN·m", "kgf·m", "kgf·cm", "lbf·in", "N/mm²", "N/m", "mN/m", "km/h", "m/s", "mm/s", "cm/s", "m/s²",
        "mm/s²", "rad",
        "mrad", "°", "′", "″", "gon", "rad/s", "mm/m", "µm/m", "J", "kJ", "MJ", "Wh", "kWh", "kcal", "kJ/kg", "kcal/100 g",
        "kJ/100 g", "W",
        "kW", "MW", "Pa·s", "mPa·s", "cP", "mm²/s", "cSt", "1/min", "r/min", "bpm", "Hz", "kHz", "MHz", "GHz", "mHz", "J/(kg·K)",
        "W/(m·K)", "W/(m²·K)", "1/K", "10⁻⁶/K", "1/°C", "10⁻⁶/°C", "°C/min", "K/W", "µm/(m·°C)", "m³/(h·kPa)", "kg·m²/s²", "°C",
        "K", "mK", "°F", "Δ°C",
    ]
    static let electricity = [
        "V", "mV", "µV", "kV", "A", "mA", "µA", "nA", "kA", "Ω", "mΩ", "kΩ", "MΩ", "GΩ", "Ω/km", "W", "mW", "VA", "kVA", "var",
        "kvar",
        "kvar·h", "Ah", "mAh", "C", "F", "µF", "nF", "pF", "H", "mH", "T", "mT", "µT", "V/m", "kV/mm", "W/m²", "mW/cm²",
        "mm/mV", "mV/mm", "lx", "klx", "cd", "cd/m²", "lm", "Bq", "Bq/L", "Bq/kg", "Bq/m³", "Gy", "mGy", "Sv", "µSv/h", "mSv",
        "V/Pa", "mV/pH",
    ]
    static let chemistry = [
        "mg/L", "µg/L", "ng/L", "mg/kg", "µg/kg", "g/kg", "ng/g", "µg/g", "mg/g", "g/100 g", "mg/100 g", "mg/100 mL", "mg/dL",
        "mmol/mol",
        "mol/L", "mmol/L", "µmol/L", "mol/m³", "mol", "mmol", "g/mol", "L/mol", "mS/cm", "µS/cm", "S/m", "NTU", "FNU", "TCU",
        "CFU/mL",
        "CFU/g", "CFU/100 mL", "CFU/m³", "CFU/cm²", "MPN/100 mL", "MPN/g", "MPN/mL", "PFU/mL", "IU/L", "IU/g", "IU/100 g", "Abs",
        "pH", "meq/kg", "meq O₂/kg",
        "mg KOH/g", "°Bx", "kat", "µkat/L", "L/(mol·cm)", "µg/(L·h)", "mg/(m²·h)", "/25 g",
    ]
    static let numbers = [
        "1", "%", "‰", "ppm", "ppb", "% khối lượng", "% thể tích", "%RH", "mL/L", "µL/L", "m/m", "dB", "dB(A)", "dBA", "Np", "đ",
        "đ/L",
        "đ/kg", "đ/m³", "%/K", "%/h", "ppm/°C", "1/L", "1/m³",
    ]

    /// What of the above the D-SI has no name for: units outside the SI, agreed scales, money, and numbers that are no power of ten.
    /// Such units are written behind a bar.
    static let foreign: Set<String> = [
        "psi", "kgf/cm²", "cmH₂O", "inHg", "kgf", "kgf·m", "kgf·cm", "lbf·in", "gon", "kcal", "kcal/100 g", "cP", "cSt", "°F",
        "NTU", "FNU", "TCU",
        "IU/L", "IU/g", "IU/100 g", "meq/kg", "meq O₂/kg", "°Bx", "/25 g", "‰", "ppb", "đ", "đ/L", "đ/kg", "đ/m³",
    ]
}
