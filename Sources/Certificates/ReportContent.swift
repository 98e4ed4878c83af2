// SPDX-License-Identifier: Apache-2.0

// Demands of ISO/IEC 17025:2017 clause 7.8 on reports and certificates of calibration.

extension DocumentContent {
    private static let clause = "ISO/IEC 17025:2017 "

    private var tables: [DocumentTable] { sections.compactMap(\.table) }

    private func hasColumn(_ key: ColumnKey) -> Bool {
        tables.contains { table in table.columns.contains { $0.key == key } }
    }

    private func has(_ kind: StatementKind) -> Bool {
        statements.contains { $0.kind == kind && !$0.text.vi.isBlank }
    }

    /// Demands common to every report.
    ///
    /// Source: ISO/IEC 17025:2017 7.8.2.1 c, e, f, g, h, i, l, m, o.
    func demandReport(_ list: inout DeficiencyList) {
        demandField([.placeOfWork], "7.8.2.1 c", in: &list)
        list.demand(
            customer.map { !$0.name.isBlank } == true && customer?.address.hasText == true, "customer",
            Self.clause + "7.8.2.1 e", "customer", "Thiếu tên hoặc địa chỉ khách hàng",
            "The customer's name or address is missing")
        let namesEachMethod = hasColumn(.method) || methods.contains { !$0.number.isBlank }
        list.demand(
            namesEachMethod, "method", Self.clause + "7.8.2.1 f", "methods", "Thiếu phương pháp",
            "The method is missing")
        demandField([.object], "7.8.2.1 g", in: &list)
        demandField([.sampleCode, .serialNumber], "7.8.2.1 g", in: &list)
        demandField([.condition], "7.8.2.1 g", in: &list)
        demandField([.receivedOn], "7.8.2.1 h", in: &list)
        demandField([.performedOn], "7.8.2.1 i", in: &list)
        list.demand(
            has(.itemsOnly), "items_only", Self.clause + "7.8.2.1 l", "statements",
            "Thiếu câu “kết quả chỉ có giá trị đối với mẫu (đối tượng) này”",
            "The statement that results relate only to these items is missing")
        list.demand(
            has(.reproduction), "reproduction", Self.clause + "7.8.2.1", "statements",
            "Thiếu câu về việc sao chép văn bản", "The statement on reproduction is missing")
        list.demand(
            tables.contains { !$0.rows.isEmpty }, "results", Self.clause + "7.8.2.1 m", "sections",
            "Thiếu kết quả", "The results are missing")
        list.demand(
            signatures.contains { $0.role != .customer && !$0.name.isBlank }, "authorised_by",
            Self.clause + "7.8.2.1 o", "signatures", "Thiếu người phê duyệt",
            "The person who authorises is missing")
        list.demand(
            !hasColumn(.conformity) || has(.decisionRule), "decision_rule", Self.clause + "7.8.6.2",
            "statements",
            "Có đánh giá phù hợp nhưng thiếu quy tắc ra quyết định",
            "Conformity is stated without a decision rule")
    }

    /// Demands on test reports alone.
    ///
    /// Source: ISO/IEC 17025:2017 7.8.2.1 m.
    func demandTestReport(_ list: inout DeficiencyList) {
        let haveUnits = tables.allSatisfy { table in
            table.columns.contains { $0.key == .unit } || table.columns.contains { $0.unit.hasText }
        }
        list.demand(
            haveUnits, "units", Self.clause + "7.8.2.1 m", "sections", "Thiếu đơn vị đo của kết quả",
            "The units of the results are missing")
        list.demand(
            hasColumn(.result), "result_column", Self.clause + "7.8.2.1 m", "sections", "Thiếu cột kết quả",
            "The column of results is missing")
    }

    /// Demands on certificates of calibration alone.
    ///
    /// Source: ISO/IEC 17025:2017 7.8.4.1 a, b, c.
    func demandCertificateOfCalibration(_ list: inout DeficiencyList) {
        list.demand(
            hasColumn(.expandedUncertainty), "expanded_uncertainty", Self.clause + "7.8.4.1 a", "sections",
            "Thiếu độ không đảm bảo đo mở rộng", "The expanded uncertainty is missing")
        list.demand(
            has(.uncertainty), "uncertainty_statement", "ILAC-P14:09/2020", "statements",
            "Thiếu hệ số phủ và xác suất phủ", "Coverage factor and coverage probability are not stated")
        demandField([.environment], "7.8.4.1 b", in: &list)
        list.demand(
            !standards.isEmpty && standards.allSatisfy { !$0.certificate.isBlank }, "standards",
            Self.clause + "7.8.4.1 c", "standards", "Thiếu chuẩn đo lường hoặc giấy chứng nhận của chuẩn",
            "The measurement standards or their certificates are missing")
        list.demand(
            has(.traceability), "traceability", Self.clause + "7.8.4.1 c", "statements",
            "Thiếu câu về tính liên kết chuẩn", "The statement on traceability is missing")
    }

    /// Notes a missing item field; any one of the keys will do.
    private func demandField(_ keys: [FieldKey], _ clause: String, in list: inout DeficiencyList) {
        let isMet = keys.contains { itemValue($0) != nil }
        let vi = keys.map(\.label.vi).joined(separator: " / ")
        let en = keys.map { $0.label.en ?? $0.rawValue }.joined(separator: " / ")
        let code = keys.first?.rawValue ?? "item"
        list.demand(
            isMet, code, Self.clause + clause, "item.\(code)", "Thiếu mục “\(vi)”",
            "The field “\(en)” is missing")
    }
}
