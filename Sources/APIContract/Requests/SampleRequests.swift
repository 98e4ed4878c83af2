// SPDX-License-Identifier: Apache-2.0

/// Receives an order with its samples. `POST /v1/orders`
package struct ReceiveOrder: Codable, Sendable {
    /// Code of the customer.
    package var customer: String
    /// Code of the ordering site; decides the place that statistics count. Absent: `place` is required.
    package var site: String?
    /// Administrative unit of the customer when no site is named.
    package var place: String?
    /// `customer`, `state_management`, `conformity` or `internal`.
    package var purpose: String
    /// Number of the state body's document; required for state management.
    package var stateDocument: String?
    package var ministry: String?
    /// Civil date of reception; today when absent, never in the future.
    package var receivedOn: String?
    package var promisedOn: String?
    package var samples: [NewSample]

    package init(
        customer: String, site: String? = nil, place: String? = nil, purpose: String, stateDocument: String? = nil,
        ministry: String? = nil, receivedOn: String? = nil, promisedOn: String? = nil, samples: [NewSample]
    ) {
        (self.customer, self.site, self.place, self.purpose) = (customer, site, place, purpose)
        (self.stateDocument, self.ministry) = (stateDocument, ministry)
        (self.receivedOn, self.promisedOn, self.samples) = (receivedOn, promisedOn, samples)
    }
}

/// One sample of an order.
package struct NewSample: Codable, Sendable {
    package var matrix: String
    package var description: String
    package var condition: String?
    package var lot: String?
    package var quantity: String?
    /// `customer` (default), `retained`, `control`, `proficiency` or `internal`.
    package var kind: String?
    /// Code of the specification to judge by; its version in force on the day of reception is fixed.
    package var specification: String?
    /// Codes of catalogue lines; absent with a specification: all lines of the specification.
    package var indicators: [String]?
    /// Of `indicators`, those that another laboratory tests.
    package var subcontracted: [String]?
    /// Until when the tested sample is retained.
    package var retainUntil: String?

    package init(
        matrix: String, description: String, condition: String? = nil, lot: String? = nil, quantity: String? = nil,
        kind: String? = nil, specification: String? = nil, indicators: [String]? = nil, subcontracted: [String]? = nil,
        retainUntil: String? = nil
    ) {
        (self.matrix, self.description, self.condition, self.lot) = (matrix, description, condition, lot)
        (self.quantity, self.kind, self.specification) = (quantity, kind, specification)
        (self.indicators, self.subcontracted, self.retainUntil) = (indicators, subcontracted, retainUntil)
    }
}

/// Something that happened to a sample. `POST /v1/sample-events`
package struct RecordSampleEvent: Codable, Sendable {
    package var sample: String
    /// `accepted`, `rejected`, `handed_over`, `stored` or `disposed`.
    package var kind: String
    package var place: String?
    /// User name of who takes the sample over.
    package var toPerson: String?
    /// Required for `rejected` and `disposed`.
    package var reason: String?

    package init(sample: String, kind: String, place: String? = nil, toPerson: String? = nil, reason: String? = nil) {
        (self.sample, self.kind, self.place, self.toPerson, self.reason) = (sample, kind, place, toPerson, reason)
    }
}

/// Enters results: all of them, or none. `POST /v1/results` (at most 1,000)
package struct EnterResults: Codable, Sendable {
    package var results: [NewResult]

    package init(results: [NewResult]) {
        self.results = results
    }
}

/// One result as it was typed.
package struct NewResult: Codable, Sendable {
    /// Number of the sample.
    package var sample: String
    /// Code of the catalogue line.
    package var indicator: String
    /// As typed: `0,05`, `<0.05`, `KPH`, `Âm tính` …; absent only when not measured.
    package var value: String?
    /// Why it was not measured; then `value` is absent.
    package var notMeasured: String?
    /// Day of the test; today when absent.
    package var testedOn: String?
    /// Why an earlier value is corrected; required from the second version on.
    package var reason: String?

    package init(
        sample: String, indicator: String, value: String? = nil, notMeasured: String? = nil, testedOn: String? = nil,
        reason: String? = nil
    ) {
        (self.sample, self.indicator, self.value) = (sample, indicator, value)
        (self.notMeasured, self.testedOn, self.reason) = (notMeasured, testedOn, reason)
    }
}

/// Reviews the current results of a sample, all or the named ones. `POST /v1/reviews`
package struct ReviewResults: Codable, Sendable {
    package var sample: String
    /// Codes of catalogue lines; absent: every result that waits.
    package var indicators: [String]?
    /// `approved` or `sent_back`.
    package var decision: String
    /// Required when sent back.
    package var reason: String?

    package init(sample: String, indicators: [String]? = nil, decision: String, reason: String? = nil) {
        (self.sample, self.indicators, self.decision, self.reason) = (sample, indicators, decision, reason)
    }
}

/// Freezes the test report of a sample under the next number. `POST /v1/reports`
package struct IssueReport: Codable, Sendable {
    package var sample: String
    /// Label of the report that this one amends.
    package var amends: String?
    /// What changed and why; required when amending.
    package var reason: String?

    package init(sample: String, amends: String? = nil, reason: String? = nil) {
        (self.sample, self.amends, self.reason) = (sample, amends, reason)
    }
}

/// Signs documents with one's PIN: each that may be signed; each refused one with every reason. `POST /v1/signatures`
package struct SignDocuments: Codable, Sendable {
    /// Labels of documents.
    package var documents: [String]
    package var pin: String

    package init(documents: [String], pin: String) {
        (self.documents, self.pin) = (documents, pin)
    }
}

/// Withdraws, voids or hands over a document. `POST /v1/document-events`
package struct RecordDocumentEvent: Codable, Sendable {
    package var document: String
    /// `handed_over`, `withdrawn` or `voided`.
    package var kind: String
    package var reason: String?

    package init(document: String, kind: String, reason: String? = nil) {
        (self.document, self.kind, self.reason) = (document, kind, reason)
    }
}
