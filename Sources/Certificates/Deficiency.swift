// SPDX-License-Identifier: Apache-2.0

/// Something that a rule asks of a document and that its content lacks.
package struct Deficiency: Sendable, Equatable {
    /// A stable code for programs.
    package let code: String
    /// The rule, with its clause.
    package let clause: String
    /// Where in the content the missing thing belongs.
    package let field: String
    /// What is missing, for people.
    package let text: BilingualText

    /// A deficiency.
    package init(code: String, clause: String, field: String, text: BilingualText) {
        self.code = code
        self.clause = clause
        self.field = field
        self.text = text
    }
}

/// Collects deficiencies under one clause after another.
struct DeficiencyList {
    private(set) var found: [Deficiency] = []

    /// Notes a deficiency unless the demand is met.
    mutating func demand(
        _ isMet: Bool, _ code: String, _ clause: String, _ field: String, _ vi: String, _ en: String
    ) {
        guard !isMet else { return }
        found.append(Deficiency(code: code, clause: clause, field: field, text: BilingualText(vi, en: en)))
    }
}
