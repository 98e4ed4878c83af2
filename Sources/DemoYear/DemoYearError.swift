// SPDX-License-Identifier: Apache-2.0

/// Why the demonstration year could not be filled in.
package enum DemoYearError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The database holds records already; the year goes into an empty one only.
    case notEmpty
    /// The catalogue lacks something that the year needs; load `config/` first.
    case missing(kind: String, code: String)
    /// The lines of a field cannot carry the indicators planned for it.
    case tooFewLines(field: String, planned: Int, possible: Int)
    /// A statement that this program was built without.
    case unknownStatement(String)

    /// A sentence for the operator.
    package var description: String {
        switch self {
        case .notEmpty: "the database already holds records; the demonstration year goes into an empty one"
        case .missing(let kind, let code): "the catalogue has no \(kind) '\(code)'; load config/ first"
        case .tooFewLines(let field, let planned, let possible):
            "field '\(field)': \(planned) indicators are planned, the lines of the catalogue allow \(possible)"
        case .unknownStatement(let name): "the program was built without the statement '\(name)'"
        }
    }
}
