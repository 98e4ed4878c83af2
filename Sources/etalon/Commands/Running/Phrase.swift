// SPDX-License-Identifier: Apache-2.0

/// Sentences of the verbs, in both languages; placeholders stand in braces.
enum Phrase {
    static let fileUnwritable = Bilingual(
        vi: "không ghi được tệp {file}: {why}", en: "the file {file} cannot be written: {why}")
    static let codeMissing = Bilingual(
        vi: "thiếu mã: một đối số của lệnh là văn bản trống",
        en: "the code is missing: an argument of the command is an empty text")
    static let interrupted = Bilingual(
        vi: "Đã ngắt; etalond có thể vẫn làm xong việc này. Hãy xem lại trước khi gọi lại lệnh.",
        en: "Interrupted; etalond may still finish this. Look whether it did before you repeat the command.")
    static let replayed = Bilingual(vi: "… {count} lần đo đã tính lại", en: "… {count} measurements evaluated again")
    static let calculationUnreadable = Bilingual(
        vi: "tệp {file} không đọc được như các bài toán: “{why}”", en: "the file {file} cannot be read as cases: {why}")
    static let yamlUnreadable = Bilingual(
        vi: "tệp {file} không phải YAML dùng được: “{why}”", en: "the file {file} is no usable YAML: {why}")
    static let yamlTooLarge = Bilingual(
        vi: "tệp {file} có quá {count} giá trị; hãy chia nhỏ", en: "the file {file} holds more than {count} values; divide it")
    static let yamlAnchor = Bilingual(
        vi: "{file}, dòng {line}: không dùng neo và bí danh (&tên, *tên); hãy viết rõ giá trị, văn bản thì có dấu cách sau &",
        en: "{file}, line {line}: no anchors and aliases (&name, *name); write the values out, a text's & with a space behind")
    static let decimalCommaUnquoted = Bilingual(
        vi: "{file}, dòng {line}: `{text}` đứng thay cho một khóa; số có dấu phẩy thập phân phải đặt trong dấu ngoặc kép",
        en: "{file}, line {line}: `{text}` stands where a key should; a number with a decimal comma stands in quotes")
    static let procedureTooLarge = Bilingual(
        vi: "tệp {file} có {count} byte; một quy trình có nhiều nhất {greatest} byte",
        en: "the file {file} has {count} bytes; a procedure has at most {greatest}")
    static let fileWritten = Bilingual(vi: "Đã ghi {file}", en: "Written: {file}")
    static let printFollows = Bilingual(
        vi: "Bản PDF chưa in xong; lấy sau bằng: etalon due runs fetch {run} --out {folder}",
        en: "The PDF is not rendered yet; fetch it later: etalon due runs fetch {run} --out {folder}")
    static let noTerminal = Bilingual(
        vi: "không có thiết bị đầu cuối để hỏi mã PIN; dùng --pin-file",
        en: "there is no terminal to ask for the PIN; use --pin-file")
    static let noScreen = Bilingual(
        vi: "thiết bị đầu cuối này không dùng được cho hình ảnh động", en: "this terminal cannot be drawn on")
    static let pin = Bilingual(vi: "Mã PIN", en: "PIN")
    static let newPIN = Bilingual(vi: "Mã PIN mới", en: "New PIN")
    static let newPINAgain = Bilingual(vi: "Nhập lại mã PIN mới", en: "New PIN again")
    static let currentPIN = Bilingual(
        vi: "Mã PIN hiện tại (để trống nếu chưa có)", en: "Current PIN (blank if there is none yet)")
    static let pinsDiffer = Bilingual(vi: "hai lần nhập mã PIN khác nhau", en: "the two new PINs differ")
    static let noCustomer = Bilingual(vi: "không có khách hàng {code}", en: "there is no customer {code}")
    static let noLastOrder = Bilingual(
        vi: "khách hàng {code} chưa có đơn hàng nào để lặp lại", en: "customer {code} has no order to repeat")
    static let noSample = Bilingual(
        vi: "không có mẫu nào: nêu --matrix và --description, --samples, hoặc --same-as-last",
        en: "there is no sample: name --matrix and --description, --samples, or --same-as-last")
    static let emptyTable = Bilingual(vi: "tệp {file} không có dòng nào", en: "the file {file} has no row")
    static let columnMissing = Bilingual(
        vi: "tệp {file} thiếu cột “{column}”", en: "the file {file} lacks the column “{column}”")
    static let columnTwice = Bilingual(
        vi: "tệp {file} có hai cột “{column}”", en: "the file {file} has the column “{column}” twice")
    static let rowLength = Bilingual(
        vi: "dòng {line}: có {found} ô, cần {expected}", en: "line {line}: {found} cells, {expected} are needed")
    static let openQuote = Bilingual(
        vi: "dòng {line}: dấu ngoặc kép không đóng đúng", en: "line {line}: a quotation mark is not closed properly")
    static let notUTF8 = Bilingual(
        vi: "tệp {file} không phải UTF-8; hãy lưu lại ở dạng UTF-8", en: "the file {file} is not UTF-8; save it as UTF-8")
    static let badCell = Bilingual(
        vi: "dòng {line}, cột “{column}”: “{cell}” không dùng được; {why}",
        en: "line {line}, column “{column}”: “{cell}” cannot be used; {why}")
    static let nothingWaits = Bilingual(vi: "Không có chỉ tiêu nào đang chờ.", en: "Nothing is waiting.")
    static let leftOver = Bilingual(
        vi: "Còn {count} chỉ tiêu; gọi lại lệnh này để nhập tiếp.", en: "{count} left; run the command again to go on.")
    static let entryRules = Bilingual(
        vi: "Enter: bỏ qua · #lý do: không đo được · Ctrl-D: dừng, phần đã nhập được giữ",
        en: "Enter: skip · #reason: not measured · Ctrl-D: leave, what was entered is kept")
    static let correctionReason = Bilingual(vi: "  lý do sửa", en: "  reason for the correction")
    static let sentBack = Bilingual(vi: "  bị trả lại: {reason}", en: "  sent back: {reason}")
    static let limits = Bilingual(vi: "giới hạn", en: "limits")
    static let imported = Bilingual(vi: "Đã nhập {ok} dòng.", en: "{ok} rows imported.")
    static let importChecked = Bilingual(
        vi: "Chạy thử: {ok} dòng được, {errors} dòng lỗi; chưa ghi gì. Thêm --apply để ghi.",
        en: "Dry run: {ok} rows are good, {errors} have errors; nothing was written. Add --apply to write.")
    static let importRefused = Bilingual(
        vi: "{errors} dòng lỗi; không dòng nào được ghi.", en: "{errors} rows have errors; no row was written.")
    static let gateOpen = Bilingual(
        vi: "Không có gì cản trở: được phép làm.", en: "Nothing stands in the way: the work may be done.")
    static let needsMeasurement = Bilingual(
        vi: "{label} không thuộc một lần đo; nêu --measurement", en: "{label} has no measurement; name --measurement")
    static let needsSample = Bilingual(vi: "{label} không phải báo cáo thử nghiệm", en: "{label} is not a test report")
    static let rowsDone = Bilingual(vi: "Đã ghi cả {done} dòng.", en: "All {done} rows are recorded.")
    static let rowsLeft = Bilingual(
        vi: "Đã ghi {done} dòng, {failed} dòng bị từ chối. Sửa các dòng đó rồi chạy lại với --line.",
        en: "{done} rows are recorded, {failed} are refused. Mend those and run them again with --line.")
    static let lineNotThere = Bilingual(vi: "tệp không có dòng {line}", en: "the file has no line {line}")
    static let nozzle = Bilingual(vi: "Vòi {number} · {name}", en: "Nozzle {number} · {name}")
    static let asLeftQuestion = Bilingual(
        vi: "Đọc sau hiệu chỉnh (as left)? c/k", en: "Read as left, after adjustment? y/n")
    static let left = Bilingual(vi: "Đã dừng, chưa ghi gì.", en: "Left; nothing was recorded.")
}
