// SPDX-License-Identifier: Apache-2.0

/// A text in Vietnamese, with its English form where the document is bilingual.
package struct BilingualText: Codable, Sendable, Equatable {
    /// The text that prevails.
    package var vi: String
    /// Printed smaller, beside or below the Vietnamese.
    package var en: String?

    /// A text in one or both languages.
    package init(_ vi: String, en: String? = nil) {
        self.vi = vi
        self.en = en
    }
}

/// Who issues the document.
package struct IssuingLaboratory: Codable, Sendable, Equatable {
    /// The authority that the laboratory belongs to, printed above its name.
    package var authority: BilingualText?
    /// The laboratory's full name.
    package var name: BilingualText
    /// Its postal address.
    package var address: BilingualText
    /// Telephone, as printed.
    package var phone: String?
    /// Electronic mail, as printed.
    package var email: String?
    /// Accreditation or designation codes to print, such as "VILAS 086"; empty where none may be claimed.
    package var marks: [String]

    /// A laboratory as its letterhead shows it.
    package init(
        authority: BilingualText? = nil,
        name: BilingualText,
        address: BilingualText,
        phone: String? = nil,
        email: String? = nil,
        marks: [String] = []
    ) {
        self.authority = authority
        self.name = name
        self.address = address
        self.phone = phone
        self.email = email
        self.marks = marks
    }
}

/// For whom the document is issued.
package struct CustomerParty: Codable, Sendable, Equatable {
    /// The legal name.
    package var name: String
    /// The postal address.
    package var address: String?
    /// Telephone or another way of contact.
    package var contact: String?
    /// The site concerned, where it is not the address.
    package var site: String?

    /// A customer as printed.
    package init(name: String, address: String? = nil, contact: String? = nil, site: String? = nil) {
        self.name = name
        self.address = address
        self.contact = contact
        self.site = site
    }
}

/// One line of "label: value".
package struct LabelledValue: Codable, Sendable, Equatable {
    /// What the line means to the rules; nil for lines that only people read.
    package var key: FieldKey?
    /// The label.
    package var label: BilingualText
    /// The value with its unit, digits as recorded.
    package var value: BilingualText

    /// A line whose label is the usual one of its key.
    package init(_ key: FieldKey, _ value: String, en: String? = nil) {
        self.key = key
        self.label = key.label
        self.value = BilingualText(value, en: en)
    }

    /// A line with a label of its own.
    package init(key: FieldKey? = nil, label: BilingualText, value: BilingualText) {
        self.key = key
        self.label = label
        self.value = value
    }
}

/// A procedure or method as the document cites it.
package struct MethodCited: Codable, Sendable, Equatable {
    /// Number with its year or edition, such as "ĐLVN 10:2013".
    package var number: String
    /// The full name.
    package var name: BilingualText

    /// A method by number and name.
    package init(number: String, name: BilingualText) {
        self.number = number
        self.name = name
    }
}

/// A measurement standard used for the work.
package struct StandardUsed: Codable, Sendable, Equatable {
    /// What it is, with class or range.
    package var name: BilingualText
    /// Its own number.
    package var identification: String
    /// The certificate that makes its values traceable.
    package var certificate: String
    /// The last day of that certificate, "YYYY-MM-DD".
    package var validUntil: String?

    /// A standard as printed.
    package init(
        name: BilingualText, identification: String, certificate: String, validUntil: String? = nil
    ) {
        self.name = name
        self.identification = identification
        self.certificate = certificate
        self.validUntil = validUntil
    }

    private enum CodingKeys: String, CodingKey {
        case name, identification, certificate
        case validUntil = "valid_until"
    }
}

/// Stamp, mark and seals that the document speaks of.
package struct VerificationEvidence: Codable, Sendable, Equatable {
    /// The stamp's series; nil together with the number where no stamp is used.
    package var stampSeries: String?
    /// The stamp's number.
    package var stampNumber: String?
    /// The verification mark, where one was put on the instrument.
    package var mark: BilingualText?
    /// Seals affixed, each with the place it closes.
    package var seals: [SealAffixed]

    /// An evidence set as printed.
    package init(
        stampSeries: String? = nil, stampNumber: String? = nil, mark: BilingualText? = nil,
        seals: [SealAffixed] = []
    ) {
        self.stampSeries = stampSeries
        self.stampNumber = stampNumber
        self.mark = mark
        self.seals = seals
    }

    private enum CodingKeys: String, CodingKey {
        case stampSeries = "stamp_series"
        case stampNumber = "stamp_number"
        case mark, seals
    }
}

/// One seal and what it closes.
package struct SealAffixed: Codable, Sendable, Equatable {
    /// Series and number as on the seal.
    package var number: String
    /// The place sealed.
    package var place: BilingualText

    /// A seal at a place.
    package init(number: String, place: BilingualText) {
        self.number = number
        self.place = place
    }
}

/// One signature, or the room left for it.
package struct SignatureBlock: Codable, Sendable, Equatable {
    /// Whose signature the rules ask for here.
    package var role: SignatureRole
    /// The line of delegated authority above the title, such as "KT. GIÁM ĐỐC".
    package var authority: String?
    /// The title the person signs under.
    package var title: BilingualText
    /// The person's full name.
    package var name: String
    /// The verifier's card, where the role asks for one.
    package var card: String?
    /// When it was signed electronically, as printed; nil leaves room for ink.
    package var signedAt: String?

    /// A signature block.
    package init(
        role: SignatureRole, authority: String? = nil, title: BilingualText, name: String,
        card: String? = nil, signedAt: String? = nil
    ) {
        self.role = role
        self.authority = authority
        self.title = title
        self.name = name
        self.card = card
        self.signedAt = signedAt
    }

    private enum CodingKeys: String, CodingKey {
        case role, authority, title, name, card
        case signedAt = "signed_at"
    }
}

/// Whose signature a block holds.
package enum SignatureRole: String, Codable, Sendable, CaseIterable {
    /// The verifier who measured.
    case verifier
    /// The head of the laboratory.
    case laboratoryHead = "laboratory_head"
    /// The head of the organisation or a delegate.
    case head
    /// The customer or holder of the instrument.
    case customer
    /// Who received the sample at the counter.
    case reception
    /// A witness named by the procedure.
    case witness
}

/// Says that the document takes the place of an earlier one.
package struct AmendmentNotice: Codable, Sendable, Equatable {
    /// The number of the document replaced.
    package var replaces: String
    /// What was changed and why.
    package var reason: BilingualText

    /// A notice of amendment.
    package init(replaces: String, reason: BilingualText) {
        self.replaces = replaces
        self.reason = reason
    }
}

/// A sentence that a norm asks for.
package struct DocumentStatement: Codable, Sendable, Equatable {
    /// Which demand it answers; nil for free text.
    package var kind: StatementKind?
    /// The sentence.
    package var text: BilingualText

    /// A statement.
    package init(_ kind: StatementKind? = nil, _ text: BilingualText) {
        self.kind = kind
        self.text = text
    }
}

/// The demands that statements answer.
package enum StatementKind: String, Codable, Sendable, CaseIterable {
    /// Results relate only to the items tested or calibrated.
    case itemsOnly = "items_only"
    /// Not to be reproduced except in full.
    case reproduction
    /// How conformity was decided.
    case decisionRule = "decision_rule"
    /// What U means: k and probability.
    case uncertainty
    /// To what the results are traceable.
    case traceability
    /// What the customer supplied.
    case customerSupplied = "customer_supplied"
    /// What other laboratories supplied.
    case subcontracted
    /// Meaning of the marks in the tables.
    case marks
    /// On what validity depends.
    case validity
}
