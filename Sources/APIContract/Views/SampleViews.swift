// SPDX-License-Identifier: Apache-2.0

/// An order with its samples.
package struct OrderView: Codable, Sendable {
    package var id: Int64
    package var number: String
    package var customer: String
    package var customerName: String
    package var site: String?
    package var siteName: String?
    package var purpose: String
    package var stateDocument: String?
    package var ministry: String?
    package var receivedOn: String
    package var promisedOn: String?
    package var samples: [OrderSampleView]
}

/// A sample within an order.
package struct OrderSampleView: Codable, Sendable {
    package var id: Int64
    package var number: String
    package var matrix: String
    package var description: String
    package var condition: String?
    package var lot: String?
    package var quantity: String?
    package var kind: String
    package var specification: String?
    package var indicators: [String]
}

/// A sample in a list: where it stands.
package struct SampleSummary: Codable, Sendable {
    package var id: Int64
    package var number: String
    package var description: String
    package var matrix: String
    package var field: String
    package var customer: String
    package var customerName: String
    package var receivedOn: String
    package var promisedOn: String?
    /// `received`, `in_progress`, `to_review`, `approved`, `reported` or `rejected`.
    package var state: String
    package var requested: Int
    package var entered: Int
    package var approved: Int
    /// Label of the newest report.
    package var report: String?
    package var late: Bool
}

/// A sample with everything requested and found.
package struct SampleView: Codable, Sendable {
    package var id: Int64
    package var number: String
    package var description: String
    package var matrix: String
    package var kind: String
    package var condition: String?
    package var lot: String?
    package var quantity: String?
    package var order: String
    package var customer: String
    package var customerName: String
    package var receivedOn: String
    package var specification: String?
    package var specificationVersion: String?
    package var lines: [SampleLine]
    package var events: [SampleEventView]
    package var documents: [String]
}

/// One requested indicator with its current result.
package struct SampleLine: Codable, Sendable {
    package var indicator: String
    package var nameVi: String
    package var nameEn: String
    package var method: String
    package var unit: String
    package var resultKind: String
    package var subcontracted: Bool
    package var result: String?
    package var kind: String?
    package var version: Int?
    package var flags: [String]?
    package var enteredBy: String?
    package var testedOn: String?
    /// `waiting`, `entered`, `approved` or `sent_back`.
    package var state: String
    package var reviewReason: String?
    package var lower: String?
    package var upper: String?
    package var textLimit: String?
}

/// Something that happened to a sample.
package struct SampleEventView: Codable, Sendable {
    package var kind: String
    package var happenedAt: String
    package var place: String?
    package var reason: String?
    package var by: String?
}

/// One line of the technician's work list.
package struct WorkItem: Codable, Sendable {
    package var sample: String
    package var indicator: String
    package var nameVi: String
    package var nameEn: String
    package var method: String
    package var unit: String
    package var matrix: String
    package var receivedOn: String
    package var promisedOn: String?
    /// `waiting` or `sent_back`.
    package var state: String
    package var reason: String?
}

/// What entering a result came to; flags come after the value.
package struct EnteredResult: Codable, Sendable {
    package var sample: String
    package var indicator: String
    package var version: Int
    package var text: String
    package var kind: String
    package var unit: String
    /// `above_limit`, `below_limit`, `limit_undecidable`, `below_reporting_limit` …
    package var flags: [String]
    package var lower: String?
    package var upper: String?

    package init(
        sample: String, indicator: String, version: Int, text: String, kind: String, unit: String, flags: [String],
        lower: String?, upper: String?
    ) {
        (self.sample, self.indicator, self.version, self.text) = (sample, indicator, version, text)
        (self.kind, self.unit, self.flags, self.lower, self.upper) = (kind, unit, flags, lower, upper)
    }
}

/// A version of a result, with its review.
package struct ResultVersion: Codable, Sendable {
    package var indicator: String
    package var version: Int
    package var text: String
    package var kind: String
    package var flags: [String]
    package var reason: String?
    package var testedOn: String
    package var enteredBy: String?
    package var enteredAt: String
    package var decision: String?
    package var reviewedBy: String?
    package var reviewReason: String?
}

/// A document: a report, a record or a certificate.
package struct DocumentView: Codable, Sendable {
    package var id: Int64
    package var kind: String
    package var label: String
    /// `numbered`, `rendered`, `issued`, `amended`, `withdrawn` or `voided`.
    package var state: String
    package var sample: String?
    package var measurement: Int64?
    package var replaces: String?
    package var replacedBy: String?
    package var accessCode: String
    package var contentSha256: String
    package var frozenOn: String
    package var issuedOn: String?
    package var signatures: [SignatureView]
    package var pdf: Bool
}

/// A signature on a document.
package struct SignatureView: Codable, Sendable {
    package var step: String
    package var person: String
    package var name: String
    package var signedOn: String
}

/// What signing one document of a batch came to.
package struct SigningOutcome: Codable, Sendable {
    package var document: String
    package var signed: Bool
    /// True when this was the last signature: the document is issued.
    package var issued: Bool
    package var reasons: [ReasonView]

    package init(document: String, signed: Bool, issued: Bool, reasons: [ReasonView]) {
        (self.document, self.signed, self.issued, self.reasons) = (document, signed, issued, reasons)
    }
}

/// The public answer to a code.
package struct PublicCheck: Codable, Sendable {
    package var label: String
    package var kind: String
    /// `valid`, `expired`, `ended_early`, `not_yet_issued`, `amended`, `withdrawn` or `voided`.
    package var status: String
    package var issuedOn: String?
    package var validUntil: String?
    package var item: String
    package var replacedBy: String?
    package var contentSha256: String
}
