// SPDX-License-Identifier: Apache-2.0

/// A field in which the centre tests, such as petroleum.
package struct TestingField: Sendable, Equatable {
    /// Code that other lists name.
    package let code: String
    /// Place in lists, from 1.
    package let position: Int
    /// Vietnamese name.
    package let nameVi: String
    /// English name.
    package let nameEn: String
}

/// What is tested: a kind of sample within a field.
package struct Matrix: Sendable, Equatable {
    /// Code that lines and specifications name.
    package let code: String
    /// Code of its testing field.
    package let fieldCode: String
    /// Vietnamese name.
    package let nameVi: String
    /// English name.
    package let nameEn: String
}

/// One indicator in one matrix by one method: the unit of counting (chỉ tiêu).
package struct CatalogueLine: Sendable, Equatable {
    /// What kind of result is expected.
    package enum ResultKind: String, Sendable, CaseIterable {
        /// A number with a unit.
        case numeric
        /// Words such as detected or not detected.
        case qualitative
        /// A class such as 1a.
        case `class`
    }

    /// Stable code such as `PET-RON`.
    package let code: String
    /// Code of the matrix.
    package let matrixCode: String
    /// Vietnamese name of the indicator.
    package let indicatorVi: String
    /// English name of the indicator.
    package let indicatorEn: String
    /// Number of the method.
    package let method: String
    /// Name of the method or its equivalent, where useful.
    package let methodName: String?
    /// Unit as printed; empty for a number without unit.
    package let unit: String
    /// Kind of result.
    package let resultKind: ResultKind
    /// Limit of detection in the unit, digits as written.
    package let lod: String?
    /// Limit of quantification in the unit, digits as written.
    package let loq: String?
    /// Decimals of a reported number, 0...12.
    package let decimals: Int?
    /// Smallest value that is physically possible, in the unit.
    package let physicalLower: String?
    /// Largest value that is physically possible, in the unit.
    package let physicalUpper: String?
    /// Days on which the line is offered.
    package let validity: ValidityRange
    /// Where the facts come from.
    package let source: String
    /// How far they are to be trusted.
    package let confidence: Confidence
}

/// A version of a specification: what a sample of a matrix must meet.
package struct SpecificationVersion: Sendable, Equatable {
    /// How a result is compared with its limits.
    package enum DecisionRule: String, Sendable, CaseIterable {
        /// The result as reported decides; uncertainty is stated beside it.
        case simpleAcceptance = "simple_acceptance"
    }

    /// Code, the same for all versions.
    package let code: String
    /// Number of the regulation or standard with its year.
    package let version: String
    /// Vietnamese name.
    package let nameVi: String
    /// English name.
    package let nameEn: String
    /// Code of the matrix.
    package let matrixCode: String
    /// The rule that decides.
    package let decisionRule: DecisionRule
    /// Days on which it holds.
    package let validity: ValidityRange
    /// Where the limits come from.
    package let source: String
    /// How far they are to be trusted.
    package let confidence: Confidence
    /// Limits in the order of the regulation.
    package let limits: [LineLimit]
}

/// The limit that a specification sets for a catalogue line.
package struct LineLimit: Sendable, Equatable {
    /// Place within the specification, from 1.
    package let position: Int
    /// Code of the catalogue line.
    package let lineCode: String
    /// Smallest conforming value, itself conforming, in the unit of the line.
    package let lower: String?
    /// Largest conforming value, itself conforming, in the unit of the line.
    package let upper: String?
    /// Limit in words: a class, "not detected", "report".
    package let textLimit: String?
    /// Where this limit comes from, if elsewhere than its specification.
    package let source: String?
    /// How far it is to be trusted, if otherwise than its specification.
    package let confidence: Confidence?
}
