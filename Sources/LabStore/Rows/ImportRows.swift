// SPDX-License-Identifier: Apache-2.0

/// What is known of a customer in a file.
package struct ImportCustomerFacts: Decodable, Sendable {
    package let position: Int
    package let byCode: String?
    package let byCodeName: String?
    package let byTaxCode: String?
    package let byTaxCodeName: String?
    /// Code of the customer of the same name at the same address.
    package let byName: String?
}

/// What is known of a site in a file.
package struct ImportSiteFacts: Decodable, Sendable {
    package let position: Int
    package let customerId: Int64?
    package let mergedInto: String?
    package let byCode: String?
    package let byCodeCustomer: String?
    package let byCodeName: String?
    /// Code of the site of the same name of this customer.
    package let byName: String?
    package let place: String?
}

/// What is known of an instrument in a file.
package struct ImportInstrumentFacts: Decodable, Sendable {
    package let position: Int
    package let type: String?
    package let site: String?
    package let byCode: String?
    package let byCodeType: String?
    package let byCodeSerial: String?
    /// Code of the instrument of the same type and serial number at the same site.
    package let bySerial: String?
    /// Cycle in force on the day of the last verification.
    package let cycleMonths: Int?
    /// The centre's own name.
    package let centre: String?
}

/// What is known of a measurement standard in a file.
package struct ImportStandardFacts: Decodable, Sendable {
    package let position: Int
    package let byCode: String?
    package let byCodeSerial: String?
}

/// What is known of a verifier card in a file.
package struct ImportCardFacts: Decodable, Sendable {
    package let position: Int
    package let personId: Int64?
    package let byNumber: String?
    package let byNumberPerson: String?
    package let unknownFamilies: [String]
    /// Every family there is.
    package let families: [String]
}

/// What is known of a run of stamps in a file.
package struct ImportStampFacts: Decodable, Sendable {
    package let position: Int
    package let holderId: Int64?
    /// Numbers of the run that are in the records already.
    package let known: Int
}

/// What is known of a line in a file of results.
package struct ImportResultRow: Decodable, Sendable {
    package let position: Int
    package let sampleId: Int64?
    package let requestId: Int64?
    package let lineId: Int64?
    package let specificationId: Int64?
    package let version: Int
    package let currentText: String?
    package let currentReason: String?
    package let currentTestedOn: String?
    package let receivedOn: String?
    package let rejected: Bool
}
