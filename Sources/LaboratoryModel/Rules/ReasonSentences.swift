// SPDX-License-Identifier: Apache-2.0

extension Reason {
    /// The sentence for people, in both languages; one switch, so that none can be forgotten.
    package var text: BilingualSentence {
        switch self {
        case .enteredAndReviewedBySamePerson(let item):
            BilingualSentence(
                vi: "\(item): người nhập không được tự soát xét; hãy nhờ người khác",
                en: "\(item): whoever entered may not review; ask another person")
        case .enteredAndSignedBySamePerson(let document):
            BilingualSentence(
                vi: "\(document): người nhập số liệu không được ký thứ hai; hãy nhờ người có thẩm quyền khác",
                en: "\(document): whoever entered may not give this signature; ask another signatory")
        case .measuredByAnother(let document, let verifier):
            BilingualSentence(
                vi: "\(document): chỉ kiểm định viên đã đo (\(verifier)) được ký mục này",
                en: "\(document): only the verifier who measured (\(verifier)) gives this signature")
        case .noSigningAuthority(let level, let day):
            BilingualSentence(
                vi: "Không có thẩm quyền ký cấp \(level) vào ngày \(day)",
                en: "no authority to sign as \(level) on \(day); record the delegation first")
        case .alreadySigned(let document, let step):
            BilingualSentence(
                vi: "\(document): chữ ký \(step) đã có hoặc bạn đã ký",
                en: "\(document): the \(step) signature is there, or you signed already")
        case .verifierSignatureMissing(let document):
            BilingualSentence(
                vi: "\(document): kiểm định viên phải ký trước",
                en: "\(document): the verifier signs first")
        case .noCard(let verifier, let day):
            BilingualSentence(
                vi: "\(verifier) không có thẻ kiểm định viên vào ngày \(day)",
                en: "\(verifier) holds no verifier card on \(day)")
        case .cardExpired(let verifier, let card, let expired, let workedOn):
            BilingualSentence(
                vi: "Thẻ \(card) của \(verifier) hết hạn \(expired), trước ngày đo \(workedOn)",
                en: "card \(card) of \(verifier) ended on \(expired), before the work on \(workedOn)")
        case .cardDoesNotCover(let verifier, let family):
            BilingualSentence(
                vi: "Thẻ của \(verifier) không có lĩnh vực \(family)",
                en: "the card of \(verifier) does not cover \(family)")
        case .notDesignated(let type, let day):
            BilingualSentence(
                vi: "Trung tâm không được chỉ định kiểm định loại \(type) vào ngày \(day)",
                en: "the centre is not designated for type \(type) on \(day)")
        case .standardMissing(let kind):
            BilingualSentence(
                vi: "Thiếu chuẩn đo lường loại \(kind)",
                en: "a measurement standard of kind \(kind) is required and none is named")
        case .standardNotCalibrated(let standard, let until, let workedOn):
            BilingualSentence(
                vi: "Chuẩn \(standard) không còn hiệu lực hiệu chuẩn vào \(workedOn) (đến \(until ?? "chưa có"))",
                en: "standard \(standard) was not in calibration on \(workedOn) (until \(until ?? "never"))")
        case .standardNotCertified(let standard, let until, let workedOn):
            BilingualSentence(
                vi: "Chuẩn \(standard) không còn chứng nhận vào \(workedOn) (đến \(until ?? "chưa có"))",
                en: "standard \(standard) was not certified on \(workedOn) (until \(until ?? "never"))")
        case .procedureNotInForce(let procedure, let day):
            BilingualSentence(
                vi: "Quy trình \(procedure) không có hiệu lực vào ngày \(day)",
                en: "procedure \(procedure) is not in force on \(day)")
        case .procedureDoesNotCover(let procedure, let kind, let type):
            BilingualSentence(
                vi: "Quy trình \(procedure) không dùng để \(kind == "calibration" ? "hiệu chuẩn" : "kiểm định") loại \(type)",
                en: "procedure \(procedure) is not for the \(kind) of type \(type)")
        case .typeApprovalMissing(let type):
            BilingualSentence(
                vi: "Loại \(type) phải có phê duyệt mẫu khi kiểm định ban đầu",
                en: "type \(type) needs a type approval at initial verification")
        case .nothingMeasured:
            BilingualSentence(
                vi: "Không có vòi (kênh) nào được đo: mọi vòi đều bị loại ra hoặc chưa được khai báo",
                en: "nothing was measured: every nozzle is excluded, or none is registered")
        case .nozzleIncomplete(let channel, let missing):
            BilingualSentence(
                vi: "Vòi \(channel): thiếu lần đo \(missing)",
                en: "nozzle \(channel): missing \(missing)")
        case .pointMissing(let point):
            BilingualSentence(
                vi: "Thiếu điểm đo \(point)",
                en: "point \(point) was not measured")
        case .stepMissing(let step):
            BilingualSentence(
                vi: "Thiếu bước kiểm tra \(step)",
                en: "step \(step) was not recorded")
        case .stepFailed(let step):
            BilingualSentence(
                vi: "Bước kiểm tra \(step) không đạt",
                en: "step \(step) failed")
        case .errorBeyondLimit(let channel, let point, let error, let limit, let unit):
            BilingualSentence(
                vi: "\(channel.map { "Vòi \($0), " } ?? "")điểm \(point): sai số \(error) \(unit) vượt ±\(limit) \(unit)",
                en: "\(channel.map { "nozzle \($0), " } ?? "")point \(point): error \(error) \(unit) is beyond ±\(limit) \(unit)")
        case .flowTooLow(let channel, let attained, let labelled):
            BilingualSentence(
                vi: "Vòi \(channel): lưu lượng đạt được \(attained) L/min nhỏ hơn một nửa của \(labelled) L/min",
                en: "nozzle \(channel): attained flow \(attained) L/min is less than half of \(labelled) L/min")
        case .coverageFactorUndetermined(let point):
            BilingualSentence(
                vi: "Điểm \(point): số bậc tự do không đủ để xác định hệ số phủ; hãy đo lặp thêm",
                en: "point \(point): too few degrees of freedom for a coverage factor; repeat the measurement more often")
        case .notConcludedPass(let outcome):
            BilingualSentence(
                vi: "Kết luận là “\(outcome)”: không cấp giấy chứng nhận, chỉ lập biên bản",
                en: "the conclusion is “\(outcome)”: no certificate, only the record")
        case .notCalibrated:
            BilingualSentence(
                vi: "Phép hiệu chuẩn chưa được kết luận",
                en: "the calibration is not concluded")
        case .alreadyIssued(let label):
            BilingualSentence(
                vi: "Đã có giấy chứng nhận \(label); hãy sửa đổi bằng giấy mới",
                en: "certificate \(label) exists already; amend it instead")
        case .stampUnknown(let stamp):
            BilingualSentence(
                vi: "Tem \(stamp) không có trong sổ",
                en: "stamp \(stamp) is not in the register")
        case .stampNotInStock(let stamp, let holder):
            BilingualSentence(
                vi: "Tem \(stamp) không thuộc kho của kiểm định viên (đang ở \(holder))",
                en: "stamp \(stamp) is not in this verifier's stock (held by \(holder))")
        case .stampUsed(let stamp, let state):
            BilingualSentence(
                vi: "Tem \(stamp) không dùng được: \(state)",
                en: "stamp \(stamp) cannot be used: \(state)")
        case .evidenceMissing(let kind):
            BilingualSentence(
                vi: "Thiếu \(kind) trên phương tiện đo",
                en: "the evidence set asks for a \(kind) and none was affixed")
        case .evidenceOnFailure:
            BilingualSentence(
                vi: "Phương tiện đo không đạt thì không được dán tem, đóng dấu",
                en: "a failing instrument gets no stamp and no mark")
        case .sampleRejected(let sample):
            BilingualSentence(
                vi: "Mẫu \(sample) đã bị từ chối",
                en: "sample \(sample) was rejected")
        case .resultsMissing(let sample, let indicators):
            BilingualSentence(
                vi: "Mẫu \(sample): chưa có kết quả \(indicators.joined(separator: ", "))",
                en: "sample \(sample): no result yet for \(indicators.joined(separator: ", "))")
        case .resultsNotApproved(let sample, let indicators):
            BilingualSentence(
                vi: "Mẫu \(sample): chưa soát xét \(indicators.joined(separator: ", "))",
                en: "sample \(sample): not approved yet: \(indicators.joined(separator: ", "))")
        case .nothingToReview(let sample):
            BilingualSentence(
                vi: "Mẫu \(sample): không có kết quả nào chờ soát xét",
                en: "sample \(sample): nothing waits for review")
        case .correctionAfterReport(let sample, let report):
            BilingualSentence(
                vi: "Mẫu \(sample) đã có phiếu \(report); sửa kết quả rồi phát hành phiếu sửa đổi",
                en: "sample \(sample) is on report \(report); correct it and amend the report")
        case .documentNotInState(let document, let state, let needed):
            BilingualSentence(
                vi: "\(document) đang ở trạng thái \(state), cần \(needed)",
                en: "\(document) is \(state); it must be \(needed)")
        case .reportExists(let sample, let report):
            BilingualSentence(
                vi: "Mẫu \(sample) đã có phiếu \(report); hãy sửa đổi phiếu đó",
                en: "sample \(sample) has report \(report); amend that one")
        case .contentIncomplete(let field, _, let vi, let en):
            BilingualSentence(
                vi: "\(vi) (\(field))",
                en: "\(en) (\(field))")
        case .noCheckAddress:
            BilingualSentence(
                vi: "Chưa cấu hình public_url nên không in được mã QR; không phát hành văn bản",
                en: "public_url is not configured, so no QR code can be printed; no document is issued")
        case .wrongPIN(let left):
            BilingualSentence(
                vi: "Sai mã PIN, còn \(left) lần thử",
                en: "wrong PIN, \(left) tries left")
        case .noPIN:
            BilingualSentence(
                vi: "Bạn chưa đặt mã PIN: etalon pin set",
                en: "you have no PIN yet: etalon pin set")
        case .pinLocked:
            BilingualSentence(
                vi: "Mã PIN bị khóa sau năm lần sai; hãy nhờ quản trị viên",
                en: "the PIN is locked after five wrong tries; ask the administrator")
        case .customerMerged(let customer, let into):
            BilingualSentence(
                vi: "Khách hàng \(customer) đã gộp vào \(into)",
                en: "customer \(customer) was merged into \(into)")
        case .ruleOfDatabase(let constraint):
            BilingualSentence(
                vi: "Cơ sở dữ liệu từ chối: \(constraint)",
                en: "refused by the rule \(constraint)")
        }
    }
}
