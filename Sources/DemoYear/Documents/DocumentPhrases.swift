// SPDX-License-Identifier: Apache-2.0

import Certificates

extension DemoGenerator {
    static let itemsOnly = BilingualText(
        "Kết quả chỉ có giá trị đối với mẫu, phương tiện đo được thử.",
        en: "The results relate only to the item tested.")
    static let reproduction = BilingualText(
        "Không được sao chép một phần khi chưa có sự đồng ý bằng văn bản của Trung tâm.",
        en: "Not to be reproduced in part without the written consent of the Centre.")
    static let validity = BilingualText(
        "Giá trị với điều kiện bảo quản, sử dụng đúng quy định.", en: "Valid if kept and used as prescribed.")

    static let uncertainty = BilingualText(
        "Độ không đảm bảo đo mở rộng với hệ số phủ k = 2, xác suất phủ khoảng 95 %.",
        en: "Expanded uncertainty with coverage factor k = 2, coverage probability about 95 %.")
    static let traceability = BilingualText(
        "Kết quả được liên kết tới chuẩn đo lường quốc gia qua các chuẩn nêu trên.",
        en: "Results are traceable to national measurement standards through the standards above.")

    static let resultColumns = [
        TableColumn(key: .indicator, heading: BilingualText("Chỉ tiêu", en: "Indicator")),
        TableColumn(key: .result, heading: BilingualText("Kết quả", en: "Result"), alignment: .right),
        TableColumn(key: .unit, heading: BilingualText("Đơn vị", en: "Unit")),
        TableColumn(key: .method, heading: BilingualText("Phương pháp", en: "Method")),
        TableColumn(key: .limit, heading: BilingualText("Giới hạn", en: "Limit"), alignment: .right),
    ]
    static let readingColumns = [
        TableColumn(heading: BilingualText("Điểm đo", en: "Point")),
        TableColumn(key: .result, heading: BilingualText("Chỉ thị", en: "Indication"), alignment: .right),
        TableColumn(heading: BilingualText("Giá trị chuẩn", en: "Reference"), alignment: .right),
        TableColumn(heading: BilingualText("Sai số", en: "Error"), alignment: .right),
    ]

    static let calibrationColumns =
        readingColumns + [
            TableColumn(
                key: .expandedUncertainty, heading: BilingualText("Độ không đảm bảo đo U", en: "Uncertainty U"),
                alignment: .right)
        ]

    /// A mode of verification in words.
    static func modeName(_ mode: String) -> String {
        switch mode {
        case "initial": "Ban đầu"
        case "after_repair": "Sau sửa chữa"
        default: "Định kỳ"
        }
    }
}

extension InstrumentPlan {
    /// Characteristics as a certificate prints them.
    var shownCharacteristics: String {
        switch type {
        case "19", "20": "Qmin 5 L/min; lượng cấp phát tối thiểu 2 L; giá trị độ chia 0,01 L"
        case "8a", "8b":
            "Max \(capacity) kg; d = e = \(division) g; cấp chính xác \(type == "8a" ? "4" : "3")"
        default: model
        }
    }
}

/// Who signs under an authority, and how.
struct Signer {
    let person: Int
    let isHead: Bool
    let authority: String?
    let title: String
    let titleEn: String
}

extension Staff {
    /// The signer behind a signing authority of the year.
    static func signer(_ authority: Int) -> Signer {
        switch authority {
        case authorityOfDeputy:
            Signer(
                person: deputy, isHead: true, authority: "KT. GIÁM ĐỐC", title: "Phó Giám đốc",
                titleEn: "Deputy Director")
        case authorityOfTestingHead:
            Signer(
                person: testingHead, isHead: false, authority: nil, title: "Trưởng phòng Thử nghiệm",
                titleEn: "Head of the Testing Laboratory")
        case authorityOfMeasurementHead:
            Signer(
                person: measurementHead, isHead: false, authority: nil, title: "Trưởng phòng Đo lường",
                titleEn: "Head of the Measurement Laboratory")
        default: Signer(person: head, isHead: true, authority: nil, title: "Giám đốc", titleEn: "Director")
        }
    }
}
