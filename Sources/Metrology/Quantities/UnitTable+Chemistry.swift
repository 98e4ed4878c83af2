// SPDX-License-Identifier: Apache-2.0

extension UnitTable {
    /// Electricity and magnetism.
    ///
    /// Source: SI Brochure, 9th edition, tables 2 and 4.
    static let electricity = [
        UnitDefinition("A", "ampe", "ampere", digital: "ampere", Dimension(current: 1), prefixes: true),
        UnitDefinition("C", "culông", "coulomb", digital: "coulomb", Dimension(time: 1, current: 1), prefixes: true),
        UnitDefinition(
            "Ah", "ampe giờ", "ampere hour", digital: "ampere hour", Dimension(time: 1, current: 1), "3600", prefixes: true),
        UnitDefinition(
            "V", "vôn", "volt", digital: "volt", Dimension(length: 2, mass: 1, time: -3, current: -1), prefixes: true),
        UnitDefinition("VA", "vôn ampe", "volt ampere", digital: "volt ampere", power, prefixes: true),
        UnitDefinition("var", "var", "var", digital: "volt ampere", power, prefixes: true),
        UnitDefinition(
            "Ω", spelled: ["\u{2126}", "ohm", "Ohm"], "ôm", "ohm", digital: "ohm",
            Dimension(length: 2, mass: 1, time: -3, current: -2), prefixes: true),
        UnitDefinition(
            "S", "simen", "siemens", digital: "siemens", Dimension(length: -2, mass: -1, time: 3, current: 2), prefixes: true),
        UnitDefinition(
            "F", "fara", "farad", digital: "farad", Dimension(length: -2, mass: -1, time: 4, current: 2), prefixes: true),
        UnitDefinition(
            "H", "henry", "henry", digital: "henry", Dimension(length: 2, mass: 1, time: -2, current: -2), prefixes: true),
        UnitDefinition(
            "Wb", "vebe", "weber", digital: "weber", Dimension(length: 2, mass: 1, time: -2, current: -1), prefixes: true),
        UnitDefinition("T", "tesla", "tesla", digital: "tesla", Dimension(mass: 1, time: -2, current: -1), prefixes: true),
    ]

    /// Light and ionising radiation.
    ///
    /// Source: SI Brochure, 9th edition, tables 2 and 4.
    static let light = [
        UnitDefinition("cd", "candela", "candela", digital: "candela", Dimension(luminousIntensity: 1), prefixes: true),
        UnitDefinition("lm", "lumen", "lumen", digital: "lumen", Dimension(luminousIntensity: 1), prefixes: true),
        UnitDefinition("lx", "lux", "lux", digital: "lux", Dimension(length: -2, luminousIntensity: 1), prefixes: true),
        UnitDefinition("Bq", "becơren", "becquerel", digital: "becquerel", frequency, prefixes: true),
        UnitDefinition("Gy", "gray", "gray", digital: "gray", Dimension(length: 2, time: -2), prefixes: true),
        UnitDefinition("Sv", "sivơ", "sievert", digital: "sievert", Dimension(length: 2, time: -2), prefixes: true),
    ]

    /// Amounts, agreed scales of chemistry and microbiology. The D-SI counts things as numbers and has no names for agreed scales.
    ///
    /// Sources: SI Brochure, 9th edition, table 2; ISO 7027-1 (FNU, NTU), ISO 7887 (true colour), ISO 7218 (CFU, MPN).
    static let chemistry = [
        UnitDefinition("mol", "mol", "mole", digital: "mole", Dimension(amount: 1), prefixes: true),
        UnitDefinition("kat", "katal", "katal", digital: "katal", Dimension(time: -1, amount: 1), prefixes: true),
        UnitDefinition(
            "eq", spelled: ["Eq"], "đương lượng", "equivalent", digital: nil, Dimension(amount: 1), kind: .counted("eq"),
            prefixes: true),
        UnitDefinition(
            "mg KOH/g", spelled: ["mgKOH/g"], "miligam KOH trên gam", "milligram KOH per gram", digital: "milli-gram gram^-1",
            .one, "1e-3",
            kind: .counted("KOH")),
        UnitDefinition(
            "meq O₂/kg", spelled: ["meq O2/kg", "meqO2/kg"], "mili đương lượng oxy hoạt tính trên kilôgam",
            "milliequivalent of active oxygen per kilogram", digital: nil, Dimension(mass: -1, amount: 1), "1e-3",
            kind: .counted("eq")),
        UnitDefinition("pH", "pH", "pH", digital: "", Dimension(acidity: 1)),
        UnitDefinition(
            "Abs", spelled: ["AU", "ABS"], "độ hấp thụ", "absorbance", digital: "", .one, kind: .counted("absorbance")),
        UnitDefinition("NTU", "NTU", "nephelometric turbidity unit", digital: nil, .one, kind: .counted("NTU")),
        UnitDefinition("FNU", "FNU", "formazin nephelometric unit", digital: nil, .one, kind: .counted("FNU")),
        UnitDefinition("TCU", spelled: ["Pt-Co", "PtCo"], "TCU", "true colour unit", digital: nil, .one, kind: .counted("TCU")),
        UnitDefinition("CFU", spelled: ["cfu"], "khuẩn lạc", "colony-forming unit", digital: "", .one, kind: .counted("CFU")),
        UnitDefinition(
            "MPN", spelled: ["mpn"], "số có xác suất cao nhất", "most probable number", digital: "", .one, kind: .counted("MPN")),
        UnitDefinition(
            "PFU", spelled: ["pfu"], "đơn vị tạo mảng", "plaque-forming unit", digital: "", .one, kind: .counted("PFU")),
        UnitDefinition("IU", spelled: ["UI"], "đơn vị quốc tế", "international unit", digital: nil, .one, kind: .counted("IU")),
        UnitDefinition(
            "°Bx", spelled: ["ºBx", "Brix", "°Brix"], "độ Brix", "degree Brix", digital: nil, .one, kind: .counted("Brix")),
        UnitDefinition("HB", spelled: ["HBW"], "độ cứng Brinell", "Brinell hardness", digital: nil, .one, kind: .counted("HB")),
        UnitDefinition("HRC", "độ cứng Rockwell C", "Rockwell hardness C", digital: nil, .one, kind: .counted("HRC")),
        UnitDefinition("HV", "độ cứng Vickers", "Vickers hardness", digital: nil, .one, kind: .counted("HV")),
    ]

    /// Numbers, fractions, levels, money.
    ///
    /// Sources: SI Brochure, 9th edition, 5.4.7 and table 8; ISO 80000-3:2019, annex C (Np, dB); the relation 1 Np = (20/ln 10) dB.
    static let numbers = [
        UnitDefinition("1", "một", "one", digital: "", .one),
        UnitDefinition("%", "phần trăm", "percent", digital: "percent", .one, "1e-2"),
        UnitDefinition("‰", "phần nghìn", "per mille", digital: nil, .one, "1e-3"),
        UnitDefinition("ppm", "phần triệu", "parts per million", digital: "ppm", .one, "1e-6"),
        UnitDefinition("ppb", "phần tỷ", "parts per billion (10⁻⁹)", digital: nil, .one, "1e-9"),
        UnitDefinition(
            "% khối lượng", english: "% mass", spelled: ["% mass", "% (m/m)", "%(m/m)", "% m/m", "% wt", "%wt"],
            "phần trăm khối lượng", "percent by mass", digital: "percent", .one, "1e-2", kind: .fraction(of: mass)),
        UnitDefinition(
            "% thể tích", english: "% vol", spelled: ["% vol", "%vol", "% (v/v)", "%(v/v)", "% v/v"],
            "phần trăm thể tích", "percent by volume", digital: "percent", .one, "1e-2", kind: .fraction(of: volume)),
        UnitDefinition(
            "%RH", spelled: ["% RH", "%rh"], "độ ẩm tương đối", "relative humidity", digital: "percent", .one, "1e-2"),
        UnitDefinition("dB", "đêxiben", "decibel", digital: "decibel", Dimension(level: 1)),
        UnitDefinition(
            "dB(A)", spelled: ["dBA", "dB A"], "đêxiben, trọng số A", "decibel, A-weighted", digital: "decibel",
            Dimension(level: 1),
            kind: .counted("dB(A)")),
        UnitDefinition(
            "dB(C)", spelled: ["dBC", "dB C"], "đêxiben, trọng số C", "decibel, C-weighted", digital: "decibel",
            Dimension(level: 1),
            kind: .counted("dB(C)")),
        UnitDefinition("Np", "nepe", "neper", digital: "neper", Dimension(level: 1), "20/ln10"),
        UnitDefinition(
            "đ", english: "VND", spelled: ["VND", "đồng", "₫"], "đồng", "dong", digital: nil, .one, kind: .counted("VND")),
    ]
}
