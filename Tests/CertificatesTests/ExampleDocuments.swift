// SPDX-License-Identifier: Apache-2.0

import Certificates

/// Documents that lack nothing, for tests to take things away from.
enum ExampleDocuments {
    static let laboratory = IssuingLaboratory(
        name: BilingualText("Trung tâm Kỹ thuật Tiêu chuẩn Đo lường Chất lượng"),
        address: BilingualText("45 đường 3/2, quận Ninh Kiều, thành phố Cần Thơ"))

    static var verificationCertificate: DocumentContent {
        DocumentContent(
            kind: .verificationCertificate, number: "0412 – 17", issuedPlace: BilingualText("Cần Thơ"),
            issuedOn: "2017-03-16", laboratory: laboratory,
            customer: CustomerParty(name: "Cửa hàng xăng dầu số 27"),
            item: [
                LabelledValue(.object, "Cột đo xăng dầu"), LabelledValue(.serialNumber, "TSX-160 8841"),
                LabelledValue(.manufacturer, "Tatsuno Corporation – Nhật Bản"),
                LabelledValue(.characteristics, "Qmax = 45 L/min; cấp chính xác 0,5"),
                LabelledValue(.verificationMode, "Định kỳ"),
            ],
            methods: [
                MethodCited(
                    number: "ĐLVN 10:2013", name: BilingualText("Cột đo xăng dầu – Quy trình kiểm định"))
            ],
            conclusion: BilingualText(DocumentContent.passedText),
            evidence: VerificationEvidence(stampSeries: "17B", stampNumber: "01439"),
            validUntil: "2018-03-31",
            signatures: [
                SignatureBlock(
                    role: .verifier, title: BilingualText("Kiểm định viên"), name: "Nguyễn Hữu Khuyến",
                    card: "KĐV 2106-15"),
                SignatureBlock(
                    role: .head, authority: "KT. GIÁM ĐỐC", title: BilingualText("Phó Giám đốc"),
                    name: "Trần Thị Bích Thủy"),
            ],
            accessCode: "K7QF-2M9X-TD4H", checkURL: "https://tracuu.catech.example/v/K7QF-2M9X-TD4H")
    }

    static var testReport: DocumentContent {
        let table = DocumentTable(
            columns: [
                TableColumn(key: .indicator, heading: BilingualText("Chỉ tiêu")),
                TableColumn(key: .result, heading: BilingualText("Kết quả"), alignment: .right),
                TableColumn(key: .unit, heading: BilingualText("Đơn vị")),
                TableColumn(key: .method, heading: BilingualText("Phương pháp")),
            ], rows: [["Độ đục", "0,42", "NTU", "SMEWW 2130 B:2012"]])
        return DocumentContent(
            kind: .testReport, number: "4821/KQ – 17", issuedPlace: BilingualText("Cần Thơ"),
            issuedOn: "2017-05-09",
            laboratory: laboratory,
            customer: CustomerParty(name: "Công ty Cấp thoát nước Ô Môn", address: "Quận Ô Môn"),
            item: [
                LabelledValue(.object, "Nước sinh hoạt"), LabelledValue(.sampleCode, "M17-04821"),
                LabelledValue(.condition, "Còn nguyên niêm phong"), LabelledValue(.receivedOn, "03/05/2017"),
                LabelledValue(.performedOn, "03/05/2017 – 08/05/2017"),
                LabelledValue(.placeOfWork, "Phòng thử nghiệm Hóa Sinh"),
            ], sections: [DocumentSection(table: table)],
            statements: [
                DocumentStatement(.itemsOnly, BilingualText("Kết quả chỉ có giá trị đối với mẫu đã nhận.")),
                DocumentStatement(.reproduction, BilingualText("Không được sao chép từng phần.")),
            ],
            signatures: [
                SignatureBlock(
                    role: .laboratoryHead, title: BilingualText("Trưởng phòng"), name: "Đỗ Thị Mỹ Hằng")
            ], accessCode: "X3MD-9QKT-7WBJ", checkURL: "https://tracuu.catech.example/v/X3MD-9QKT-7WBJ")
    }
}
