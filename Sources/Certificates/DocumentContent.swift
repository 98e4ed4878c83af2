// SPDX-License-Identifier: Apache-2.0

/// What one document says, frozen: a template can show it without asking any database.
///
/// The canonical bytes (``canonicalBytes()``) are what is stored, hashed and signed; the PDF is made from
/// them and from nothing else.
package struct DocumentContent: Codable, Sendable, Equatable {
    /// The newest layout of this structure that this program writes.
    package static let currentFormat = 1

    /// The layout of this structure; a later program reads older ones by it.
    package var format: Int
    /// Which template shows it.
    package var kind: DocumentKind
    /// The heading of the document.
    package var title: BilingualText
    /// The document's own number as printed on every page; nil for pages without a number series.
    package var number: String?
    /// The city written before the date of issue.
    package var issuedPlace: BilingualText
    /// The civil date of issue, "YYYY-MM-DD".
    package var issuedOn: String
    /// Who issues.
    package var laboratory: IssuingLaboratory
    /// For whom it is issued.
    package var customer: CustomerParty?
    /// What was tested, calibrated or verified, in the order to be printed.
    package var item: [LabelledValue]
    /// The procedures or methods followed.
    package var methods: [MethodCited]
    /// The measurement standards used.
    package var standards: [StandardUsed]
    /// Results and other bodies of text, in order.
    package var sections: [DocumentSection]
    /// The result in one sentence.
    package var conclusion: BilingualText?
    /// Stamp, mark and seals.
    package var evidence: VerificationEvidence?
    /// The last day of validity, "YYYY-MM-DD", or a text where there is none.
    package var validUntil: String?
    /// Sentences the norms ask for.
    package var statements: [DocumentStatement]
    /// Marks of the document's own state, such as a specimen or a copy.
    package var notes: [BilingualText]
    /// Who signs, from left to right.
    package var signatures: [SignatureBlock]
    /// Set where the document replaces an earlier one.
    package var amendment: AmendmentNotice?
    /// The code by which anyone can ask whether the document is real.
    package var accessCode: String?
    /// The address of the public check, written into the QR code.
    package var checkURL: String?

    /// A document with everything optional left out.
    package init(
        kind: DocumentKind,
        title: BilingualText? = nil,
        number: String? = nil,
        issuedPlace: BilingualText,
        issuedOn: String,
        laboratory: IssuingLaboratory,
        customer: CustomerParty? = nil,
        item: [LabelledValue] = [],
        methods: [MethodCited] = [],
        standards: [StandardUsed] = [],
        sections: [DocumentSection] = [],
        conclusion: BilingualText? = nil,
        evidence: VerificationEvidence? = nil,
        validUntil: String? = nil,
        statements: [DocumentStatement] = [],
        notes: [BilingualText] = [],
        signatures: [SignatureBlock] = [],
        amendment: AmendmentNotice? = nil,
        accessCode: String? = nil,
        checkURL: String? = nil
    ) {
        self.format = Self.currentFormat
        self.kind = kind
        self.title = title ?? kind.title
        self.number = number
        self.issuedPlace = issuedPlace
        self.issuedOn = issuedOn
        self.laboratory = laboratory
        self.customer = customer
        self.item = item
        self.methods = methods
        self.standards = standards
        self.sections = sections
        self.conclusion = conclusion
        self.evidence = evidence
        self.validUntil = validUntil
        self.statements = statements
        self.notes = notes
        self.signatures = signatures
        self.amendment = amendment
        self.accessCode = accessCode
        self.checkURL = checkURL
    }

    /// The value of the first item field with this key, nil where it is absent or blank.
    package func itemValue(_ key: FieldKey) -> String? {
        item.first { $0.key == key && !$0.value.vi.isBlank }?.value.vi
    }

    private enum CodingKeys: String, CodingKey {
        case format, kind, title, number
        case issuedPlace = "issued_place"
        case issuedOn = "issued_on"
        case laboratory, customer, item, methods, standards, sections, conclusion, evidence
        case validUntil = "valid_until"
        case statements, notes, signatures, amendment
        case accessCode = "access_code"
        case checkURL = "check_url"
    }
}

/// The kinds of document, each with a template of the same name.
package enum DocumentKind: String, Codable, Sendable, CaseIterable {
    /// What a customer asked for, signed at the counter (phiếu yêu cầu).
    case requestSlip = "request_slip"
    /// The label on a sample.
    case sampleLabel = "sample_label"
    /// Results of tests on a sample (phiếu kết quả thử nghiệm).
    case testReport = "test_report"
    /// The record of a verification, pass or fail (biên bản kiểm định).
    case verificationRecord = "verification_record"
    /// The certificate of an instrument that passed (giấy chứng nhận kiểm định).
    case verificationCertificate = "verification_certificate"
    /// Values and uncertainties of an instrument (giấy chứng nhận hiệu chuẩn).
    case calibrationCertificate = "calibration_certificate"
    /// The list of instruments due and overdue.
    case duePage = "due_page"
    /// A run of the due list, by district and customer.
    case dueList = "due_list"

    /// The usual heading in both languages.
    package var title: BilingualText {
        switch self {
        case .requestSlip: BilingualText("Phiếu yêu cầu thử nghiệm", en: "Test request slip")
        case .sampleLabel: BilingualText("Nhãn mẫu", en: "Sample label")
        case .testReport: BilingualText("Phiếu kết quả thử nghiệm", en: "Test report")
        case .verificationRecord: BilingualText("Biên bản kiểm định", en: "Record of verification")
        case .verificationCertificate:
            BilingualText("Giấy chứng nhận kiểm định", en: "Certificate of verification")
        case .calibrationCertificate:
            BilingualText("Giấy chứng nhận hiệu chuẩn", en: "Certificate of calibration")
        case .duePage, .dueList:
            BilingualText("Danh sách phương tiện đo đến hạn", en: "Instruments due for verification")
        }
    }
}

extension String {
    /// Whether nothing but white space is there.
    package var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
