// SPDX-License-Identifier: Apache-2.0

/// The centre's measurement standards by the ids under which the year names them.
enum StandardNumber {
    /// The 20 L measures VM20-01, -02 and -03.
    static let measures = [1, 2, 3]
    static let cylinder = 4
    static let scaleWeights = [5, 6]
    static let blackbody = 7
    static let thermometer = 8
    static let weightsF1 = 9
    /// Days on which the certification of VM20-02 had ended and the new one was not there yet.
    static let lapse = Day(2018, 6, 20)...Day(2018, 6, 27)
}

/// A standard of the centre.
struct StandardPlan: Sendable {
    let code: String
    let nameVi: String
    let nameEn: String
    let kind: String
    let accuracy: String
}

/// A calibration certificate of a standard, as documents cite it.
struct StandardPaper: Sendable {
    let standard: Int
    let number: String
    let issued: Day
    let until: Day
}

extension DemoGenerator {
    static let standards: [StandardPlan] = [
        measure(1), measure(2), measure(3),
        StandardPlan(
            code: "OD-500", nameVi: "Ống đong chia độ 500 mL", nameEn: "Graduated cylinder 500 mL",
            kind: "graduated_cylinder", accuracy: "±5 mL"),
        StandardPlan(
            code: "QC-M1-01", nameVi: "Bộ quả cân M1 (1 g ÷ 20 kg)", nameEn: "Weight set M1 (1 g to 20 kg)",
            kind: "weight_set", accuracy: "M1"),
        StandardPlan(
            code: "QC-M1-02", nameVi: "Bộ quả cân M1 (1 g ÷ 20 kg)", nameEn: "Weight set M1 (1 g to 20 kg)",
            kind: "weight_set", accuracy: "M1"),
        StandardPlan(
            code: "VDN-01", nameVi: "Vật đen chuẩn", nameEn: "Blackbody source", kind: "blackbody",
            accuracy: "0.1"),
        StandardPlan(
            code: "NK-01", nameVi: "Nhiệt kế chuẩn điện trở platin",
            nameEn: "Platinum resistance thermometer",
            kind: "reference_thermometer", accuracy: "0.02"),
        StandardPlan(
            code: "QC-E2-01", nameVi: "Bộ quả cân E2 (1 mg ÷ 200 g)", nameEn: "Weight set E2 (1 mg to 200 g)",
            kind: "weight_set", accuracy: "E2"),
    ]

    private static func measure(_ number: Int) -> StandardPlan {
        StandardPlan(
            code: "VM20-0\(number)", nameVi: "Bình chuẩn kim loại 20 L", nameEn: "20 L metal test measure",
            kind: "volume_measure", accuracy: "0.1")
    }

    /// The standards, each with its yearly calibration and certification; that of VM20-02 once came a week late.
    mutating func addStandards() {
        var paper = 0
        for (index, standard) in Self.standards.enumerated() {
            let id = index + 1
            tables.standards.add(
                .number(id), .text(standard.code), .text(standard.nameVi), .text(standard.nameEn),
                .text(standard.kind), .text("S\(padded(4_100 + id * 37, 5))"), "Viện Đo lường Việt Nam",
                .text(standard.accuracy), .text(characteristics(of: standard)))
            for round in 0..<5 {
                let until = Day(2015 + round, 6, 19) + (standard.code == "VM20-02" ? 0 : index * 6 + 5)
                for kind in ["calibration", "certification"] {
                    paper += 1
                    let isLate = standard.code == "VM20-02" && kind == "certification" && round == 4
                    let issued =
                        isLate ? StandardNumber.lapse.upperBound + 1 : Day(number: until.number - 364)
                    let number = "V\(kind == "calibration" ? "09.CN5" : "CN").\(padded(paper, 4)).\(issued.year % 100)"
                    let isCalibration = kind == "calibration"
                    tables.standardCertificates.add(
                        .number(paper), .number(id), .text(kind), .text(number),
                        .text(isCalibration ? "Viện Đo lường Việt Nam" : "Tổng cục Tiêu chuẩn Đo lường Chất lượng"),
                        .day(issued), .day(until), .text(content(of: standard, kind: kind)), .number(Staff.quality))
                    if isCalibration {
                        standardPapers.append(StandardPaper(standard: id, number: number, issued: issued, until: until))
                    }
                }
            }
        }
    }

    private func characteristics(of standard: StandardPlan) -> String {
        standard.kind == "volume_measure"
            ? #"{"nominal_l":"20","material":"stainless_steel","reference_temperature_c":"20"}"# : "{}"
    }

    private func content(of standard: StandardPlan, kind: String) -> String {
        guard standard.kind == "volume_measure", kind == "calibration" else { return "{}" }
        return
            #"{"volume_l":"20.000","expanded_uncertainty":"0.006","coverage_factor":"2","cubic_expansion_per_celsius":"0.0000477"}"#
    }

    /// Standards for a piece of work, certified on its day.
    func standards(for work: Work, type: String) -> [Int] {
        switch type {
        case "19", "20":
            let wanted = StandardNumber.measures[work.instrument % StandardNumber.measures.count]
            let isLapsed = wanted == 2 && StandardNumber.lapse.contains(work.day)
            return [isLapsed ? 1 : wanted, StandardNumber.cylinder]
        case "8a", "8b": return [StandardNumber.scaleWeights[work.instrument % 2]]
        case "34c": return [StandardNumber.blackbody]
        case "16b": return [StandardNumber.weightsF1]
        default: return [StandardNumber.thermometer]
        }
    }
}
