// SPDX-License-Identifier: Apache-2.0

extension DocumentContent {
    /// The result text of a certificate of verification, word for word.
    ///
    /// Source: Circular 24/2013/TT-BKHCN Art. 41(8).
    package static let passedText = "Đạt yêu cầu kỹ thuật đo lường"

    /// Everything that the rules for this kind of document ask for and that is missing, all at once.
    ///
    /// An empty list means that the content is complete; whether it is true is not judged here.
    /// Source: Circular 24/2013/TT-BKHCN Art. 41 for certificates of verification; ISO/IEC 17025:2017
    /// 7.8.2, 7.8.3, 7.8.4, 7.8.6 and 7.8.8 for reports and certificates of calibration.
    package func deficiencies() -> [Deficiency] {
        var list = DeficiencyList()
        demandWellFormed(&list)
        switch kind {
        case .verificationCertificate:
            demandNumberedAndIssued(&list, clause: "24/2013/TT-BKHCN Art. 41")
            demandVerifiedInstrument(&list)
            demandCertificateOfVerification(&list)
        case .verificationRecord:
            demandNumberedAndIssued(&list, clause: "24/2013/TT-BKHCN Art. 41")
            demandVerifiedInstrument(&list)
            demandRecordOfVerification(&list)
        case .testReport:
            demandNumberedAndIssued(&list, clause: "ISO/IEC 17025:2017 7.8.2.1")
            demandReport(&list)
            demandTestReport(&list)
        case .calibrationCertificate:
            demandNumberedAndIssued(&list, clause: "ISO/IEC 17025:2017 7.8.2.1")
            demandReport(&list)
            demandCertificateOfCalibration(&list)
        case .requestSlip, .sampleLabel:
            let clause = "ISO/IEC 17025:2017 7.4.2"
            list.demand(
                number.hasText, "number", clause, "number", "Thiếu số nhận dạng",
                "The identification is missing")
        case .duePage, .dueList:
            break
        }
        return list.found
    }

    /// What every template needs in order to show a tidy page.
    private func demandWellFormed(_ list: inout DeficiencyList) {
        for (index, section) in sections.enumerated() {
            guard let table = section.table else { continue }
            let fits = table.rows.allSatisfy { $0.count == table.columns.count || $0.count == 1 }
            list.demand(
                fits && !table.columns.isEmpty, "table_shape", "Etalon", "sections[\(index)].table",
                "Số ô trong hàng không khớp số cột", "A row has not as many cells as the table has columns")
        }
        list.demand(
            issuedOn.isCivilDate, "issued_on", "Etalon", "issued_on",
            "Ngày phát hành phải có dạng YYYY-MM-DD", "The date of issue must have the form YYYY-MM-DD")
        let stamp = (evidence?.stampSeries.hasText ?? false, evidence?.stampNumber.hasText ?? false)
        list.demand(
            stamp.0 == stamp.1, "stamp", "24/2013/TT-BKHCN Art. 41(9)", "evidence",
            "Tem phải ghi cả sê-ri và số, hoặc để trống cả hai",
            "A stamp is given by series and number, or both are left blank")
        guard let amendment else { return }
        list.demand(
            !amendment.replaces.isBlank && !amendment.reason.vi.isBlank, "amendment",
            "ISO/IEC 17025:2017 7.8.8", "amendment", "Thiếu số văn bản được thay thế hoặc lý do",
            "The number replaced or the reason is missing")
        list.demand(
            amendment.replaces != number, "amendment_number", "ISO/IEC 17025:2017 7.8.8.3", "number",
            "Văn bản thay thế phải có số riêng", "An amended document needs a number of its own")
    }

    private func demandNumberedAndIssued(_ list: inout DeficiencyList, clause: String) {
        list.demand(!title.vi.isBlank, "title", clause, "title", "Thiếu tên văn bản", "The title is missing")
        list.demand(number.hasText, "number", clause, "number", "Thiếu số văn bản", "The number is missing")
        list.demand(
            !laboratory.name.vi.isBlank && !laboratory.address.vi.isBlank, "laboratory", clause, "laboratory",
            "Thiếu tên hoặc địa chỉ của tổ chức", "The laboratory's name or address is missing")
        list.demand(
            !issuedPlace.vi.isBlank, "issued_place", clause, "issued_place", "Thiếu nơi phát hành",
            "The place of issue is missing")
        list.demand(
            accessCode.hasText && checkURL.hasText, "check", "Etalon", "check_url",
            "Thiếu mã tra cứu hoặc địa chỉ tra cứu",
            "The access code or the address of the public check is missing")
    }

    /// Notes a missing item field.
    private func demandItem(_ key: FieldKey, _ clause: String, in list: inout DeficiencyList) {
        list.demand(
            itemValue(key) != nil, key.rawValue, clause, "item.\(key.rawValue)",
            "Thiếu mục “\(key.label.vi)”",
            "The field “\(key.label.en ?? key.rawValue)” is missing")
    }

    private func demandVerifiedInstrument(_ list: inout DeficiencyList) {
        let article = "24/2013/TT-BKHCN Art. 41"
        demandItem(.object, article, in: &list)
        demandItem(.serialNumber, article + "(4)", in: &list)
        demandItem(.manufacturer, article + "(5)", in: &list)
        demandItem(.characteristics, article + "(6)", in: &list)
        demandItem(.verificationMode, "23/2013/TT-BKHCN Art. 19", in: &list)
        demandMethods(&list, clause: article + "(7)")
        list.demand(
            signatures.contains { $0.role == .verifier && !$0.name.isBlank && $0.card.hasText }, "verifier",
            article + "(11)", "signatures", "Thiếu kiểm định viên và số thẻ",
            "The verifier with the number of the card is missing")
    }

    private func demandMethods(_ list: inout DeficiencyList, clause: String) {
        let areNamed = methods.allSatisfy { !$0.number.isBlank && !$0.name.vi.isBlank }
        list.demand(
            !methods.isEmpty && areNamed, "method", clause, "methods",
            "Thiếu số hiệu hoặc tên phương pháp thực hiện",
            "The number or the name of the method is missing")
    }

    private func demandCertificateOfVerification(_ list: inout DeficiencyList) {
        let article = "24/2013/TT-BKHCN Art. 41"
        list.demand(
            conclusion?.vi == Self.passedText, "result_text", article + "(8)", "conclusion",
            "Kết luận phải ghi đúng “\(Self.passedText)”", "The result must read exactly “\(Self.passedText)”"
        )
        list.demand(
            validUntil.hasText, "valid_until", article + "(10)", "valid_until", "Thiếu thời hạn hiệu lực",
            "The last day of validity is missing")
        list.demand(
            signatures.contains { $0.role == .head && !$0.name.isBlank }, "head", article + "(11)",
            "signatures",
            "Thiếu chữ ký của người đứng đầu hoặc người được ủy quyền",
            "The signature of the head or delegate is missing")
        list.demand(
            customer.map { !$0.name.isBlank } == true || itemValue(.user) != nil, "user", article, "customer",
            "Thiếu cơ sở sử dụng", "The user of the instrument is missing")
    }

    private func demandRecordOfVerification(_ list: inout DeficiencyList) {
        list.demand(
            conclusion.map { !$0.vi.isBlank } == true, "conclusion", "24/2013/TT-BKHCN Art. 41(8)",
            "conclusion",
            "Thiếu kết luận", "The conclusion is missing")
        list.demand(
            !standards.isEmpty, "standards", "23/2013/TT-BKHCN Art. 20(3)", "standards",
            "Thiếu chuẩn và phương tiện kiểm định", "The standards used are missing")
        list.demand(
            sections.contains { $0.table?.rows.isEmpty == false }, "results", "23/2013/TT-BKHCN Art. 20(3)",
            "sections", "Thiếu kết quả kiểm tra", "The results are missing")
        demandItem(.performedOn, "23/2013/TT-BKHCN Art. 20(3)", in: &list)
    }
}

extension String? {
    /// Whether there is a text that is not blank.
    var hasText: Bool { map { !$0.isBlank } ?? false }
}

extension String {
    /// Whether the text has the form of a civil date, "YYYY-MM-DD".
    var isCivilDate: Bool {
        let parts = split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2] else { return false }
        let numbers = parts.compactMap { Int($0) }
        guard numbers.count == 3 else { return false }
        return (1...12).contains(numbers[1]) && (1...31).contains(numbers[2])
    }
}
