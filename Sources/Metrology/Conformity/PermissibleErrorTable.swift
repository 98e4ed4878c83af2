// SPDX-License-Identifier: Apache-2.0

/// Table of maximum permissible errors that a procedure names, with the arguments that it takes.
///
/// A limit that belongs to one procedure only (a dispenser's percentage by version and mode, a thermometer's own limit) is
/// data of that procedure and no table here.
package struct PermissibleErrorTable: Sendable, Hashable {
    /// Name as written in procedures.
    package enum Name: String, Sendable, CaseIterable {
        /// Non-automatic weighing instruments, OIML R 76-1:2006, 3.5.1 and 3.5.2.
        case weighing = "oiml-r76"
        /// Weights, OIML R 111-1:2004, table 1.
        case weights = "oiml-r111"
        /// Pressure gauges, EN 837-1:1996.
        case pressureGauges = "en-837-1"
        /// Piston pipettes, ISO 8655-2:2002. Confidence: assumed.
        case pistonPipettes = "iso-8655"
        /// Volumetric flasks, ISO 1042:1998. Confidence: assumed.
        case flasks = "iso-1042"
        /// Single-volume pipettes, ISO 648:2008. Confidence: assumed.
        case glassPipettes = "iso-648"
        /// Burettes, ISO 385:2005. Confidence: assumed.
        case burettes = "iso-385"
        /// Relative, fixed and digit parts, by their sum or the greater of them.
        case combined
    }

    /// Name of the table.
    package let name: Name

    /// Finds a table.
    ///
    /// - Throws: ``ConformityError/unknownWord(_:place:known:)``.
    package init(named word: String) throws(ConformityError) {
        guard let name = Name(rawValue: word) else {
            throw .unknownWord(word, place: "table of permissible errors", known: Name.allCases.map(\.rawValue))
        }
        self.name = name
    }

    /// Creates the table of a name.
    package init(_ name: Name) { self.name = name }

    /// What a table takes from a procedure or a measurement.
    package struct Parameter: Sendable, Hashable {
        /// Key, such as `load`.
        package let name: String
        /// Whether the table gives no limit without it.
        package let isRequired: Bool
        /// Words that may be given; empty for a number.
        package let words: [String]

        static func number(_ name: String) -> Parameter { Parameter(name: name, isRequired: true, words: []) }
        static func optional(_ name: String) -> Parameter { Parameter(name: name, isRequired: false, words: []) }
        static func word(_ name: String, _ words: [String], isRequired: Bool = true) -> Parameter {
            Parameter(name: name, isRequired: isRequired, words: words)
        }
    }

    /// Arguments of the table.
    package var parameters: [Parameter] {
        switch name {
        case .weighing:
            [
                .word("class", WeighingAccuracyClass.allCases.map(\.rawValue)), .number("e"), .number("load"),
                .word("stage", MetrologicalControl.allCases.map(\.rawValue)),
            ]
        case .weights:
            [
                .word("class", WeightClass.allCases.map(\.rawValue)), .number("nominal"),
                .word("unit", Self.gramsPerUnit.map(\.unit), isRequired: false),
            ]
        case .pressureGauges: [.number("class"), .number("span")]
        case .pistonPipettes: [.number("nominal"), .word("error", PipetteError.allCases.map(\.rawValue))]
        case .flasks, .glassPipettes, .burettes:
            [.word("class", GlasswareClass.allCases.map(\.rawValue)), .number("nominal")]
        case .combined:
            [
                .optional("percent"), .optional("base"), .optional("absolute"), .optional("digits"), .optional("resolution"),
                .word("combination", CombinedLimit.Combination.allCases.map(\.rawValue)),
            ]
        }
    }

    /// Document and edition of the figures.
    package var source: String {
        switch name {
        case .weighing: "OIML R 76-1:2006"
        case .weights: "OIML R 111-1:2004"
        case .pressureGauges: "EN 837-1:1996"
        case .pistonPipettes: "ISO 8655-2:2002"
        case .flasks: "ISO 1042:1998"
        case .glassPipettes: "ISO 648:2008"
        case .burettes: "ISO 385:2005"
        case .combined: ""
        }
    }

    /// Whether the figures still have to be compared with the document.
    package var isAssumed: Bool {
        switch name {
        case .pistonPipettes, .flasks, .glassPipettes, .burettes: true
        case .weighing, .weights, .pressureGauges, .combined: false
        }
    }

    /// Unit of the limit; nil where it is that of the arguments.
    package var unit: String? {
        switch name {
        case .weights: "mg"
        case .pistonPipettes: "µL"
        case .flasks, .glassPipettes, .burettes: "mL"
        case .weighing, .pressureGauges, .combined: nil
        }
    }

    /// Checks the names of arguments before any value is known, as when a procedure is loaded.
    ///
    /// - Throws: ``ConformityError/argumentMissing(name:table:)``, ``ConformityError/argumentUnknown(name:table:known:)``.
    package func check(argumentNames names: some Sequence<String>) throws(ConformityError) {
        let given = Set(names)
        for parameter in parameters where parameter.isRequired && !given.contains(parameter.name) {
            throw .argumentMissing(name: parameter.name, table: name.rawValue)
        }
        let known = parameters.map(\.name)
        for other in given.sorted() where !known.contains(other) {
            throw .argumentUnknown(name: other, table: name.rawValue, known: known)
        }
    }

    /// Permissible error for one set of arguments, exact and without zeros at the end, in ``unit``.
    ///
    /// - Parameter arguments: Decimal texts or words by the names of ``parameters``.
    /// - Throws: ``ConformityError`` that names the table and the argument, or the value outside it.
    package func limit(_ arguments: [String: String]) throws(ConformityError) -> MaximumPermissibleError {
        try check(argumentNames: arguments.keys)
        return MaximumPermissibleError(symmetric: try magnitude(TableArguments(table: self, given: arguments)))
    }

    private func magnitude(_ given: TableArguments) throws(ConformityError) -> DecimalNumber {
        switch name {
        case .weighing:
            let rules = try NonAutomaticWeighing(
                accuracyClass: given.word("class", WeighingAccuracyClass.init(written:)),
                verificationInterval: given.number("e"))
            return try rules.maximumPermissibleError(
                load: given.number("load"), control: given.word("stage", MetrologicalControl.init(rawValue:))
            ).upper.withoutTrailingZeros
        case .weights:
            return try WeightErrors.permissibleErrorMilligrams(
                given.word("class", WeightClass.init(written:)), nominalGrams: nominalGrams(given))
        case .pressureGauges:
            return try PressureGaugeClass.permissibleError(given.number("class"), span: given.number("span"))
        case .pistonPipettes:
            return try VolumeErrors.pipetteErrorMicrolitres(
                given.word("error", PipetteError.init(rawValue:)), nominalMicrolitres: given.number("nominal"))
        case .flasks, .glassPipettes, .burettes:
            return try VolumeErrors.glasswareErrorMillilitres(
                given.word(ofTable: name.rawValue, Glassware.init(rawValue:)),
                given.word("class", GlasswareClass.init(written:)), nominalMillilitres: given.number("nominal"))
        case .combined:
            let limit = try CombinedLimit(
                percent: given.optional("percent"), absolute: given.optional("absolute"), digits: given.optional("digits"),
                combination: given.word("combination", CombinedLimit.Combination.init(rawValue:)))
            return try limit.limit(base: given.optional("base"), resolution: given.optional("resolution"))
        }
    }

    private func nominalGrams(_ given: TableArguments) throws(ConformityError) -> DecimalNumber {
        let nominal = try given.number("nominal")
        guard given.isGiven("unit") else { return nominal }
        let factor = try given.word("unit") { word in Self.gramsPerUnit.first { $0.unit == word }?.grams }
        return try ConformityError.inDecimals { () throws(DecimalError) in try nominal.multiplied(by: factor) }
    }

    private static let gramsPerUnit: [(unit: String, grams: DecimalNumber)] = [
        ("mg", DecimalNumber(unchecked: 1, scale: 3)), ("g", .one), ("kg", DecimalNumber(1_000)), ("t", DecimalNumber(1_000_000)),
    ]
}

/// Arguments given to a table, read as it needs them.
private struct TableArguments {
    let table: PermissibleErrorTable
    let given: [String: String]

    func isGiven(_ name: String) -> Bool { given[name] != nil }

    func number(_ name: String) throws(ConformityError) -> DecimalNumber {
        guard let number = try optional(name) else { throw .argumentMissing(name: name, table: table.name.rawValue) }
        return number
    }

    func optional(_ name: String) throws(ConformityError) -> DecimalNumber? {
        guard let text = given[name] else { return nil }
        do {
            return try DecimalNumber(parsing: text)
        } catch {
            throw .argumentNotANumber(name: name, table: table.name.rawValue)
        }
    }

    func word<Value>(_ name: String, _ reading: (String) -> Value?) throws(ConformityError) -> Value {
        guard let word = given[name] else { throw .argumentMissing(name: name, table: table.name.rawValue) }
        guard let value = reading(word) else {
            throw .unknownWord(
                word, place: "'\(name)' of the table \(table.name.rawValue)",
                known: table.parameters.first { $0.name == name }?.words ?? [])
        }
        return value
    }

    /// Value that follows from the name of the table itself.
    func word<Value>(ofTable word: String, _ reading: (String) -> Value?) throws(ConformityError) -> Value {
        guard let value = reading(word) else { throw .unknownWord(word, place: "table", known: []) }
        return value
    }
}
