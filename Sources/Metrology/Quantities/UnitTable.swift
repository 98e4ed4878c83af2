// SPDX-License-Identifier: Apache-2.0

/// The table of units: what the parser knows without composing it. Rows only; sources stand at the area.
enum UnitTable {
    static let rows = geometry + mechanics + heat + electricity + light + chemistry + numbers

    static let length = Dimension(length: 1)
    static let volume = Dimension(length: 3)
    static let mass = Dimension(mass: 1)
    static let time = Dimension(time: 1)
    static let frequency = Dimension(time: -1)
    static let force = Dimension(length: 1, mass: 1, time: -2)
    static let pressure = Dimension(length: -1, mass: 1, time: -2)
    static let energy = Dimension(length: 2, mass: 1, time: -2)
    static let power = Dimension(length: 2, mass: 1, time: -3)
}

extension UnitTable {
    /// Length, angle, area, volume, time.
    ///
    /// Sources: SI Brochure, 9th edition, tables 2, 4 and 8; NIST SP 811:2008, B.8 (inch, foot, gallon, barrel); ISO 80000-3:2019 (gon).
    static let geometry = [
        UnitDefinition("m", "mét", "metre", digital: "metre", length, prefixes: true),
        UnitDefinition("in", spelled: ["inch"], "inch", "inch", digital: nil, length, "0.0254"),
        UnitDefinition("ft", "foot", "foot", digital: nil, length, "0.3048"),
        UnitDefinition("nmi", "hải lý", "nautical mile", digital: "nauticalmile", length, "1852"),
        UnitDefinition("Å", spelled: ["\u{212B}"], "angström", "angstrom", digital: "angstrom", length, "1e-10"),
        UnitDefinition("ha", "hecta", "hectare", digital: "hectare", Dimension(length: 2), "1e4"),
        UnitDefinition("L", spelled: ["l", "ℓ", "lít", "lit"], "lít", "litre", digital: "litre", volume, "1e-3", prefixes: true),
        UnitDefinition("gal(US)", "galông Mỹ", "US gallon", digital: nil, volume, "0.003785411784"),
        UnitDefinition("bbl", "thùng dầu", "barrel (oil)", digital: nil, volume, "0.158987294928"),
        UnitDefinition("s", spelled: ["giây"], "giây", "second", digital: "second", time, prefixes: true),
        UnitDefinition("min", spelled: ["phút"], "phút", "minute", digital: "minute", time, "60"),
        UnitDefinition("h", spelled: ["giờ"], "giờ", "hour", digital: "hour", time, "3600"),
        UnitDefinition("d", spelled: ["ngày"], "ngày", "day", digital: "day", time, "86400"),
        UnitDefinition("Hz", "héc", "hertz", digital: "hertz", frequency, prefixes: true),
        UnitDefinition(
            "r/min", spelled: ["rpm", "vòng/phút", "vòng/min"], "vòng trên phút", "revolution per minute", digital: "minute^-1",
            frequency, "1/60"),
        UnitDefinition(
            "bpm", spelled: ["nhịp/phút", "nhịp/min", "lần/phút"], "nhịp trên phút", "beats per minute", digital: "minute^-1",
            frequency, "1/60"),
        UnitDefinition(
            "kn", spelled: ["knot"], "hải lý trên giờ", "knot", digital: "knot", Dimension(length: 1, time: -1), "1852/3600"),
        UnitDefinition("rad", "radian", "radian", digital: "radian", .one, prefixes: true),
        UnitDefinition("sr", "steradian", "steradian", digital: "steradian", .one),
        UnitDefinition("°", spelled: ["deg", "độ"], "độ", "degree", digital: "degree", .one, "pi/180"),
        UnitDefinition("′", spelled: ["'"], "phút góc", "minute of arc", digital: "arcminute", .one, "pi/10800"),
        UnitDefinition("″", spelled: ["\"", "''", "′′"], "giây góc", "second of arc", digital: "arcsecond", .one, "pi/648000"),
        UnitDefinition("gon", spelled: ["grad"], "gon", "gon", digital: nil, .one, "pi/200"),
        UnitDefinition("dpt", spelled: ["đi-ốp"], "điốp", "dioptre", digital: "metre^-1", Dimension(length: -1)),
    ]

    /// Mass, force, pressure, energy, power, viscosity.
    ///
    /// Sources: SI Brochure, 9th edition, tables 4 and 8, and the 8th edition, table 8 (mmHg = 133.322 387 415 Pa as in ISO 80000-4
    /// notes and the D-SI); NIST SP 811:2008, B.8 and B.9 (pound, psi, conventional columns of water, calorie, horsepower);
    /// 3rd CGPM 1901 (standard acceleration of free fall 9.806 65 m/s²).
    static let mechanics = [
        UnitDefinition("g", spelled: ["gam"], "gam", "gram", digital: "gram", mass, "1e-3", prefixes: true),
        UnitDefinition("t", spelled: ["tấn"], "tấn", "tonne", digital: "tonne", mass, "1000"),
        UnitDefinition("ct", spelled: ["cara"], "cara", "carat", digital: nil, mass, "0.0002"),
        UnitDefinition("lb", "pound", "pound", digital: nil, mass, "0.45359237"),
        UnitDefinition("oz", "ounce", "ounce", digital: nil, mass, "0.45359237/16"),
        UnitDefinition("N", "niutơn", "newton", digital: "newton", force, prefixes: true),
        UnitDefinition("kgf", spelled: ["kG", "kp"], "kilôgam lực", "kilogram-force", digital: nil, force, "9.80665"),
        UnitDefinition("gf", "gam lực", "gram-force", digital: nil, force, "0.00980665"),
        UnitDefinition("tf", "tấn lực", "tonne-force", digital: nil, force, "9806.65"),
        UnitDefinition("lbf", "pound lực", "pound-force", digital: nil, force, "0.45359237*9.80665"),
        UnitDefinition("Pa", "pascal", "pascal", digital: "pascal", pressure, prefixes: true),
        UnitDefinition("bar", "bar", "bar", digital: "bar", pressure, "1e5", prefixes: true),
        UnitDefinition("mmHg", "milimét thủy ngân", "millimetre of mercury", digital: "mmHg", pressure, "133.322387415"),
        UnitDefinition("inHg", "inch thủy ngân", "inch of mercury", digital: nil, pressure, "133.322387415*25.4"),
        UnitDefinition(
            "cmH₂O", spelled: ["cmH2O"], "centimét nước", "centimetre of water", digital: nil, pressure, "98.0665"),
        UnitDefinition(
            "mmH₂O", spelled: ["mmH2O"], "milimét nước", "millimetre of water", digital: nil, pressure, "9.80665"),
        UnitDefinition("Torr", "torr", "torr", digital: nil, pressure, "101325/760"),
        UnitDefinition("atm", "átmốtphe", "standard atmosphere", digital: nil, pressure, "101325"),
        UnitDefinition(
            "psi", spelled: ["lbf/in²", "lbf/in2"], "pound lực trên inch vuông", "pound-force per square inch", digital: nil,
            pressure,
            "0.45359237*9.80665/0.00064516"),
        UnitDefinition("J", "jun", "joule", digital: "joule", energy, prefixes: true),
        UnitDefinition("Wh", "oát giờ", "watt hour", digital: "watt hour", energy, "3600", prefixes: true),
        UnitDefinition("cal", "calo (nhiệt hóa)", "calorie (thermochemical)", digital: nil, energy, "4.184", prefixes: true),
        UnitDefinition("eV", "electronvôn", "electronvolt", digital: "electronvolt", energy, "1.602176634e-19", prefixes: true),
        UnitDefinition("W", "oát", "watt", digital: "watt", power, prefixes: true),
        UnitDefinition("hp", spelled: ["HP"], "mã lực", "horsepower", digital: nil, power, "550*0.3048*0.45359237*9.80665"),
        UnitDefinition("P", "poa", "poise", digital: nil, Dimension(length: -1, mass: 1, time: -1), "0.1", prefixes: true),
        UnitDefinition("St", "stốc", "stokes", digital: nil, Dimension(length: 2, time: -1), "1e-4", prefixes: true),
    ]

    /// Temperature.
    ///
    /// Sources: SI Brochure, 9th edition, 2.3.1 (t/°C = T/K − 273.15); NIST SP 811:2008, B.9 (degree Fahrenheit).
    static let heat = [
        UnitDefinition(
            "K", spelled: ["\u{212A}"], "kenvin", "kelvin", digital: "kelvin", Dimension(temperature: 1), prefixes: true),
        UnitDefinition(
            "°C", spelled: ["℃", "ºC", "˚C", "độ C"], "độ Celsius", "degree Celsius", digital: "degreecelsius",
            Dimension(temperature: 1), kind: .point(zero: DecimalNumber(unchecked: 27315, scale: 2))),
        UnitDefinition(
            "°F", spelled: ["℉", "ºF", "˚F"], "độ Fahrenheit", "degree Fahrenheit", digital: nil, Dimension(temperature: 1),
            "5/9",
            kind: .point(zero: DecimalNumber(unchecked: 45967, scale: 2))),
        UnitDefinition(
            "Δ°C", spelled: ["\u{2206}°C"], "độ Celsius (hiệu)", "degree Celsius (difference)", digital: "kelvin",
            Dimension(temperature: 1), kind: .difference),
        UnitDefinition(
            "Δ°F", spelled: ["\u{2206}°F"], "độ Fahrenheit (hiệu)", "degree Fahrenheit (difference)", digital: nil,
            Dimension(temperature: 1), "5/9", kind: .difference),
    ]
}
