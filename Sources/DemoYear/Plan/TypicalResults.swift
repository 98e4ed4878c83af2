// SPDX-License-Identifier: Apache-2.0

/// Where results of a line usually lie, for lines whose limits do not tell.
///
/// Orders of magnitude for demonstration data, in the unit of the line; a line not listed is drawn from its limits.
enum TypicalResults {
    /// Lowest and highest usual value of a line, if it is listed; lines of gasoline and gasoline E5 share theirs.
    static func range(_ code: String) -> (low: String, high: String)? {
        if let range = ranges[code] { return range }
        return code.hasPrefix("E5-") ? ranges["PET-" + code.dropFirst(3)] : nil
    }

    private static let ranges: [String: (low: String, high: String)] = petroleum.merging(others) { first, _ in first }

    private static let petroleum: [String: (low: String, high: String)] = [
        "DO-ASH": ("0.001", "0.008"), "DO-CARBON": ("0.02", "0.25"), "DO-CETANE-INDEX": ("47.0", "56.0"),
        "DO-CETANE-NUMBER": ("47.0", "55.0"), "DO-DENSITY": ("822.0", "856.0"), "DO-FLASH": ("58.0", "78.0"),
        "DO-PAH": ("1.5", "8.5"), "DO-POUR": ("0", "9"), "DO-S": ("180.0", "480.0"), "DO-T90": ("325.0", "354.0"),
        "DO-T95": ("338.0", "366.0"), "DO-WATER": ("30", "160"), "PET-AROMATICS": ("18.0", "34.0"),
        "PET-BENZENE": ("0.60", "1.90"), "PET-DENSITY": ("722.0", "758.0"), "PET-FBP": ("172.0", "208.0"),
        "PET-GUM": ("0.6", "2.6"), "PET-IBP": ("33.0", "42.0"), "PET-MON": ("81.0", "85.6"),
        "PET-OLEFINS": ("8.0", "29.0"), "PET-OXSTAB": ("485", "960"), "PET-RESIDUE": ("0.7", "1.3"),
        "PET-RON": ("92.1", "95.8"), "PET-S": ("60.0", "420.0"), "PET-T10": ("48.0", "62.0"),
        "PET-T50": ("82.0", "108.0"), "PET-T90": ("138.0", "172.0"),
    ]

    private static let others: [String: (low: String, high: String)] = [
        "AIR-NOISE": ("52.0", "68.0"), "AIR-NOISE-NIGHT": ("41.0", "54.0"), "AIR-TSP": ("60", "260"),
        "APP-LEAK": ("0.050", "0.420"), "BIO-NFIX": ("1200000", "48000000"), "CAB-R20": ("6.900", "7.390"),
        "CEM-R28": ("41.0", "49.0"), "CEM-R3": ("19.0", "27.0"), "COF-CAF": ("0.90", "2.40"),
        "CON-COMP": ("21.0", "38.0"), "FIS-UREA": ("40", "220"), "FOOD-PROT": ("6.00", "24.00"),
        "HEL-IMPACT": ("130", "210"), "NPK-K2O": ("7.5", "18.4"), "NPK-MOIST": ("1.2", "4.6"),
        "NPK-N": ("8.0", "20.5"), "NPK-P2O5": ("7.6", "16.5"), "ORG-HUMIC": ("2.0", "9.0"),
        "ORG-MOIST": ("16.0", "29.0"), "ORG-OM": ("20.5", "36.0"), "REB-A5": ("15.0", "24.0"),
        "REB-REH": ("408", "498"), "REB-RM": ("575", "660"), "RICE-BROKEN": ("3.0", "24.0"),
        "RICE-MOIST": ("12.4", "13.9"), "SPI-ASH": ("0.10", "1.40"), "UREA-MOIST": ("0.2", "0.4"),
        "UREA-N": ("46.0", "46.4"), "W-CR": ("0.0010", "0.0300"), "W-CU": ("0.020", "0.300"), "W-F": ("0.10", "0.90"),
        "W-HARD": ("60", "240"), "W-NI": ("0.0010", "0.0200"), "W-NO2": ("0.003", "0.040"), "W-NO3": ("0.10", "1.80"),
        "W-PAERU": ("0", "1"), "W-PB": ("0.0010", "0.0080"), "W-SAUREUS": ("0", "1"), "WW-COD": ("25", "132"),
        "WW-TSS": ("15", "88"),
    ]
}
