// SPDX-License-Identifier: Apache-2.0
package import LaboratoryModel

/// Something in a procedure that cannot be used, and where.
package struct ProcedureFault: Error, Sendable, Equatable {
    /// Place within the document, such as `results[2].inputs[0].half_width`.
    package let path: String
    /// What is wrong and what would help.
    package let sentence: BilingualSentence

    init(_ path: String, vi: String, en: String) {
        (self.path, sentence) = (path, BilingualSentence(vi: vi, en: en))
    }
}

/// Every fault of a procedure at once; never empty.
package struct ProcedureFaults: Error, Sendable, CustomStringConvertible {
    package let faults: [ProcedureFault]

    package var description: String {
        faults.map { "\($0.path): \($0.sentence.en)" }.joined(separator: "\n")
    }
}
