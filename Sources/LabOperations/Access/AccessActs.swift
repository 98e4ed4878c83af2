// SPDX-License-Identifier: Apache-2.0
internal import Digests
package import APIContract
package import LabStore
package import LaboratoryModel

/// Adds a person of the staff with roles.
package enum PersonAdd: Act {
    package static let name = "staff.add"
    package static let roles: Set<Role> = [.administrator]

    package static func perform(
        _ request: AddPerson, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let username = check.text("username", request.username, longest: 40)
        let plain = username.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || "_.-".contains($0)) }
        if !plain || !(username.first?.isLetter ?? false) {
            check.fault("username", vi: "chữ thường a–z, số, . _ -", en: "lower-case letters, digits, . _ -")
        }
        let name = check.text("name", request.name)
        for (index, role) in request.roles.enumerated() {
            _ = check.word("roles[\(index)]", role, of: Role.allCases.map(\.rawValue))
        }
        try check.finish()
        let key = try database.only(Statements.personAdd, username, name, request.title, request.osUser)
        for role in Set(request.roles).sorted() { try database.run(Statements.roleGrant, key.id, role) }
        return Acknowledgement(id: key.id, code: key.code)
    }
}

/// Grants or revokes a role.
package enum RoleChange: Act {
    package static let name = "staff.role"
    package static let roles: Set<Role> = [.administrator]

    package static func perform(
        _ request: ChangeRole, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let role = check.word("role", request.role, of: Role.allCases.map(\.rawValue))
        try check.finish()
        let person = try database.person(request.person)
        try database.run(request.granted ? Statements.roleGrant : Statements.roleRevoke, person.id, role)
        return Acknowledgement(id: person.id, code: person.code)
    }
}

/// Makes a token; only its hash is kept.
package enum TokenMake: Act {
    package static let name = "token.add"
    package static let roles: Set<Role> = [.administrator]

    package static func perform(
        _ request: MakeToken, in setting: ActSetting, on database: isolated Transaction
    ) throws -> TokenView {
        let person = try database.person(request.person)
        let secret = "etalon_" + hexadecimal(try RandomCode.bytes(24))
        let key = try database.only(Statements.tokenAdd, person.id, SHA256.hex(secret), request.label)
        return TokenView(id: key.id, person: request.person, label: request.label, token: secret)
    }
}

extension TokenMake {
    /// The secret is shown once; a repetition shows it empty.
    package static func kept(_ answer: TokenView) -> TokenView {
        TokenView(id: answer.id, person: answer.person, label: answer.label, token: "")
    }
}

/// Revokes a token.
package enum TokenRevoke: Act {
    package static let name = "token.revoke"
    package static let roles: Set<Role> = [.administrator]

    package static func perform(
        _ request: RevokeToken, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        guard try database.run(Statements.tokenRevoke, request.token) == 1 else {
            throw ActError.notFound(thing: .token, name: String(request.token))
        }
        return Acknowledgement(id: request.token)
    }
}

/// Sets one's own PIN.
package enum PINSet: Act {
    package static let name = "pin.set"
    package static let roles: Set<Role> = [.signatory, .technician]

    package static func perform(
        _ request: SetPIN, in setting: ActSetting, on database: isolated Transaction
    ) throws -> ChangedPIN {
        guard let person = setting.caller.personID else { throw ActError.notPermitted(needs: [.signatory]) }
        guard (6...64).contains(request.pin.unicodeScalars.count) else {
            throw ActError.invalid("pin", vi: "từ 6 đến 64 ký tự", en: "between 6 and 64 characters")
        }
        if try database.find(Statements.pinFind, person) != nil {
            guard let current = request.current else {
                throw ActError.invalid("current", vi: "cần mã PIN hiện tại", en: "the current PIN is required")
            }
            if let reason = try database.wrongPIN(current, of: person) {
                return ChangedPIN(id: person, reasons: [ReasonView(reason)])
            }
        }
        try database.run(Statements.pinSet, person, try ScryptHash(of: request.pin).text)
        return ChangedPIN(id: person)
    }

    /// A guess at the current PIN is counted like one at a signature.
    package static func refusal(in answer: ChangedPIN) -> ActError? {
        answer.reasons.map(PersonalSecret.refusal)
    }
}

/// What setting a PIN came to.
package struct ChangedPIN: Codable, Sendable {
    /// Identity of the person.
    package var id: Int64
    /// Why it stays as it was; absent when it was changed.
    package var reasons: [ReasonView]?
}

extension PINSet {
    /// A six-digit PIN could be guessed from any stored hash of the body.
    package static func recognition(of request: SetPIN) -> [UInt8]? { [] }
}

/// Forgets a PIN that its person locked; a signature needs a new one, set by that person.
package enum PINReset: Act {
    package static let name = "pin.reset"
    package static let roles: Set<Role> = [.administrator]

    package static func perform(
        _ request: ResetPIN, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        let person = try database.person(request.person)
        guard try database.run(Statements.pinForget, person.id) == 1 else {
            throw ActError.notFound(thing: .pin, name: request.person)
        }
        return Acknowledgement(id: person.id, code: person.code)
    }
}

/// Records a verifier card.
package enum VerifierCardAdd: Act {
    package static let name = "authorisation.card"
    package static let roles: Set<Role> = [.quality, .administrator]

    package static func perform(
        _ request: AddVerifierCard, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let number = check.text("number", request.number, longest: 60)
        let issued = check.date("issued_on", request.issuedOn)
        let expires = check.date("expires_on", request.expiresOn, future: true)
        if expires <= issued {
            check.fault(
                "expires_on", vi: "ngày hết hạn không sau ngày cấp; có thể bị đảo",
                en: "is not after the day of issue; are they swapped?")
        }
        if request.families.isEmpty { check.fault("families", vi: "chưa có lĩnh vực", en: "name at least one family") }
        try check.finish()
        let key = try database.only(
            Statements.verifierCardAdd, try database.person(request.person).id, number, request.families, "\(issued)",
            "\(expires)")
        return Acknowledgement(id: key.id, code: key.code)
    }
}

/// Records who may sign at which level.
package enum SigningAuthorityAdd: Act {
    package static let name = "authorisation.signing"
    package static let roles: Set<Role> = [.quality, .administrator]

    package static func perform(
        _ request: AddSigningAuthority, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let level = check.word("level", request.level, of: ["laboratory_head", "head"])
        let form = check.word("form", request.form, of: ["", "KT.", "TL.", "TUQ."])
        let from = check.date("valid_from", request.validFrom, future: true)
        let until = check.dateIfAny("valid_until", request.validUntil)
        if let until, until < from {
            check.fault("valid_until", vi: "trước ngày bắt đầu; có thể bị đảo", en: "is before the first day; are they swapped?")
        }
        let title = check.text("title_vi", request.titleVi)
        let decision = check.text("decision", request.decision)
        try check.finish()
        let key = try database.only(
            Statements.signingAuthorityAdd, try database.person(request.person).id, level, form, title, request.titleEn,
            "\(from)",
            until.map { "\($0)" }, decision)
        return Acknowledgement(id: key.id, code: key.code)
    }
}

/// Records a designation decision.
package enum DesignationAdd: Act {
    package static let name = "designation.add"
    package static let roles: Set<Role> = [.quality, .administrator]

    package static func perform(
        _ request: AddDesignation, in setting: ActSetting, on database: isolated Transaction
    ) throws -> Acknowledgement {
        var check = InputCheck(today: setting.today)
        let number = check.text("number", request.number, longest: 80)
        let issued = check.date("issued_on", request.issuedOn)
        let expires = check.date("expires_on", request.expiresOn, future: true)
        if expires <= issued { check.fault("expires_on", vi: "không sau ngày cấp", en: "is not after the day of issue") }
        if request.types.isEmpty { check.fault("types", vi: "chưa có loại phương tiện đo", en: "name at least one type") }
        try check.finish()
        for type in request.types where try database.find(Statements.instrumentTypeByCode, type) == nil {
            throw ActError.notFound(thing: .instrumentType, name: type)
        }
        let key = try database.only(
            Statements.designationAdd, number, request.types, "\(issued)", "\(expires)", request.range)
        return Acknowledgement(id: key.id, code: key.code)
    }
}

/// Staff with roles.
package enum PersonList: Question {
    package static let roles: Set<Role> = []

    package static func answer(_ page: Page, in setting: ActSetting, on database: isolated Transaction) throws -> List<PersonView>
    {
        let rows = try database.all(Statements.personList, page.after ?? 0, page.limit + 1)
        return page.list(rows, cursor: \.id)
    }
}
