// SPDX-License-Identifier: Apache-2.0

package import Metrology

extension DecimalError {
    /// What is wrong with the number and how to write it, in both languages.
    package var sentence: BilingualSentence {
        let vi =
            switch self {
            case .empty:
                "chưa nhập số"
            case .notANumber(let text):
                "'\(text)' không phải là số thập phân; chỉ viết chữ số và một dấu thập phân, ví dụ 0,05"
            case .ambiguousSeparator(let text):
                "'\(text)' có thể hiểu theo hai cách; hãy viết không có dấu phân cách hàng nghìn"
            case .tooManyDigits:
                "số có quá nhiều chữ số để lưu chính xác"
            case .overflow:
                "kết quả chính xác có quá nhiều chữ số để lưu"
            case .divisionByZero:
                "phép chia cho số không"
            case .digitsOutOfRange(let digits):
                "không dùng được \(digits) chữ số"
            }
        return BilingualSentence(vi: vi, en: description)
    }
}

extension ReportedValueError {
    /// What is wrong with the result and how to write it, in both languages.
    package var sentence: BilingualSentence {
        let vi =
            switch self {
            case .empty:
                "chưa nhập kết quả; hãy ghi giá trị, KPH, <LOQ, hoặc 'không thử' nếu không thử nghiệm"
            case .unrecognised(let text):
                "'\(text)' không phải là kết quả; hãy ghi số, <0,05, KPH (LOD: 0,1), 10÷12, Âm tính, Đạt"
            case .number(let error):
                error.sentence.vi
            case .rangeReversed(let text):
                "khoảng '\(text)' bắt đầu bằng số lớn hơn"
            case .limitSign(let text):
                "'\(text)' giống một giới hạn; hãy ghi kết quả với < hoặc > hoặc là một số"
            }
        return BilingualSentence(vi: vi, en: description)
    }
}

extension CivilDateError {
    /// What is wrong with the date and how to write it, in both languages.
    package var sentence: BilingualSentence {
        let vi =
            switch self {
            case .empty:
                "chưa nhập ngày"
            case .notADate(let text):
                "'\(text)' không phải là ngày; hãy viết NĂM-THÁNG-NGÀY hoặc NGÀY/THÁNG/NĂM"
            case .noSuchDay(let year, let month, let day):
                "không có ngày \(day)/\(month)/\(year)"
            case .outOfRange:
                "ngày nằm ngoài các năm từ 1 đến 9999"
            }
        return BilingualSentence(vi: vi, en: description)
    }
}
