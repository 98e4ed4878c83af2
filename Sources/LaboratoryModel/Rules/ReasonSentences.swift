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
                vi: "Không có thẩm quyền ký với tư cách \(vi(level)) vào ngày \(vi(day: day)); hãy ghi văn bản ủy quyền trước",
                en: "no authority to sign as \(en(level)) on \(day); record the delegation first")
        case .alreadySigned(let document, let step):
            BilingualSentence(
                vi: "\(document): chữ ký của \(vi(step)) đã có hoặc bạn đã ký",
                en: "\(document): the signature of the \(en(step)) is there, or you signed already")
        case .verifierSignatureMissing(let document):
            BilingualSentence(
                vi: "\(document): kiểm định viên phải ký trước",
                en: "\(document): the verifier signs first")
        case .noCard(let verifier, let day):
            BilingualSentence(
                vi: "\(verifier) không có thẻ kiểm định viên vào ngày \(vi(day: day))",
                en: "\(verifier) holds no verifier card on \(day)")
        case .cardExpired(let verifier, let card, let expired, let workedOn):
            BilingualSentence(
                vi: "Thẻ \(card) của \(verifier) hết hạn \(vi(day: expired)), trước ngày đo \(vi(day: workedOn))",
                en: "card \(card) of \(verifier) ended on \(expired), before the work on \(workedOn)")
        case .cardDoesNotCover(let verifier, let family):
            BilingualSentence(
                vi: "Thẻ của \(verifier) không có lĩnh vực \(vi(family))",
                en: "the card of \(verifier) does not cover \(en(family))")
        case .notDesignated(let type, let day):
            BilingualSentence(
                vi: "Trung tâm không được chỉ định kiểm định loại \(type) vào ngày \(vi(day: day))",
                en: "the centre is not designated for type \(type) on \(day)")
        case .standardMissing(let kind):
            BilingualSentence(
                vi: "Thiếu chuẩn đo lường loại \(kind.text.vi)",
                en: "a measurement standard of kind \(kind.text.en) is required and none is named")
        case .standardNotCalibrated(let standard, let until, let workedOn):
            BilingualSentence(
                vi:
                    "Chuẩn \(standard) không còn hiệu lực hiệu chuẩn vào \(vi(day: workedOn)) (đến \(until.map { vi(day: $0) } ?? "chưa có"))",
                en: "standard \(standard) was not in calibration on \(workedOn) (until \(until ?? "never"))")
        case .standardNotCertified(let standard, let until, let workedOn):
            BilingualSentence(
                vi:
                    "Chuẩn \(standard) không còn chứng nhận vào \(vi(day: workedOn)) (đến \(until.map { vi(day: $0) } ?? "chưa có"))",
                en: "standard \(standard) was not certified on \(workedOn) (until \(until ?? "never"))")
        case .procedureNotInForce(let procedure, let day):
            BilingualSentence(
                vi: "Quy trình \(procedure) không có hiệu lực vào ngày \(vi(day: day))",
                en: "procedure \(procedure) is not in force on \(day)")
        case .procedureDoesNotCover(let procedure, let kind, let type):
            BilingualSentence(
                vi: "Quy trình \(procedure) không dùng để \(vi(kind)) loại \(type)",
                en: "procedure \(procedure) is not for the \(en(kind)) of type \(type)")
        case .typeApprovalMissing(let type):
            BilingualSentence(
                vi: "Loại \(type) phải có phê duyệt mẫu khi kiểm định ban đầu",
                en: "type \(type) needs a type approval at initial verification")
        case .nothingMeasured:
            BilingualSentence(
                vi: "Không có vòi (kênh) nào được đo: mọi vòi đều bị loại ra hoặc chưa được khai báo",
                en: "nothing was measured: every nozzle is excluded, or none is registered")
        case .nozzleIncomplete(let channel, let point, let missing, let phase):
            BilingualSentence(
                vi: "Vòi \(channel), điểm \(point.text.vi): thiếu \(missing) lần đo \(vi(phase))",
                en: "nozzle \(channel), point \(point.text.en): \(missing) reading(s) \(en(phase)) are missing")
        case .pointMissing(let point, let missing):
            BilingualSentence(
                vi: "Điểm đo \(point.text.vi): thiếu \(missing) lần đọc",
                en: "point \(point.text.en): \(missing) reading(s) are missing")
        case .readingMissing(let channel, let point, let quantity):
            BilingualSentence(
                vi: "\(channel.map { "Vòi \($0), đ" } ?? "Đ")iểm \(point.text.vi): thiếu \(quantity.text.vi)",
                en: "\(channel.map { "nozzle \($0), " } ?? "")point \(point.text.en): \(quantity.text.en) is missing")
        case .characteristicsMissing(let names):
            BilingualSentence(
                vi: "Chưa khai báo đặc tính \(quoted(names)) của phương tiện đo",
                en: "the instrument lacks the characteristics \(quoted(names))")
        case .stepMissing(let step):
            BilingualSentence(
                vi: "Thiếu bước kiểm tra \(step.text.vi)",
                en: "step \(step.text.en) was not recorded")
        case .stepFailed(let step):
            BilingualSentence(
                vi: "Bước kiểm tra \(step.text.vi) không đạt",
                en: "step \(step.text.en) failed")
        case .resultBeyondLimits(let channel, let result, let point, let repetition, let value, let lower, let upper, let unit):
            beyondLimits(
                channel: channel, result: result, point: point, repetition: repetition, value: value, lower: lower, upper: upper,
                unit: unit)
        case .conditionMissing(let quantity):
            BilingualSentence(
                vi: "Thiếu điều kiện môi trường \(quantity.text.vi)",
                en: "the surroundings lack \(quantity.text.en)")
        case .conditionOutsideLimits(let quantity, let value, let lower, let upper, let unit):
            BilingualSentence(
                vi: "\(quantity.text.vi) = \(vi(number: value)) \(unit) ngoài điều kiện \(permitted(lower, upper, unit).vi)",
                en: "\(quantity.text.en) = \(value) \(unit) is outside the permitted \(permitted(lower, upper, unit).en)")
        case .standardOutOfRange(let standard, let covered, let needed):
            BilingualSentence(
                vi: "Chuẩn \(standard) chỉ được chứng nhận đến \(vi(number: covered)); cần \(vi(number: needed))",
                en: "standard \(standard) is certified to \(covered) only; \(needed) is needed")
        case .standardTooUncertain(let standard, let uncertainty, let largest):
            BilingualSentence(
                vi: "Chuẩn \(standard) có U = \(vi(number: uncertainty)), lớn hơn mức cho phép \(vi(number: largest))",
                en: "standard \(standard) has U = \(uncertainty), more than the permitted \(largest)")
        case .certificateLacks(let standard, let value):
            BilingualSentence(
                vi: "Giấy chứng nhận của chuẩn \(standard) không có giá trị dùng được cho `\(value)`; hãy bổ sung",
                en: "the certificate of standard \(standard) has no usable `\(value)`; record it with the certificate")
        case .uncertaintyTooLarge(let result, let point, let uncertainty, let largest, let unit):
            BilingualSentence(
                vi:
                    "\(result.text.vi)\(point.map { " tại điểm \($0.text.vi)" } ?? ""): U = \(vi(number: uncertainty)) \(unit) lớn hơn mức cho phép \(vi(number: largest)) \(unit); hãy đo lặp thêm hoặc dùng chuẩn tốt hơn",
                en:
                    "\(result.text.en)\(point.map { " at point \($0.text.en)" } ?? ""): U = \(uncertainty) \(unit) is more than the permitted \(largest) \(unit); repeat more often or take a better standard"
            )
        case .notComputable(let result, let point, let why):
            BilingualSentence(
                vi: "Không tính được \(result.text.vi)\(point.map { " tại điểm \($0.text.vi)" } ?? ""): \(why)",
                en: "\(result.text.en)\(point.map { " at point \($0.text.en)" } ?? "") cannot be computed: \(why)")
        case .coverageFactorUndetermined(let point):
            BilingualSentence(
                vi: "Điểm \(point.text.vi): số bậc tự do không đủ để xác định hệ số phủ; hãy đo lặp thêm",
                en: "point \(point.text.en): too few degrees of freedom for a coverage factor; repeat the measurement more often")
        case .notConcludedPass(let outcome):
            BilingualSentence(
                vi: "Kết luận là “\(vi(outcome))”: không cấp giấy chứng nhận, chỉ lập biên bản",
                en: "the conclusion is “\(en(outcome))”: no certificate, only the record")
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
                vi: "Tem \(stamp) không dùng được: \(vi(state))",
                en: "stamp \(stamp) cannot be used: \(en(state))")
        case .evidenceMissing(let kind):
            BilingualSentence(
                vi: "Thiếu \(vi(kind)) trên phương tiện đo",
                en: "the evidence set asks for a \(en(kind)) and none was affixed")
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
                vi: "\(document) đang ở trạng thái “\(vi(state))”, cần “\(needed.map { vi($0) }.joined(separator: "” hoặc “"))”",
                en: "\(document) is “\(en(state))”; it must be “\(needed.map { en($0) }.joined(separator: "” or “"))”")
        case .amendsAnotherMeasurement(let document, let measurement):
            BilingualSentence(
                vi: "\(document) thuộc lần đo khác, không phải lần đo \(measurement)",
                en: "\(document) belongs to another measurement than \(measurement)")
        case .reportExists(let sample, let report):
            BilingualSentence(
                vi: "Mẫu \(sample) đã có phiếu \(report); hãy sửa đổi phiếu đó",
                en: "sample \(sample) has report \(report); amend that one")
        case .contentIncomplete(let field, _, let vi, let en):
            BilingualSentence(
                vi: "\(vi) (`\(field)`)",
                en: "\(en) (`\(field)`)")
        case .noCheckAddress:
            BilingualSentence(
                vi: "Chưa cấu hình `public_url` nên không in được mã QR; không phát hành văn bản",
                en: "`public_url` is not configured, so no QR code can be printed; no document is issued")
        case .wrongPIN(let left):
            BilingualSentence(
                vi: "Sai mã PIN, còn \(left) lần thử",
                en: "wrong PIN, \(left) tries left")
        case .noPIN:
            BilingualSentence(
                vi: "Bạn chưa đặt mã PIN: `etalon pin set`",
                en: "you have no PIN yet: `etalon pin set`")
        case .pinLocked:
            BilingualSentence(
                vi: "Mã PIN bị khóa sau năm lần sai; hãy nhờ quản trị viên",
                en: "the PIN is locked after five wrong tries; ask the administrator")
        case .overrideBeyondLaw(let subject, let legal, let asked):
            BilingualSentence(
                vi:
                    "\(subject): không được lùi hạn đến \(vi(day: asked)), sau ngày hết hiệu lực \(vi(day: legal)); chỉ được sớm hơn",
                en:
                    "\(subject): the deadline cannot be \(asked), which is after \(legal), the end by law or on paper; only earlier"
            )
        case .alreadySuspended(let subject):
            BilingualSentence(
                vi: "\(subject) đang tạm hoãn; hãy cho tính lại hạn trước",
                en: "\(subject) is held already; resume it first")
        case .notSuspended(let subject):
            BilingualSentence(
                vi: "\(subject) không có tạm hoãn nào từ ngày đó",
                en: "\(subject) has no suspension from that day on")
        case .intervalDecided(let proposal, let decision):
            BilingualSentence(
                vi: "Đề xuất chu kỳ \(proposal) đã có quyết định: \(vi(decision))",
                en: "interval proposal \(proposal) is decided already: \(en(decision))")
        case .planDecided(let plan, let decision):
            decision == "accepted"
                ? BilingualSentence(vi: "Kế hoạch \(plan) đã được duyệt", en: "plan \(plan) is accepted already")
                : BilingualSentence(vi: "Kế hoạch \(plan) đã bị từ chối", en: "plan \(plan) is refused already")
        case .clockNotHeld: BilingualSentence(vi: "Đồng hồ không bị giữ lại", en: "the clock is not held")
        case .clockHeld(let since):
            BilingualSentence(
                vi:
                    "Đồng hồ máy chủ bị nghi sai từ \(since): hãy xem `etalon job clock`, rồi chỉnh giờ hoặc `etalon job clock release`",
                en:
                    "the server's clock is in doubt since \(since): see `etalon job clock`, then set it right or `etalon job clock release`"
            )
        case .jobState(let job, "waiting"):
            BilingualSentence(
                vi: "Công việc \(job) còn đợi những việc khác; xem `etalon job why \(job)`",
                en: "job \(job) waits for other jobs; see `etalon job why \(job)`")
        case .jobState(let job, let state):
            BilingualSentence(
                vi: "Công việc \(job) ở trạng thái “\(vi(state))”, không làm vậy được nữa; xem `etalon job why \(job)`",
                en: "job \(job) is “\(en(state))”, so this cannot be done; see `etalon job why \(job)`")
        case .customerMerged(let customer, let into):
            BilingualSentence(
                vi: "Khách hàng \(customer) đã gộp vào \(into)",
                en: "customer \(customer) was merged into \(into)")
        case .ruleOfDatabase(let constraint):
            BilingualSentence(
                vi: "Cơ sở dữ liệu từ chối theo quy tắc `\(constraint)`",
                en: "refused by the rule `\(constraint)` of the database")
        }
    }

    // MARK: Parts of sentences

    private func vi(_ code: String) -> String { SentenceParts.word(code).vi }
    private func en(_ code: String) -> String { SentenceParts.word(code).en }
    private func vi(day: String) -> String { SentenceParts.vietnameseDay(day) }
    private func vi(number: String) -> String { SentenceParts.vietnameseNumber(number) }
    private func quoted(_ names: [String]) -> String { names.map { "`\($0)`" }.joined(separator: ", ") }
}
