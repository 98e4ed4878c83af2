// SPDX-License-Identifier: Apache-2.0

/// A folder of master data that cannot be used, with everything that is wrong with it.
package struct CatalogueError: Error, Sendable, Equatable, CustomStringConvertible {
    /// All findings, by file and line; never empty.
    package let findings: [CatalogueFinding]

    /// One finding a line.
    package var description: String {
        findings.map(\.description).joined(separator: "\n")
    }
}

/// One thing that is wrong in a file of master data.
package struct CatalogueFinding: Sendable, Equatable, CustomStringConvertible {
    /// What can be wrong.
    package enum Problem: Sendable, Equatable {
        /// The file or folder cannot be read.
        case unreadable
        /// Not YAML, with the parser's words.
        case notYAML(String)
        /// A key nobody knows, with the nearest known one.
        case unknownKey(String, nearest: String?)
        /// A required key is absent.
        case missingKey(String)
        /// Another kind of value was expected.
        case wrongType(expected: String, found: String)
        /// A decimal as a bare number, which would lose its digits.
        case unquotedDecimal(String)
        /// A text of the right kind that is not permitted.
        case invalidValue(String, expected: String)
        /// Text not in Unicode normalisation form C.
        case notNormalised(String)
        /// A code used twice, with the line of its first use.
        case duplicateCode(String, firstLine: Int)
        /// Two rows of one code hold on the same day.
        case overlappingValidity(String, otherLine: Int)
        /// A reference to a code that is nowhere defined.
        case unresolved(kind: String, code: String)
        /// A formula, unit or number of a procedure that cannot be used, in words that say what would help.
        case unusable(vi: String, en: String)
    }

    /// Path of the file below the folder.
    package let file: String
    /// Line, from 1; 0 where the whole file is meant.
    package let line: Int
    /// Column, from 1; 0 where the whole line is meant.
    package let column: Int
    /// Place within the document, such as `lines[3].method`.
    package let path: String
    /// What is wrong.
    package let problem: Problem

    /// File, line, place and problem, for people.
    package var description: String { "\(place) \(problem.sentence)" }

    /// File, line, column and path, each where there is one, with a colon behind it.
    var place: String {
        let numbers = [line, column].filter { $0 > 0 }.map { "\($0):" }.joined()
        return "\(file):\(numbers)\(path.isEmpty ? "" : " \(path):")"
    }
}

extension CatalogueFinding.Problem {
    /// The problem as an English clause.
    package var sentence: String {
        switch self {
        case .unreadable: "cannot be read"
        case .notYAML(let words): "is not YAML: \(words)"
        case .unknownKey(let key, let nearest):
            "unknown key '\(key)'" + (nearest.map { ", nearest known key '\($0)'" } ?? "")
        case .missingKey(let key): "key '\(key)' is missing"
        case .wrongType(let expected, let found): "expected \(expected), found \(found)"
        case .unquotedDecimal(let text): "number \(text) would lose its digits: quote it"
        case .invalidValue(let text, let expected): "'\(text)' is not \(expected)"
        case .notNormalised(let text): "'\(text)' is not in Unicode normalisation form C"
        case .duplicateCode(let code, let line): "code '\(code)' is already used in line \(line)"
        case .overlappingValidity(let code, let line):
            "'\(code)' already holds on some of these days by line \(line)"
        case .unresolved(let kind, let code): "no \(kind) has the code '\(code)'"
        case .unusable(_, let en): en
        }
    }
}
