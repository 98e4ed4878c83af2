// SPDX-License-Identifier: Apache-2.0

/// Product of units with exponents while a text is read.
struct UnitProduct: Sendable {
    /// Unit of the table with its prefix, while nothing else was multiplied.
    private(set) var only: (definition: UnitDefinition, prefix: UnitPrefix?)?
    /// Ratio to the coherent unit of the SI, without plain numbers.
    private(set) var factor = UnitFactor.one
    /// Product of the plain numbers in the text.
    private(set) var number = UnitFactor.one
    private(set) var dimension = Dimension.one
    /// What is counted, and to which power.
    private(set) var counted: (name: String, exponent: Int)?
    /// Units of a dimension other than one, with exponents.
    private(set) var measured: [(dimension: Dimension, exponent: Int)] = []
    /// D-SI name; nil where a unit has none.
    private(set) var digital: DigitalName? = DigitalName()
    /// Symbols as printed in both languages.
    var symbol = ""
    var englishSymbol = ""

    /// The number one, as the numerator of a text that begins with a solidus.
    init() {}

    /// A plain number.
    init(number: UnitFactor, symbol: String) {
        self.number = number
        (self.symbol, englishSymbol) = (symbol, symbol)
    }

    /// A unit of the table; nil for a slip in the row.
    init?(_ definition: UnitDefinition, prefix: UnitPrefix?) {
        guard let size = UnitFactor(row: definition.factor),
            let scale = UnitFactor(1, over: 1, powerOfTen: prefix?.powerOfTen ?? 0),
            let factor = size.multiplied(by: scale)
        else { return nil }
        only = (definition, prefix)
        self.factor = factor
        dimension = definition.dimension
        if case .counted(let name) = definition.kind { counted = (name, 1) }
        if !dimension.isOne { measured = [(dimension, 1)] }
        digital = definition.digital.flatMap { DigitalName(row: $0, powerOfTen: prefix?.powerOfTen ?? 0) }
        symbol = (prefix?.symbol ?? "") + definition.symbol
        englishSymbol = (prefix?.symbol ?? "") + definition.englishSymbol
    }

    /// Whether nothing but plain numbers was multiplied.
    var isNumber: Bool { only == nil && measured.isEmpty && counted == nil && factor == .one && digital?.nodes.isEmpty == true }

    /// Raises to a whole power other than zero.
    mutating func raise(to exponent: Int, in text: String) throws(QuantityError) {
        guard exponent != 1 else { return }
        guard let factor = factor.raised(to: exponent), let number = number.raised(to: exponent) else {
            throw .factorTooLarge(text)
        }
        dimension = try dimension.raised(to: exponent)
        (self.factor, self.number, only) = (factor, number, nil)
        counted = counted.map { ($0.name, $0.exponent * exponent) }
        measured = measured.map { ($0.dimension, $0.exponent * exponent) }
        digital?.raise(to: exponent)
        symbol += UnitText.superscript(exponent)
        englishSymbol += UnitText.superscript(exponent)
    }

    /// Multiplies by another product, or divides; the symbols are joined by a sign.
    mutating func multiply(by other: UnitProduct, inverse: Bool, sign: String, in text: String) throws(QuantityError) {
        let exponent = inverse ? -1 : 1
        guard let factor = other.factor.raised(to: exponent).flatMap({ self.factor.multiplied(by: $0) }),
            let number = other.number.raised(to: exponent).flatMap({ self.number.multiplied(by: $0) })
        else { throw .factorTooLarge(text) }
        (self.factor, self.number, only) = (factor, number, nil)
        dimension = inverse ? try dimension.divided(by: other.dimension) : try dimension.multiplied(by: other.dimension)
        measured += other.measured.map { ($0.dimension, $0.exponent * exponent) }
        if let theirs = other.counted {
            if let ours = counted, ours.name != theirs.name { throw .mixedKinds(ours.name, theirs.name, in: text) }
            let sum = (counted?.exponent ?? 0) + theirs.exponent * exponent
            counted = sum == 0 ? nil : (theirs.name, sum)
        }
        if let theirs = other.digital { digital?.multiply(by: theirs, exponent: exponent) } else { digital = nil }
        symbol += sign + other.symbol
        englishSymbol += sign + other.englishSymbol
    }

    /// What a number in front of this unit is.
    var kind: UnitKind {
        if let only, number == .one { return only.definition.kind }
        if let counted {
            return .counted(counted.exponent == 1 ? counted.name : counted.name + UnitText.superscript(counted.exponent))
        }
        if measured.count == 2, measured[0].dimension == measured[1].dimension, measured[0].exponent == -measured[1].exponent {
            return .fraction(of: measured[0].dimension)
        }
        return .ordinary
    }

    /// Ratio to the coherent unit of the SI; nil when it needs more than 34 digits.
    var total: UnitFactor? { factor.multiplied(by: number) }

    /// D-SI name; where it has none, the symbol behind a bar, as the D-SI marks foreign units.
    var digitalName: String {
        guard var digital, number.isRational, number.numerator == 1, number.denominator == 1,
            digital.absorb(powerOfTen: number.powerOfTen), let text = digital.text
        else { return "|" + englishSymbol }
        return text
    }
}
