// SPDX-License-Identifier: Apache-2.0

/// The place of a value in a JSON document.
package struct JSONPath: Hashable, Sendable, CustomStringConvertible {
    /// One step from the outside in.
    package enum Step: Hashable, Sendable {
        /// To the member of that name.
        case member(String)
        /// To the element at that position, counted from 0.
        case element(Int)
    }

    /// The steps from the document to the value; empty for the document itself.
    package private(set) var steps: [Step] = []

    /// The whole document.
    package static let document = JSONPath()

    /// The place one step further in.
    package func appending(_ step: Step) -> JSONPath {
        var longer = self
        longer.steps.append(step)
        return longer
    }

    /// The place as people read it: `items[2].colour`; empty for the whole document.
    package var description: String {
        var text = ""
        for step in steps {
            switch step {
            case .member(let name): text += (text.isEmpty ? "" : ".") + Self.shortened(name)
            case .element(let index): text += "[\(index)]"
            }
        }
        return text
    }

    /// The place as a JSON pointer: `/items/2/colour`; empty for the whole document.
    ///
    /// - Source: RFC 6901, section 3 (`~` is written `~0`, `/` is written `~1`).
    package var pointer: String {
        var text = ""
        for step in steps {
            text += "/"
            switch step {
            case .member(let name):
                for character in Self.shortened(name) {
                    switch character {
                    case "~": text += "~0"
                    case "/": text += "~1"
                    default: text.append(character)
                    }
                }
            case .element(let index): text += "\(index)"
            }
        }
        return text
    }

    /// The text cut to 60 characters, since a name in a document may be of any length.
    static func shortened(_ text: String) -> String {
        text.utf8.count <= 60 ? text : String(text.prefix(60)) + "…"
    }
}
