// SPDX-License-Identifier: Apache-2.0

/// What the newest order of a customer asked for.
package struct LastSampleRow: Codable, Sendable {
    package let matrix: String
    package let description: String
    package let specification: String?
    package let indicators: [String]
}

/// A sample as the acts need it.
package struct SampleRow: Decodable, Sendable {
    package let id: Int64
    package let code: String
    package let receivedOn: String
    package let rejected: Bool
}

/// What is known of a requested indicator before a result is entered; decimals as texts.
package struct ResultFacts: Decodable, Sendable {
    package let position: Int
    package let sampleId: Int64?
    package let requestId: Int64?
    package let unit: String?
    package let resultKind: String?
    package let lod: String?
    package let loq: String?
    package let decimals: Int?
    package let physicalLower: String?
    package let physicalUpper: String?
    package let lower: String?
    package let upper: String?
    package let textLimit: String?
    package let version: Int
    package let currentText: String?
    package let decision: String?
    package let receivedOn: String?
    package let subcontracted: Bool?
    package let rejected: Bool
}

/// A result that waits for review.
package struct ReviewCandidate: Decodable, Sendable {
    package let id: Int64
    package let code: String
    package let enteredBy: Int64?
}

/// Everything a test report is judged by and made of.
package struct ReportFacts: Decodable, Sendable {
    package let id: Int64
    package let number: String
    package let description: String
    package let matrix: String
    package let condition: String?
    package let lot: String?
    package let quantity: String?
    package let orderNumber: String
    package let receivedOn: String
    package let customerName: String
    package let customerAddress: String?
    package let siteName: String?
    package let specificationVi: String?
    package let specificationEn: String?
    package let specificationVersion: String?
    package let matrixVi: String
    package let matrixEn: String
    package let rejected: Bool
    package let report: String?
    package let lines: [ReportLine]
}

/// A line of a report with its current result.
package struct ReportLine: Decodable, Sendable {
    package let indicator: String
    package let nameVi: String
    package let nameEn: String
    package let method: String
    package let unit: String
    package let subcontracted: Bool
    package let resultId: Int64?
    package let text: String?
    package let kind: String?
    package let flags: [String]?
    package let reason: String?
    package let lod: String?
    package let testedOn: String?
    package let decision: String?
    package let enteredBy: Int64?
    package let lower: String?
    package let upper: String?
    package let textLimit: String?
}

/// What the signing of a document is judged by.
package struct SigningFacts: Decodable, Sendable {
    package let id: Int64
    package let kind: String
    package let label: String
    package let state: String
    package let contentSha256: String
    package let measurementId: Int64?
    package let replacesId: Int64?
    package let rendered: Bool
    package let steps: [String]
    package let signedByCaller: Bool
    package let measuredBy: Int64?
    package let verifierName: String?
    package let enteredByCaller: Bool
    package let laboratoryHeadAuthority: Int64?
    package let headAuthority: Int64?
}

/// A number of a series.
package struct NumberRow: Decodable, Sendable {
    package let number: Int
}

/// What a document is rendered from.
package struct DocumentContentRow: Decodable, Sendable {
    package let id: Int64
    package let label: String
    package let content: String
    package let pdfSha256: String?
}

/// A rendered document.
package struct PDFRow: Decodable, Sendable {
    package let pdf: [UInt8]
    package let sha256: String
    package let label: String
}

/// A signature as it is printed.
package struct SignaturePrintRow: Decodable, Sendable {
    package let step: String
    package let name: String
    package let form: String
    package let titleVi: String
    package let titleEn: String
    package let signedOn: String
}
